"""`govkb check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkb.errors import UsageError

if TYPE_CHECKING:
    from govkb.diagnostics import Diagnostic
    from govkb.knowledge_base import KnowledgeBase
    from govkb.workspace import Workspace


@click.command("check", short_help="Check every record.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--base", metavar="REF", help="Also compare append-only sections with a git revision."
)
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option("--color/--no-color", default=None, help="Colours; by default only on a terminal.")
def command(paths: tuple[Path, ...], base: str | None, output: str, color: bool | None) -> int:
    """Check every record against its type, and every reference.

    With PATHS, all records are read but only what is wrong in these files and folders is shown.

    \b
      govkb check
      govkb check records/incidents
      govkb check --base origin/main
      govkb check --format json > findings.json

    Ends with 1 where there is an error or a warning. `govkb rule CODE` explains a rule.
    """
    from govkb import checking
    from govkb.diagnostics import Severity
    from govkb.reporting import json, text
    from govkb.workspace import Workspace

    workspace = Workspace.open(Path.cwd())
    wanted = [_within(path, workspace.config.root) for path in paths]
    knowledge_base = workspace.load(base)
    found = checking.check(knowledge_base)
    if wanted:
        found = checking.below(found, wanted)
    if output == "json":
        click.echo(json.render(found, knowledge_base), nl=False)
    else:
        colored = sys.stdout.isatty() if color is None else color
        report = text.render(found, knowledge_base, color=colored)
        if report:
            click.echo(report, color=True if color else None)
        click.echo(_summary(found, knowledge_base, workspace), err=True)
    return int(any(d.severity is not Severity.INFO for d in found))


def _summary(found: list[Diagnostic], base: KnowledgeBase, workspace: Workspace) -> str:
    from govkb.reporting import text

    if not base.results:
        folder = f"{workspace.config.records}/"
        return f'no records in {folder} yet; start one with: govkb new incident "What happened"'
    return text.summary(found, len(base.results))


def _within(path: Path, root: Path) -> str:
    """A path from the command line as one below the project root."""
    full = Path.cwd() / path
    if not full.exists():
        raise UsageError(f"{path}: there is no such file or folder")
    try:
        return full.resolve().relative_to(root).as_posix()
    except ValueError as error:
        raise UsageError(f"{path}: it is outside the project {root}") from error
