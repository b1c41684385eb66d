"""`govkb check`."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from govkb.cli.filtering import today_option
from govkb.cli.progress import quiet_option, shown_progress
from govkb.cli.reports import (
    Report,
    fails,
    refuse_missing_folder,
    report_options,
    rule_options,
    write_report,
)
from govkb.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from govkb.checking import Asked, Baseline, Inquiry, Verdict
    from govkb.diagnostics import Diagnostic
    from govkb.knowledge_base import Before, KnowledgeBase
    from govkb.workspace import Workspace


class _Order(Struct, frozen=True):
    """What the command line asks for."""

    paths: tuple[Path, ...]
    base: str | None
    changed: str | None
    asked: Asked
    baseline: Path | None
    no_baseline: bool

    @property
    def is_limited(self) -> bool:
        """Whether less is asked for than all that the settings want to know."""
        asked = (self.paths, self.asked.select, self.asked.ignore, self.no_baseline)
        return any(asked) or self.changed is not None or self.baseline is not None

    def past(self, workspace: Workspace) -> Before | None:
        """What differs since the change that is asked about, if one is."""
        if self.changed is None:
            return None
        from govkb.workspace.revisions import before_at

        return before_at(workspace.config.root, self.changed, workspace.terms, "--changed")

    def past_findings(self, root: Path, today: date) -> tuple[Diagnostic, ...]:
        """What was found before that change."""
        from govkb.workspace.past import past_findings

        assert self.changed is not None
        return past_findings(root, self.changed, today, self.asked)


@click.command("check", short_help="Check every record.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@rule_options
@click.option(
    "--base", metavar="REF", help="Also compare append-only sections with a git revision."
)
@click.option(
    "--changed", metavar="REF", help="Only what the change since a git revision is answerable for."
)
@click.option(
    "--uncommitted",
    is_flag=True,
    help="Only what the next commit is answerable for: --changed HEAD, or all if there is none.",
)
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Only what is not in this baseline.",
)
@click.option("--no-baseline", is_flag=True, help="Also what is in the baseline of the settings.")
@click.option(
    "--write-baseline",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write down what is found now, so that only new findings count from now on.",
)
@click.option("--fix", is_flag=True, help="Mend what can be mended without harm.")
@click.option("--diff", is_flag=True, help="Show what --fix changes; alone it changes nothing.")
@today_option
@report_options
@quiet_option
def command(
    paths: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    base: str | None,
    changed: str | None,
    uncommitted: bool,
    baseline: Path | None,
    no_baseline: bool,
    write_baseline: Path | None,
    fix: bool,
    diff: bool,
    today: date | None,
    style: str,
    output: Path | None,
    color: bool | None,
    quiet: bool,
) -> int:
    """Check every record against its type, and every reference.

    With PATHS, all records are read but only what is wrong in these files and folders is shown.
    RULES are codes, names or families of rules, with commas between them.

    \b
      govkb check
      govkb check records/incidents
      govkb check --base origin/main
      govkb check --changed origin/main
      govkb check --uncommitted
      govkb check --select REF,missing-field
      govkb check --fix --diff
      govkb check --format sarif --output findings.sarif

    Ends with 1 where there is an error or a warning. `govkb rule CODE` explains a rule.
    """
    from govkb.checking import Asked
    from govkb.checking.selection import refuse_nothing
    from govkb.workspace import Workspace, effective_today
    from govkb.workspace.folders import refuse_missing_folders

    for file in filter(None, (output, write_baseline)):
        refuse_missing_folder(file)
    workspace, today = Workspace.open(Path.cwd()), today or effective_today()
    workspace.require_project()
    if uncommitted:
        changed = _last_commit(workspace, changed)
    order = _Order(paths, base, changed, Asked(select, ignore), baseline, no_baseline)
    refuse_missing_folders(workspace.config)
    refuse_nothing(workspace.config, order.asked)
    if write_baseline is not None:
        if order.is_limited or fix or diff:
            message = "a baseline is about everything: give --write-baseline alone"
            raise UsageError(message, "--base and --format can stand beside it")
        return _freeze(workspace, base, today, write_baseline, Report(style, output, color))
    with shown_progress(quiet) as progress:
        past = order.past(workspace)
        before = past if base in (None, changed) else None
        load = partial(workspace.load, changed if base is None else base, today, before=before)
        knowledge_base = load(progress=progress)
        progress("Checking records", 0, None)
        inquiry = _inquiry(order, past, knowledge_base)
        verdict = inquiry.answer(knowledge_base)
    if fix or diff:
        from govkb.cli.mending import mend_and_tell

        changes = mend_and_tell(knowledge_base, inquiry, verdict, load, fix, diff)
        if not fix:
            return int(changes or fails(verdict))
        if changes:
            knowledge_base = load()
            verdict = inquiry.answer(knowledge_base)
    _show(verdict, knowledge_base, Report(style, output, color, inquiry.paths))
    return int(fails(verdict))


def _last_commit(workspace: Workspace, changed: str | None) -> str | None:
    """The commit that the next one follows; None where that is the first."""
    from govkb.history import open_repository

    if changed is not None:
        raise UsageError("--uncommitted and --changed contradict each other")
    return "HEAD" if open_repository(workspace.config.root).has_commits() else None


def _inquiry(order: _Order, past: Before | None, base: KnowledgeBase) -> Inquiry:
    from govkb.checking import Inquiry

    paths = tuple(_within(path, base.config.root) for path in order.paths)
    known = _baseline(order, base)
    if past is None:
        return Inquiry(order.asked, known, paths)
    earlier = cache(partial(order.past_findings, base.config.root, base.today))
    return Inquiry(order.asked, known, paths, past.changed, earlier)


def _baseline(order: _Order, base: KnowledgeBase) -> Baseline | None:
    from govkb.checking import known_findings
    from govkb.checking.baseline import read_baseline
    from govkb.files import read_text

    if order.baseline is None:
        return None if order.no_baseline else known_findings(base)
    if order.no_baseline:
        raise UsageError("--baseline and --no-baseline contradict each other")
    if not order.baseline.is_file():
        message = f"{order.baseline}: there is no such file"
        raise UsageError(message, f"write it: `govkb check --write-baseline {order.baseline}`")
    return read_baseline(read_text(order.baseline, str(order.baseline)))


def _freeze(workspace: Workspace, base: str | None, today: date, file: Path, report: Report) -> int:
    """Writes all findings down that can be; the others are shown as ever."""
    from govkb.checking import Inquiry
    from govkb.cli.freezing import freeze, tell

    knowledge_base = workspace.load(base, today)
    known = freeze(knowledge_base, file)
    verdict = Inquiry(baseline=known).answer(knowledge_base)
    _show(verdict, knowledge_base, report)
    tell(known, knowledge_base, file)
    return int(fails(verdict))


def _show(verdict: Verdict, base: KnowledgeBase, report: Report) -> None:
    from govkb.cli.summary import summary

    write_report(verdict, base, report, summary(verdict, base, report.paths))


def _within(path: Path, root: Path) -> str:
    """A path from the command line as one below the project root."""
    full = Path.cwd() / path
    if not full.exists():
        raise UsageError(f"{path}: there is no such file or folder")
    try:
        return full.resolve().relative_to(root).as_posix()
    except ValueError as error:
        raise UsageError(f"{path}: it is outside the project {root}") from error
