"""Links in a record's text: ids in prose, relative links to other records, bare addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlsplit

from markupsafe import Markup

from govkb.graph import RecordGraph
from govkb.graph.finding import FoundName
from govkb.graph.parts import has_heading, heading_of, item_of
from govkb.graph.references import Name, is_record_link, split_reference
from govkb.reading import Record
from govkb.site.addresses import Addresses, record_uri
from govkb.site.inert import inert
from govkb.site.sanitising import sanitised_schemes

_BARE = re.compile(r"https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]}]", re.IGNORECASE)
_GROUP = re.compile(r"(?P<first>.+-[A-Z])(?P<more>(?:/[A-Z])+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Linker:
    """Turns references into links as seen from the page `here`."""

    graph: RecordGraph
    addresses: Addresses
    here: str
    # Every name that was looked up, with the id of the record that says it.
    looked_up: set[tuple[str, str]] = field(default_factory=set, compare=False)
    # A page leads to the same few records again and again: by id and anchor, how.
    ways: dict[tuple[str, str | None], str | None] = field(default_factory=dict, compare=False)

    def text(self, text: str, citing: Record) -> Markup:
        """Prose as HTML, in which ids that name a record and bare web addresses are links."""
        places = self._places_in(text)
        if not places:
            return Markup(escape(text))
        pieces = []
        at = 0
        for place in places:
            if place.start() >= at:
                pieces += [escape(text[at : place.start()]), self._link(place[0], citing)]
                at = place.end()
        return Markup("".join([*pieces, escape(text[at:])]))

    def pieces(self, text: str, citing: Record) -> Iterator[tuple[str, str | None]]:
        """Prose in pieces, each with where it leads if it names a record or a web address."""
        at = 0
        for match in self._places_in(text):
            if match.start() < at:
                continue
            yield text[at : match.start()], None
            at = match.end()
            yield from self._linked_pieces(match[0], citing)
        yield text[at:], None

    def href(self, target: str, citing: Record) -> str | None:
        """Where a link as written leads on the site; None where it would lead nowhere."""
        if is_record_link(target):
            head, _, fragment = target.partition("#")
            found = self._target(Name(head, fragment or None), citing)
            return found[0] if found else None
        if target.startswith("#"):
            return target if has_heading(citing, target[1:]) else None
        try:
            address = urlsplit(target)
        except ValueError:
            return None
        return target if address.scheme.lower() in sanitised_schemes() else None

    def to(self, record: Record, anchor: str | None = None) -> str | None:
        """The link to a record's page; None where it has none."""
        known = (record.id, anchor)
        if known not in self.ways:
            uri = record_uri(record)
            way = None if uri is None else self.addresses.between(self.here, uri, anchor)
            self.ways[known] = way
        return self.ways[known]

    def _places_in(self, text: str) -> list[FoundName | re.Match[str]]:
        places: list[FoundName | re.Match[str]] = [*self.graph.mentions.find(text)]
        if "://" in text:
            places += _BARE.finditer(text)
        return sorted(places, key=lambda found: (found.start(), -found.end()))

    def _linked_pieces(self, text: str, citing: Record) -> Iterator[tuple[str, str | None]]:
        if _BARE.fullmatch(text):
            yield text, text
            return
        names = split_reference(text)
        for number, part in enumerate(_parts(text, len(names))):
            if number:
                yield "/", None
            found = self._target(names[number], citing)
            yield part, found[0] if found else None

    def _link(self, text: str, citing: Record) -> str:
        if _BARE.fullmatch(text):
            return f'<a href="{escape(text)}">{escape(text)}</a>'
        names = split_reference(text)
        return "/".join(
            self._mention(part, name, citing)
            for part, name in zip(_parts(text, len(names)), names, strict=True)
        )

    def _mention(self, text: str, name: Name, citing: Record) -> str:
        found = self._target(name, citing)
        if found is None:
            return escape(text)
        href, title = found
        attributes = f'class="govkb-mention" href="{escape(href)}" title="{escape(inert(title))}"'
        return f"<a {attributes}>{escape(text)}</a>"

    def _target(self, name: Name, citing: Record) -> tuple[str, str] | None:
        self.looked_up.add((name.target, citing.id))
        record = self.graph.resolver.resolve(name.target, citing).record
        if record is None:
            return None
        named = name.fragment is not None or name.part is not None
        heading = heading_of(record, name) if named else None
        part = heading or (item_of(record, name) if named else None)
        if record.id == citing.id and part is None and record_uri(record) == self.here:
            return None
        href = self.to(record, part.anchor if part else None)
        if href is None:
            return None
        return href, f"{record.title}: {part.text}" if part else record.title


def _parts(text: str, count: int) -> list[str]:
    """The visible parts of `DEC-20260421-A/B/C`: the first name in full, then the letters."""
    group = _GROUP.fullmatch(text) if count > 1 else None
    return [group["first"], *group["more"][1:].split("/")] if group else [text]
