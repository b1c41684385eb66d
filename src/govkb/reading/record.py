"""One record: its metadata, its body, and where in the file everything stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from govkb import strict_yaml
from govkb.reading.body import Body, read_body
from govkb.reading.frontmatter import Frontmatter, ReadFault, offset_in_yaml, read_frontmatter
from govkb.record_types import RecordType, TypeCatalogue
from govkb.source import SourceText, Span

Path = tuple[str | int, ...]

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ID_LINE = re.compile(rb"^id:[ \t]*['\"]?([A-Za-z0-9._-]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Record:
    """A record whose frontmatter could be read. Immutable; `metadata` is not to be changed.

    `place` is the path below the records folder. `tokens` are the parts of its id (`date`, `letter`
    …), empty where the id doesn't have a form of the type.
    """

    source: SourceText
    place: str
    metadata: Mapping[str, Any]
    body: Body
    type: RecordType | None
    tokens: Mapping[str, str]
    yaml_start: int
    yaml_end: int
    _places: dict[Path, strict_yaml.Place] = field(default_factory=dict, compare=False, repr=False)

    @property
    def path(self) -> str:
        """The path below the project root."""
        return self.source.path

    @property
    def id(self) -> str:
        """The id as written; empty where there is none or it isn't text."""
        value = self.metadata.get("id")
        return value if isinstance(value, str) else ""

    @property
    def title(self) -> str:
        """The title, or the best there is in its place."""
        value = self.metadata.get("title")
        if isinstance(value, str) and value.strip():
            return value.strip()
        first = next((h.text for h in self.body.headings if h.level == 1), "")
        return first or self.id or self.stem

    @property
    def status(self) -> str | None:
        """The status under its own name; the type's initial one where none is written."""
        if self.type is None:
            return None
        value = self.metadata.get("status", self.type.statuses.initial)
        return self.type.statuses.canonical(value) if isinstance(value, str) else None

    @property
    def is_done(self) -> bool:
        """Whether nothing more is expected to happen with it."""
        return self.type is not None and self.status in self.type.statuses.done

    @property
    def stem(self) -> str:
        """The file name without its extension."""
        name = self.place.rpartition("/")[2]
        return name[: name.rfind(".")] if "." in name else name

    @property
    def date(self) -> str | None:
        """The day the record is filed under, as YYYY-MM-DD: of its id, else its `date`."""
        for value in (self.tokens.get("date"), self.metadata.get("date")):
            if isinstance(value, str) and value:
                return value[:10]
        return None

    def at(self, path: Path) -> Any:
        """The metadata value at a path, or None where there is none."""
        value: Any = self.metadata
        for part in path:
            if isinstance(value, dict):
                value = value.get(part)
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return value

    def span_of(self, path: Path, *, value: bool = False) -> Span:
        """Where a metadata key stands, or its value; else the nearest one above that is there."""
        if not self._places:
            text = self.source.text(self.yaml_start, self.yaml_end)
            self._places.update(strict_yaml.places(text))
        while path and path not in self._places:
            path = path[:-1]
        if not path:
            return self.source.span(0, 3)
        place = self._places[path]
        line, column, length = place.line, place.column, place.length
        if value:
            line, column, length = place.value_line, place.value_column, place.value_length
        start = offset_in_yaml(self.source, self.yaml_start, line, column)
        end = offset_in_yaml(self.source, self.yaml_start, line, column + length)
        return self.source.span(start, max(end, start + 1))


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What became of one file: a record, or the reasons why there is none, or both.

    `claimed_id` is the id that an unreadable file seems to have, so that references to it are not
    reported as dangling for a fault that is not theirs.
    """

    source: SourceText
    place: str
    record: Record | None
    faults: tuple[ReadFault, ...] = ()
    claimed_id: str | None = None

    @property
    def path(self) -> str:
        """The path below the project root."""
        return self.source.path


def read_record(path: str, place: str, data: bytes, catalogue: TypeCatalogue) -> ReadResult:
    """The record in a file's bytes.

    `path` is relative to the project root, `place` to the records folder; both use `/`.
    """
    decoded, faults = _decode(data)
    if decoded is None:
        return ReadResult(SourceText(path, b""), place, None, tuple(faults))
    source = SourceText(path, decoded)
    front = read_frontmatter(source)
    faults += front.faults
    if front.is_broken:
        return ReadResult(source, place, None, tuple(faults), _claimed_id(source))
    record = _record(source, place, front, catalogue)
    return ReadResult(source, place, record, tuple(faults))


def unreadable(path: str, place: str, kind: str, message: str, hint: str) -> ReadResult:
    """The result for a file whose bytes can't be had, such as a symbolic link."""
    return ReadResult(SourceText(path, b""), place, None, (ReadFault(kind, message, hint=hint),))


def _record(source: SourceText, place: str, front: Frontmatter, catalogue: TypeCatalogue) -> Record:
    metadata = front.metadata
    record_id = metadata.get("id")
    record_type = catalogue.type_of(metadata.get("type"), place, record_id)
    tokens: Mapping[str, str] = {}
    if record_type and isinstance(record_id, str):
        tokens = record_type.match_id(record_id) or {}
    body = read_body(source, front.body_start)
    return Record(
        source, place, metadata, body, record_type, tokens, front.yaml_start, front.yaml_end
    )


def _decode(data: bytes) -> tuple[bytes | None, list[ReadFault]]:
    """The bytes as UTF-8 with LF line ends and no byte order mark, or None with the reason."""
    if data[:2] in _UTF16:
        message = "the file is UTF-16 (its first two bytes say so)"
        return None, [ReadFault("not-utf8", message, hint="save it as UTF-8")]
    data = data.removeprefix(_BOM)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        message = f"byte {error.start} (0x{byte:02X}) is not valid UTF-8"
        return None, [ReadFault("not-utf8", message, hint="save the file as UTF-8")]
    if b"\r" not in data:
        return data, []
    data = data.replace(b"\r\n", b"\n")
    at = data.find(b"\r")
    if at < 0:
        return data, []
    message = "a line ends in a lone carriage return"
    fault = ReadFault(
        "lone-carriage-return", message, at, at + 1, "save the file with LF line ends"
    )
    return data.replace(b"\r", b"\n"), [fault]


def _claimed_id(source: SourceText) -> str | None:
    found = _ID_LINE.search(source.data)
    return found[1].decode("ascii") if found else None
