"""Alternatives in braces, as shells write them: `schema.{json,md}` stands for two names."""

from __future__ import annotations

from itertools import chain, product
from math import prod
from typing import TypeAlias

# A name in pieces: characters, and lists of alternatives that are names in pieces themselves.
_Pieces: TypeAlias = "list[str | list[_Pieces]]"

MOST_NAMES = 256
_LONGEST, _DEEPEST = 1000, 10


def expanded(text: str, most: int = MOST_NAMES) -> list[str] | None:
    """Every name that a text stands for, in order; None where these are too many to be told.

    Braces without a comma, or without an end, stand for themselves. `a{,.bak}` is `a` and `a.bak`.
    """
    if "{" not in text:
        return [text]
    pieces = _pieces(text) if len(text) <= _LONGEST else None
    if pieces is None or _number(pieces) > most:
        return None
    return list(dict.fromkeys(_names(pieces)))


def _pieces(text: str) -> _Pieces | None:
    """A text by its braces; None where they are too deep."""
    open_braces: list[list[_Pieces]] = [[[]]]
    for sign in text:
        if sign == "{":
            open_braces.append([[]])
        elif sign == "," and len(open_braces) > 1:
            open_braces[-1].append([])
        elif sign == "}" and len(open_braces) > 1:
            found = open_braces.pop()
            open_braces[-1][-1] += [found] if len(found) > 1 else ["{", *found[0], "}"]
        else:
            open_braces[-1][-1].append(sign)
        if len(open_braces) > _DEEPEST:
            return None
    while len(open_braces) > 1:
        first, *others = open_braces.pop()
        rest = chain.from_iterable([",", *other] for other in others)
        open_braces[-1][-1] += ["{", *first, *rest]
    return open_braces[0][0]


def _number(pieces: _Pieces) -> int:
    return prod(sum(map(_number, piece)) for piece in pieces if isinstance(piece, list))


def _names(pieces: _Pieces) -> list[str]:
    choices = (
        [piece] if isinstance(piece, str) else [n for other in piece for n in _names(other)]
        for piece in pieces
    )
    return ["".join(chosen) for chosen in product(*choices)]
