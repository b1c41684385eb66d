"""Diagnostics for programs; `json.schema.json` describes the format.

The format has its own version; fields are only ever added.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import govkb
from govkb.diagnostics import Diagnostic, Fix, HiddenDiagnostic, Related, counts
from govkb.knowledge_base import KnowledgeBase
from govkb.reporting.escaping import encodable, json_text
from govkb.reporting.places import Sources
from govkb.source import Span

VERSION = 1


def render(
    diagnostics: Iterable[Diagnostic],
    base: KnowledgeBase,
    hidden: Iterable[HiddenDiagnostic] = (),
) -> str:
    """One JSON document. Lines and columns count from 1, columns in code points, ends exclusive."""
    found = list(diagnostics)
    sources = Sources(base)
    document = {
        "version": VERSION,
        "tool": {"name": "govkb", "version": govkb.__version__},
        "records": len(base.results),
        "summary": {severity.value: number for severity, number in counts(found).items()},
        "diagnostics": [_diagnostic(diagnostic, sources) for diagnostic in found],
        "suppressed": [_suppressed(one, sources) for one in hidden],
    }
    return json_text(document)


def _diagnostic(diagnostic: Diagnostic, sources: Sources) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "slug": diagnostic.slug,
        "severity": diagnostic.severity.value,
        "path": encodable(diagnostic.path),
        "span": _span(diagnostic.span),
        "key": _text(diagnostic.key),
        "record": _text(diagnostic.record),
        "message": encodable(diagnostic.message),
        "hint": _text(diagnostic.hint),
        "old": _text(diagnostic.old),
        "new": _text(diagnostic.new),
        "related": [_related(related) for related in diagnostic.related],
        "fix": _fix(diagnostic.path, diagnostic.fix, sources) if diagnostic.fix else None,
    }


def _suppressed(hidden: HiddenDiagnostic, sources: Sources) -> dict[str, Any]:
    return {
        "by": hidden.by.value,
        "reason": _text(hidden.reason),
        "diagnostic": _diagnostic(hidden.diagnostic, sources),
    }


def _related(related: Related) -> dict[str, Any]:
    return {
        "message": encodable(related.message),
        "path": encodable(related.path),
        "span": _span(related.span),
    }


def _fix(path: str, fix: Fix, sources: Sources) -> dict[str, Any]:
    edits = [
        {"span": _span(sources.replaced(path, edit)), "text": encodable(edit.text)}
        for edit in fix.edits
    ]
    return {"title": encodable(fix.title), "edits": edits}


def _span(span: Span | None) -> dict[str, dict[str, int]] | None:
    if span is None:
        return None
    return {
        "start": {"line": span.start.line, "column": span.start.column},
        "end": {"line": span.end.line, "column": span.end.column},
    }


def _text(text: str | None) -> str | None:
    return None if text is None else encodable(text)
