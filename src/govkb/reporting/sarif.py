"""SARIF 2.1.0 (OASIS), which code scanning services read.

Lines and columns count from 1, columns in code points, and ends are exclusive, as SARIF has it.
Paths are relative to the project, percent-encoded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import govkb
from govkb.diagnostics import Diagnostic, Fix, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reporting.escaping import visible
from govkb.reporting.fingerprints import with_fingerprints
from govkb.rules import RegisteredRule, all_rules
from govkb.source import SourceText, Span

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "PROJECT"


def render(diagnostics: Iterable[Diagnostic], base: KnowledgeBase) -> str:
    """One SARIF log with one run; the rules that found something are described in it."""
    found = list(with_fingerprints(diagnostics))
    codes = {diagnostic.code for diagnostic, _ in found}
    rules = [registered for registered in all_rules() if registered.rule.code in codes]
    numbers = {registered.rule.code: number for number, registered in enumerate(rules)}
    sources = {result.path: result for result in base.results}
    results = []
    for diagnostic, fingerprint in found:
        read = sources.get(diagnostic.path) if diagnostic.fix else None
        source = read.source if read is not None else None
        results.append(_result(diagnostic, fingerprint, numbers[diagnostic.code], source))
    driver = {
        "name": "govkb",
        "version": govkb.__version__,
        "semanticVersion": govkb.__version__,
        "rules": [_rule(registered) for registered in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The top folder of the project."}}},
        "results": results,
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _rule(registered: RegisteredRule) -> dict[str, Any]:
    rule, parts = registered.rule, registered.parts
    why = f"{parts['What it does']}\n\n{parts['Why']}"
    markdown = "\n\n".join(f"## {title}\n\n{text}" for title, text in parts.items())
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.slug.split("-")),
        "shortDescription": {"text": registered.summary},
        "fullDescription": {"text": why},
        "help": {"text": parts["Fix"], "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [registered.family]},
    }


def _result(
    diagnostic: Diagnostic, fingerprint: str, rule_index: int, source: SourceText | None
) -> dict[str, Any]:
    hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
    location = _location(diagnostic.path, diagnostic.span)
    names = _logical_locations(diagnostic)
    if names:
        location["logicalLocations"] = names
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": visible(diagnostic.message + hint)},
        "locations": [location],
        "partialFingerprints": {"govkb/v1": fingerprint},
    }
    related = [
        {
            "id": number,
            **_location(other.path, other.span),
            "message": {"text": visible(other.message)},
        }
        for number, other in enumerate(diagnostic.related)
    ]
    if related:
        result["relatedLocations"] = related
    if diagnostic.fix is not None and source is not None:
        result["fixes"] = [_fix(diagnostic.path, diagnostic.fix, source)]
    return result


def _location(path: str, span: Span | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(path)}
    if span is not None:
        physical["region"] = _region(span)
    return {"physicalLocation": physical}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path.encode("utf-8", "surrogateescape")), "uriBaseId": _ROOT}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    }


def _logical_locations(diagnostic: Diagnostic) -> list[dict[str, str]]:
    if not diagnostic.record:
        return []
    name = diagnostic.record + (f".{diagnostic.key}" if diagnostic.key else "")
    kind = "property" if diagnostic.key else "object"
    return [{"name": visible(diagnostic.record), "fullyQualifiedName": visible(name), "kind": kind}]


def _fix(path: str, fix: Fix, source: SourceText) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": _region(source.span(edit.start, edit.end)),
            "insertedContent": {"text": edit.text},
        }
        for edit in fix.edits
    ]
    change = {"artifactLocation": _artifact(path), "replacements": replacements}
    return {"description": {"text": visible(fix.title)}, "artifactChanges": [change]}
