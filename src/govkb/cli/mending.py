"""What `govkb check` does and says with --fix and --diff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from govkb.cli.output import write_difference
from govkb.counting import counted

if TYPE_CHECKING:
    from govkb.checking import Inquiry, Verdict
    from govkb.diagnostics import Diagnostic
    from govkb.knowledge_base import KnowledgeBase
    from govkb.workspace.fixing import Load, Mended

_MOST_LINES = 30


def mend_and_tell(
    base: KnowledgeBase,
    inquiry: Inquiry,
    verdict: Verdict,
    load: Load,
    fix: bool,
    diff: bool,
) -> bool:
    """Whether anything was mended, or without `fix` would be; both are told on the way."""
    from govkb.workspace.fixing import mend

    root = base.config.root
    mended = mend(root, base, verdict.diagnostics, inquiry.findings, load)
    if fix:
        mended.save(root)
    if diff:
        write_difference(mended)
    _tell(mended, "fixed" if fix else "would fix", len(verdict.diagnostics))
    return bool(mended.after)


def _tell(mended: Mended, verb: str, found: int) -> None:
    from govkb.reporting.escaping import visible_line

    number = len(mended.fixed)
    files = len(mended.after)
    if not number:
        click.echo(_nothing(found), err=True)
    else:
        what, where = counted(number, "finding"), counted(files, "file")
        click.echo(f"{verb} {what} in {where}:", err=True)
    for line in _each_fix(mended.fixed) or _each_rule(mended.fixed):
        click.echo(f"  {visible_line(line)}", err=True)
    for path, reason in sorted(mended.refused.items()):
        click.echo(f"  {visible_line(path)} was left alone: {reason}", err=True)


def _nothing(found: int) -> str:
    if not found:
        return "nothing to fix"
    verb, none = ("remains", "it can't") if found == 1 else ("remain", "none can")
    return f"{counted(found, 'finding')} {verb}; {none} be mended by itself"


def _each_fix(fixed: Iterable[Diagnostic]) -> list[str]:
    """A line for everything that was done to a file; none where these are too many to read."""
    titles = Counter((d.path, d.code, d.fix.title) for d in fixed if d.fix)
    if len(titles) > _MOST_LINES:
        return []
    times = {key: f" ({count} times)" if count > 1 else "" for key, count in titles.items()}
    return [f"{key[0]}: {key[1]} {key[2]}{times[key]}" for key in sorted(titles)]


def _each_rule(fixed: Iterable[Diagnostic]) -> list[str]:
    """A line for each rule."""
    files: dict[tuple[str, str], list[str]] = {}
    for diagnostic in fixed:
        files.setdefault((diagnostic.code, diagnostic.slug), []).append(diagnostic.path)
    return [
        f"{code} {slug}: {counted(len(paths), 'finding')} in {counted(len(set(paths)), 'file')}"
        for (code, slug), paths in sorted(files.items())
    ]
