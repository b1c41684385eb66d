"""YAML for data that strangers write: parsed by libyaml, built here from its events.

PyYAML's own composer is recursive, keeps the last of two equal keys in silence, expands aliases
and reads `no`, `012` and `1:30` as False, 10 and 90. Building the value from the parser's events
settles all of that in one pass: depth is counted before anything is built, and scalars follow
the YAML 1.2 core schema, with dates left as text for the JSON Schema to judge.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from msgspec import Struct

from govkb.plain_yaml import load_plain
from govkb.yaml_advice import trouble_of
from govkb.yaml_limits import FRONTMATTER, Limits

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover - PyYAML without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

MAX_BYTES = FRONTMATTER.most_bytes
MAX_DEPTH = 20
MAX_DIGITS = 18

Path = tuple[str | int, ...]

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)", re.ASCII)
_FLOAT = re.compile(
    r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?", re.ASCII
)
_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)


class YamlFault(Struct, frozen=True):
    """Something in a YAML text that can't be accepted; line and column from 0."""

    kind: str
    message: str
    line: int
    column: int
    length: int = 1
    hint: str | None = None


@dataclass(slots=True)
class YamlDocument:
    """A value and everything that is wrong with it; with `is_broken` the value is incomplete."""

    value: Any = None
    faults: list[YamlFault] = field(default_factory=list)
    is_broken: bool = False


class Place(Struct, frozen=True):
    """Where a key or list item and its value stand; lines and columns from 0, ends exclusive."""

    line: int
    column: int
    length: int
    value_line: int
    value_column: int
    value_length: int


class _Stop(Exception):
    def __init__(self, fault: YamlFault) -> None:
        self.fault = fault


@dataclass(slots=True)
class _Frame:
    container: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None
    key_event: Any = None


def load(text: str, limits: Limits = FRONTMATTER) -> YamlDocument:
    """The value of a YAML text with its faults. Never raises for what the text contains."""
    plain = load_plain(text)
    return YamlDocument(plain) if plain is not None else load_from_events(text, limits)


def load_from_events(text: str, limits: Limits = FRONTMATTER) -> YamlDocument:
    """The same without the quick way."""
    size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    if size > limits.most_bytes:
        message = f"{size:,} bytes of YAML are more than the {limits.most_bytes:,} allowed"
        hint = limits.when_too_large
        fault = YamlFault("frontmatter-too-large", message, 0, 0, hint=hint)
        return YamlDocument(faults=[fault], is_broken=True)
    builder = _Builder(limits)
    try:
        builder.build(text)
    except _Stop as stop:
        builder.document.faults.append(stop.fault)
        builder.document.is_broken = True
    except yaml.YAMLError as error:
        builder.document.faults.append(_syntax_fault(error, text))
        builder.document.is_broken = True
    return builder.document


def places(text: str) -> dict[Path, Place]:
    """Where every key and list item of an acceptable text stands, by its path in the value."""
    builder = _Builder(FRONTMATTER, {})
    with contextlib.suppress(_Stop, yaml.YAMLError):
        builder.build(text)
    return builder.places or {}


