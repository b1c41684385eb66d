"""What there is to tell of a change: all that a report of it may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from govkb.diagnostics import Diagnostic
from govkb.reading import Record


class Named(Struct, frozen=True):
    """A record in a few words; what it doesn't have is empty."""

    id: str
    type: str
    status: str
    title: str
    path: str


class Rename(Struct, frozen=True):
    """A record that has another id or another path."""

    before: Named
    after: Named


class Retitle(Struct, frozen=True):
    """A record with another title."""

    record: Named
    before: str


class Move(Struct, frozen=True):
    """A status, severity or other classification that went from one value to another.

    `steps` are what the record's history newly says of it, as written; where they only tell of
    another look, both values are the same. `needs_steps`: its type demands that there are some.
    """

    record: Named
    field: str
    before: str
    after: str
    steps: tuple[Mapping[str, Any], ...] = ()
    needs_steps: bool = False


class EntryNews(Struct, frozen=True):
    """What became of an entry of an append-only section.

    `fate` is "added", "redacted", "moved" (to the record `to`) or, where `is_breach`, in which way
    the promise was broken. `before` is the text then, `text` the text now; empty where there is
    none. `answers` say which older entries it supersedes or contradicts, by their short names.
    """

    fate: str
    record: Named
    section: str
    name: str
    text: str = ""
    before: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    to: str = ""
    is_learning: bool = False
    is_breach: bool = False


class RelationNews(Struct, frozen=True):
    """A declared relation, as it reads from `source`."""

    kind: str
    label: str
    source: Named
    target: Named


class FindingNews(Struct, frozen=True):
    """The findings that there weren't before, and those that there aren't any more."""

    added: tuple[Diagnostic, ...] = ()
    cured: tuple[Diagnostic, ...] = ()


class PolicyChange(Struct, frozen=True):
    """A file that says what is checked; `what` tells more where it asks for less than it did."""

    path: str
    what: str
    is_loosened: bool = False


class Edit(Struct, frozen=True):
    """A record whose file has changed: in which fields and sections. None of either is mere form.

    What stands before the first section is the section without a name.
    """

    record: Named
    fields: tuple[str, ...]
    sections: tuple[str, ...]


class Review(Struct, frozen=True):
    """Everything there is to tell since a commit; `ref` is what it was asked for as.

    The files of `unreadable` records are still there, and those of `gone` ones aren't.
    """

    ref: str
    commit: str
    new: tuple[Named, ...] = ()
    gone: tuple[Named, ...] = ()
    renamed: tuple[Rename, ...] = ()
    retitled: tuple[Retitle, ...] = ()
    moves: tuple[Move, ...] = ()
    entries: tuple[EntryNews, ...] = ()
    gained: tuple[RelationNews, ...] = ()
    lost: tuple[RelationNews, ...] = ()
    mentions_gained: int = 0
    mentions_lost: int = 0
    findings: FindingNews = field(default_factory=FindingNews)
    policy: tuple[PolicyChange, ...] = ()
    edited: tuple[Edit, ...] = ()
    unreadable: tuple[Named, ...] = ()

    @property
    def breaches(self) -> tuple[EntryNews, ...]:
        """The entries whose promise was broken."""
        return tuple(entry for entry in self.entries if entry.is_breach)

    @property
    def kept_entries(self) -> tuple[EntryNews, ...]:
        """What happened to entries as it may."""
        return tuple(entry for entry in self.entries if not entry.is_breach)

    @property
    def loosened(self) -> tuple[PolicyChange, ...]:
        """What is asked for less."""
        return tuple(change for change in self.policy if change.is_loosened)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        records = (self.new, self.gone, self.unreadable, self.renamed, self.retitled, self.edited)
        relations = (self.gained, self.lost, self.mentions_gained, self.mentions_lost)
        findings = (self.findings.added, self.findings.cured)
        return not any((*records, *relations, *findings, self.moves, self.entries, self.policy))


def named(record: Record) -> Named:
    """A record in a few words."""
    kind = record.type.name if record.type is not None else ""
    return Named(record.id, kind, record.status or "", record.title, record.path)
