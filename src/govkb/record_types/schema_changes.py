"""What became of a JSON Schema, and whether records that fitted the old one may not fit the new."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

Schema = Mapping[str, Any]

_WORDS = ("title", "description", "$id", "$schema", "$comment", "examples", "default", "deprecated")
_LEAST = ("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties")
_MOST = ("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties")
_CHOICES = ("anyOf", "oneOf")
_ALIKE = 0.6
_MAX_DEPTH = 20


class SchemaChange(Struct, frozen=True):
    """One difference. A breaking one can refuse what the old schema took."""

    path: str
    message: str
    is_breaking: bool


def schema_changes(old: Schema, new: Schema) -> list[SchemaChange]:
    """Every difference that matters to data, by its place; wording doesn't."""
    return sorted(_Comparison(old, new).changes(old, new, "", 0), key=lambda c: c.path)


class _Comparison(Struct, frozen=True):
    old: Schema
    new: Schema

    def changes(self, old: Any, new: Any, at: str, depth: int) -> Iterator[SchemaChange]:
        old, new = _followed(old, self.old), _followed(new, self.new)
        if old == new or depth > _MAX_DEPTH:
            return
        yield from _values(old, new, at)
        yield from _limits(old, new, at)
        yield from self._fields(old, new, at, depth)
        yield from self._parts(old, new, at, depth)

    def _fields(self, old: Schema, new: Schema, at: str, depth: int) -> Iterator[SchemaChange]:
        before, after = old.get("properties", {}), new.get("properties", {})
        gone = [name for name in before if name not in after]
        come = [name for name in after if name not in before]
        refuses = new.get("additionalProperties") is False
        for name in gone:
            other = self._renamed(name, before, after, come)
            if other is not None:
                come.remove(other)
                yield SchemaChange(_join(at, name), f"is now called `{other}`", True)
            else:
                yield SchemaChange(_join(at, name), "is gone", refuses)
        required = _newly_required(old, new)
        for name in come:
            text = "is new and required" if name in required else "is new"
            narrows = name in required or self._narrows(old, after[name], depth)
            yield SchemaChange(_join(at, name), text, narrows)
        for name in required:
            if name not in come:
                yield SchemaChange(_join(at, name), "was optional and is required now", True)
        for name in old.get("required", ()):
            if name not in new.get("required", ()) and name in after:
                yield SchemaChange(_join(at, name), "was required and is optional now", False)
        for name in before:
            if name in after:
                yield from self.changes(before[name], after[name], _join(at, name), depth + 1)
        was, now = old.get("additionalProperties", True), new.get("additionalProperties", True)
        if isinstance(was, dict) and isinstance(now, dict):
            yield from self.changes(was, now, _join(at, "*"), depth + 1)
        elif was != now:
            text = "takes other fields now" if now is True else "takes fewer other fields now"
            yield SchemaChange(at or ".", text, now is not True)

    def _narrows(self, old: Schema, field: Any, depth: int) -> bool:
        """Whether a new field refuses values that were taken while it was nobody's."""
        others = old.get("additionalProperties", True)
        if others is False:
            return False
        return any(c.is_breaking for c in self.changes(others, field, "", depth + 1))

    def _renamed(self, name: str, before: Schema, after: Schema, come: list[str]) -> str | None:
        """The new name of a field that is gone: one alike, or the only one of the same kind."""
        was = _followed(before[name], self.old)
        same = [n for n in come if _followed(after[n], self.new) == was]
        near = difflib.get_close_matches(name, come, 1, _ALIKE)
        if near and (near[0] in same or not same):
            return near[0]
        return same[0] if len(same) == 1 and "enum" in was else None

    def _parts(self, old: Schema, new: Schema, at: str, depth: int) -> Iterator[SchemaChange]:
        if "items" in old and "items" in new:
            yield from self.changes(old["items"], new["items"], f"{at}[]", depth + 1)
        for choice in _CHOICES:
            was = [_plain(s, self.old) for s in old.get(choice, ())]
            now = [_plain(s, self.new) for s in new.get(choice, ())]
            if was and now and was != now:
                lost = any(each not in now for each in was)
                text = "takes fewer alternatives" if lost else "takes more alternatives"
                yield SchemaChange(at or ".", f"{text} now", lost)
        handled = {
            *("enum", "const", "type", "properties", "required", "additionalProperties", "items"),
            *(
                "$defs",
                "$ref",
                *_WORDS,
                *_LEAST,
                *_MOST,
                *(c for c in _CHOICES if c in old and c in new),
            ),
        }
        for key in sorted({*old, *new} - handled):
            if old.get(key) != new.get(key):
                dropped = key not in new
                text = f"`{key}` no longer limits it" if dropped else f"`{key}` is another now"
                yield SchemaChange(at or ".", text, not dropped)


