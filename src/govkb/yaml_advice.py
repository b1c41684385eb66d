"""What helps against YAML that the parser can't read."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

_QUOTES = "put the value in quotes"
_ADVICE = {
    "did not find expected ',' or ']'": "close the list with `]`, or put the value in quotes",
    "did not find expected ',' or '}'": "close the mapping with `}`, or put the value in quotes",
    "could not find expected ':'": "write it as `name: value`",
    "did not find expected key": f"{_QUOTES}, all of it",
    "did not find expected node content": "close the brackets, or put the value in quotes",
    "did not find expected alphabetic or numeric character": _QUOTES,
    "found character that cannot start any token": _QUOTES,
    "block sequence entries are not allowed in this context": "begin the list on the next line",
    "found unexpected end of stream": "close the quotes that begin here",
}
# What was begun and never ended: the parser notices it only far below.
_OPENED = frozenset(
    (
        "while parsing a flow sequence",
        "while parsing a flow mapping",
        "while scanning a quoted scalar",
    )
)
_TAB = re.compile(r"[ -]*\t")


class Trouble(NamedTuple):
    """What a parser says: the problem, what it was reading then, and where; lines are from 0."""

    problem: str
    context: str
    at: tuple[int, int]
    began: tuple[int, int] | None

    @property
    def place(self) -> tuple[int, int]:
        """The line and column to look at."""
        return self.began if self.began and self.context in _OPENED else self.at

    def advice(self, text: str) -> str | None:
        """What to do about it in this text; None where nobody knows."""
        lines = text.split("\n")
        number, column = self.at
        line = lines[number] if number < len(lines) else ""
        if _TAB.match(line) or line[column : column + 1] == "\t":
            return "use blanks in place of tabs"
        if self.problem.startswith("mapping values are not allowed"):
            if ":" in line[:column]:
                return f"{_QUOTES}: it holds a colon"
            return "begin all keys of a mapping in the same column"
        return _ADVICE.get(self.problem)


def trouble_of(error: Any) -> Trouble | None:
    """What a YAMLError says; None where it names no place."""
    began = getattr(error, "context_mark", None)
    at = getattr(error, "problem_mark", None) or began
    if at is None:
        return None
    return Trouble(
        getattr(error, "problem", None) or "it can't be read",
        getattr(error, "context", None) or "",
        (at.line, at.column),
        (began.line, began.column) if began is not None else None,
    )
