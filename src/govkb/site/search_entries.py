"""What the search knows of each page: plain data, so that it can be kept from build to build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from govkb.graph.parts import headings_of
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.days import day_filed
from govkb.reading import Heading, Record
from govkb.record_types import SectionType
from govkb.site.markdown_writer import Rendered, Words
from govkb.site.marks import severity_mark, status_mark
from govkb.site.page import Page
from govkb.site.record_fields import aliases_of, text_of, type_label


class SearchEntry(Struct, frozen=True):
    """A page as the search knows it.

    `names` are those by which a record is asked for; by what `facets` gives, names and values, a
    reader narrows down what was found.
    """

    uri: str
    title: str
    words: tuple[Words, ...]
    names: tuple[str, ...] = ()
    facets: Callable[[], Iterable[tuple[str, str]]] = tuple


def search_entry(page: Page, record: Record | None, base: KnowledgeBase) -> SearchEntry:
    """What the search knows of a page, which is that of a record or of none."""
    if record is None:
        return SearchEntry(page.uri, page.title, page.words)
    names = (record.id, *aliases_of(record))
    return SearchEntry(page.uri, page.title, page.words, names, lambda: _facets(record, base))


def _facets(record: Record, base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    yield "type", type_label(record)
    marks = {"status": status_mark(record), "severity": severity_mark(record, base)}
    yield from ((name, mark.text) for name, mark in marks.items() if mark is not None)
    date = day_filed(record)
    if date:
        yield "year", date[:4]


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
    headings = {heading.anchor: heading for heading in headings_of(record)}
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
