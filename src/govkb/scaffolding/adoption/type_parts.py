"""The parts of a type's declaration, as lines with their evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from govkb.scaffolding.adoption.documents import Document
from govkb.scaffolding.adoption.evidence import Evidence, files
from govkb.scaffolding.adoption.id_shapes import IdShape, id_shapes
from govkb.scaffolding.adoption.paths import paths_of
from govkb.scaffolding.adoption.sections import SectionUse
from govkb.scaffolding.adoption.statuses import Statuses
from govkb.scaffolding.adoption.values import MANY, choice, ranked, schema_of
from govkb.scaffolding.adoption.yaml_text import entry, inline, item

_FORM_SHARE = 0.02
_BARE_SHARE = 0.1
_HEADED = 0.8
# What `status:` in a type.yaml says about itself; a status can't have such a name.
RESERVED = frozenset({"initial", "done", "synonyms"})


def id_forms(documents: Sequence[Document], is_anything: bool = False) -> list[IdShape]:
    """The forms of ids that a type of these documents should have: none for mere accidents.

    Where nearly all ids begin with one text (`ADR-`), those that don't are the accidents. Records
    that may be anything may also be called anything.
    """
    shapes = _by_head(id_shapes(document.id for document in documents), len(documents))
    if is_anything:
        ids = sorted({record_id for shape in shapes for record_id in shape.ids})
        return [IdShape("{text}", tuple(ids))] if ids else []
    total = len(documents)
    headed = sum(len(shape.ids) for shape in shapes if shape.head) >= _HEADED * total
    kept = []
    for shape in shapes:
        is_odd = shape.is_bare or (headed and not shape.head)
        share = _BARE_SHARE if is_odd else _FORM_SHARE
        if len(shape.ids) >= share * total and (len(shape.ids) > 1 or total < MANY):
            kept.append(shape)
    return kept or shapes[:1]


def _by_head(shapes: Sequence[IdShape], total: int) -> list[IdShape]:
    """The same, but what has no fixed text as mere words where more than half begin with one.

    `RB-0001` and `01_INDEX` count in different sequences; the second is no number but a name.
    """
    headed = [shape for shape in shapes if shape.head]
    names = sorted({i for shape in shapes if not shape.head for i in shape.ids})
    if not names or sum(len(shape.ids) for shape in headed) <= total / 2:
        return list(shapes)
    return [*headed, IdShape("{text}", tuple(names))]


def form_lines(
    documents: Sequence[Document], shapes: Sequence[IdShape], is_anywhere: bool = False
) -> list[str]:
    """`forms:` with the paths of each form."""
    lines = ["forms:"]
    for shape in shapes:
        members = [document for document in documents if document.id in shape.ids]
        paths = paths_of(members, is_anywhere)
        seen = f"{files(len(members), len(documents))}, such as {shape.ids[0]}"
        lines += [f"  - id: {inline(shape.template)} # {seen}", "    path:"]
        lines += [item(6, use.template, files(use.count, len(members))) for use in paths]
    return lines


def required_fields(documents: Sequence[Document], evidence: Evidence) -> dict[str, int]:
    """The fields that nearly every document has, or has from its folder, with how many do."""
    counts = Counter(n for d in documents for n in evidence.sidecars.effective(d))
    least = evidence.required_at * len(documents)
    return {
        name: count
        for name, count in counts.items()
        if count >= least and name not in ("id", "type", "status")
    }


def field_lines(
    documents: Sequence[Document], names: Iterable[str], evidence: Evidence
) -> list[str]:
    """An entry for each field, and a remark for those that only one file of many has."""
    lines = []
    for name in names:
        having = [d for d in documents if name in (d.metadata or {})]
        if len(having) == 1 and len(documents) >= MANY:
            remark = f"  # not declared: {name}, which only {having[0].path} has"
            lines.append(
                remark if remark.isprintable() else "  # not declared: a field of one file"
            )
            continue
        values = evidence.values(documents, name)
        schema = schema_of(values, name, evidence.terms)
        note = f"{files(len(having), len(documents))}{_distribution(values, name, schema)}"
        lines += entry(2, name, schema, note)
    return lines


def _distribution(values: Iterable[Any], name: str, schema: Mapping[str, Any]) -> str:
    counts = Counter(value for value in values if isinstance(value, str))
    chosen = choice(counts, name) if "enum" in schema else None
    if chosen:
        return ": " + ", ".join(f"{value} {count}" for value, count in ranked(chosen))
    return ""


def status_lines(statuses: Statuses | None) -> list[str]:
    """`status:`: which follow which is not to be seen in files, so each may follow each."""
    if statuses is None:
        return []
    names = list(statuses.counts)
    lines = ["status: # no file shows which may follow which: strike out what may not"]
    lines += entry(2, "initial", statuses.initial)
    for name in names:
        others = [other for other in names if other != name]
        lines += entry(2, name, others, files(statuses.counts[name]))
    lines += entry(2, "done", list(statuses.done), "nothing more is expected in these")
    if statuses.synonyms:
        lines += entry(2, "synonyms", dict(statuses.synonyms))
    return lines


def section_lines(uses: Iterable[SectionUse], total: int) -> list[str]:
    """`sections:` with how many files have each."""
    lines = []
    for use in uses:
        value = {"required": True} if use.is_required else {}
        lines += entry(2, use.name, value, files(use.count, total))
    return ["sections:", *lines] if lines else []
