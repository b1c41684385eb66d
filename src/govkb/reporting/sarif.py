"""SARIF 2.1.0 (OASIS), which code scanning services read.

Lines and columns count from 1, columns in code points, and ends are exclusive, as SARIF has it.
Paths are relative to the top of the repository and percent-encoded. What a comment or the baseline
hides is a suppressed result; since suppression is known of every result, each one says whether it
is (3.27.23).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from msgspec import Struct

import govkb
from govkb.diagnostics import Diagnostic, Fix, HiddenBy, HiddenDiagnostic, Related, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reporting.escaping import encodable, json_text, visible
from govkb.reporting.fingerprints import with_fingerprints
from govkb.reporting.places import Sources
from govkb.rules import RegisteredRule, all_rules
from govkb.source import Span

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_KINDS = {HiddenBy.COMMENT: "inSource", HiddenBy.BASELINE: "external"}
_TOP = "%SRCROOT%"
_FINGERPRINT = "govkb/v1"

Json = dict[str, Any]


class _Files(Struct, frozen=True):
    """The files of a run; `folder` is where in the repository the project is."""

    sources: Sources
    folder: str

    def artifact(self, path: str) -> Json:
        return {"uri": quote(_bytes(self.folder + path)), "uriBaseId": _TOP}

    def location(self, path: str, span: Span | None) -> Json:
        physical: Json = {"artifactLocation": self.artifact(path)}
        if span is not None:
            physical["region"] = _region(span)
        return {"physicalLocation": physical}


def render(
    diagnostics: Iterable[Diagnostic],
    base: KnowledgeBase,
    folder: str = "",
    hidden: Iterable[HiddenDiagnostic] = (),
) -> str:
    """One SARIF log with one run; the rules that found something are described in it.

    What is hidden comes last, so that it changes no fingerprint of what counts.
    """
    shown, suppressed = list(diagnostics), list(hidden)
    suppressions = [*([] for _ in shown), *([_suppression(one)] for one in suppressed)]
    found = list(with_fingerprints([*shown, *(one.diagnostic for one in suppressed)]))
    codes = {diagnostic.code for diagnostic, _ in found}
    rules = [registered for registered in all_rules() if registered.rule.code in codes]
    numbers = {registered.rule.code: number for number, registered in enumerate(rules)}
    files = _Files(Sources(base), folder)
    described = [_rule(registered) for registered in rules]
    run = {
        "tool": {"driver": {"name": "govkb", "version": govkb.__version__, "rules": described}},
        "invocations": [{"executionSuccessful": True}],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_TOP: {"description": {"text": "The top of the repository."}}},
        "results": [
            _result(d, fingerprint, numbers, files) | {"suppressions": why}
            for (d, fingerprint), why in zip(found, suppressions, strict=True)
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(log)


def _rule(registered: RegisteredRule) -> Json:
    rule, parts = registered.rule, registered.parts
    what = [parts[title] for title in ("What it does", "Why") if title in parts]
    markdown = "\n\n".join(f"## {title}\n\n{text}" for title, text in parts.items())
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.slug.split("-")),
        "shortDescription": {"text": registered.summary},
        "fullDescription": {"text": "\n\n".join(what)},
        "help": {"text": "\n\n".join([*what, parts["Fix"]]), "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"slug": rule.slug, "tags": [registered.family]},
    }


def _result(
    diagnostic: Diagnostic, fingerprint: str, numbers: dict[str, int], files: _Files
) -> Json:
    location = files.location(diagnostic.path, diagnostic.span)
    location |= _logical_location(diagnostic)
    result: Json = {
        "ruleId": diagnostic.code,
        "ruleIndex": numbers[diagnostic.code],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": "\n".join(_message(diagnostic, files))},
        "locations": [location],
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }
    if diagnostic.related:
        numbered = enumerate(diagnostic.related, 1)
        result["relatedLocations"] = [_related(number, r, files) for number, r in numbered]
    if diagnostic.fix is not None:
        result |= _fixes(diagnostic.path, diagnostic.fix, files)
    changed = {"key": diagnostic.key, "old": diagnostic.old, "new": diagnostic.new}
    properties = {name: encodable(text) for name, text in changed.items() if text is not None}
    return result | ({"properties": properties} if properties else {})


def _suppression(hidden: HiddenDiagnostic) -> Json:
    reason = {"justification": visible(hidden.reason)} if hidden.reason else {}
    return {"kind": _KINDS[hidden.by], **reason}


def _message(diagnostic: Diagnostic, files: _Files) -> Iterator[str]:
    """Lines of plain text; related places are links, as services show only those that are."""
    yield _literal(diagnostic.message)
    for number, related in enumerate(diagnostic.related, 1):
        line = f":{related.span.start.line}" if related.span else ""
        place = f"{files.folder}{related.path}{line}"
        yield f"{_literal(related.message)}: [{_link_text(place)}]({number})"
    if diagnostic.hint:
        yield _literal(diagnostic.hint)


def _literal(text: str) -> str:
    """Text in which nothing is a placeholder (SARIF 3.11.5) or a link (3.11.6)."""
    return visible(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _link_text(text: str) -> str:
    escaped = _literal(text).replace("\\", "\\\\")
    return escaped.replace("[", "\\[").replace("]", "\\]")


def _related(number: int, related: Related, files: _Files) -> Json:
    place = files.location(related.path, related.span)
    return {"id": number, **place, "message": {"text": _literal(related.message)}}


def _logical_location(diagnostic: Diagnostic) -> Json:
    if not diagnostic.record:
        return {}
    record = visible(diagnostic.record)
    return {"logicalLocations": [{"name": record, "fullyQualifiedName": record, "kind": "record"}]}


def _fixes(path: str, fix: Fix, files: _Files) -> Json:
    """The fix, if it is of a file whose text is known."""
    replacements = []
    for edit in fix.edits:
        replaced = files.sources.replaced(path, edit)
        if replaced is None:
            return {}
        replacement: Json = {"deletedRegion": _region(replaced)}
        if edit.text:
            replacement["insertedContent"] = {"text": encodable(edit.text)}
        replacements.append(replacement)
    change = {"artifactLocation": files.artifact(path), "replacements": replacements}
    return {"fixes": [{"description": {"text": _literal(fix.title)}, "artifactChanges": [change]}]}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    }


def _bytes(path: str) -> bytes:
    """The path as the file system has it."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return encodable(path).encode()
