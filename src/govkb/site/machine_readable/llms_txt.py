"""`llms.txt`: what a language model is told of the site first, in the form that llmstxt.org gives.

It stays short however many records there are: the indexes list the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from govkb.counting import counted
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.site.addresses import Addresses, record_uri, type_uri
from govkb.site.index_views import types_in_use
from govkb.site.machine_readable.masthead import Masthead
from govkb.site.record_fields import newest_first, text_of

FILE = "llms.txt"
_MOST_RECORDS = 20
_LONGEST = 160
# What would begin something else in Markdown, or act on whoever prints it.
_MARKUP = re.compile(r"[\\`*_\[\]<>]")
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+"
)
_FILES = (
    ("records.json", "every record with its metadata and relations; `records/ID.json` has one"),
    ("graph.json", "every record and every relation, without the metadata"),
    ("learnings.json", "the newest learnings, as a feed"),
    ("newest.json", "the newest records, as a feed"),
)


def llms_txt(base: KnowledgeBase, addresses: Addresses, masthead: Masthead) -> str:
    """The file."""
    full = replace(addresses, root=masthead.root)
    return "".join(f"{line}\n" for line in _lines(base, full, masthead))


def _lines(base: KnowledgeBase, addresses: Addresses, masthead: Masthead) -> Iterator[str]:
    yield f"# {_plain(masthead.title)}"
    yield ""
    about = masthead.subtitle or "A knowledge base of decisions, incidents and what was learned."
    yield f"> {_plain(about)}"
    yield ""
    yield (
        f"{counted(len(base.records_by_id), 'record')}, each a Markdown file with typed metadata"
        " and references that were checked. The record ID has the permanent address"
        f" `{masthead.root}r/ID/` and is `{masthead.root}records/ID.json` for programs."
    )
    yield from _section("Indexes", _indexes(base, addresses))
    shown = [r for r in base.records_by_id.values() if record_uri(r) is not None]
    yield from _section("Most cited records", _records(_most_cited(shown, base), addresses))
    yield from _section("Newest records", _records(newest_first(shown), addresses))
    files = (_link(name, f"{masthead.root}{name}", note) for name, note in _FILES)
    yield from _section("Optional", files)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield from ("", f"## {title}", "", *found)


def _indexes(base: KnowledgeBase, addresses: Addresses) -> Iterator[str]:
    yield _link("Home", addresses.between("", addresses.home), "what is open, and what is new")
    for record_type in types_in_use(base):
        address = addresses.between("", type_uri(record_type))
        yield _link(_plain(record_type.plural), address, _plain(record_type.purpose))
    if base.records_by_id:
        page = addresses.between("", "learnings.md")
        yield _link("Learnings", page, "what was learned, the newest first")


def _records(records: list[Record], addresses: Addresses) -> Iterator[str]:
    for record in records[:_MOST_RECORDS]:
        note = ", ".join(filter(None, (record.status, text_of(record, "summary"))))
        address = addresses.between("", record_uri(record) or "")
        yield _link(_plain(f"{record.id}: {record.title}"), address, _plain(note))


def _most_cited(records: list[Record], base: KnowledgeBase) -> list[Record]:
    degree = {record.id: len(base.graph.incoming.get(record.id, ())) for record in records}
    cited = [record for record in records if degree[record.id]]
    return sorted(cited, key=lambda record: (-degree[record.id], record.id))


def _link(text: str, address: str, note: str) -> str:
    return f"- [{text}]({address})" + (f": {note}" if note else "")


def _plain(text: str) -> str:
    """The text on one line that isn't too long, with nothing in it that is markup."""
    line = " ".join(_UNPRINTABLE.sub(" ", text).split())
    if len(line) > _LONGEST:
        line = f"{line[: _LONGEST - 1].rstrip()}…"
    return _MARKUP.sub(lambda found: f"\\{found[0]}", line)
