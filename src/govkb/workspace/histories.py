"""What git knows of the records of a project."""

from __future__ import annotations

from collections.abc import Mapping

from govkb.errors import CannotVerifyError
from govkb.history import RecordHistory, open_repository, record_histories
from govkb.knowledge_base import KnowledgeBase


def histories_of(base: KnowledgeBase) -> Mapping[str, RecordHistory]:
    """The history of each record that git knows, by path.

    Empty outside of git, and where only a part of the history is here: what nobody knows is left
    out rather than guessed.
    """
    paths = [record.path for record in base.records_by_id.values()]
    try:
        repository = open_repository(base.config.root)
        return record_histories(repository, base.config.records, paths)
    except CannotVerifyError:
        return {}
