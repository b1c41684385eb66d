"""Sealing, learning and redacting: everything that writes ledgers."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from msgspec import Struct

from govkb.config import Config
from govkb.errors import CannotVerifyError
from govkb.files import UNFINISHED
from govkb.history import Ledger, open_repository
from govkb.history.ledger import SUFFIX, file_name, id_of_file
from govkb.history.sealing import Sealer, Sealing
from govkb.journal import alone, finish, journal_of, replace_together
from govkb.knowledge_base import KnowledgeBase
from govkb.workspace.revisions import changed_ledgers
from govkb.workspace.selection import Selector
from govkb.workspace.trees import DiskTree
from govkb.workspace.workspace import Workspace

# So often can an entry be moved on before it is committed.
_MOST_MOVES = 20


class Sealed(Struct, frozen=True):
    """What sealing came to, by record id, as far as there was anything to do."""

    done: Mapping[str, Sealing] = {}
    refused: Mapping[str, Sealing] = {}


@contextmanager
def writing(workspace: Workspace) -> Iterator[list[str]]:
    """Lets nobody else write meanwhile, and first finishes what a crash interrupted.

    What comes with it are the paths of that. What else a crash left behind is removed.
    """
    config = workspace.config
    with alone(config.root):
        finished = finish(config.root, journal_of(config.root, config.ledger_folder))
        _sweep(config)
        yield finished


def _sweep(config: Config) -> None:
    enters = Selector(config).enters
    for folder in (*config.folders.all, posixpath.dirname(config.ledger_folder)):
        for file in DiskTree(config.root).files(folder, enters):
            if file.path.endswith(UNFINISHED) and not file.is_link:
                (config.root / file.path).unlink(missing_ok=True)


def protected_ledgers(workspace: Workspace, ref: str | None) -> Mapping[str, Ledger]:
    """The ledgers that differ from those in git where HEAD left `ref`, as they are there.

    Without a `ref` it is HEAD itself that counts. Where there is no git nothing can be told to
    differ, and every line is protected. Raises CannotVerifyError where there is no such revision.
    """
    root, config = workspace.config.root, workspace.config
    try:
        repository = open_repository(root)
    except CannotVerifyError:
        if ref is not None:
            raise
        return {}
    if ref is None and not repository.has_commits():
        return {record_id: Ledger(record_id) for record_id in _ids(_names(workspace))}
    commit = repository.base_of(ref or "HEAD")
    changed = repository.changed_files(commit)
    folder = f"{config.ledger_folder}/"
    names = {path.removeprefix(folder) for path in changed if path.startswith(folder)}
    known = changed_ledgers(repository, commit, config, changed)
    return known | {
        record_id: Ledger(record_id) for record_id in _ids(names) if record_id not in known
    }


def seal(
    base: KnowledgeBase,
    protected: Mapping[str, Ledger],
    day: date,
    only: Iterable[str] | None = None,
) -> Sealed:
    """The ledgers as they should be, of all records or `only` of some."""
    found = _sealings(base, protected, day, base.ledgers, only)
    if any(_has_own_move(base, protected, record_id) for record_id in base.ledgers):
        # What was moved before may have been moved on by now, and that again.
        for _ in range(_MOST_MOVES):
            ledgers = {record_id: sealing.ledger for record_id, sealing in found.items()}
            again = _sealings(base, protected, day, {**base.ledgers, **ledgers}, only)
            if again == found:
                break
            found = again
    is_refused = {i: bool(s.refused) or s.is_rewritten for i, s in found.items()}
    return Sealed(
        {i: s for i, s in found.items() if not is_refused[i] and s.ledger != _ledger(base, i)},
        {i: s for i, s in found.items() if is_refused[i]},
    )


def _sealings(
    base: KnowledgeBase,
    protected: Mapping[str, Ledger],
    day: date,
    ledgers: Mapping[str, Ledger],
    only: Iterable[str] | None,
) -> dict[str, Sealing]:
    """What sealing each record comes to, while the records it moved entries to have `ledgers`."""
    sealer = Sealer(base.records_by_id, ledgers, day.isoformat())
    known = {*base.ledgers, *base.records_by_id}
    found = {}
    for record_id in sorted(known if only is None else known.intersection(only)):
        ledger = _ledger(base, record_id)
        path = f"{base.config.ledger_folder}/{file_name(record_id)}"
        found[record_id] = sealer.seal(ledger, protected.get(record_id, ledger), path)
    return found


def _has_own_move(base: KnowledgeBase, protected: Mapping[str, Ledger], record_id: str) -> bool:
    """Whether a record's ledger says that something was moved, which may still be written anew."""
    ledger = base.ledgers[record_id]
    own = ledger.lines[len(protected.get(record_id, ledger).lines) :]
    return any(line.event == "move" for line in own)


def _ledger(base: KnowledgeBase, record_id: str) -> Ledger:
    return base.ledgers.get(record_id, Ledger(record_id))


def save(
    workspace: Workspace, sealed: Iterable[Ledger], texts: Mapping[str, bytes] | None = None
) -> None:
    """Writes ledgers, and with them the records that they belong to, all or none.

    Raises StorageError where the disk refuses.
    """
    folder = workspace.config.ledger_folder
    contents: dict[str, bytes | None] = dict(texts or {})
    for ledger in sealed:
        contents[f"{folder}/{file_name(ledger.record_id)}"] = ledger.text().encode()
    write(workspace, contents)


def write(workspace: Workspace, contents: Mapping[str, bytes | None]) -> None:
    """Writes files by path, all or none; those with None go. Raises StorageError as `save` does."""
    folder = workspace.config.ledger_folder
    if contents:
        journal = journal_of(workspace.config.root, folder)
        replace_together(workspace.config.root, journal, contents)


def _names(workspace: Workspace) -> list[str]:
    folder = workspace.config.root / workspace.config.ledger_folder
    return [file.name for file in folder.iterdir()] if folder.is_dir() else []


def _ids(names: Iterable[str]) -> list[str]:
    return [id_of_file(name) for name in names if name.endswith(SUFFIX)]
