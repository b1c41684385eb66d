"""A Code Quality report for GitLab: its merge request shows what a change adds and mends.

The format is the part of the Code Climate specification that GitLab reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reporting.escaping import json_text, visible
from govkb.reporting.fingerprints import with_fingerprints
from govkb.reporting.places import last_line

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(diagnostics: Iterable[Diagnostic], base: KnowledgeBase, folder: str = "") -> str:
    """A JSON list with an issue for each diagnostic; `folder` is where in the repository it is."""
    issues = [_issue(d, fingerprint, folder) for d, fingerprint in with_fingerprints(diagnostics)]
    return json_text(issues)


def _issue(diagnostic: Diagnostic, fingerprint: str, folder: str) -> dict[str, Any]:
    # GitLab shows this and the place, but not in every view the name of the check.
    description = f"{diagnostic.code} {diagnostic.slug}: {diagnostic.message}"
    if diagnostic.hint:
        description += f" ({diagnostic.hint})"
    span = diagnostic.span
    # An issue must have a line.
    begin, end = (span.start.line, last_line(span)) if span else (1, 1)
    return {
        "description": visible(description),
        "check_name": diagnostic.slug,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": visible(folder + diagnostic.path),
            "lines": {"begin": begin, "end": end},
        },
    }
