"""One record: its metadata, its body, and where in the file everything stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from govkb import strict_yaml
from govkb.reading.body import Body
from govkb.reading.body_fields import found_in_body
from govkb.reading.file_text import FileText
from govkb.reading.frontmatter import ReadFault, offset_in_yaml
from govkb.reading.inheritance import NOTHING_INHERITED, Inherited
from govkb.reading.outline import Outline
from govkb.reading.suppressions import Suppression
from govkb.record_types import RecordType
from govkb.record_types.fields import FieldFault, field_faults
from govkb.source import SourceText, Span

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A record whose metadata could be read. Immutable; `metadata` is not to be changed.

    `place` is the path below the records folder. `id` is empty where there is none or where it
    isn't text. `metadata` is what the file itself says, `outline` its headings; text and body are
    read again where nobody kept them. `tokens` are the parts of its id (`date`, `letter` …), empty
    where the id doesn't have a form of the type. `inherited` is what its folders hand down.
    `sidecar` is "folder" or "file" where the metadata has a file of its own. Without `has_own_id`
    the id is nothing but the file's name.
    """

    text: FileText
    place: str
    id: str
    metadata: Mapping[str, Any]
    outline: Outline
    type: RecordType | None
    tokens: Mapping[str, str]
    yaml_start: int
    yaml_end: int
    inherited: Inherited = NOTHING_INHERITED
    sidecar: str | None = None
    has_own_id: bool = True
    _places: dict[Path, strict_yaml.Place] = field(default_factory=dict, compare=False, repr=False)
    _faults: list[tuple[FieldFault, ...]] = field(default_factory=list, compare=False, repr=False)

    @property
    def path(self) -> str:
        """The path below the project root."""
        return self.text.path

    @property
    def source(self) -> SourceText:
        """The text of the file."""
        return self.text.source

    @property
    def body(self) -> Body:
        """The structure of the body."""
        return self.text.body

    @property
    def body_start(self) -> int:
        """The byte where the body begins."""
        return self.text.body_start

    @property
    def effective(self) -> Mapping[str, Any]:
        """The metadata with what folders hand down; the same where they hand down nothing."""
        return self.inherited.effective(self.metadata) if self.inherited.values else self.metadata

    @property
    def field_faults(self) -> tuple[FieldFault, ...]:
        """What the type's schema refuses in `metadata`; it is asked once, for all rules."""
        if not self._faults and self.type is not None:
            self._faults.append(field_faults(self.type, self.metadata))
        return self._faults[0] if self._faults else ()

    @property
    def title(self) -> str:
        """The title, or the best there is in its place."""
        value = self.metadata.get("title")
        if isinstance(value, str) and value.strip():
            return value.strip()
        return self.outline.title or self.id or self.stem

    @property
    def status(self) -> str | None:
        """The status under its own name; the type's initial one where it is said nowhere."""
        if self.type is None:
            return None
        value = self.metadata.get("status")
        if value is None or value == "":
            value = self.effective.get("status", self.type.statuses.initial)
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
        return self.source.span(*self.extent_of(path, value=value))

    def extent_of(self, path: Path, *, value: bool = False) -> tuple[int, int]:
        """The same as byte offsets; of a value over several lines only its first character."""
        if not self._places:
            text = self.source.text(self.yaml_start, self.yaml_end)
            self._places.update(strict_yaml.places(text))
        asked = path
        while path and path not in self._places:
            path = path[:-1]
        if not path:
            return self._extent_in_body(asked)
        place = self._places[path]
        line, column, length = place.line, place.column, place.length
        if value:
            line, column, length = place.value_line, place.value_column, place.value_length
        start = offset_in_yaml(self.source, self.yaml_start, line, column)
        end = offset_in_yaml(self.source, self.yaml_start, line, column + length)
        return start, max(end, start + 1)

    def _extent_in_body(self, path: Path) -> tuple[int, int]:
        """Where a value stands that was taken from the body; else the beginning of the file."""
        sources = self.type.from_body.get(str(path[0]), ()) if self.type and path else ()
        found = found_in_body(self.metadata, self.source.data, self.outline, sources)
        number = path[1] if len(path) > 1 and isinstance(path[1], int) else 0
        key = path[1] if len(path) > 1 else None
        start, end = found[number].extent_of(key) if number < len(found) else (0, 0)
        if end:
            return start, end
        field = next((source.field for source in sources if found and source.field), None)
        return self.extent_of((field,), value=True) if field else (0, 3)


class ReadResult(Struct, frozen=True):
    """What became of one file: a record, or the reasons why there is none, or both.

    `claimed_id` is the id that a file without one to be read seems to have, so that references to
    it are not reported as dangling for a fault that is not theirs.
    """

    text: FileText
    place: str
    record: Record | None
    faults: tuple[ReadFault, ...] = ()
    claimed_id: str | None = None
    suppressions: tuple[Suppression, ...] = ()

    @property
    def path(self) -> str:
        """The path below the project root."""
        return self.text.path

    @property
    def source(self) -> SourceText:
        """The text of the file, empty where it can't be had."""
        return self.text.source
