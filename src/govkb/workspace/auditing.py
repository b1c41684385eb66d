"""What became of append-only entries in every commit of a history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from govkb.history import (
    ChangeKind,
    EntryChange,
    Ledger,
    compare_with_base,
    compare_with_ledger,
    read_ledger,
)
from govkb.history.git import Commit, FileChange, Repository
from govkb.knowledge_base import Terms, first_by_id
from govkb.reading import Record, read_record
from govkb.workspace.selection import Selector

# So many commits' files are held at once.
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Breach:
    """A commit that broke the promise, and how."""

    commit: Commit
    change: EntryChange

    @property
    def kind(self) -> str:
        """How, in words: an edit that nobody would see has its own."""
        before, after = self.change.before, self.change.after
        is_edited = self.change.kind is ChangeKind.EDITED
        if is_edited and before and after and before.text.split() == after.text.split():
            return "white space only"
        return str(self.change.kind)


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found in how many commits."""

    commits: int
    breaches: tuple[Breach, ...]


def audit(repository: Repository, revisions: str, terms: Terms, *, first_parent: bool) -> Audit:
    """Every change to an append-only entry in a range of commits, by the types of now.

    Raises CannotVerifyError where the range isn't here.
    """
    commits = repository.log(revisions, first_parent=first_parent)
    auditor = _Auditor(repository, terms, first_parent)
    breaches: dict[tuple[object, ...], Breach] = {}
    for breach in auditor.breaches(commits):
        change = breach.change
        key = (breach.commit.name, change.record_id, change.kind, change.digest)
        breaches.setdefault(key, breach)
    return Audit(len({commit.name for commit in commits}), tuple(breaches.values()))


@dataclass(frozen=True, slots=True)
class _Auditor:
    repository: Repository
    terms: Terms
    first_parent: bool

    def breaches(self, commits: Iterable[Commit]) -> Iterator[Breach]:
        remaining = iter(commits)
        while batch := list(islice(remaining, _BATCH)):
            wanted = [change for commit in batch for change in self._relevant(commit)]
            names = (name for c in wanted for name in (c.before, c.after) if name is not None)
            contents = self.repository.blobs(names)
            for commit in batch:
                yield from self._in_commit(commit, contents)

    def _relevant(self, commit: Commit) -> list[FileChange]:
        config = self.terms.config
        within = "" if config.records == "." else f"{config.records}/"
        is_record = Selector(config).is_record
        return [
            change
            for change in commit.changes
            if change.path.startswith(within)
            and (is_record(change.path) or change.path.startswith(f"{config.ledger_folder}/"))
        ]

    def _in_commit(self, commit: Commit, contents: Mapping[str, bytes]) -> Iterator[Breach]:
        changes = self._relevant(commit)
        before = [(change.path, change.before) for change in changes]
        after = [(change.path, change.after) for change in changes]
        then, now = self._records(before, contents), self._records(after, contents)
        # What a merge brings in from the other side may stand before what this side appended.
        is_merged = len(commit.parents) > 1 and not self.first_parent
        had, has = self._ledgers(before, contents), self._ledgers(after, contents)
        for change in compare_with_base(then, now, has, had.get):
            if not (is_merged and change.kind is ChangeKind.INSERTED):
                yield Breach(commit, change)

    def _records(
        self, files: Iterable[tuple[str, str | None]], contents: Mapping[str, bytes]
    ) -> dict[str, Record]:
        config = self.terms.config
        skipped = 0 if config.records == "." else len(config.records) + 1
        is_record = Selector(config).is_record
        return first_by_id(
            read_record(path, path[skipped:], contents[name], self.terms.catalogue)
            for path, name in files
            if name is not None and is_record(path)
        )

    def _ledgers(
        self, files: Iterable[tuple[str, str | None]], contents: Mapping[str, bytes]
    ) -> dict[str, Ledger]:
        folder = f"{self.terms.config.ledger_folder}/"
        found = (
            read_ledger(path.removeprefix(folder), contents[name].decode("utf-8", "replace"))
            for path, name in files
            if name is not None and path.startswith(folder)
        )
        return {ledger.record_id: ledger for ledger in found}


def _lost_on_arrival(
    records: Mapping[str, Record], ledgers: Mapping[str, Ledger]
) -> Iterator[EntryChange]:
    """What a ledger says was moved to a record of the same commit that doesn't show it."""
    moved = (line for ledger in ledgers.values() for line in ledger.lines if line.target)
    digests = {line.moved_as: line.target or "" for line in moved}
    for target in dict.fromkeys(digests.values()):
        if target in ledgers and target in records:
            for change in compare_with_ledger(ledgers[target], records, ledgers, ""):
                if change.digest in digests and change.kind is not ChangeKind.REORDERED:
                    yield change
