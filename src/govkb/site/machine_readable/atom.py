"""A feed as Atom (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from govkb.site.machine_readable.feed import Feed, FeedEntry

# What XML 1.0 can't hold, however it is written.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(feed: Feed) -> str:
    """The feed as the file NAME.atom."""
    return "".join(f"{line}\n" for line in _lines(feed))


def _lines(feed: Feed) -> Iterator[str]:
    own = f"{feed.masthead.root}{feed.name}.atom"
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
    yield f"<id>{_xml(feed.id)}</id>"
    yield f"<title>{_xml(feed.title)}</title>"
    if feed.masthead.subtitle:
        yield f"<subtitle>{_xml(feed.masthead.subtitle)}</subtitle>"
    yield f"<updated>{_moment(feed.day)}</updated>"
    yield f"<author><name>{_xml(feed.masthead.title)}</name></author>"
    yield f'<link rel="self" type="application/atom+xml" href="{_xml(own)}"/>'
    yield f'<link rel="alternate" type="text/html" href="{_xml(feed.page)}"/>'
    yield "<generator>govkb</generator>"
    for entry in feed.entries:
        yield from _entry(entry)
    yield "</feed>"


def _entry(entry: FeedEntry) -> Iterator[str]:
    yield "<entry>"
    yield f"<id>{_xml(entry.id)}</id>"
    yield f"<title>{_xml(entry.title)}</title>"
    yield f"<published>{_moment(entry.day)}</published>"
    yield f"<updated>{_moment(entry.day)}</updated>"
    yield f'<link rel="alternate" type="text/html" href="{_xml(entry.address)}"/>'
    for tag in entry.tags:
        yield f'<category term="{_xml(tag)}"/>'
    yield f'<content type="html">{_xml(entry.html)}</content>'
    yield "</entry>"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _xml(text: str) -> str:
    """The text for an element or an attribute."""
    return escape(_NO_XML.sub("\ufffd", text))
