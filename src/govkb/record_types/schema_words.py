"""What a JSON Schema asks for and what it got, in words for people."""

from __future__ import annotations

from typing import Any

Path = tuple[str | int, ...]

_TYPE_WORDS = {
    "string": "text",
    "array": "a list",
    "object": "fields of its own",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "null": "empty",
}
_FORMAT_WORDS = {
    "date": "a date that exists, such as 2026-04-21",
    "date-time": "a date that exists, with a time and its offset, such as 2026-04-21T08:39:34Z",
    "email": "an e-mail address",
    "uri": "an address such as https://example.org/",
}
CHOICES = ("anyOf", "oneOf")


def dotted(path: Path) -> str:
    """A path as people write it: `relates_to[2].ref`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def meant(error: Any) -> list[Any]:
    """The errors of the one alternative that has the right shape, if only one has."""
    at = len(error.instance_path)
    fitting = [
        branch
        for branch in getattr(error.kind, "context", ())
        if not any(e.kind.name == "type" and len(e.instance_path) == at for e in branch)
    ]
    return list(fitting[0]) if len(fitting) == 1 else []


def demanded(kind: Any) -> str:
    """What a schema without a description asks for, as far as it is easily said."""
    if kind.name in CHOICES:
        branches = (error.kind for branch in getattr(kind, "context", ()) for error in branch)
        wanted = dict.fromkeys(demanded(k) for k in branches if k.name == "type")
        return " or ".join(wanted)
    if kind.name == "type":
        return " or ".join(_TYPE_WORDS.get(t, t) for t in kind.types)
    if kind.name == "format":
        return _FORMAT_WORDS.get(kind.format, "")
    return f"text that matches the pattern {kind.pattern}" if kind.name == "pattern" else ""


def shown(value: Any) -> str:
    """A value, or what kind of thing it is."""
    if isinstance(value, dict):
        return "fields of its own"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if value is None or value == "":
        return "empty"
    text = repr(value)
    return text if len(text) <= 60 else cut(text, 57) + "'"


def cut(text: str, length: int) -> str:
    """The beginning of a text that is too long."""
    return text if len(text) <= length else text[:length] + "…"
