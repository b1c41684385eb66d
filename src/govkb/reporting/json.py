"""Diagnostics for programs. The format has its own version; fields are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import govkb
from govkb.diagnostics import Diagnostic, Related, counts
from govkb.knowledge_base import KnowledgeBase
from govkb.source import Span

VERSION = 1


def render(diagnostics: Iterable[Diagnostic], base: KnowledgeBase) -> str:
    """One JSON document. Lines and columns count from 1, columns in code points, ends exclusive."""
    found = list(diagnostics)
    document = {
        "version": VERSION,
        "tool": {"name": "govkb", "version": govkb.__version__},
        "records": len(base.results),
        "summary": {severity.value: number for severity, number in counts(found).items()},
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in found],
    }
    return json.dumps(document, ensure_ascii=True, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "slug": diagnostic.slug,
        "severity": diagnostic.severity.value,
        "path": diagnostic.path,
        "span": _span(diagnostic.span),
        "key": diagnostic.key,
        "record": diagnostic.record,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "old": diagnostic.old,
        "new": diagnostic.new,
        "related": [_related(related) for related in diagnostic.related],
    }


def _related(related: Related) -> dict[str, Any]:
    return {"message": related.message, "path": related.path, "span": _span(related.span)}


def _span(span: Span | None) -> dict[str, dict[str, int]] | None:
    if span is None:
        return None
    return {
        "start": {"line": span.start.line, "column": span.start.column},
        "end": {"line": span.end.line, "column": span.end.column},
    }
