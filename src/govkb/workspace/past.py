"""The project as it was, by its own settings and types of then."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from govkb import checking
from govkb.checking import Asked
from govkb.config import SETTINGS_FILES, load_config
from govkb.diagnostics import Diagnostic
from govkb.errors import CannotVerifyError, ConfigurationError
from govkb.history import Repository, open_repository
from govkb.knowledge_base import Before, KnowledgeBase
from govkb.record_types import load_catalogue
from govkb.workspace.data_files import data_files_at
from govkb.workspace.earlier_tree import EarlierTree
from govkb.workspace.loading import load_tree
from govkb.workspace.revisions import (
    changed_ledgers,
    has_policy,
    lay_out,
    new_attributes,
    templates_then,
    workflows_at,
)
from govkb.workspace.selection import Selector
from govkb.workspace.surroundings import GitSurroundings
from govkb.workspace.trees import DiskTree
from govkb.workspace.workspace import Workspace


class Past(Struct, frozen=True):
    """What was found where HEAD left another revision, and the paths of what differs since.

    `before` is None where a type can't be used that some records may be of. `commit` is the
    name of that revision.
    """

    findings: tuple[Diagnostic, ...]
    changed: frozenset[str]
    before: Before | None
    commit: str


def past_findings(root: Path, ref: str, today: date, asked: Asked) -> tuple[Diagnostic, ...]:
    """The findings in the project at `root` where HEAD left the history of `ref`.

    Raises CannotVerifyError where that history isn't here or its settings can't be used.
    """
    return past_of(root, ref, today, asked)[0].findings


def past_of(root: Path, ref: str, today: date, asked: Asked) -> tuple[Past, KnowledgeBase]:
    """What was there where HEAD left the history of `ref`, also with all records as they were.

    Raises as `past_findings` does.
    """
    repository = open_repository(root)
    commit = repository.base_of(ref, None)
    changed = repository.changed_files(commit)
    with tempfile.TemporaryDirectory(prefix="govkb-base-") as name:
        try:
            base = _load(repository, commit, changed, Path(name), root, today)
            found = checking.examine(base, asked, checking.known_findings(base)).diagnostics
        except ConfigurationError as error:
            message = f"the settings or types of {ref!r} can't be used: {error.message}"
            raise CannotVerifyError(message, error.hint) from error
    records = {i: record for i, record in base.records_by_id.items() if record.path in changed}
    if base.catalogue.faults:
        return Past(tuple(found), changed, None, commit), base
    ledgers = changed_ledgers(repository, commit, base.config, changed)
    workflows = workflows_at(repository, commit, changed)
    attributes = new_attributes(repository, commit, base.config, changed)
    is_project = has_policy(repository, commit, base.config)
    before = Before(records, ledgers, base.terms, changed, workflows, attributes, is_project)
    return Past(tuple(found), changed, before, commit), base


def _load(
    repository: Repository,
    commit: str,
    changed: frozenset[str],
    folder: Path,
    root: Path,
    today: date,
) -> KnowledgeBase:
    """The records of a commit; its settings and types are laid out in a folder to be read there."""
    for file in SETTINGS_FILES:
        lay_out(repository, commit, file, folder)
    config = load_config(folder)
    for path in (config.templates, config.rules.baseline):
        if path is not None:
            lay_out(repository, commit, path, folder)
    templates = templates_then(config, folder, root)
    workspace = Workspace(config, templates, load_catalogue(templates))
    tree = EarlierTree.at(repository, commit, changed, DiskTree(root), Selector(config))
    # Most files are what they were: what is known of them now was true of them then.
    cache = workspace.cache_of(root)
    loaded = load_tree(tree, workspace.terms, cache and cache.frozen())
    found = workspace.knowledge_base(loaded, GitSurroundings(repository, commit), today)
    return replace(found, data_files=data_files_at(repository, commit, config))
