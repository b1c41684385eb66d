"""A record's page as Markdown: its facts as a table, its body, its relations as lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govkb.graph import Relation
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_text import markdown as escaping
from govkb.site.addresses import Addresses
from govkb.site.facts import in_words
from govkb.site.figures import derived_figures
from govkb.site.linking import Linker
from govkb.site.plain_markdown.body_writer import BodyWriter, prose
from govkb.site.record_fields import text_of, type_label
from govkb.site.rendering import title_end

_SHOWN_ELSEWHERE = frozenset({"id", "title", "summary"})


def record_page(record: Record, uri: str, base: KnowledgeBase, addresses: Addresses) -> list[str]:
    """The lines of a record's page."""
    linker = Linker(base.graph, addresses, uri)
    title = f"{record.id}: {record.title}"
    source, start = record.source, record.body_start
    body = BodyWriter(record, linker)
    summary = text_of(record, "summary")
    return [
        *escaping.head(title, summary),
        f"# {escaping.line(title)}",
        "",
        *(
            [escaping.at_start(prose(" ".join(summary.split()), record, linker)), ""]
            if summary
            else []
        ),
        *_facts(record, linker),
        *body.write(source.text(start, len(source.data)), title_end(record)),
        *_relations(record, base, linker),
    ]


def _facts(record: Record, linker: Linker) -> list[str]:
    hidden = set(_SHOWN_ELSEWHERE)
    if record.type is not None:
        hidden |= {*record.type.relations, *record.type.inverses}
    label = type_label(record)
    said = {"type": label, **({"status": record.status} if record.status else {})}
    shown = {**record.metadata, **said}
    rows = [
        f"| {escaping.line(in_words(str(name)))} | {_value(value, record, linker)} |"
        for name, value in sorted(shown.items(), key=lambda fact: str(fact[0]) not in said)
        if name not in hidden and value not in (None, "", [], {})
    ]
    rows += [f"| {escaping.line(k)} | {escaping.line(v)} |" for k, v in derived_figures(record)]
    return ["| Field | Value |", "| --- | --- |", *rows, ""]


def _value(value: Any, record: Record, linker: Linker) -> str:
    if isinstance(value, dict):
        pairs = (f"{escaping.line(str(k))}: {_value(v, record, linker)}" for k, v in value.items())
        return "; ".join(pairs)
    if isinstance(value, list):
        return ", ".join(_value(item, record, linker) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return prose(" ".join(str(value).split()), record, linker)


def _relations(record: Record, base: KnowledgeBase, linker: Linker) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for relation in base.graph.outgoing.get(record.id, ()):
        label = relation.kind.label if relation.kind else "Mentions"
        groups.setdefault(label, []).append(_related(relation, relation.target, base, linker))
    for relation in base.graph.incoming.get(record.id, ()):
        label = relation.kind.inverse_label if relation.kind else "Mentioned in"
        groups.setdefault(label, []).append(_related(relation, relation.source, base, linker))
    if groups:
        yield from ("## Relations", "")
    for label, lines in sorted(groups.items()):
        yield from (f"### {escaping.line(label)}", "", *sorted(set(lines)), "")


def _related(relation: Relation, other: str, base: KnowledgeBase, linker: Linker) -> str:
    """An item of a list: the record at the other end, and what was noted."""
    note = f": {escaping.line(relation.note)}" if relation.note else ""
    return f"-   {record_link(base.records_by_id[other], linker)}{note}"


def record_link(record: Record, linker: Linker) -> str:
    """A record by id and title, as a link where it has a page."""
    href = linker.to(record)
    name = escaping.text(record.id)
    title = escaping.text(" ".join(record.title.split()))
    return f"{escaping.link(name, href) if href else name} {title}"
