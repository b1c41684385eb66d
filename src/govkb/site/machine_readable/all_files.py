"""Every file for programs, one after another: its path below the site's folder and its content.

What is too large to be held comes in several pieces, each under the same path: whoever writes them
appends.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from govkb.knowledge_base import KnowledgeBase
from govkb.site.addresses import Addresses, record_uri
from govkb.site.background import Background
from govkb.site.machine_readable.atom import atom
from govkb.site.machine_readable.feed import feeds_of
from govkb.site.machine_readable.graph_file import graph_file
from govkb.site.machine_readable.json_feed import json_feed
from govkb.site.machine_readable.llms_txt import FILE as LLMS_TXT
from govkb.site.machine_readable.llms_txt import llms_txt
from govkb.site.machine_readable.masthead import Masthead
from govkb.site.machine_readable.record_files import record_files
from govkb.site.machine_readable.short_addresses import short_addresses

SCHEMAS = ("graph.schema.json", "records.schema.json")


def feed_files(
    background: Background, addresses: Addresses, masthead: Masthead
) -> Iterator[tuple[str, bytes]]:
    """Those that tell what is new, a few of everything."""
    for feed in feeds_of(background, addresses, masthead):
        yield f"{feed.name}.atom", atom(feed).encode()
        yield f"{feed.name}.json", json_feed(feed).encode()


def reference_files(
    background: Background, addresses: Addresses, masthead: Masthead
) -> Iterator[tuple[str, bytes]]:
    """Those that tell of every record, which are many and large."""
    base = background.base
    for name in SCHEMAS:
        yield name, files(__package__).joinpath(name).read_bytes()
    pages = _pages(base, addresses)
    yield from record_files(base, addresses, masthead, pages)
    yield graph_file(base, masthead, pages)
    yield LLMS_TXT, llms_txt(base, addresses, masthead).encode()
    yield from short_addresses(base, masthead.root, pages)


def _pages(base: KnowledgeBase, addresses: Addresses) -> dict[str, str]:
    """The addresses of the records' pages by id, for the records that have one."""
    uris = ((record.id, record_uri(record)) for record in base.records_by_id.values())
    return {record_id: addresses.of(uri) for record_id, uri in uris if uri is not None}