def _values(old: Schema, new: Schema, at: str) -> Iterator[SchemaChange]:
    before, after = _enumerated(old), _enumerated(new)
    if before is not None and after is not None:
        for value in before:
            if value not in after:
                yield SchemaChange(at, f"the value {value} is gone", True)
        for value in after:
            if value not in before:
                yield SchemaChange(at, f"the value {value} is new", False)
    elif before != after:
        text = "any value is allowed now" if after is None else "has a list of values now"
        yield SchemaChange(at, text, after is not None)
    was, now = _kinds(old), _kinds(new)
    if was != now:
        text = f"was {' or '.join(sorted(was)) or 'anything'}"
        text += f", is {' or '.join(sorted(now)) or 'anything'} now"
        wider = not now or (bool(was) and _covers(now, was))
        yield SchemaChange(at or ".", text, not wider)


def _limits(old: Schema, new: Schema, at: str) -> Iterator[SchemaChange]:
    for keys, sign in ((_LEAST, 1), (_MOST, -1)):
        for key in keys:
            was, now = old.get(key), new.get(key)
            if was != now:
                narrower = now is not None and (was is None or (now - was) * sign > 0)
                yield SchemaChange(
                    at or ".", f"`{key}` was {_or_none(was)}, is {_or_none(now)}", narrower
                )


def _newly_required(old: Schema, new: Schema) -> list[str]:
    return [name for name in new.get("required", ()) if name not in old.get("required", ())]


def _enumerated(schema: Schema) -> list[str] | None:
    """The values that a schema lists, as JSON; None where it lists none."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return None if values is None else [json.dumps(v, ensure_ascii=False) for v in values]


def _kinds(schema: Schema) -> frozenset[str]:
    kinds = schema.get("type", ())
    return frozenset([kinds] if isinstance(kinds, str) else kinds)


def _covers(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    return all(kind in wide or (kind == "integer" and "number" in wide) for kind in narrow)


def _followed(schema: Any, root: Schema) -> Schema:
    """What a schema says, with what it refers to; `true` and `false` say nothing and never."""
    if schema is True or schema is None:
        return {}
    if schema is False:
        return {"not": {}}
    for _ in range(_MAX_DEPTH):
        reference = str(schema.get("$ref", ""))
        if not reference.startswith("#/$defs/"):
            return dict(schema)
        own = {key: value for key, value in schema.items() if key != "$ref"}
        schema = {**root.get("$defs", {}).get(reference.removeprefix("#/$defs/"), {}), **own}
    return dict(schema)


def _plain(value: Any, root: Schema, depth: int = 0) -> Any:
    """A value with every reference followed and all wording left out, to be compared as a whole."""
    if depth > _MAX_DEPTH:
        return value
    if isinstance(value, dict):
        found = _followed(value, root)
        return {k: _plain(v, root, depth + 1) for k, v in found.items() if k not in _WORDS}
    return [_plain(v, root, depth + 1) for v in value] if isinstance(value, list) else value


def _join(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _or_none(value: Any) -> str:
    return "none" if value is None else str(value)
