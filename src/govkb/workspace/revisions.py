"""The records of a git revision, read by that revision's own settings and types."""

from __future__ import annotations

import tempfile
from pathlib import Path

from govkb.config import SETTINGS_FILES, Config, load_config
from govkb.errors import CannotVerifyError, ConfigurationError
from govkb.history import Repository, open_repository
from govkb.knowledge_base import first_by_id
from govkb.reading import Record, read_record
from govkb.record_types import TypeCatalogue, load_catalogue
from govkb.template_files import TemplateFiles
from govkb.workspace.selection import Selector
from govkb.workspace.trees import GitTree


def records_at(root: Path, ref: str) -> dict[str, Record]:
    """The records, by id, where HEAD left the history of `ref`.

    Raises CannotVerifyError where that history isn't here or its settings can't be used.
    """
    repository = open_repository(root)
    commit = repository.base_of(ref)
    config, catalogue = _terms_at(repository, commit)
    selector = Selector(config)
    tree = GitTree.at(repository, commit, config.records, selector.is_read)
    skipped = 0 if config.records == "." else len(config.records) + 1
    return first_by_id(
        read_record(file.path, file.path[skipped:], tree.read(file.path), catalogue)
        for file in selector.select(tree).records
    )


def _terms_at(repository: Repository, commit: str) -> tuple[Config, TypeCatalogue]:
    """The project's settings and types as of a commit.

    What is checked against the base is judged by the base's own rules, so that no change can loosen
    the check that it has to pass.
    """
    with tempfile.TemporaryDirectory(prefix="govkb-base-") as name:
        folder = Path(name)
        for file in SETTINGS_FILES:
            lay_out(repository, commit, file, folder)
        try:
            config = load_config(folder)
            lay_out(repository, commit, config.templates, folder)
            catalogue = load_catalogue(
                TemplateFiles.for_repository(folder / config.templates, config.types)
            )
            for fault in catalogue.faults:
                raise fault.as_error()
        except ConfigurationError as error:
            message = f"the settings or types of the base can't be used: {error.message}"
            raise CannotVerifyError(message, error.hint) from error
    return config, catalogue


def lay_out(repository: Repository, commit: str, path: str, folder: Path) -> None:
    """Writes a file of a commit, or all that is in a folder of it, below another folder."""
    for name, data in repository.read(commit, repository.files(commit, path)).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
