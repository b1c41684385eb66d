"""A Code Quality report for GitLab: its merge request shows what a change adds and mends.

The format is the part of the Code Climate specification that GitLab reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reporting.escaping import visible
from govkb.reporting.fingerprints import with_fingerprints

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(diagnostics: Iterable[Diagnostic], base: KnowledgeBase) -> str:
    """A JSON list with one issue for each diagnostic."""
    issues = [_issue(d, fingerprint) for d, fingerprint in with_fingerprints(diagnostics)]
    return json.dumps(issues, indent=2) + "\n"


def _issue(diagnostic: Diagnostic, fingerprint: str) -> dict[str, Any]:
    description = f"{diagnostic.code} {diagnostic.slug}: {diagnostic.message}"
    if diagnostic.hint:
        description += f" ({diagnostic.hint})"
    span = diagnostic.span
    begin, end = (span.start.line, span.end.line) if span else (1, 1)
    return {
        "description": visible(description),
        "check_name": diagnostic.slug,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {"path": visible(diagnostic.path), "lines": {"begin": begin, "end": end}},
    }
