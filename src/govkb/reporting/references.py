"""References with what each leads to and by what it was resolved, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import govkb
from govkb.graph import Citation, Name, Resolution, ResolvedCitation
from govkb.graph.suggestions import Undeclared
from govkb.reading import Record
from govkb.record_types.fields import dotted
from govkb.reporting.escaping import visible_line
from govkb.source import Span

VERSION = 1


def lines(references: Iterable[ResolvedCitation]) -> str:
    """One line for each reference: its place, what is written, what it leads to and how."""
    return "".join(f"{visible_line(_line(resolved))}\n" for resolved in references)


def suggestion_lines(suggestions: Iterable[Undeclared], relation: str) -> str:
    """One line for each relation that could be declared, with the place of the mention."""
    return "".join(f"{visible_line(_suggested(s, relation))}\n" for s in suggestions)


def document(references: Iterable[ResolvedCitation]) -> str:
    """One JSON document. Lines and columns count from 1, columns in code points, ends exclusive."""
    return _json("references", [_reference(resolved) for resolved in references])


def suggestion_document(suggestions: Iterable[Undeclared], relation: str) -> str:
    """The relations that could be declared, as one JSON document."""
    found = [
        {
            "record": s.record.id,
            "path": s.record.path,
            "relation": relation,
            "target": _record(s.target),
            "mention": s.citation.text,
            "span": _span(place(s.citation)),
        }
        for s in suggestions
    ]
    return _json("suggestions", found)


def place(citation: Citation) -> Span:
    """Where a reference stands."""
    record = citation.record
    if citation.is_declared:
        return record.span_of(citation.key, value=True)
    return record.source.span(citation.start, citation.end)


def _json(name: str, entries: list[dict[str, Any]]) -> str:
    tool = {"name": "govkb", "version": govkb.__version__}
    return json.dumps({"version": VERSION, "tool": tool, name: entries}, indent=2) + "\n"


def _line(resolved: ResolvedCitation) -> str:
    citation, resolution, *_ = resolved
    start = place(citation).start
    how = citation.relation.name if citation.relation else citation.kind or "mention"
    where = f"{citation.record.path}:{start.line}:{start.column}"
    target = _target_words(resolved)
    return f"{where}: {citation.text} → {target} ({resolution.kind.value}, {how})"


def _target_words(resolved: ResolvedCitation) -> str:
    resolution = resolved.resolution
    if resolution.record is not None:
        target = resolution.record.id
        part = resolved.heading.anchor if resolved.heading else resolved.citation.name.row
        missing = ", without the part that is named" if resolved.misses_part else ""
        return f"{target}#{part}{missing}" if part else f"{target}{missing}"
    several = [record.id for record in (*resolution.candidates, *resolution.meant)]
    return resolution.path or resolution.address or " or ".join(several) or "nothing known"


def _suggested(suggestion: Undeclared, relation: str) -> str:
    record, target, citation = suggestion
    line = place(citation).start.line
    return f"{record.path}:{line}: {relation}: {target.id} ({target.title})"


def _reference(resolved: ResolvedCitation) -> dict[str, Any]:
    citation, resolution = resolved.citation, resolved.resolution
    return {
        "record": citation.record.id,
        "path": citation.record.path,
        "span": _span(place(citation)),
        "key": dotted(citation.key) or None,
        "text": citation.text,
        "name": citation.name.target,
        "part": _part(citation.name),
        "relation": citation.relation.name if citation.relation else None,
        "inverse": citation.is_inverse,
        "mention": citation.kind or None,
        "class": resolution.kind.value,
        "target": _target(resolution),
        "anchor": resolved.heading.anchor if resolved.heading else None,
        "misses_part": resolved.misses_part,
        "candidates": [_record(record) for record in resolution.candidates],
        "meant": [_record(record) for record in resolution.meant],
    }


def _part(name: Name) -> str | None:
    if name.lines is not None:
        first, last = name.lines
        return str(first) if first == last else f"{first}-{last}"
    return name.label or name.fragment or name.part or name.row


def _target(resolution: Resolution) -> dict[str, str] | None:
    if resolution.record is not None:
        return _record(resolution.record)
    if resolution.path is not None:
        return {"path": resolution.path}
    return {"address": resolution.address} if resolution.address else None


def _record(record: Record) -> dict[str, str]:
    return {"record": record.id, "path": record.path}


def _span(span: Span) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": span.start.line, "column": span.start.column},
        "end": {"line": span.end.line, "column": span.end.column},
    }
