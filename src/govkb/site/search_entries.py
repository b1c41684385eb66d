"""What the search knows of each page: plain data, so that it can be kept from build to build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Heading, Record
from govkb.record_types import SectionType
from govkb.site.addresses import record_uri
from govkb.site.markdown_writer import Rendered, Words
from govkb.site.record_fields import aliases_of, text_of
from govkb.site.record_rows import row_of

_FACETS = ("type", "status", "severity", "year")


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """A page as the search knows it.

    `names` are those by which a record is asked for; by its `facets`, each a name and a value, a
    reader narrows down what was found.
    """

    uri: str
    title: str
    words: tuple[Words, ...]
    names: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()


def names_and_facets(base: KnowledgeBase) -> dict[str, SearchEntry]:
    """The entry of each record's page but for its words, by its uri."""
    found = {}
    for record in base.records_by_id.values():
        uri = record_uri(record)
        if uri is not None:
            texts = row_of(record, base).texts
            facets = tuple((name, texts[name]) for name in _FACETS if texts.get(name))
            names = (record.id, *aliases_of(record))
            found[uri] = SearchEntry(uri, f"{record.id}: {record.title}", (), names, facets)
    return found


def record_words(record: Record, rendered: Rendered) -> tuple[Words, ...]:
    """The words of a record's page: first its names and its summary, then each section."""
    opening, *sections = rendered.words
    lines = [record.id, *aliases_of(record), text_of(record, "summary") or ""]
    brief = "\n".join(line for line in lines if line)
    whole = "\n".join(text for text in (brief, opening.text) if text)
    title = f"{record.id}: {record.title}"
    return (Words(None, title, whole, brief), *_in_brief(record, sections))


def _in_brief(record: Record, sections: list[Words]) -> Iterator[Words]:
    """Each section with what an index without whole texts holds of it.

    That is what was learned, and headings of the author's own. Those that its type gives to every
    record would be found everywhere and lead nowhere.
    """
    declared = record.type.headings if record.type else {}
    headings = {heading.anchor: heading for heading in record.body.headings}
    section: tuple[str, SectionType | None] = ("", None)
    for words in sections:
        heading = headings.get(words.anchor or "")
        if _opens_section(heading):
            section = (words.title, declared.get((None, words.title.casefold())))
        means = declared.get((section[0], words.title.casefold())) or (
            section[1] if section[0] == words.title else None
        )
        holders = [found for found in (section[1], means) if found]
        if any(found.holds == "learnings" for found in holders):
            yield replace(words, brief=words.text)
        else:
            yield replace(words, brief=None if means else "")


def _opens_section(heading: Heading | None) -> bool:
    return heading is not None and heading.level <= 2
