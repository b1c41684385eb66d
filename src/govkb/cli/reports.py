"""How commands that check something write what they found."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from msgspec import Struct

from govkb.cli.completing import rule_names
from govkb.errors import UsageError
from govkb.reporting import FORMATS

if TYPE_CHECKING:
    from govkb.checking import Verdict
    from govkb.knowledge_base import KnowledgeBase

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Report(Struct, frozen=True):
    """How the report is written, where to, and about which paths below the root; none means all."""

    style: str
    file: Path | None
    color: bool | None
    paths: tuple[str, ...] = ()


def rule_options(command: _Command) -> _Command:
    """The options that say which rules are asked for."""
    for name, said in (("--ignore", "Not these rules."), ("--select", "Only these rules.")):
        command = click.option(
            name,
            metavar="RULES",
            multiple=True,
            callback=_listed_names,
            shell_complete=rule_names,
            help=said,
        )(command)
    return command


def report_options(command: _Command) -> _Command:
    """The options that say how the report is written, and where to."""
    options = (
        click.option(
            "--format", "style", type=click.Choice(list(FORMATS)), default="text", show_default=True
        ),
        click.option(
            "--output",
            metavar="FILE",
            type=click.Path(path_type=Path),
            help="Write the report to a file instead; the summary is still shown.",
        ),
        click.option(
            "--color/--no-color", default=None, help="Colours; by default only on a terminal."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def write_report(verdict: Verdict, base: KnowledgeBase, report: Report, summary: str) -> None:
    """Writes what was found, and the summary where that wouldn't spoil what programs read."""
    from govkb.reporting import render, text

    how = FORMATS[report.style]
    if report.style == "text" and report.file is None:
        colored = sys.stdout.isatty() if report.color is None else report.color
        written = text.render(verdict.diagnostics, base, color=colored)
        if written:
            click.echo(written, color=True if report.color else None)
    else:
        folder = _folder_in_repository(base.config.root) if how.is_of_repository else ""
        written = render(report.style, verdict.diagnostics, base, folder, verdict.hidden)
        data = written.encode()
        if report.file is None:
            # Bytes, because these formats are UTF-8 whatever the terminal speaks.
            click.echo(data, nl=False)
        else:
            _save(report.file, data, base)
    if how.is_log or report.file is not None:
        click.echo(summary, err=True)


def refuse_missing_folder(file: Path) -> None:
    """Raises UsageError where there is no folder that a report could go to."""
    if not file.parent.is_dir():
        message = f"{file}: there is no folder {file.parent}"
        raise UsageError(message, "create it, or name a file in one that is there")


def fails(verdict: Verdict) -> bool:
    """Whether a check has found what makes it end with 1."""
    from govkb.diagnostics import Severity

    return any(diagnostic.severity is not Severity.INFO for diagnostic in verdict.diagnostics)


def _save(file: Path, data: bytes, base: KnowledgeBase) -> None:
    from govkb.files import replace_bytes

    full = file.resolve()
    if any(full == base.config.root / result.path for result in base.files):
        message = f"{file}: this is a record, and the report would take its place"
        raise UsageError(message, "name another file after --output")
    replace_bytes(file, data)


def _folder_in_repository(root: Path) -> str:
    from govkb.errors import CannotVerifyError
    from govkb.history import open_repository

    try:
        return open_repository(root).prefix
    except CannotVerifyError:
        return ""


def _listed_names(
    _: click.Context, option: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """The names in an option that may be repeated and may name several at once."""
    names = tuple(name.strip() for value in values for name in value.split(",") if name.strip())
    if values and not names:
        name = option.opts[0]
        raise UsageError(f"{name} names no rule", f"for example: {name} REF,missing-field")
    return names
