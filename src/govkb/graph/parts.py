"""The heading or the item of a record that a reference means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from govkb.graph.references import Name
from govkb.reading import Heading, Record
from govkb.reading.body import anchor_for
from govkb.reading.items import Item, items_of

_SMALL = re.compile("[a-z-]+", re.ASCII)
_COUNTED = re.compile(
    r"(?P<word>[A-Za-z]+) (?P<number>[A-Z]|[0-9]{1,3}[a-z]?)(?![A-Za-z0-9])", re.ASCII
)
_FIRST_WORD = re.compile(r"[^\s:]+")


def headings_of(record: Record) -> list[Heading]:
    """The headings of a record with their anchors, mostly without parsing its body."""
    taken: dict[str, int] = {}
    return [
        Heading(h.level, h.text, anchor_for(h.text, taken), h.start, h.end)
        for h in record.outline.headings
    ]


def has_heading(record: Record, anchor: str) -> bool:
    """Whether one of its headings has this anchor."""
    return any(heading.anchor == anchor for heading in headings_of(record))


def heading_of(record: Record, name: Name) -> Heading | None:
    """The heading that a name's fragment or part means; None where the record has none such."""
    headings = headings_of(record)
    if name.label is not None:
        return _labelled(headings, name.label)
    if name.fragment is not None:
        return _anchored(headings, name.fragment.lower())
    letter = record.tokens.get("letter", "")
    labels = (f"{letter}.{name.part}", f"{letter}-{name.part}")
    return next((h for h in headings if _first_word(h.text) in labels), None)


def item_of(record: Record, name: Name) -> Item | None:
    """The item whose anchor a name's fragment is; None where the record has none such."""
    if name.fragment is None:
        return None
    wanted = name.fragment.lower()
    return next((item for item in items_of(record) if item.anchor == wanted), None)


def _anchored(headings: Iterable[Heading], wanted: str) -> Heading | None:
    exact = [h for h in headings if h.anchor == wanted]
    found = exact or [h for h in headings if h.anchor.startswith(f"{wanted}-")]
    return found[0] if len(found) == 1 else None


def _labelled(headings: Sequence[Heading], label: str) -> Heading | None:
    """The heading that begins with these words; small ones at the end may just go on with the text.

    `§Rule is what counts` means the heading Rule, but `Track C` never one that begins with Track.
    """
    words = label.split()
    while words:
        found = _anchored(headings, anchor_for(" ".join(words), {}))
        if found or not _SMALL.fullmatch(words.pop()):
            return found
    return None


def skips(record: Record, label: str) -> bool:
    """Whether the record counts such parts without this one: it has `Track A`, and no `Track C`."""
    asked = _counted(label)
    counted = {_counted(heading.text) for heading in record.outline.headings}
    return bool(asked and asked not in counted and any(c and c[0] == asked[0] for c in counted))


def _counted(text: str) -> tuple[str, str] | None:
    found = _COUNTED.match(text)
    return (found["word"].casefold(), found["number"]) if found else None


def _first_word(text: str) -> str:
    found = _FIRST_WORD.match(text)
    return found[0] if found else ""


def has_anchor(record: Record, anchor: str) -> bool:
    """Whether a link to this anchor leads somewhere: to a heading, or an element with this id."""
    wanted = anchor.lower()
    if wanted in ("", "top") or any(h.anchor == wanted for h in headings_of(record)):
        return True
    if any(item.anchor == wanted for item in items_of(record)):
        return True
    named = rb"\b(?:id|name)=[\"']?" + re.escape(anchor.encode()) + rb"[\"'\s>/]"
    return re.search(named, record.source.data) is not None
