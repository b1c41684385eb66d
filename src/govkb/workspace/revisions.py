"""The records of a git revision, read by that revision's own settings and types."""

from __future__ import annotations

import tempfile
from pathlib import Path

from govkb.checking.selection import selection_of
from govkb.config import SETTINGS_FILES, Config, load_config
from govkb.errors import CannotVerifyError, ConfigurationError
from govkb.history import Ledger, Repository, open_repository
from govkb.knowledge_base import Before, Terms, first_by_id
from govkb.reading import Record, read_record
from govkb.record_types import TypeCatalogue, load_catalogue
from govkb.template_files import TemplateFiles, shipped_templates
from govkb.workspace.ledgers import read_ledgers
from govkb.workspace.selection import Selector
from govkb.workspace.trees import GitTree

_WORKFLOWS = (".github/workflows/", ".forgejo/workflows/", ".gitea/workflows/", ".woodpecker/")
_PIPELINES = (".gitlab-ci.yml", ".woodpecker.yml", ".pre-commit-config.yaml")


def before_at(root: Path, ref: str, terms: Terms, option: str = "--base") -> Before:
    """What differs from what is there now where HEAD left the history of `ref`.

    `terms` are those of now; those of then are read only where they differ. Advice is about the
    `option` that `ref` was given to. Raises CannotVerifyError where that history isn't here or its
    settings can't be used.
    """
    repository = open_repository(root)
    commit = repository.base_of(ref, option)
    changed = repository.changed_files(commit)
    then, wanted = terms, changed
    if _are_changed(terms.config, changed):
        # A file that is the same may be read in another way now, or not at all.
        then, wanted = _terms_at(repository, commit, root, ref), frozenset(repository.names(commit))
    tree = GitTree(_contents(repository, commit, then.config, wanted))
    return Before(
        _records(tree, then),
        read_ledgers(tree, then.config),
        then,
        changed,
        workflows_at(repository, commit, changed),
        new_attributes(repository, commit, then.config, changed),
        then is terms or has_policy(repository, commit, then.config),
        _rivals(repository, commit, ref, then),
    )


def has_policy(repository: Repository, commit: str, config: Config) -> bool:
    """Whether a commit had settings, or anything where records are without any."""
    return config.file is not None or any(
        path == config.records or config.folders.hold(path) for path in repository.names(commit)
    )


def _rivals(repository: Repository, commit: str, ref: str, terms: Terms) -> dict[str, str]:
    """The paths, by id, of the records that `ref` got since HEAD left it at a commit."""
    added = repository.added_since(commit, ref)
    if not added:
        return {}
    tree = GitTree(_contents(repository, ref, terms.config, added))
    return {record_id: record.path for record_id, record in _records(tree, terms).items()}


def changed_ledgers(
    repository: Repository, commit: str, config: Config, changed: frozenset[str]
) -> dict[str, Ledger]:
    """The ledgers of a commit that differ from those there now, by record id."""
    folder = f"{config.ledger_folder}/"
    wanted = [path for path in changed if path.startswith(folder)]
    return read_ledgers(GitTree(repository.contents(commit, wanted)), config)


def workflows_at(repository: Repository, commit: str, changed: frozenset[str]) -> dict[str, str]:
    """What the commit has of the workflows that differ and that run govkb."""
    wanted = frozenset(path for path in changed if _is_workflow(path))
    texts = {
        path: data.decode("utf-8", "replace")
        for path, data in repository.contents(commit, wanted).items()
    }
    return {path: text for path, text in texts.items() if "govkb" in text}


def new_attributes(
    repository: Repository, commit: str, config: Config, changed: frozenset[str]
) -> dict[str, str]:
    """The attributes of git that hide records now and didn't in a commit, each with a file."""
    if not any(path.rpartition("/")[2] == ".gitattributes" for path in changed):
        return {}
    before: dict[str, str] = {}
    now: dict[str, str] = {}
    for folder in config.folders.all:
        before |= repository.attributes(folder, commit)
        now |= repository.attributes(folder)
    return {name: path for name, path in now.items() if name not in before}


def _is_workflow(path: str) -> bool:
    return path.startswith(_WORKFLOWS) or path in _PIPELINES


def _are_changed(config: Config, changed: frozenset[str]) -> bool:
    """Whether the settings or the types of a project are among what differs."""
    return any(
        path in SETTINGS_FILES or path.startswith(f"{config.templates}/") for path in changed
    )


def _contents(
    repository: Repository, commit: str, config: Config, among: frozenset[str]
) -> dict[str, bytes]:
    """What the commit has of records, sidecars and ledgers among these paths."""
    selector, ledgers = Selector(config), f"{config.ledger_folder}/"
    wanted = frozenset(
        path
        for path in among
        if config.folders.hold(path) and (selector.is_read(path) or path.startswith(ledgers))
    )
    return repository.contents(commit, wanted)


def _records(tree: GitTree, terms: Terms) -> dict[str, Record]:
    place = terms.config.folders.place
    return first_by_id(
        read_record(file.path, place(file.path), tree.read(file.path), terms.catalogue)
        for file in Selector(terms.config).select(tree).records
    )


def _terms_at(repository: Repository, commit: str, root: Path, ref: str) -> Terms:
    """The project's settings and types as of a commit, which is the base for `ref`.

    What is checked against the base is judged by the base's own rules, so that no change can loosen
    the check that it has to pass.
    """
    with tempfile.TemporaryDirectory(prefix="govkb-base-") as name:
        folder = Path(name)
        for file in SETTINGS_FILES:
            lay_out(repository, commit, file, folder)
        try:
            config = load_config(folder)
            selection_of(config)
            lay_out(repository, commit, config.templates, folder)
            catalogue: TypeCatalogue = load_catalogue(templates_then(config, folder, root))
            for fault in catalogue.faults:
                raise fault.as_error()
        except ConfigurationError as error:
            message = f"the settings or types of {ref!r} can't be used: {error.message}"
            raise CannotVerifyError(message, error.hint) from error
    return Terms(config, catalogue)


def templates_then(config: Config, folder: Path, root: Path) -> TemplateFiles:
    """The templates in force in a commit of the project at `root` that is laid out in a folder.

    Those of govkb's own project are what it ships: they don't stand before what it ships now.
    """
    own = folder / config.templates
    if own.is_dir() and (root / config.templates).resolve() == shipped_templates().resolve():
        return TemplateFiles((own,), config.types)
    return TemplateFiles.for_repository(own, config.types)


def lay_out(repository: Repository, commit: str, path: str, folder: Path) -> None:
    """Writes a file of a commit, or all that is in a folder of it, below another folder."""
    for name, data in repository.read(commit, repository.files(commit, path)).items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
