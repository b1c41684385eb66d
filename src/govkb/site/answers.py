"""How pages show that one entry answers another."""

from __future__ import annotations

from govkb.history import Answer, Entry
from govkb.site.rendering import entry_anchor, entry_name
from govkb.site.viewpoint import RecordLink, Viewpoint

_WORDS = {"supersedes": "Superseded", "contradicts": "Contradicted"}
_LONGEST = 120


def answered(answer: Answer) -> str:
    """What has become of the entry that is answered, in a word."""
    return _WORDS[answer.verb]


def link_to(answer: Answer, view: Viewpoint) -> RecordLink:
    """The link to the entry that answers, with its words instead of its record's title."""
    link = view.link(answer.record, entry_anchor(answer.entry))
    return link._replace(title=shortened(answer.entry.text.partition(f"({answer.verb} L-")[0]))


def answers_to(entry: Entry, view: Viewpoint) -> tuple[tuple[str, str], ...]:
    """What later entries say of one, each with the address of that entry where it has a page."""
    found = (a for a in view.background.answers if entry.digest.startswith(a.digits))
    links = ((answer, link_to(answer, view).href) for answer in found)
    return tuple(
        (f"{answered(answer)} by {entry_name(answer.entry)}", href)
        for answer, href in links
        if href is not None
    )


def shortened(text: str) -> str:
    """The beginning of an entry's text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
