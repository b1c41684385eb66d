"""Sealing, learning and redacting: everything that writes ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from govkb.errors import CannotVerifyError
from govkb.history import Ledger, open_repository
from govkb.history.ledger import SUFFIX, file_name, id_of_file
from govkb.history.sealing import Sealer, Sealing
from govkb.journal import finish, journal_of, replace_together
from govkb.knowledge_base import KnowledgeBase
from govkb.workspace.revisions import changed_ledgers
from govkb.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sealed:
    """What sealing came to, by record id, as far as there was anything to do."""

    done: Mapping[str, Sealing] = field(default_factory=dict)
    refused: Mapping[str, Sealing] = field(default_factory=dict)


def finish_writing(workspace: Workspace) -> list[str]:
    """Finishes what a crash interrupted; the paths of it."""
    config = workspace.config
    return finish(config.root, journal_of(config.root, config.ledger_folder))


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
    sealer = Sealer(base.records_by_id, base.ledgers, day.isoformat())
    wanted = frozenset(only) if only is not None else None
    done, refused = {}, {}
    for record_id in sorted({*base.ledgers, *base.records_by_id}):
        if wanted is not None and record_id not in wanted:
            continue
        ledger = base.ledgers.get(record_id, Ledger(record_id))
        kept = protected.get(record_id, ledger)
        path = f"{base.config.ledger_folder}/{file_name(record_id)}"
        found = sealer.seal(ledger, kept, path)
        if found.refused or found.is_rewritten:
            refused[record_id] = found
        elif found.ledger != ledger:
            done[record_id] = found
    return Sealed(done, refused)


def save(
    workspace: Workspace, sealed: Iterable[Ledger], texts: Mapping[str, bytes] | None = None
) -> None:
    """Writes ledgers, and with them the records that they belong to, all or none.

    Raises StorageError where the disk refuses.
    """
    folder = workspace.config.ledger_folder
    contents = dict(texts or {})
    for ledger in sealed:
        contents[f"{folder}/{file_name(ledger.record_id)}"] = ledger.text().encode()
    if contents:
        journal = journal_of(workspace.config.root, folder)
        replace_together(workspace.config.root, journal, contents)


def _names(workspace: Workspace) -> list[str]:
    folder = workspace.config.root / workspace.config.ledger_folder
    return [file.name for file in folder.iterdir()] if folder.is_dir() else []


def _ids(names: Iterable[str]) -> list[str]:
    return [id_of_file(name) for name in names if name.endswith(SUFFIX)]
