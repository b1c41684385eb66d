"""A quick way through YAML that holds no surprises; everything else takes the strict one.

Nearly every frontmatter is keys, texts, lists and nothing else. For those a parser in Rust gives
the same value as `strict_yaml`, several times faster. This module says which texts those are: where
the two could differ, or anything is wrong, it gives up, and `strict_yaml` judges. Hypothesis holds
the two against each other in the tests.
"""

from __future__ import annotations

import re
from typing import Any

try:
    import yaml_rs
except ImportError:  # pragma: no cover - a platform without wheels takes the slow way
    yaml_rs = None  # type: ignore[assignment]

MAX_CHARACTERS = 8 * 1024
_MAX_DEPTH = 6

# What no doubt is possible about: printable ASCII, but for the signs that begin something special.
_HARMLESS = bytes(set(range(0x20, 0x7F)) - set(b"&*!|>%@`?\\") | {0x0A})
# Anchors, aliases, tags, block scalars and directives begin with one of the first; escapes, tabs,
# characters that YAML 1.1 takes for line ends and those that nobody sees go to the strict one.
_SPECIAL = re.compile(
    "(?:^|[\\s\\[{,:-])[&*!|>%@`?]|[\\\\\t\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]",
    re.MULTILINE,
)
_ODD_FLOW = re.compile(r"[\[{,]\s*[:#-]|:[\]},\[{\"']|[\]}][^\s,\]}]")
# 012, 0x1F, 1_000, .inf and very long numbers: text for one of the two, or a fault.
_ODD_NUMBER = re.compile(
    r"(?:^|[\s,\[{])[-+]?(?:0[0-9_xob][0-9A-Fa-f_]*|[0-9.]+_[0-9_.]*|\.[A-Za-z]+|[0-9]{16,})(?:[\s,\]}]|$)",
    re.MULTILINE,
)


def load_plain(text: str) -> dict[str, Any] | None:
    """The mapping in a text that both parsers read alike; None where that isn't certain."""
    if yaml_rs is None or len(text) > MAX_CHARACTERS or not _looks_plain(text):
        return None
    try:
        value: Any = yaml_rs.loads(text, parse_datetime=False)
    except yaml_rs.YAMLDecodeError:
        return None
    if type(value) is not dict:
        return None
    has_numbers = _has_numbers(value, _MAX_DEPTH)
    if has_numbers is None or (has_numbers and _ODD_NUMBER.search(text)):
        return None
    return value


def _looks_plain(text: str) -> bool:
    if text.encode().translate(None, _HARMLESS) and _SPECIAL.search(text):
        return False
    if ("[" in text or "{" in text) and _ODD_FLOW.search(text, _first_bracket(text)):
        return False
    return not (
        "\n---" in text or "\n..." in text or "<<" in text or text.startswith(("---", "..."))
    )


def _first_bracket(text: str) -> int:
    found = [at for at in (text.find("["), text.find("{")) if at >= 0]
    return min(found)


def _has_numbers(value: Any, depth: int) -> bool | None:
    """Whether there are numbers in it; None where it is too deep or has keys that aren't text."""
    found = False
    if type(value) is dict:
        for key in value:
            if type(key) is not str:
                return None
        value = value.values()
    for item in value:
        kind = type(item)
        if kind is str or kind is bool or item is None:
            continue
        if kind is dict or kind is list:
            if depth == 0:
                return None
            inner = _has_numbers(item, depth - 1)
            if inner is None:
                return None
            found = found or inner
        else:
            found = True
    return found
