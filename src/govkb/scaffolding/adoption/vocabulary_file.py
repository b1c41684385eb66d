"""The `vocabulary.yaml` of a repository: what its types share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from govkb.scaffolding.adoption.documents import Document
from govkb.scaffolding.adoption.evidence import Evidence
from govkb.scaffolding.adoption.references import ReferenceField
from govkb.scaffolding.adoption.type_file import Type
from govkb.scaffolding.adoption.type_parts import field_lines
from govkb.scaffolding.adoption.values import Definition, cited, schema_of
from govkb.scaffolding.adoption.yaml_text import entry

_NOT_SHARED = frozenset({"id", "type", "title", "status"})


def shared_fields(
    types: Iterable[Sequence[Document]], references: Iterable[ReferenceField]
) -> frozenset[str]:
    """The fields that records of more than one type have, but for those that name records."""
    counts = Counter(
        name for documents in types for name in {n for d in documents for n in d.metadata or {}}
    )
    shared = frozenset(name for name, count in counts.items() if count > 1)
    return shared - _NOT_SHARED - {reference.name for reference in references}


def vocabulary_text(
    types: Sequence[Type], shared: frozenset[str], evidence: Evidence
) -> str | None:
    """The declaration, or None where there is nothing to say."""
    documents = [d for found in types for d in found.group.with_frontmatter]
    names = dict.fromkeys(n for d in documents for n in d.metadata or {} if n in shared)
    shown = [n for n in names if not _is_govkbs_own(n, documents, evidence)]
    parts = [
        _part("definitions", _definitions(types, documents, shown, evidence)),
        _part("fields", field_lines(documents, shown, evidence)),
        _part("relations", _relations(types, evidence)),
    ]
    lines = [line for part in parts for line in part]
    head = "# What the types share, laid over govkb's own vocabulary name by name."
    return "\n".join([head, *lines]) + "\n" if lines else None


def _part(name: str, lines: list[str]) -> list[str]:
    return ["", f"{name}:", *lines] if lines else []


def _is_govkbs_own(name: str, documents: Sequence[Document], evidence: Evidence) -> bool:
    """Whether what govkb says about a field serves: the repository has no list of its own."""
    values = evidence.values(documents, name)
    schema = schema_of(values, name, evidence.terms)
    return evidence.shipped.fields.get(name) == schema


def _definitions(
    types: Iterable[Type], documents: Sequence[Document], shown: Iterable[str], evidence: Evidence
) -> list[str]:
    uses: dict[str, tuple[Definition, Counter[str]]] = {}
    whose = [(documents, shown), *((t.group.with_frontmatter, t.own_fields) for t in types)]
    for members, names in whose:
        for name in names:
            for definition, counts in cited(evidence.values(members, name), name, evidence.terms):
                kept = uses.setdefault(definition.name, (definition, Counter()))
                kept[1].update(counts)
    lines = []
    for name, (definition, counts) in sorted(uses.items()):
        value: dict[str, Any] = {"enum": list(definition.values)}
        spellings = _spellings(definition.values, counts)
        lines += entry(
            2, name, value | ({"spellings": spellings} if spellings else {}), definition.source
        )
    return lines


def _spellings(values: Iterable[str], counts: Mapping[str, int]) -> dict[str, str]:
    """The values in use that mean one of the list, and only one, but for signs and case."""
    by_letters: dict[str, list[str]] = {}
    for value in values:
        by_letters.setdefault(_letters(value), []).append(value)
    known = {value for same in by_letters.values() for value in same}
    return {
        value: by_letters[_letters(value)][0]
        for value in sorted(counts)
        if value not in known
        and len(by_letters.get(_letters(value), ())) == 1
        and not _decorated(value)
    }


def _letters(value: str) -> str:
    return re.sub(r"[^a-z0-9]", "", value.lower())


def _decorated(value: str) -> bool:
    """Whether it has signs of its own (🟢), which may be meant to tell it from others."""
    return not value.isascii()


def _relations(types: Iterable[Type], evidence: Evidence) -> list[str]:
    known = evidence.shipped.relation_names()
    names = sorted({r.name for found in types for r in found.references} - known.keys())
    return [
        line
        for name in names
        for line in entry(2, name, {"label": name.replace("_", " ").capitalize()})
    ]
