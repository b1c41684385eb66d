"""Text that a stranger wrote, so that every Markdown dialect takes it for text.

What is no markup in one dialect is in another: attribute lists in braces, raw HTML after a
backslash. Hence entities wherever dialects disagree.
"""

from __future__ import annotations

import json
import re

_ENTITIES = {"<": "&lt;", "{": "&#123;", "}": "&#125;", "|": "&#124;", "~": "&#126;", ":": "&#58;"}
_INLINE = re.compile(
    r"[\\`*_\[\]]|[<{}|~]|&(?=[#A-Za-z])|:(?=:|[a-z][a-z0-9_+-]*:)|!(?=\[)|!!(?=!)"
)
# What would begin a block at the start of a line.
_BLOCK = re.compile(
    r"^(?P<space>[ \t]*)(?:(?P<mark>[#+\-=>?!;:])|(?P<number>[0-9]+)(?P<end>[.)]))", re.MULTILINE
)
_UNSAFE = {"<": "‹", ">": "›", '"': "”"}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TICKS = re.compile("`+")


def text(words: str) -> str:
    """Prose in which nothing is markup."""
    return _INLINE.sub(lambda found: _escaped(found[0]), _CONTROL.sub("\ufffd", words))


def line(words: str) -> str:
    """The same on one line, for a heading, a cell or an item."""
    return at_start(text(" ".join(words.split())))


def at_start(markdown: str) -> str:
    """Markdown of a paragraph, of which no line begins another block."""
    return _BLOCK.sub(_unblocked, markdown)


def code(words: str, *, in_cell: bool = False) -> str:
    """Code within a line; dialects disagree about bars in a cell, so there it is plain text."""
    if in_cell and "|" in words:
        return text(words)
    words = _CONTROL.sub("\ufffd", " ".join(words.splitlines()))
    fence = "`" * (_longest(words) + 1)
    gap = " " if words.startswith("`") or words.endswith("`") or not words.strip() else ""
    return f"{fence}{gap}{words}{gap}{fence}"


def fenced(words: str, language: str) -> list[str]:
    """The lines of a block of code."""
    fence = "`" * max(_longest(words) + 1, 3)
    name = language if re.fullmatch(r"[A-Za-z0-9_+-]{1,30}", language) else ""
    return [f"{fence}{name}", *_CONTROL.sub("\ufffd", words).splitlines(), fence]


def link(words: str, href: str) -> str:
    """A link; its words are Markdown already."""
    target = re.sub(r"[\s<>()\\\"'`{}|\[\]]", lambda found: _percent(found[0]), href)
    return f"[{words}]({target})"


def head(title: str, description: str | None) -> list[str]:
    """The lines of frontmatter. Many themes put both into the page as they come."""
    said = {"title": title, "description": description}
    lines = [f"{key}: {json.dumps(_tame(value))}" for key, value in said.items() if value]
    return ["---", *lines, "---", ""]


def _tame(words: str) -> str:
    line = " ".join(_CONTROL.sub(" ", words).split())
    return "".join(_UNSAFE.get(character, character) for character in line)


def _escaped(found: str) -> str:
    if found in _ENTITIES:
        return _ENTITIES[found]
    return "&amp;" if found == "&" else f"\\{found}"


def _unblocked(found: re.Match[str]) -> str:
    if found["number"]:
        return f"{found['space']}{found['number']}&#{ord(found['end'])};"
    return f"{found['space']}&#{ord(found['mark'])};"


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


def _longest(words: str) -> int:
    return max((len(found) for found in _TICKS.findall(words)), default=0)
