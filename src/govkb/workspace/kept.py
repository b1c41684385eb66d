"""What is known of one file, in a shape that can be written down, and the way back to a record."""

from __future__ import annotations

from typing import Any

import msgspec

from govkb.diagnostics import Diagnostic
from govkb.graph.mentions import Mention
from govkb.kept import KeptName
from govkb.reading import Inherited, Outline, ReadResult, Record, Suppression
from govkb.reading.claims import claimed_id
from govkb.reading.file_text import FileText
from govkb.record_types import TypeCatalogue
from govkb.workspace.trees import Stamp


class ShownEntries(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """The entries of append-only sections, as far as ledgers are held against them.

    `digests` are joined by section, `contents` stand for texts that no other record may repeat,
    `answers` are the digits by which they name entries that they answer.
    """

    digests: dict[str, bytes]
    contents: bytes
    answers: tuple[str, ...]


class KeptFile(KeptName, array_like=True, gc=False, frozen=True):
    """What is known of one file. `inherited` is the digest of what its folders hand down.

    `shown` is None where nobody has asked for it. `items` are written down, and only read back when
    somebody asks for them.
    """

    stamp: Stamp
    digest: bytes
    inherited: bytes
    metadata: dict[str, Any]
    tokens: dict[str, str]
    outline: Outline
    yaml_start: int
    yaml_end: int
    body_start: int
    sidecar: str | None
    has_own_id: bool
    findings: tuple[Diagnostic, ...]
    mentions: tuple[Mention, ...]
    suppressions: tuple[Suppression, ...]
    shown: ShownEntries | None
    items: bytes = b""


def kept_file(
    stamp: Stamp,
    digest: bytes,
    inherited: bytes,
    result: ReadResult,
    findings: tuple[Diagnostic, ...],
    mentions: tuple[Mention, ...],
    shown: ShownEntries | None,
) -> KeptFile:
    """What to keep of a file with a readable record."""
    record = result.record
    assert record is not None
    return KeptFile(
        record.id,
        record.title,
        record.type.name if record.type else None,
        stamp,
        digest,
        inherited,
        dict(record.metadata),
        dict(record.tokens),
        record.outline,
        record.yaml_start,
        record.yaml_end,
        record.body_start,
        record.sidecar,
        record.has_own_id,
        findings,
        mentions,
        result.suppressions,
        shown,
        record.text.kept_items,
    )


def restored(
    kept: KeptFile, text: FileText, place: str, catalogue: TypeCatalogue, inherited: Inherited
) -> ReadResult:
    """The file as it was read; `text` is still to be read."""
    text.kept_items = kept.items
    record = Record(
        text,
        place,
        kept.id,
        kept.metadata,
        kept.outline,
        catalogue.types[kept.type] if kept.type is not None else None,
        kept.tokens,
        kept.yaml_start,
        kept.yaml_end,
        inherited,
        kept.sidecar,
        kept.has_own_id,
    )
    claimed = None if kept.id or kept.sidecar else claimed_id(place, catalogue)
    return ReadResult(text, place, record, (), claimed, kept.suppressions)


def with_stamp(kept: KeptFile, stamp: Stamp | None) -> KeptFile:
    """The same for a file that was written again with the same bytes."""
    return msgspec.structs.replace(kept, stamp=stamp) if stamp is not None else kept
