"""How pages show that one entry answers another."""

from __future__ import annotations

from dataclasses import replace

from govkb.history import Answer
from govkb.site.rendering import entry_anchor
from govkb.site.viewpoint import RecordLink, Viewpoint

_WORDS = {"supersedes": "Superseded", "contradicts": "Contradicted"}
_LONGEST = 120


def answered(answer: Answer) -> str:
    """What has become of the entry that is answered, in a word."""
    return _WORDS[answer.verb]


def link_to(answer: Answer, view: Viewpoint) -> RecordLink:
    """The link to the entry that answers, with its words instead of its record's title."""
    link = view.link(answer.record, entry_anchor(answer.entry))
    return replace(link, title=shortened(answer.entry.text.partition(f"({answer.verb} L-")[0]))


def shortened(text: str) -> str:
    """The beginning of an entry's text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
