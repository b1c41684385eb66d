"""What the feeds say, whichever format says it: the newest learnings, the newest records."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from msgspec import Struct
from msgspec.structs import replace

from govkb.history import Learning
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.days import day_filed
from govkb.reading import Record
from govkb.site.addresses import Addresses, is_safe_name, record_uri
from govkb.site.answers import shortened
from govkb.site.background import Background
from govkb.site.learnings import learning_view
from govkb.site.machine_readable.masthead import Masthead
from govkb.site.machine_readable.short_addresses import short_address
from govkb.site.record_fields import newest_first, text_of, type_label
from govkb.site.viewpoint import Viewpoint

# Name and title of each feed; the files are called NAME.atom and NAME.json.
FEEDS = (("learnings", "Learnings"), ("newest", "Newest records"))
MOST_ENTRIES = 50
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# A link to another place on the page that the text was taken from.
_WITHIN = re.compile(r'(<a (?:[^">]|"[^"]*")*?href=")#')


class FeedEntry(Struct, frozen=True):
    """One thing that is new. `html` is safe, the rest plain text; `day` is as YYYY-MM-DD."""

    id: str
    address: str
    title: str
    day: str
    html: str
    tags: tuple[str, ...]


class Feed(Struct, frozen=True):
    """A feed as every format has it; `name` is that of its files, without the extension.

    `page` is the address of the page that shows the same.
    """

    id: str
    name: str
    title: str
    page: str
    masthead: Masthead
    entries: tuple[FeedEntry, ...]

    @property
    def day(self) -> str:
        """The day of its newest entry."""
        return max((entry.day for entry in self.entries), default="1970-01-01")


def feeds_of(background: Background, addresses: Addresses, masthead: Masthead) -> Iterator[Feed]:
    """Both feeds."""
    full = replace(addresses, root=masthead.root)
    view = Viewpoint.at(background, full, "")
    pages = {"learnings": full.between("", "learnings.md"), "newest": full.between("", full.home)}
    entries = {
        "learnings": _learned(background.learnings, view, masthead),
        "newest": _filed(background.base, view, masthead),
    }
    for name, title in FEEDS:
        yield Feed(
            id=_id(f"{name}.atom", masthead),
            name=name,
            title=f"{masthead.title}: {title}",
            page=pages[name],
            masthead=masthead,
            entries=tuple(entries[name]),
        )


def _learned(
    learnings: Iterable[Learning], view: Viewpoint, masthead: Masthead
) -> Iterator[FeedEntry]:
    dated = [learning for learning in learnings if _is_day(learning.day) and _has_page(learning)]
    for learning in dated[:MOST_ENTRIES]:
        record = learning.record
        shown = learning_view(learning, view)
        page = view.link(record).href or ""
        source = f'<p>From <a href="{escape(page)}">{escape(_titled(record))}</a></p>'
        answered = "".join(
            f'<p>{verb} by <a href="{escape(by.href or "")}">{escape(by.id)}</a></p>'
            for verb, by in shown.answers
        )
        html = _with_page(shown.html, page)
        yield FeedEntry(
            id=_id(f"{short_address(record.id)}#{shown.anchor}", masthead),
            address=shown.source.href or "",
            title=shortened(learning.entry.text),
            day=learning.day,
            html=f"{html}\n{answered}{source}",
            tags=_tags(record),
        )


def _filed(base: KnowledgeBase, view: Viewpoint, masthead: Masthead) -> Iterator[FeedEntry]:
    newest = newest_first(r for r in base.records_by_id.values() if _is_day(_day_of(r)))
    paged = [record for record in newest if record_uri(record) is not None]
    for record in paged[:MOST_ENTRIES]:
        summary = text_of(record, "summary")
        html = f"<p>{view.prose(summary, record)}</p>" if summary else ""
        yield FeedEntry(
            id=_id(short_address(record.id), masthead),
            address=view.link(record).href or "",
            title=_titled(record),
            day=_day_of(record),
            html=f"<p>{escape(_facts(record))}</p>{html}",
            tags=_tags(record),
        )


def _with_page(html: str, page: str) -> str:
    """The HTML with links to places on the page that it is from as links to that page."""
    return _WITHIN.sub(lambda found: f"{found[1]}{escape(page)}#", html)


def _id(address: str, masthead: Masthead) -> str:
    """The permanent address; where the site doesn't know its own, a number made from its name."""
    if masthead.root:
        return f"{masthead.root}{address}"
    site = uuid.uuid5(uuid.NAMESPACE_URL, masthead.title)
    return uuid.uuid5(site, address).urn


def _titled(record: Record) -> str:
    return f"{record.id}: {record.title}"


def _facts(record: Record) -> str:
    label = type_label(record)
    return ", ".join(filter(None, (label, record.status, text_of(record, "severity"))))


def _tags(record: Record) -> tuple[str, ...]:
    tags = record.metadata.get("tags")
    own = [t for t in tags if isinstance(t, str) and t] if isinstance(tags, list) else []
    return tuple(dict.fromkeys([record.type.name if record.type else "record", *own]))


def _has_page(learning: Learning) -> bool:
    return is_safe_name(learning.record.id)


def _day_of(record: Record) -> str:
    return day_filed(record) or ""


def _is_day(text: str) -> bool:
    """Whether this is a day that there is: a feed may say no other."""
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
