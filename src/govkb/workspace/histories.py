"""What git knows of the records of a project."""

from __future__ import annotations

import os
from collections.abc import Mapping

from govkb.errors import CannotVerifyError
from govkb.history import RecordHistory, Repository, open_repository, record_histories
from govkb.knowledge_base import KnowledgeBase
from govkb.workspace.cache import fingerprint_of
from govkb.workspace.kept_values import kept_value


def histories_of(base: KnowledgeBase) -> Mapping[str, RecordHistory]:
    """The history of each record that git knows, by path.

    Empty outside of git, and where only a part of the history is here: what nobody knows is left
    out rather than guessed. A commit has one history, so it is asked for once.
    """
    paths = sorted(record.path for record in base.records_by_id.values())
    folders = base.config.folders.all
    try:
        repository = open_repository(base.config.root)
        if not repository.has_whole_history():
            return {}
        parts = [os.fsencode(p) for p in (repository.head(), repository.prefix, *folders, *paths)]
        key = fingerprint_of([_mailmap(repository), *parts])
        return kept_value(
            base.config.root,
            "histories",
            key,
            dict[str, RecordHistory],
            lambda: record_histories(repository, folders, paths),
        )
    except CannotVerifyError:
        return {}


def _mailmap(repository: Repository) -> bytes:
    """By what names git calls authors, whatever their commits say."""
    try:
        return (repository.top / ".mailmap").read_bytes()
    except OSError:
        return b""
