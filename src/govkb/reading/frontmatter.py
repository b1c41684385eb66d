"""The metadata block at the top of a record, through python-frontmatter with a strict handler.

On its own python-frontmatter answers `{}` to a byte order mark, an unclosed block and a list, and
takes a file that begins with `{` for JSON metadata. The handler here says what is wrong instead.
"""

from __future__ import annotations

import re
from typing import Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler
from msgspec import Struct

from govkb import strict_yaml
from govkb.source import SourceText

_FENCE = re.compile(rb"^---[ \t]*$", re.MULTILINE)
_TOML_FENCE = re.compile(rb"^\+\+\+[ \t]*$", re.MULTILINE)
_YAML_HINT = "write the fields as YAML, `name: value`, between two lines `---`"
_SHAPE_HINT = "begin the file with a line `---`, the fields, and another line `---`"


class ReadFault(Struct, frozen=True):
    """Why a file, or a part of it, can't be read. Offsets are in bytes of the source text."""

    kind: str
    message: str
    start: int = 0
    end: int = 0
    hint: str | None = None


class Frontmatter(Struct, frozen=True):
    """The metadata of one file; with `is_broken` it is incomplete and must not be judged."""

    metadata: dict[str, Any]
    faults: tuple[ReadFault, ...]
    is_broken: bool
    yaml_start: int
    yaml_end: int
    body_start: int

    @property
    def is_missing(self) -> bool:
        """Whether the file doesn't have any."""
        return any(fault.kind == "missing-frontmatter" for fault in self.faults)


class StrictHandler(YAMLHandler):
    """Splits by lines and loads strict YAML; remembers for one file where things stand and fail."""

    def __init__(self, source: SourceText) -> None:
        super().__init__()
        self.source = source
        self.faults: list[ReadFault] = []
        self.is_broken = False
        self.yaml_start = self.yaml_end = self.body_start = 0

    def split(self, text: str) -> tuple[str, str]:
        """The YAML and the rest. An unusable block gives two empty texts and a fault."""
        data = self.source.data
        if data.startswith(b"---\n"):
            end = data.find(b"\n---\n", 3)
            first = _FENCE.search(data, 4, end + 4) if end >= 0 else None
            if first is not None and first.start() == end + 1:
                self.yaml_start, self.yaml_end, self.body_start = 4, end + 1, end + 5
                return data[4 : end + 1].decode(), ""
        fences = _FENCE.finditer(data)
        opening = next(fences, None)
        if opening is None or opening.start() != 0:
            self._break(_missing(self.source))
            return "", ""
        closing = next(fences, None)
        if closing is None:
            message = "the frontmatter that begins here is not closed"
            self._break(
                ReadFault(
                    "unclosed-frontmatter", message, 0, 3, "add a line `---` after the fields"
                )
            )
            return "", ""
        self.yaml_start, self.yaml_end = opening.end() + 1, closing.start()
        self.body_start = min(closing.end() + 1, len(data))
        return self.source.text(self.yaml_start, self.yaml_end), ""

    def load(self, fm: str, **_: object) -> Any:
        """The mapping in the YAML; an empty one where the YAML holds something else."""
        if self.is_broken:
            return {}
        document = strict_yaml.load(fm)
        self.faults += [located(self.source, self.yaml_start, f) for f in document.faults]
        self.is_broken = document.is_broken
        if isinstance(document.value, dict):
            return document.value
        if not self.is_broken:
            self._break(self._not_a_mapping(document.value))
        return {}

    def _break(self, fault: ReadFault) -> None:
        self.faults.append(fault)
        self.is_broken = True

    def _not_a_mapping(self, value: object) -> ReadFault:
        kind = {list: "a list", type(None): "empty"}.get(type(value), "a single value")
        message = f"the frontmatter is {kind}; it must be fields, each as `name: value`"
        return ReadFault("frontmatter-not-a-mapping", message, self.yaml_start, self.yaml_start + 1)


def read_frontmatter(source: SourceText) -> Frontmatter:
    """The metadata of a file with everything that is wrong about it."""
    handler = StrictHandler(source)
    # parse() strips the text before it splits it, so the handler takes it from the source itself.
    metadata, _ = frontmatter.parse("", handler=handler)
    return Frontmatter(
        metadata,
        tuple(handler.faults),
        handler.is_broken,
        handler.yaml_start,
        handler.yaml_end,
        handler.body_start,
    )


def located(source: SourceText, yaml_start: int, fault: strict_yaml.YamlFault) -> ReadFault:
    """A fault of the YAML that begins at `yaml_start`, with its place in the file."""
    start = offset_in_yaml(source, yaml_start, fault.line, fault.column)
    end = offset_in_yaml(source, yaml_start, fault.line, fault.column + fault.length)
    return ReadFault(fault.kind, fault.message, start, max(end, start + 1), fault.hint)


def offset_in_yaml(source: SourceText, yaml_start: int, line: int, column: int) -> int:
    """The byte offset of a line and column, from 0, of the YAML that begins at `yaml_start`."""
    at = yaml_start
    for _ in range(line):
        newline = source.data.find(b"\n", at)
        if newline < 0:
            return len(source.data)
        at = newline + 1
    end = source.data.find(b"\n", at)
    text = source.text(at, end if end >= 0 else len(source.data))
    return at + len(text[:column].encode())


def _missing(source: SourceText) -> ReadFault:
    if source.data.lstrip()[:1] == b"{":
        message = "the file begins with `{`: JSON frontmatter is not accepted"
        return ReadFault("json-frontmatter", message, 0, 1, _SHAPE_HINT)
    if len(_TOML_FENCE.findall(source.data)) > 1 and source.data.startswith(b"+++"):
        message = "the file begins with `+++`: TOML frontmatter is not accepted"
        return ReadFault("toml-frontmatter", message, 0, 3, _YAML_HINT)
    if source.data.lstrip()[:3] == b"---":
        message = "blank space stands before the frontmatter"
        return ReadFault(
            "missing-frontmatter", message, 0, 1, "remove what is before the first `---`"
        )
    return ReadFault("missing-frontmatter", "the file has no frontmatter", 0, 1, _SHAPE_HINT)