def scalar_extents(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where every key and single value of an acceptable text stands: line and column, from 0."""
    with contextlib.suppress(yaml.YAMLError):
        marks = [(e.start_mark, e.end_mark) for e in _scalars(text)]
        return [((a.line, a.column), (b.line, b.column)) for a, b in marks]
    return []


def _scalars(text: str) -> Iterator[Any]:
    return (event for event in events(text) if isinstance(event, yaml.ScalarEvent))


class _Builder:
    """Turns one text's parse events into a value, keeping a stack instead of recursing."""

    def __init__(self, limits: Limits, places: dict[Path, Place] | None = None) -> None:
        self.limits = limits
        self.document = YamlDocument()
        self.places = places
        self.stack: list[_Frame] = []

    def build(self, text: str) -> None:
        documents = 0
        for event in events(text):
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.MappingStartEvent):
                self._open({}, event)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._open([], event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self.stack.pop()
            elif isinstance(event, yaml.AliasEvent):
                message = f"the alias *{event.anchor} refers to another place in the YAML"
                raise _stop("yaml-alias", message, event, "write the value out")
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _stop("invalid-yaml", "a second YAML document begins here", event)

    def _open(self, container: dict[str, Any] | list[Any], event: Any) -> None:
        self._refuse_tag(event)
        if len(self.stack) >= MAX_DEPTH:
            message = f"values are nested more than {MAX_DEPTH} deep"
            raise _stop("nested-too-deep", message, event, self.limits.when_too_deep)
        path = self._place(container, event)
        self.stack.append(_Frame(container, path))

    def _scalar(self, event: Any) -> None:
        self._refuse_tag(event)
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.container, dict) and frame.key is None:
            self._key(frame, event)
            return
        value = self._resolve(event) if event.implicit[0] else event.value
        if isinstance(value, str):
            self._refuse_controls(value, event)
        self._place(value, event)

    def _key(self, frame: _Frame, event: Any) -> None:
        name = event.value
        if name == "<<" and event.implicit[0]:
            raise _stop(
                "yaml-alias", "the merge key << is not supported", event, "write the keys out"
            )
        self._refuse_controls(name, event)
        if name in frame.container:
            message = f"the key {name!r} is written twice"
            self._fault("duplicate-key", message, event, "keep one of them")
        frame.key = name
        frame.key_event = event

    def _place(self, value: Any, event: Any) -> Path:
        """Puts a value where it belongs and returns its path."""
        if not self.stack:
            self.document.value = value
            return ()
        frame = self.stack[-1]
        if isinstance(frame.container, list):
            path = (*frame.path, len(frame.container))
            frame.container.append(value)
            self._note_place(path, event, event)
            return path
        if frame.key is None:
            raise _stop("invalid-yaml", "a key must be a single word or text", event)
        path = (*frame.path, frame.key)
        frame.container[frame.key] = value
        self._note_place(path, frame.key_event, event)
        frame.key = None
        return path

    def _note_place(self, path: Path, key: Any, value: Any) -> None:
        if self.places is None:
            return
        line, column, length = _extent(key)
        self.places[path] = Place(line, column, length, *_extent(value))

    def _resolve(self, event: Any) -> Any:
        """A plain scalar's value by the core schema, with numbers that JSON would also know."""
        value: str = event.value
        if value in _CONSTANTS:
            return _CONSTANTS[value]
        if not (value[0].isdigit() or value[0] in "+-."):
            return value
        if _INT.fullmatch(value):
            digits = len(value.lstrip("+-"))
            if digits > MAX_DIGITS:
                message = f"a number of {digits:,} digits"
                self._fault("number-too-long", message, event, "put it in quotes if it is text")
                return value
            return int(value)
        return float(value) if _FLOAT.fullmatch(value) else value

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            hint = "remove the tag: govkb reads plain values only"
            raise _stop("yaml-tag", f"the YAML tag {event.tag} is not allowed", event, hint)

    def _refuse_controls(self, value: str, event: Any) -> None:
        found = _FORBIDDEN.search(value)
        if found:
            message = f"a value contains the invisible character {character_name(found[0])}"
            self._fault("control-character", message, event, "remove it")

    def _fault(self, kind: str, message: str, event: Any, hint: str | None = None) -> None:
        self.document.faults.append(_fault(kind, message, event, hint))


def character_name(character: str) -> str:
    """A character as people can look it up: `U+200B ZERO WIDTH SPACE`."""
    name = unicodedata.name(character, "control character")
    return f"U+{ord(character):04X} {name}"


def events(text: str) -> Iterator[Any]:
    """The parser's events, with their marks; raises yaml.YAMLError for what is no YAML."""
    loader = Loader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _extent(event: Any) -> tuple[int, int, int]:
    start, end = event.start_mark, event.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return start.line, start.column, max(length, 1)


def _fault(kind: str, message: str, event: Any, hint: str | None) -> YamlFault:
    return YamlFault(kind, message, *_extent(event), hint)


def _stop(kind: str, message: str, event: Any, hint: str | None = None) -> _Stop:
    return _Stop(_fault(kind, message, event, hint))


def _syntax_fault(error: yaml.YAMLError, text: str) -> YamlFault:
    trouble = trouble_of(error)
    if trouble is not None:
        line, column = min(trouble.place[0], text.count("\n")), trouble.place[1]
        message = f"not valid YAML: {trouble.problem}"
        return YamlFault("invalid-yaml", message, line, column, hint=trouble.advice(text))
    found = _FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start())
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
        message = f"the invisible character {character_name(found[0])}"
        return YamlFault("control-character", message, line, column, hint="remove it")
    reason = getattr(error, "reason", None) or "it can't be read"
    return YamlFault("invalid-yaml", f"not valid YAML: {reason}", 0, 0)
