"""A project on disk: everything that reads or writes files goes through here."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from govkb.config import SETTINGS_FILES, Config, find_root, load_config
from govkb.errors import CannotVerifyError, ConfigurationError, StorageError, UsageError
from govkb.files import write_new
from govkb.graph import build_graph
from govkb.history import Repository, compare_with_base, open_repository
from govkb.knowledge_base import KnowledgeBase, first_by_id
from govkb.reading import ReadResult, Record, read_record, unreadable
from govkb.record_types import RecordType, TypeCatalogue, load_catalogue
from govkb.scaffolding import allocate, new_record
from govkb.template_files import TemplateFiles

_NOT_RECORDS = ("readme.md",)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A project with its settings, its templates and its types."""

    config: Config
    templates: TemplateFiles
    catalogue: TypeCatalogue

    @classmethod
    def open(cls, start: Path) -> Workspace:
        """The project that a folder is in.

        Raises ConfigurationError where its settings or its types can't be used.
        """
        return cls.at(find_root(start.resolve()))

    @classmethod
    def at(cls, root: Path) -> Workspace:
        """The project whose top folder this is; raises as `open` does."""
        config = load_config(root)
        templates = TemplateFiles.for_repository(config.root / config.templates)
        return cls(config, templates, load_catalogue(templates))

    @property
    def records_folder(self) -> Path:
        """Where the records are."""
        return self.config.root / self.config.records

    def load(self, base: str | None = None, today: date | None = None) -> KnowledgeBase:
        """All records as on disk now, compared with the git revision `base` if one is given.

        Raises CannotVerifyError where the base isn't there, StorageError where the disk fails.
        """
        results = tuple(self._read_all())
        by_id = first_by_id(results)
        graph = build_graph(results, self.catalogue, self._is_file)
        before = self._records_at(base) if base is not None else {}
        return KnowledgeBase(
            self.config,
            self.catalogue,
            results,
            graph,
            today or local_today(),
            compare_with_base(before, by_id),
            by_id,
            before,
        )

    def create_record(self, type_name: str, title: str | None, day: date) -> Path:
        """Writes a new record and returns its file.

        Raises UsageError for an unknown type, an unusable title or an id that is taken;
        StorageError where the file can't be written. An existing file is never touched.
        """
        record_type = self._known_type(type_name)
        title = _usable_title(title or _default_title(record_type, day))
        base = self.load(today=day)
        taken = {r.record.id if r.record else r.claimed_id or "" for r in base.results}
        allocation = allocate(record_type, title, day, taken)
        text = new_record(base, self.templates, record_type, allocation.id, title, day)
        file = self.records_folder / allocation.place
        write_new(file, text)
        return file

    def _known_type(self, name: str) -> RecordType:
        found = self.catalogue.types.get(name)
        if found is None:
            names = sorted(self.catalogue.types)
            near = difflib.get_close_matches(name.lower(), names, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"types: {', '.join(names)}"
            raise UsageError(f"no type is called {name!r}", hint)
        return found

    def record_files(self) -> Iterator[Path]:
        """Every file that should be a record, sorted; hidden folders and READMEs are none."""
        try:
            yield from _markdown_files(self.records_folder)
        except OSError as error:
            raise StorageError(f"{error.filename}: can't be read: {error.strerror}") from error

    def _read_all(self) -> Iterator[ReadResult]:
        for file in self.record_files():
            yield self._read(file)

    def _read(self, file: Path) -> ReadResult:
        path = file.relative_to(self.config.root).as_posix()
        place = file.relative_to(self.records_folder).as_posix()
        if file.is_symlink():
            message = "the file is a symbolic link"
            hint = "put the record itself here, or refer to it by id"
            return unreadable(path, place, "symbolic-link", message, hint)
        try:
            data = file.read_bytes()
        except OSError as error:
            message = f"the file can't be read: {error.strerror}"
            return unreadable(path, place, "no-access", message, "check its permissions")
        return read_record(path, place, data, self.catalogue)

    def _is_file(self, path: str) -> bool:
        """Whether a path, relative to the project, is a file of it; nothing outside ever is."""
        if "\0" in path or len(path) > 1000 or path.startswith("/") or path.startswith(".."):
            return False
        return (self.config.root / path).is_file()

    def _records_at(self, ref: str) -> dict[str, Record]:
        """The records of a git revision, by id, read by that revision's own settings and types."""
        repository = open_repository(self.config.root)
        commit = repository.base_of(ref)
        with tempfile.TemporaryDirectory(prefix="govkb-base-") as folder:
            then = _workspace_at(repository, commit, Path(folder))
        records = then.config.records
        paths = [p for p in repository.files(commit, records) if _is_record_name(p)]
        return first_by_id(
            read_record(path, path.removeprefix(f"{records}/"), data, then.catalogue)
            for path, data in repository.read(commit, paths).items()
        )


def _workspace_at(repository: Repository, commit: str, folder: Path) -> Workspace:
    """The project's settings and types as of a commit, laid out in an empty folder.

    What is checked against the base is judged by the base's own rules, so that no change can loosen
    the check that it has to pass.
    """
    for name in SETTINGS_FILES:
        _lay_out(repository, commit, repository.files(commit, name), folder)
    try:
        templates = load_config(folder).templates
        _lay_out(repository, commit, repository.files(commit, templates), folder)
        return Workspace.at(folder)
    except ConfigurationError as error:
        message = f"the settings or types of the base can't be used: {error.message}"
        raise CannotVerifyError(message, error.hint) from error


def _lay_out(repository: Repository, commit: str, paths: list[str], folder: Path) -> None:
    for path, data in repository.read(commit, paths).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _default_title(record_type: RecordType, day: date) -> str:
    """The title of a record that was given none; only types that follow each other may."""
    if "previous" in record_type.relations:
        return f"{record_type.label} of {day.isoformat()}"
    message = f"{record_type.plural.lower()} need a title"
    raise UsageError(message, f'for example: govkb new {record_type.name} "What it is about"')


def _usable_title(title: str) -> str:
    title = title.strip()
    if not title:
        raise UsageError("the title is empty")
    if not title.isprintable():
        raise UsageError("the title must be one line without control characters")
    return title


def local_today() -> date:
    """The day that it is where the user is."""
    return datetime.now().astimezone().date()


def _markdown_files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith("."):
                yield from _markdown_files(Path(entry.path))
        elif _is_record_name(entry.name):
            yield Path(entry.path)


def _is_record_name(path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    return name.endswith(".md") and not name.startswith(".") and name not in _NOT_RECORDS
