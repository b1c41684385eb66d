"""Workflow commands: each diagnostic becomes an annotation of the change it stands in.

See "Workflow commands for GitHub Actions". A command is one line; `%`, line ends, and in properties
also `:` and `,` are written as their codes, so that no text of a record can begin another command.
"""

from __future__ import annotations

from collections.abc import Iterable

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reporting.escaping import visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(diagnostics: Iterable[Diagnostic], base: KnowledgeBase) -> str:
    """One command a line."""
    return "".join(f"{_command(diagnostic)}\n" for diagnostic in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    properties = {"file": diagnostic.path, **_extent(diagnostic)}
    properties["title"] = f"{diagnostic.code} {diagnostic.slug}"
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = diagnostic.message
    if diagnostic.hint:
        message += f" ({diagnostic.hint})"
    return f"::{_COMMANDS[diagnostic.severity]} {written}::{_data(message)}"


def _extent(diagnostic: Diagnostic) -> dict[str, str]:
    """The lines, and the columns where there is only one line: GitHub refuses them for several."""
    span = diagnostic.span
    if span is None:
        return {}
    lines = {"line": str(span.start.line), "endLine": str(span.end.line)}
    if span.start.line != span.end.line:
        return lines
    # GitHub's last column is the last one that belongs to it.
    last = max(span.end.column - 1, span.start.column)
    return {**lines, "col": str(span.start.column), "endColumn": str(last)}


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
