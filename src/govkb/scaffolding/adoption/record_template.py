"""The `record.md.j2` of a type: what `govkb new` writes, made like the records that are there."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from govkb.record_types import RecordType
from govkb.scaffolding.adoption.documents import Document
from govkb.scaffolding.adoption.evidence import Evidence
from govkb.scaffolding.adoption.groups import REST
from govkb.scaffolding.adoption.id_shapes import IdShape
from govkb.scaffolding.adoption.paths import paths_of
from govkb.scaffolding.adoption.sections import SectionUse, sections_of
from govkb.scaffolding.adoption.styles import Style, style_of
from govkb.scaffolding.adoption.type_file import Type
from govkb.scaffolding.adoption.values import schema_of
from govkb.scaffolding.adoption.yaml_text import inline

_JINJA = re.compile(r"\{[{%#]")
_TEXT = "_Say here what there is to say._"
_MOST = 0.5


def template_text(found: Type, evidence: Evidence) -> str:
    """A record with everything that the type requires: what most records of it have there."""
    front = ["id: {{ id }}", "title: {{ title | yaml }}"]
    if any(document.declared_type == found.name for document in found.documents):
        front.append(f"type: {found.name}")
    if found.statuses is not None:
        front.append(f"status: {_literal(inline(found.statuses.initial))}")
    given = {"title", *evidence.sidecars.handed_down(_place(found))}
    front += [f"{n}: {_value(n, found, evidence)}" for n in found.required if n not in given]
    sections = [f"## {use.name}\n\n{_TEXT}" for use in found.sections if use.is_required]
    return _record(front, ["# {{ title | heading }}", *map(_literal, sections)])


def plain_template_text(found: Type, evidence: Evidence) -> str:
    """A record of a type that needs no frontmatter: with some only where most records have it."""
    documents = [d for d in found.documents if d.id in found.shapes[0].ids]
    style = style_of(documents, found.shapes[0])
    record_type = evidence.shipped.catalogue.types.get(found.name)
    front = [line for name in style.front if (line := _front_line(name, found, evidence))]
    body = [f"# {_before_title(style, found)}{{{{ title | heading }}}}"]
    lines = [
        line for each in style.lines if (line := _line(each, documents, record_type, style.front))
    ]
    body += ["\n".join(lines)] if lines else []
    for name in _sections(documents, evidence, record_type):
        is_status = name.casefold() == "status"
        if is_status and "status" in style.front:
            continue
        text = _status([d.status for d in documents], record_type) if is_status else None
        body.append(f"{_literal(f'## {name}')}\n\n{text or _TEXT}")
    return _record(front, body)


def _record(front: Sequence[str], body: Iterable[str]) -> str:
    head = "---\n" + "\n".join(front) + "\n---\n\n" if front else ""
    return head + "\n\n".join(body) + "\n"


def _front_line(name: str, found: Type, evidence: Evidence) -> str:
    """The line of a field in the frontmatter; empty where nothing can be said for all records."""
    if name in ("id", "status"):
        return f"{name}: {{{{ {name} }}}}" if name == "id" or _has_status(found, evidence) else ""
    if name == "title":
        return "title: {{ title | yaml }}"
    values = evidence.values(found.documents, name)
    schema = schema_of([v for v in values if v not in (None, "")], name, evidence.terms)
    is_everywhere = len([v for v in values if v not in (None, "", [])]) == len(found.documents)
    if any(isinstance(v, list) for v in values) or schema == {"$ref": "#/$defs/day"}:
        return f"{_literal(inline(name))}: {_value(name, found, evidence, empty_lists=True)}"
    if name == "type" or (is_everywhere and ("enum" in schema or len(set(map(str, values))) == 1)):
        return f"{_literal(inline(name))}: {_value(name, found, evidence)}"
    return ""


def _has_status(found: Type, evidence: Evidence) -> bool:
    return found.name in evidence.shipped.catalogue.types or found.statuses is not None


def _before_title(style: Style, found: Type) -> str:
    """What most titles begin with, the number of the new record in its place."""
    digits = _digits(found.shapes[0])
    before, mark, after = style.title.partition("{0}")
    if not mark:
        before, mark, after = style.title.partition("{}")
        digits += " | int"
    return f"{_literal(before)}{{{{ {digits} }}}}{_literal(after)}" if mark else ""


def _digits(shape: IdShape) -> str:
    """The number in the id of a new record, for its template."""
    start, token = len(shape.head), shape.template[len(shape.head) :]
    width = re.match(r"\{seq:([0-9]+)\}", token)
    if width:
        return f"id[{start}:{start + int(width[1])}]"
    separator = token.partition("}")[2][:1]
    return f"id[{start}:]" + (f".split({separator!r})[0]" if separator else "")


def _line(
    written: tuple[str, str, str],
    documents: Iterable[Document],
    record_type: RecordType | None,
    front: Iterable[str],
) -> str:
    """A line such as `Date: 2026-04-21`, if the type reads its date or its status from there.

    What a new record has in its frontmatter it doesn't say twice.
    """
    before, label, after = written
    sources = record_type.from_body if record_type else {}
    for name in (n for n in ("date", "status") if n not in front):
        if label.casefold() in {(s.line or "").casefold() for s in sources.get(name, ())}:
            lines = [line for d in documents for line in d.opening if label in line]
            values = [line.rpartition(":")[2].strip(" *_") for line in lines]
            text = "{{ date }}" if name == "date" else _status(values, record_type)
            return f"{_literal(before + label + after)} {text}"
    return ""


def _status(written: Sequence[str], record_type: RecordType | None) -> str | None:
    """The first status, with a capital where most have one and the type knows it so."""
    if record_type is None or "status" not in record_type.from_body:
        return None
    capital = sum(1 for text in written if text[:1].isupper())
    known = record_type.statuses.canonical(record_type.statuses.initial.capitalize())
    is_capital = known is not None and capital > _MOST * len(written)
    return "{{ status | capitalize }}" if is_capital else "{{ status }}"


def _sections(
    documents: Sequence[Document], evidence: Evidence, record_type: RecordType | None
) -> list[str]:
    """The sections that most have, in their order; of very few documents those of the last.

    Of several that are one to the type, such as Context and Context and Problem Statement, it is
    the one that more have, else the one that the type itself has.
    """
    uses = [use for use in sections_of(documents, _MOST) if use.is_required]
    chosen: dict[str, SectionUse] = {}
    for use in uses:
        known = _canonical(use.name, record_type)
        best = chosen.setdefault(known, use)
        is_own = use.name.casefold() == known.casefold()
        if (use.count, is_own) > (best.count, False):
            chosen[known] = use
    names = [use.name for use in uses if use in chosen.values()]
    return names or list(documents[-1].sections if documents else ())


def _canonical(name: str, record_type: RecordType | None) -> str:
    """What the type calls a section."""
    sections = record_type.sections.items() if record_type else ()
    for known, section in sections:
        if name.casefold() in {n.casefold() for n in (known, *section.aliases)}:
            return known
    return name


def _place(found: Type) -> str:
    """Where `govkb new` puts a record: at the first path of the first form."""
    first = [document for document in found.documents if document.id in found.shapes[0].ids]
    return paths_of(first, found.name == REST)[0].template.replace("{folders}", "")


def _value(name: str, found: Type, evidence: Evidence, *, empty_lists: bool = False) -> str:
    """What most records have in a field: today's date for dates, no references at all."""
    values = [v for v in evidence.values(found.documents, name) if v not in (None, "")]
    is_list = empty_lists and any(isinstance(v, list) for v in values)
    if is_list or name in {reference.name for reference in found.references}:
        return "[]"
    if schema_of(values, name, evidence.terms) == {"$ref": "#/$defs/day"}:
        return "{{ date }}"
    counts = Counter(json.dumps(value, ensure_ascii=False) for value in values)
    commonest = max(sorted(counts), key=lambda text: counts[text])
    value: Any = json.loads(commonest)
    return _literal(inline(value))


def _literal(text: str) -> str:
    """A text that the template engine leaves as it is."""
    return f"{{% raw %}}{text}{{% endraw %}}" if _JINJA.search(text) else text
