"""`records.json`, and a file of its own for each record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govkb.knowledge_base import KnowledgeBase
from govkb.queries.graph_values import relations_value
from govkb.site.addresses import Addresses, type_uri
from govkb.site.index_views import types_in_use
from govkb.site.machine_readable.json_text import json_text
from govkb.site.machine_readable.masthead import Masthead
from govkb.site.machine_readable.record_value import record_value

ALL = "records.json"
FOLDER = "records"
VERSION = 1
# How many characters are gathered before they are handed on.
_PIECE = 1 << 20


def record_files(
    base: KnowledgeBase, addresses: Addresses, masthead: Masthead, pages: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Each record's file and, in pieces between them, the one that has all of them.

    `pages` are the addresses of the records' pages, by id.
    """
    site = json_text(site_value(masthead))
    gathered = ['{"format":"govkb-records","records":[']
    size = 0
    separator = "\n"
    for _, record in sorted(base.records_by_id.items()):
        page = pages.get(record.id)
        text = json_text(record_value(record, base, page))
        if page is not None:
            own = f'{{"format":"govkb-record","record":{text},"site":{site},"version":{VERSION}}}\n'
            yield f"{FOLDER}/{record.id}.json", own.encode()
        gathered.append(f"{separator}{text}")
        separator = ",\n"
        size += len(text)
        if size > _PIECE:
            yield ALL, "".join(gathered).encode()
            gathered, size = [], 0
    relations = json_text(relations_value(base.graph.relations))
    types = json_text(_types(base, addresses))
    gathered.append(
        f'\n],"relations":{relations},"site":{site},"types":{types},"version":{VERSION}}}\n'
    )
    yield ALL, "".join(gathered).encode()


def site_value(masthead: Masthead) -> dict[str, str | None]:
    """What a site says of itself."""
    return {
        "name": masthead.title,
        "address": masthead.root or None,
        "description": masthead.subtitle,
    }


def _types(base: KnowledgeBase, addresses: Addresses) -> dict[str, dict[str, str]]:
    """The types that have records, by name, each with the page that lists them."""
    return {
        t.name: {"label": t.label, "plural": t.plural, "page": addresses.of(type_uri(t))}
        for t in types_in_use(base)
    }
