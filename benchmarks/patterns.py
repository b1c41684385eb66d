"""Small faults to put into a regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_TOKEN = re.compile(
    r"(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<anchor>\\[AZ]|\^|\$)"
    r"|(?P<escape>\\.)"
    r"|(?P<open>\((?:\?(?:P<\w+>|<?[=!:]|:))?)"
    r"|(?P<close>\))"
    r"|(?P<or>\|)"
    r"|(?P<count>\{[0-9]+(?:,[0-9]*)?\})"
    r"|(?P<many>[*+?])"
    r"|(?P<letter>.)",
    re.DOTALL,
)
_OTHER = {"*": "+", "+": "*", "?": ""}
_AROUND = {"(?=": "(?!", "(?!": "(?=", "(?<=": "(?<!", "(?<!": "(?<="}


def changed(pattern: str) -> list[str]:
    """The pattern with one fault each: a quantifier, a bound, an anchor, a member, a choice."""
    tokens = list(_TOKEN.finditer(pattern))
    found = [
        pattern[: token.start()] + other + pattern[token.end() :]
        for token in tokens
        for other in _others(token)
    ]
    found += (pattern[:start] + pattern[end:] for start, end in _choices(tokens, len(pattern)))
    return [other for other in found if other != pattern and _is_pattern(other)]


def _others(token: re.Match[str]) -> Iterator[str]:
    text = token[0]
    if token["many"]:
        yield _OTHER[text]
    elif token["count"]:
        yield from _other_counts(text)
    elif token["anchor"]:
        yield ""
    elif token["set"]:
        yield from _other_sets(text)
    elif text in _AROUND:
        yield _AROUND[text]


def _other_counts(text: str) -> Iterator[str]:
    for number in re.finditer("[0-9]+", text):
        for other in (int(number[0]) - 1, int(number[0]) + 1):
            if other >= 0:
                yield f"{text[: number.start()]}{other}{text[number.end() :]}"


def _other_sets(text: str) -> Iterator[str]:
    """The set without each of its members."""
    inside = re.match(r"\[\^?", text)
    assert inside is not None
    members = list(re.finditer(r"(?:\\.|[^\\])(?:-(?:\\.|[^\\]))?", text[inside.end() : -1]))
    for member in members if len(members) > 1 else ():
        start, end = (inside.end() + at for at in member.span())
        yield text[:start] + text[end:]


def _choices(tokens: list[re.Match[str]], length: int) -> Iterator[tuple[int, int]]:
    """Where each of several choices stands, together with one bar."""
    groups: list[list[int]] = [[0]]
    for token in tokens:
        if token["open"]:
            groups.append([token.end()])
        elif token["or"]:
            groups[-1].append(token.end())
        elif token["close"]:
            yield from _with_bar(groups.pop(), token.start())
    yield from _with_bar(groups[0], length)


def _with_bar(starts: list[int], end: int) -> Iterator[tuple[int, int]]:
    if len(starts) < 2:
        return
    yield from pairwise(starts)
    yield starts[-1] - 1, end


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True
