"""Text that a stranger wrote, for a comment on a forge: it names nobody and links nothing.

Forges look for names, references and addresses in what a reader would see, after entities and
escapes have become characters again. Only a break between the characters keeps them from it: a
space without width.
"""

from __future__ import annotations

import re

from govkb.record_text import markdown
from govkb.reporting.escaping import visible

_BREAK = "&#8203;"
_DOLLAR = "&#36;"  # GitHub and GitLab read formulas before they read Markdown
# @people and addresses; #1 !2 ~label %milestone $snippet &epic ^alert; addresses; :emoji:; www.;
# GH-1; tokens such as [issue:1].
_TRIGGER = re.compile(
    r"(?<=@)(?=\S)|(?<=[#!~%$&^])(?=[\w\"'])|(?<=:)(?=//|[a-z0-9_+-]+:)|(?<=\bwww)(?=\.)"
    r"|(?<=\bGH)(?=-\d)|(?<=\[)(?=\w+:)",
    re.IGNORECASE,
)
# They stand for the two entities while all else is escaped; from a stranger they do no harm.
_STAND_INS = {"\ue000": _BREAK, "\ue001": _DOLLAR}


def line(words: str, most: int = 200) -> str:
    """As much of a text as fits into a cell, as words and nothing else."""
    broken = _TRIGGER.sub("\ue000", _cut(words, most)).replace("$", "\ue001")
    escaped = markdown.line(broken)
    for character, entity in _STAND_INS.items():
        escaped = escaped.replace(character, entity)
    return escaped


def name(words: str, most: int = 200) -> str:
    """An id, a path or a value, as code."""
    return line(words, most) if "|" in words else markdown.code(_cut(words, most))


def _cut(words: str, most: int) -> str:
    text = visible(" ".join(words.split()))
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
