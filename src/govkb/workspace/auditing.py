"""What became of append-only entries in every commit of a history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from msgspec import Struct

from govkb.history import (
    ChangeKind,
    EntryChange,
    Ledger,
    LedgerLine,
    compare_with_base,
    read_ledger,
)
from govkb.history.git import Commit, FileChange, Repository
from govkb.knowledge_base import Terms, first_by_id
from govkb.progress import Progress, silent
from govkb.reading import Record, read_record
from govkb.workspace.selection import Selector

# So many commits' files are held at once.
_BATCH = 100


class Breach(Struct, frozen=True):
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


class Audit(Struct, frozen=True):
    """What was found in how many commits."""

    commits: int
    breaches: tuple[Breach, ...]


def audit(
    repository: Repository,
    revisions: str,
    terms: Terms,
    *,
    first_parent: bool,
    progress: Progress = silent,
) -> Audit:
    """Every change to an append-only entry in a range of commits, by the types of now.

    Raises CannotVerifyError where the range isn't here.
    """
    commits = repository.log(revisions, first_parent=first_parent)
    auditor = _Auditor(repository, terms, first_parent, progress)
    breaches: dict[tuple[object, ...], Breach] = {}
    for breach in auditor.breaches(commits):
        change = breach.change
        key = (breach.commit.name, change.record_id, change.kind, change.digest)
        breaches.setdefault(key, breach)
    return Audit(len({commit.name for commit in commits}), tuple(breaches.values()))


class _Auditor(Struct, frozen=True):
    repository: Repository
    terms: Terms
    first_parent: bool
    progress: Progress

    def breaches(self, commits: Sequence[Commit]) -> Iterator[Breach]:
        remaining, done = iter(commits), 0
        while batch := list(islice(remaining, _BATCH)):
            wanted = [change for commit in batch for change in self._relevant(commit)]
            names = (name for c in wanted for name in (c.before, c.after) if name is not None)
            contents = self.repository.blobs(names)
            for commit in batch:
                yield from self._in_commit(commit, contents)
                done += 1
                self.progress("Auditing commits", done, len(commits))

    def _relevant(self, commit: Commit) -> list[FileChange]:
        return [change for change in commit.changes if self._is_relevant(change.path)]

    def _is_relevant(self, path: str) -> bool:
        config = self.terms.config
        return config.folders.hold(path) and (
            Selector(config).is_record(path) or path.startswith(f"{config.ledger_folder}/")
        )

    def _in_commit(self, commit: Commit, contents: Mapping[str, bytes]) -> Iterator[Breach]:
        changes = self._relevant(commit)
        before = {c.path: contents[c.before] for c in changes if c.before is not None}
        after = {c.path: contents[c.after] for c in changes if c.after is not None}
        found = self._changes(before, after)
        if found and any(line.event == "move" for line in self._lines(after)):
            # What an entry was moved to may have been there before.
            wanted = filter(self._is_relevant, self.repository.files(commit.name, ""))
            there = self.repository.contents(commit.name, wanted)
            touched = {change.path for change in changes}
            same = {path: data for path, data in there.items() if path not in touched}
            found = self._changes(before, after, same)
        # What a merge brings in from the other side may stand before what this side appended.
        is_merged = len(commit.parents) > 1 and not self.first_parent
        for change in found:
            if not (is_merged and change.kind is ChangeKind.INSERTED):
                yield Breach(commit, change)

    def _changes(
        self,
        before: Mapping[str, bytes],
        after: Mapping[str, bytes],
        same: Mapping[str, bytes] = MappingProxyType({}),
    ) -> tuple[EntryChange, ...]:
        """What became of the entries of files; the `same` ones are there before and after."""
        then, now = self._records(before), self._records({**same, **after})
        had, has = self._ledgers({**same, **before}), self._ledgers({**same, **after})
        return compare_with_base(then, now, has, had.get)

    def _lines(self, files: Mapping[str, bytes]) -> Iterator[LedgerLine]:
        for ledger in self._ledgers(files).values():
            yield from ledger.lines

    def _records(self, files: Mapping[str, bytes]) -> dict[str, Record]:
        config = self.terms.config
        is_record = Selector(config).is_record
        return first_by_id(
            read_record(path, config.folders.place(path), data, self.terms.catalogue)
            for path, data in files.items()
            if is_record(path)
        )

    def _ledgers(self, files: Mapping[str, bytes]) -> dict[str, Ledger]:
        folder = f"{self.terms.config.ledger_folder}/"
        found = (
            read_ledger(path.removeprefix(folder), data.decode("utf-8", "replace"))
            for path, data in files.items()
            if path.startswith(folder)
        )
        return {ledger.record_id: ledger for ledger in found}
