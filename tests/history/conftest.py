from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from govkb.history import Ledger, LedgerLine, digest_of, entries_of
from govkb.reading import Record, read_record
from govkb.record_types import load_catalogue
from govkb.template_files import TemplateFiles, shipped_templates

DAY = "2026-04-18"
FOLDERS = {"INC": "incidents", "HANDOFF": "handoffs"}


@pytest.fixture(scope="session")
def record_of() -> Callable[..., Record]:
    """Reads a record of this id with this body, without any project around it."""
    catalogue = load_catalogue(TemplateFiles((shipped_templates(),)))

    def read(record_id: str, body: str, path: str | None = None) -> Record:
        folder = FOLDERS.get(record_id.partition("-")[0], "pitfalls")
        place = path or f"{folder}/{record_id}.md"
        data = f"---\nid: {record_id}\ntitle: T\n---\n\n# T\n\n{body}".encode()
        record = read_record(f"records/{place}", place, data, catalogue).record
        assert record is not None
        return record

    return read


@pytest.fixture(scope="session")
def incident(record_of: Callable[..., Record]) -> Callable[..., Record]:
    """An incident with these learnings; `timeline` has those of the section before."""

    def make(*learnings: str, timeline: Iterable[str] = (), name: str = "A", after: str = ""):
        listed = "".join(f"- {text}\n" for text in timeline)
        body = f"## Timeline\n\n{listed}\n" if listed else ""
        body += "## Learnings\n\n" + "".join(f"- {text}\n" for text in learnings)
        return record_of(f"INC-20260418-{name}", body + after)

    return make


@pytest.fixture(scope="session")
def handoff(record_of: Callable[..., Record]) -> Callable[..., Record]:
    """A handoff with these learnings, which the next handoff has to repeat."""

    def make(*learnings: str) -> Record:
        listed = "".join(f"- {text}\n" for text in learnings)
        return record_of("HANDOFF-2026-04-18", f"## Key Learnings\n\n{listed}")

    return make


@pytest.fixture(scope="session")
def ledger_of() -> Callable[..., Ledger]:
    """The ledger to which all entries of a record were added."""

    def make(record: Record, day: str = DAY) -> Ledger:
        names = record.type.append_only_sections if record.type else ()
        lines = (
            LedgerLine("add", entry.digest, day, name)
            for name in names
            for entry in entries_of(record, name)
        )
        return Ledger(record.id, tuple(lines))

    return make


@pytest.fixture(scope="session")
def with_move() -> Callable[..., Ledger]:
    """A ledger of incident A that says that a learning is in another record now."""

    def make(ledger: Ledger, text: str, target: str, section: str = "Learnings") -> Ledger:
        digest = digest_of(ledger.record_id, section, text)
        moved_as = digest_of(target, section, text)
        return ledger.with_lines([LedgerLine("move", digest, DAY, section, target, moved_as)])

    return make
