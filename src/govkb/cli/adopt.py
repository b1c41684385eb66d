"""`govkb adopt`."""

from __future__ import annotations

import difflib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from govkb.errors import UsageError

if TYPE_CHECKING:
    from govkb.scaffolding.adoption import Adoption


@click.command("adopt", short_help="Fit govkb to records that are there already.")
@click.argument(
    "folder", default=".", type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option("--write", is_flag=True, help="Write the files, and a baseline of what is found.")
@click.option("--force", is_flag=True, help="With --write: replace settings that are there.")
@click.option(
    "--templates", metavar="NAME", help="The folder for the types; `templates`, if that is free."
)
@click.option(
    "--also",
    metavar="TYPE",
    multiple=True,
    help="A type of govkb's own to have besides, such as incident.",
)
@click.option(
    "--required-at",
    type=click.IntRange(50, 100),
    default=95,
    show_default=True,
    metavar="PERCENT",
    help="The share of files from which on a field or section is required.",
)
def command(
    folder: Path,
    write: bool,
    force: bool,
    templates: str | None,
    also: tuple[str, ...],
    required_at: int,
) -> int:
    """Read the Markdown files of FOLDER and say what types, ids and fields they have.

    Shows the settings and the types that follow from them, each line with what it rests on. With
    --write they are written, and a baseline, so that `govkb check` is clean from the start and
    tells only what is new. No other file is ever touched.

    \b
      govkb adopt
      govkb adopt ../platform --write
      govkb adopt docs --templates .govkb
      govkb adopt --also incident --also runbook --write
    """
    from govkb.scaffolding.adoption import adopt, load_shipped, survey
    from govkb.workspace.adoption import free_folder, write_adoption

    root, shipped = folder.resolve(), load_shipped()
    for name in also:
        shipped.refuse_unknown_type(name)
    inventory = survey(root)
    if not inventory.markdown():
        hint = 'start a record with: govkb new incident "What happened"'
        raise UsageError(f"{folder}: there are no Markdown files to adopt", hint)
    name = _inside(templates) if templates else free_folder(root)
    adoption = adopt(inventory, shipped, name, required_at / 100, also)
    if not write:
        click.echo("\n".join(f"# --- {path}\n{text}" for path, text in adoption.files.items()))
        click.echo(adoption.summary)
        click.echo("nothing was written; --write does", err=True)
        return 0
    changed = _differences(root, adoption)
    if changed and not force:
        click.echo(changed, nl=False)
        raise UsageError("there are settings already", "--force replaces them by what is shown")
    frozen = write_adoption(root, adoption)
    click.echo(adoption.summary)
    findings = "1 known finding" if frozen == 1 else f"{frozen} known findings"
    click.echo(f"wrote {len(adoption.files) + 1} files, with {findings}", err=True)
    _tell_next(root)
    return 0


def _tell_next(root: Path) -> None:
    """What is to be done now; without mkdocs.yml there is more to begin with."""
    begin = () if (root / "mkdocs.yml").is_file() else ("govkb init",)
    click.echo("next:")
    for line in (*begin, "govkb check", "govkb serve"):
        click.echo(f"  {line}")


def _inside(folder: str) -> str:
    """A folder below the one that is adopted, as the settings can name it."""
    path = PurePosixPath(folder)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in folder:
        raise UsageError(f"--templates {folder}: name a folder below the one that is adopted")
    return path.as_posix()


def _differences(root: Path, adoption: Adoption) -> str:
    """What would change in files that are there already."""
    lines: list[str] = []
    for path, text in adoption.files.items():
        if (root / path).exists():
            before = (root / path).read_text("utf-8", "replace").splitlines(keepends=True)
            after = text.splitlines(keepends=True)
            lines += difflib.unified_diff(before, after, path, f"{path} (adopted)")
    return "".join(lines)
