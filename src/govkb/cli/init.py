"""`govkb init`."""

from __future__ import annotations

import shlex
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkb.cli.output import tell, write_patch

if TYPE_CHECKING:
    from govkb.workspace.beginning import Plan

# The names of Forge, which isn't imported before a command runs.
_FORGE = click.Choice(["github", "gitlab", "forgejo"])


@click.command("init", short_help="Begin a project, or add to one.")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--name", metavar="TEXT", help="The name of the site; that of the folder if left out."
)
@click.option("--records", metavar="DIR", help="The folder of the records; `records` if left out.")
@click.option("--ci", type=_FORGE, help="Write the workflow that checks changes and publishes.")
@click.option("--hooks", is_flag=True, help="Write hooks for pre-commit: seal and check.")
@click.option("--templates", type=_FORGE, help="Write templates of changes and issues.")
@click.option("--yes", is_flag=True, help="Ask nothing: what is left out has its default.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def command(
    folder: Path,
    name: str | None,
    records: str | None,
    ci: str | None,
    hooks: bool,
    templates: str | None,
    yes: bool,
    dry_run: bool,
) -> None:
    """Begin a project in DIR: settings, a first record, the site, and what git has to know.

    A file that is there already is never replaced: what govkb would have in it is shown. All files
    are written, or none. It can be run again at any time to add what is missing.

    \b
      govkb init
      govkb init ../my-team --yes
      govkb init --ci github --templates github --hooks
      govkb init --dry-run
    """
    from govkb.scaffolding.forges import Forge
    from govkb.workspace import local_today
    from govkb.workspace.beginning import (
        Wanted,
        config_of,
        plan_beginning,
        remarks_on,
        write_beginning,
    )

    root = folder.resolve()
    if root.exists() and not root.is_dir():
        raise click.UsageError(f"{folder} is a file, and a project is a folder")
    config_of(root, records)  # whatever speaks against it is said before anything is asked
    if not yes and sys.stdin.isatty() and sys.stdout.isatty():
        name, records = _ask(root, name, records)
        ci = ci or _ask_for_forge(root)
        hooks = hooks or click.confirm("Write hooks for pre-commit?")
        if ci and not templates and click.confirm("Write templates of changes and issues?"):
            templates = ci
    config = config_of(root, records)
    wanted = Wanted(Forge(ci) if ci else None, hooks, Forge(templates) if templates else None)
    make = partial(plan_beginning, config, _one_line(name or root.name), local_today(), wanted)
    plan = make() if dry_run else write_beginning(make, root)
    _show(plan, dry_run)
    for remark in remarks_on(plan, wanted):
        tell(remark)
    if not dry_run:
        _tell_next(folder)


def _ask(root: Path, name: str | None, records: str | None) -> tuple[str, str | None]:
    """What wasn't given as an option; nothing about what is settled already."""
    from govkb.config import settings_file

    if name is None and not (root / "mkdocs.yml").exists():
        name = click.prompt("What is the site called?", default=root.name)
    if records is None and settings_file(root) is None:
        records = click.prompt("In which folder are the records to be?", default="records")
    return name or root.name, records


def _ask_for_forge(root: Path) -> str | None:
    """The forge whose workflow is wanted, if any."""
    from govkb.workspace.beginning import likely_forge

    question = "On which forge is every change to be checked?"
    choice = click.Choice([*_FORGE.choices, "none"])
    answer: str = click.prompt(question, type=choice, default=str(likely_forge(root) or "none"))
    return None if answer == "none" else answer


def _one_line(name: str) -> str:
    return " ".join(name.split()) or "Knowledge base"


def _show(plan: Plan, is_ahead: bool) -> None:
    """What is written or, where it `is_ahead`, would be, and what is left alone."""
    from govkb.reporting.escaping import visible

    for step in plan.written:
        if is_ahead:
            write_patch(step.path, step.before, step.after)
            continue
        verb = "wrote" if step.before is None else "added to"
        click.echo(f"{verb} {visible(step.path)}")
    for step in plan.left:
        click.echo(f"{visible(step.path)} is left as it is; what govkb would change in it:")
        write_patch(step.path, step.before, step.after)
    if is_ahead:
        tell("nothing was written")
    elif not plan.written:
        click.echo("nothing to write: everything is there" + (" or left" if plan.left else ""))


def _tell_next(folder: Path) -> None:
    """What is to be done now, with a type that is in force."""
    from govkb.workspace import Workspace

    types = Workspace.at(folder.resolve()).catalogue.types.values()
    first = min(types, key=lambda t: (t.presentation.place, t.name), default=None)
    place = "" if folder.resolve() == Path.cwd().resolve() else f"cd {shlex.quote(str(folder))}"
    start = f'govkb new {first.name} "TITLE"' if first else "govkb types"
    click.echo("\nnext:")
    for line in (place, start, "govkb check", "govkb serve"):
        if line:
            click.echo(f"  {line}")
