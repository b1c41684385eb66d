"""Workflow commands: each diagnostic becomes an annotation of the change it stands in.

See "Workflow commands for GitHub Actions". A command is one line; `%`, line ends, and in properties
also `:` and `,` are written as their codes, so that no text of a record can begin another command.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reporting.escaping import visible
from govkb.reporting.places import last_line
from govkb.source import Span

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_LINE_END = "%0A"


def render(diagnostics: Iterable[Diagnostic], base: KnowledgeBase, folder: str = "") -> str:
    """One command a line; `folder` is where in the repository the project is."""
    return "".join(f"{_command(diagnostic, folder)}\n" for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic, folder: str) -> str:
    properties = {"file": folder + diagnostic.path, **_extent(diagnostic.span)}
    properties["title"] = f"{diagnostic.code} {diagnostic.slug}"
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = _LINE_END.join(_data(line) for line in _message(diagnostic, folder))
    return f"::{_COMMANDS[diagnostic.severity]} {written}::{message}"


def _message(diagnostic: Diagnostic, folder: str) -> Iterator[str]:
    """The lines under the title."""
    yield diagnostic.message
    if diagnostic.old is not None:
        yield f"- {diagnostic.old}"
    if diagnostic.new is not None:
        yield f"+ {diagnostic.new}"
    for related in diagnostic.related:
        line = f":{related.span.start.line}" if related.span else ""
        yield f"{related.message}: {folder}{related.path}{line}"
    if diagnostic.hint:
        yield diagnostic.hint


def _extent(span: Span | None) -> dict[str, str]:
    """The lines, and the columns where there is only one line: GitHub refuses them for several."""
    if span is None:
        return {}
    lines = {"line": str(span.start.line), "endLine": str(last_line(span))}
    if span.start.line != span.end.line:
        return lines
    # GitHub's last column is the last one that belongs to it.
    last = max(span.end.column - 1, span.start.column)
    return {**lines, "col": str(span.start.column), "endColumn": str(last)}


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
