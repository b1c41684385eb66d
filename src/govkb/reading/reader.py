"""From the bytes of a file to a record, or to the reasons why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from govkb import strict_yaml
from govkb.reading.body_fields import with_body_fields
from govkb.reading.claims import claimed_id
from govkb.reading.file_text import FileText, Reread
from govkb.reading.frontmatter import Frontmatter, ReadFault, located, read_frontmatter
from govkb.reading.inheritance import NOTHING_INHERITED, Inherited
from govkb.reading.outline import Outline, read_outline
from govkb.reading.record import ReadResult, Record
from govkb.reading.suppressions import suppressions_of
from govkb.record_types import RecordType, TypeCatalogue
from govkb.source import SourceText
from govkb.yaml_limits import SIDECAR

_BOM = b"\xef\xbb\xbf"
_NO_RECORD_HINT = "if it is no record, leave it out by `exclude`, or `include` only their folders"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_record(
    path: str,
    place: str,
    data: bytes,
    catalogue: TypeCatalogue,
    inherited: Inherited = NOTHING_INHERITED,
    reread: Reread | None = None,
) -> ReadResult:
    """The record in a Markdown file's bytes.

    `path` is relative to the project root, `place` to the records folder; both use `/`. With
    `reread` the text need not be kept.
    """
    source, faults = decode(path, data)
    if source is None:
        return _unread(path, place, faults, claimed_id(place, catalogue, data))
    front = read_frontmatter(source)
    if front.is_missing and _needs_none(place, catalogue):
        front = Frontmatter({}, (), False, 0, 0, 0)
    faults += _said_of_types(front, catalogue)
    text = FileText(path, source, reread, front.body_start)
    if front.is_broken:
        claimed = claimed_id(place, catalogue, source.data)
        return ReadResult(text, place, None, tuple(faults), claimed)
    record = _record(text, place, front, catalogue, inherited)
    suppressions = suppressions_of(source, front.yaml_start, front.yaml_end, front.body_start)
    claimed = None if record.id else claimed_id(place, catalogue)
    return ReadResult(text, place, record, tuple(faults), claimed, suppressions)


def read_sidecar(
    path: str,
    place: str,
    data: bytes,
    catalogue: TypeCatalogue,
    kind: str,
    inherited: Inherited = NOTHING_INHERITED,
    reread: Reread | None = None,
) -> ReadResult:
    """The record in a metadata file: of the folder it is in, or of the file it stands beside."""
    source, faults = decode(path, data)
    if source is None:
        return _unread(path, place, faults, claimed_id(place, catalogue, data))
    document = strict_yaml.load(source.text(0, len(source.data)), SIDECAR)
    faults += [located(source, 0, fault) for fault in document.faults]
    text = FileText(path, source, reread, len(source.data))
    if not document.is_broken and not isinstance(document.value, dict):
        message = "the metadata is not a mapping; it must be fields, each as `name: value`"
        faults.append(ReadFault("frontmatter-not-a-mapping", message, 0, 1))
    if document.is_broken or not isinstance(document.value, dict):
        claimed = claimed_id(place, catalogue, source.data)
        return ReadResult(text, place, None, tuple(faults), claimed)
    metadata = document.value
    record_type, tokens = _type_and_tokens(metadata, place, catalogue)
    outline = Outline(start=len(source.data), end=len(source.data))
    record = Record(
        text,
        place,
        _id_of(metadata),
        metadata,
        outline,
        record_type,
        tokens,
        0,
        len(source.data),
        inherited,
        kind,
    )
    suppressions = suppressions_of(source, 0, len(source.data), len(source.data))
    return ReadResult(text, place, record, tuple(faults), suppressions=suppressions)


def unreadable(path: str, place: str, fault: ReadFault, catalogue: TypeCatalogue) -> ReadResult:
    """The result for a file whose bytes can't be had, such as a symbolic link."""
    return _unread(path, place, [fault], claimed_id(place, catalogue))


def _unread(path: str, place: str, faults: list[ReadFault], claimed: str | None) -> ReadResult:
    return ReadResult(FileText(path, SourceText(path, b"")), place, None, tuple(faults), claimed)


def decode(path: str, data: bytes) -> tuple[SourceText | None, list[ReadFault]]:
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
        return SourceText(path, data), []
    data = data.replace(b"\r\n", b"\n")
    at = data.find(b"\r")
    if at < 0:
        return SourceText(path, data), []
    message = "a line ends in a lone carriage return"
    hint = "save the file with LF line ends"
    fault = ReadFault("lone-carriage-return", message, at, at + 1, hint)
    return SourceText(path, data.replace(b"\r", b"\n")), [fault]


def _record(
    text: FileText,
    place: str,
    front: Frontmatter,
    catalogue: TypeCatalogue,
    inherited: Inherited,
) -> Record:
    metadata: Mapping[str, Any] = front.metadata
    record_type, tokens = _type_and_tokens(metadata, place, catalogue)
    outline = read_outline(text.source.data, front.body_start)
    has_own_id = True
    if record_type is not None and not record_type.needs_frontmatter and not metadata.get("id"):
        has_own_id = False
        metadata = {"id": place.rpartition("/")[2].rpartition(".")[0], **metadata}
        tokens = record_type.match_id(metadata["id"]) or {}
    if record_type is not None and not record_type.needs_frontmatter and outline.title:
        metadata = {"title": outline.title, **metadata}
    if record_type is not None and record_type.from_body:
        metadata = with_body_fields(metadata, text.source.data, outline, record_type)
    return Record(
        text,
        place,
        _id_of(metadata),
        metadata,
        outline,
        record_type,
        tokens,
        front.yaml_start,
        front.yaml_end,
        inherited,
        has_own_id=has_own_id,
    )


def _id_of(metadata: Mapping[str, Any]) -> str:
    record_id = metadata.get("id")
    return record_id if isinstance(record_id, str) else ""


def _type_and_tokens(
    metadata: Mapping[str, Any], place: str, catalogue: TypeCatalogue
) -> tuple[RecordType | None, Mapping[str, str]]:
    record_id = metadata.get("id")
    record_type = catalogue.type_of(metadata.get("type"), place, record_id)
    if record_type is None or not isinstance(record_id, str):
        return record_type, {}
    return record_type, record_type.match_id(record_id) or {}


def _needs_none(place: str, catalogue: TypeCatalogue) -> bool:
    """Whether the type of this folder's records can do without frontmatter."""
    stem = place.rpartition("/")[2].rpartition(".")[0]
    record_type = catalogue.type_of(None, place, stem)
    return record_type is not None and not record_type.needs_frontmatter


def _said_of_types(front: Frontmatter, catalogue: TypeCatalogue) -> Iterable[ReadFault]:
    """The faults; where no type demands frontmatter, it isn't what the file really lacks."""
    if not front.is_missing or not catalogue.types or catalogue.broken:
        return front.faults
    if any(record_type.needs_frontmatter for record_type in catalogue.types.values()):
        return front.faults
    message = "no type has its records here, and there is no frontmatter to say which it is of"
    return (replace(fault, message=message, hint=_NO_RECORD_HINT) for fault in front.faults)


def is_written(record: Record, field: str) -> bool:
    """Whether a field stands in the frontmatter itself, and wasn't taken from body or file name."""
    yaml = record.source.text(record.yaml_start, record.yaml_end)
    value = strict_yaml.load(yaml).value
    return isinstance(value, dict) and field in value
