"""Diagnostics for people: one line each, the line of the record with a caret, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

import click

from govkb.counting import counted
from govkb.diagnostics import Diagnostic, Related, Severity, counts
from govkb.knowledge_base import KnowledgeBase
from govkb.reporting.escaping import visible, visible_line, width
from govkb.reporting.places import Sources
from govkb.source import SourceText, Span

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_LONGEST_LINE = 120


def render(diagnostics: Iterable[Diagnostic], base: KnowledgeBase, *, color: bool = False) -> str:
    """All diagnostics, a blank line between two; empty where there are none."""
    sources = Sources(base)
    text = "\n\n".join("\n".join(_block(d, sources)) for d in diagnostics)
    if not text:
        return ""
    return f"{text}\n" if color else f"{click.unstyle(text)}\n"


def block(diagnostic: Diagnostic, sources: Sources) -> str:
    """One diagnostic in several lines, without colours."""
    return click.unstyle("\n".join(_block(diagnostic, sources)))


def summary(diagnostics: Iterable[Diagnostic], records: int, of: int | None = None) -> str:
    """One sentence about the whole run, which may have been about some `of` all records only."""
    some = f"{records:,} of " if of is not None and of != records else ""
    checked = f"{some}{_counted(of if some and of else records, 'record')} checked"
    return f"{checked}: {tally(diagnostics)}"


def tally(diagnostics: Iterable[Diagnostic]) -> str:
    """How many there are of each severity, in words."""
    totals = counts(diagnostics)
    named = [_counted(number, severity.value) for severity, number in totals.items() if number]
    return ", ".join(named) or "all is well"


def _block(diagnostic: Diagnostic, sources: Sources) -> Iterator[str]:
    colour = _COLOURS[diagnostic.severity]
    said = f"{diagnostic.severity.value} {diagnostic.code} {diagnostic.slug}"
    code = click.style(said, fg=colour, bold=True)
    place = click.style(_place(diagnostic.path, diagnostic.span), bold=True)
    yield f"{place} {code}: {visible(diagnostic.message)}"
    margin = "    "
    source = sources.at(diagnostic.path) if diagnostic.span is not None else None
    if source is not None and diagnostic.span is not None:
        margin = " " * max(4, len(str(diagnostic.span.start.line)) + 1)
        yield from _excerpt(source, diagnostic.span, margin, colour)
    if diagnostic.old is not None or diagnostic.new is not None:
        yield from _comparison(diagnostic.old, diagnostic.new, margin)
    for related in diagnostic.related:
        yield f"{margin} = {_related(related)}"
    if diagnostic.hint:
        yield f"{margin} = {visible(diagnostic.hint)}"


def _excerpt(source: SourceText, span: Span, margin: str, colour: str) -> Iterator[str]:
    """The first line of the span with a caret under what is meant, cut to fit around it."""
    line = source.line(span.start.line)
    start = span.start.column - 1
    end = span.end.column - 1 if span.end.line == span.start.line else len(line.rstrip())
    line, start, end = _cut(line, start, max(end, start + 1))
    before = visible(line[:start])
    carets = "^" * max(width(visible(line[start:end])), 1)
    number = str(span.start.line).rjust(len(margin))
    yield f"{number} | {visible(line)}"
    yield f"{margin} | {' ' * width(before)}{click.style(carets, fg=colour)}"


def _cut(line: str, start: int, end: int) -> tuple[str, int, int]:
    end = min(end, max(len(line), start + 1))
    if len(line) <= _LONGEST_LINE:
        return line, start, end
    first = max(0, min(start - 20, len(line) - _LONGEST_LINE))
    piece = line[first : first + _LONGEST_LINE]
    if first:
        piece = f"…{piece[1:]}"
    if first + _LONGEST_LINE < len(line):
        piece = f"{piece[:-1]}…"
    return piece, start - first, min(end - first, len(piece))


def _comparison(old: str | None, new: str | None, margin: str) -> Iterator[str]:
    """The old and the new text, with the parts that differ set off where both are there."""
    if old is not None and new is not None:
        marked_old, marked_new = _marked(old, new)
    else:
        marked_old, marked_new = visible(old or ""), visible(new or "")
    if old is not None:
        yield f"{margin} {click.style('-', fg='red')} {marked_old}"
    if new is not None:
        yield f"{margin} {click.style('+', fg='green')} {marked_new}"


def _marked(old: str, new: str) -> tuple[str, str]:
    """Both texts with `[-…-]` and `{+…+}` around what differs, word by word."""
    before, after = old.split(" "), new.split(" ")
    was: list[str] = []
    now: list[str] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        gone, come = visible(" ".join(before[a:b])), visible(" ".join(after[c:d]))
        if tag == "equal":
            was.append(gone)
            now.append(come)
            continue
        if gone:
            was.append(click.style(f"[-{gone}-]", fg="red"))
        if come:
            now.append(click.style(f"{{+{come}+}}", fg="green"))
    return " ".join(was), " ".join(now)


def _related(related: Related) -> str:
    return f"{visible(related.message)}: {_place(related.path, related.span)}"


def _place(path: str, span: Span | None) -> str:
    shown = visible_line(path)
    return f"{shown}:{span.start.line}:{span.start.column}" if span else shown


def _counted(number: int, noun: str) -> str:
    if noun == "info":
        return f"{number} info"
    return counted(number, noun)
