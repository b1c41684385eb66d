"""JSON without guessing: no key twice, every number exact, one spelling for what is the same."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

# What `load` gives: dict, list, str, Decimal, bool or None.
Value = Any

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:]|-?[0-9][0-9.eE+-]*|NaN|-?Infinity')
_TOO_DEEP = "nested too deep"
_MAX_DEPTH = 100
# More zeros than this are written as an exponent.
_LONGEST_PLAIN = 20


class JsonError(ValueError):
    """Why a text can't be taken; `line` counts from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class _RepeatedKey(ValueError):
    """A key that stands twice in one object."""


class _NoNumber(ValueError):
    """A word or number that JSON doesn't have."""


def load(text: str) -> Value:
    """The value of a JSON text; texts and keys in it are in Unicode's form C.

    Raises JsonError.
    """
    try:
        value = _composed(_DECODER.decode(text))
    except json.JSONDecodeError as error:
        message = f"no JSON: {error.msg} at column {error.colno}"
        raise JsonError(message, error.lineno) from error
    except _RepeatedKey as error:
        line, key = _first_repeated_key(text)
        raise JsonError(f"the key {key!r} stands twice in one object", line) from error
    except _NoNumber as error:
        word = error.args[0]
        message = f"no JSON: {word[:40]} is no number that can be compared"
        raise JsonError(message, _line_of(text, word)) from error
    except RecursionError as error:
        raise JsonError(_TOO_DEEP) from error
    if text.count("[") + text.count("{") > _MAX_DEPTH and _depth_of(text) > _MAX_DEPTH:
        raise JsonError(_TOO_DEEP)
    return value


def canonical(value: Value) -> str:
    """The one text of a value: sorted keys, no blanks, and numbers that are equal look equal."""
    if isinstance(value, dict):
        pairs = (f"{_quoted(key)}:{canonical(value[key])}" for key in sorted(value))
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, Decimal):
        return _number_text(value)
    return _quoted(value)


def _number_text(number: Decimal) -> str:
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    written = "".join(map(str, digits)).lstrip("0")
    stripped = written.rstrip("0")
    if not stripped:
        return "0"
    exponent += len(written) - len(stripped)
    if 0 <= exponent <= _LONGEST_PLAIN:
        plain = stripped + "0" * exponent
    elif -_LONGEST_PLAIN <= exponent < 0:
        padded = stripped.rjust(1 - exponent, "0")
        plain = f"{padded[:exponent]}.{padded[exponent:]}"
    else:
        plain = f"{stripped}e{exponent}"
    return f"-{plain}" if sign else plain


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = {_composed(key): _composed(value) for key, value in pairs}
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if _composed(key) in seen:
                raise _RepeatedKey(_composed(key))
            seen.add(_composed(key))
    return found


def _composed(value: Any) -> Any:
    """A text in form C, and a list with such texts; objects have been through `_object`."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    return [_composed(item) for item in value] if isinstance(value, list) else value


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise _NoNumber(text) from error


def _refuse(word: str) -> NoReturn:
    raise _NoNumber(word)


def _line_of(text: str, word: str) -> int:
    """The line of the first token that is this word."""
    return next((line for token, line in _tokens(text) if token == word), 1)


def _depth_of(text: str) -> int:
    depth = deepest = 0
    for token, _ in _tokens(text):
        depth += (token in "{[") - (token in "}]")
        deepest = max(deepest, depth)
    return deepest


def _first_repeated_key(text: str) -> tuple[int, str]:
    """The line of the first key that its object has already, and the key."""
    objects: list[set[str]] = []
    before = ""
    for token, line in _tokens(text):
        if token in "{[":
            objects.append(set())
        elif token in "}]":
            objects.pop()
        elif token == ":":
            key: str = _composed(json.loads(before))
            if key in objects[-1]:
                return line, key
            objects[-1].add(key)
        before = token
    return 1, ""


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Each token with the line on which it ends."""
    line, at = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", at, match.end())
        at = match.end()
        yield match[0], line


_quoted = json.JSONEncoder(ensure_ascii=False).encode
_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_number, parse_float=_number, parse_constant=_refuse
)
