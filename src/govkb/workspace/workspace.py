"""A project: its settings, its types, and everything that is done with its records."""

from __future__ import annotations

import difflib
import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from govkb.config import Config, RuleSettings, find_root, load_config
from govkb.errors import UsageError
from govkb.files import read_text, write_new
from govkb.graph import Surroundings, build_graph
from govkb.history import compare_with_base
from govkb.knowledge_base import KnowledgeBase, Terms, first_by_id
from govkb.reading import Record
from govkb.record_types import RecordType, TypeCatalogue, load_catalogue
from govkb.source import SourceText
from govkb.template_files import TemplateFiles
from govkb.workspace.cache import Cache, cache_file, fingerprint_of
from govkb.workspace.loading import Loaded, load_tree
from govkb.workspace.revisions import records_at
from govkb.workspace.surroundings import DiskSurroundings
from govkb.workspace.trees import DiskTree, EditedTree


@dataclass(frozen=True, slots=True)
class Workspace:
    """A project with its settings, its templates and its types."""

    config: Config
    templates: TemplateFiles
    catalogue: TypeCatalogue

    @classmethod
    def open(cls, start: Path) -> Workspace:
        """The project that a folder is in.

        Raises ConfigurationError where its settings can't be used.
        """
        return cls.at(find_root(start.resolve()))

    @classmethod
    def at(cls, root: Path) -> Workspace:
        """The project whose top folder this is; raises as `open` does."""
        config = load_config(root)
        templates = TemplateFiles.for_repository(config.root / config.templates, config.types)
        return cls(config, templates, load_catalogue(templates))

    @property
    def records_folder(self) -> Path:
        """Where the records are."""
        return self.config.root / self.config.records

    def load(
        self,
        base: str | None = None,
        today: date | None = None,
        edited: Mapping[str, bytes] | None = None,
        before: Mapping[str, Record] | None = None,
    ) -> KnowledgeBase:
        """All records as on disk now, compared with the git revision `base` if one is given.

        `edited` has the bytes of files that are to be taken instead of those on disk, `before` the
        records of the base where they are known already. Raises CannotVerifyError where the base
        isn't there, StorageError where the disk fails.
        """
        with _without_collection():
            if before is None:
                before = records_at(self.config.root, base) if base is not None else {}
            loaded = self._loaded(edited)
            surroundings = DiskSurroundings(self.config.root)
            return self.knowledge_base(loaded, surroundings, today, before)

    def _loaded(self, edited: Mapping[str, bytes] | None) -> Loaded:
        tree, cache = DiskTree(self.config.root), self.cache_of(self.config.root)
        if edited is None:
            return load_tree(tree, self.terms, cache)
        return load_tree(EditedTree(tree, edited), self.terms, cache and cache.frozen())

    def knowledge_base(
        self,
        loaded: Loaded,
        surroundings: Surroundings,
        today: date | None,
        before: Mapping[str, Record],
    ) -> KnowledgeBase:
        """What has been read, with the graph of it."""
        results = tuple(loaded.results)
        by_id = first_by_id(results)
        return KnowledgeBase(
            self.config,
            self.catalogue,
            results,
            build_graph(
                results,
                self.catalogue,
                surroundings,
                self.config.references,
                lambda record: loaded.mentions[record.path],
            ),
            today or local_today(),
            compare_with_base(before, by_id) if before else (),
            by_id,
            before,
            loaded.findings,
            loaded.without_sidecar,
            self._baseline(),
            loaded.without_file,
        )

    @property
    def terms(self) -> Terms:
        """What every file is judged by."""
        return Terms(self.config, self.catalogue)

    def _baseline(self) -> SourceText | None:
        """The text of the baseline that the settings name; None where there is none."""
        named = self.config.rules.baseline
        if named is None or not (self.config.root / named).exists():
            return None
        return read_text(self.config.root / named, named)

    def cache_of(self, root: Path) -> Cache | None:
        """What is kept of the project there since it had these settings and types, if anything."""
        file = cache_file(root)
        if file is None:
            return None
        # What rules say of a file is kept whole; which of it counts is settled afterwards.
        settings = repr(replace(self.config, root=Path(), file=None, rules=RuleSettings())).encode()
        return Cache(file, fingerprint_of([settings, *self.templates.contents()]))

    def create_record(self, type_name: str, title: str | None, day: date) -> Path:
        """Writes a new record and returns its file.

        Raises UsageError for an unknown type, an unusable title or an id that is taken;
        StorageError where the file can't be written. An existing file is never touched.
        """
        from govkb.scaffolding import allocate, new_record  # brings Jinja, which nothing else needs

        record_type = self.known_type(type_name)
        title = _usable_title(title or _default_title(record_type, day))
        base = self.load(today=day)
        taken = {r.record.id if r.record else r.claimed_id or "" for r in base.results}
        allocation = allocate(record_type, title, day, taken)
        text = new_record(base, self.templates, record_type, allocation.id, title, day)
        file = self.records_folder / allocation.place
        write_new(file, text)
        return file

    def known_type(self, name: str) -> RecordType:
        """The type of this name.

        Raises UsageError where there is none, ConfigurationError where it can't be used.
        """
        found = self.catalogue.required_type(name)
        if found is None:
            names = sorted(self.catalogue.types)
            near = difflib.get_close_matches(name.lower(), names, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"types: {', '.join(names)}"
            raise UsageError(f"no type is called {name!r}", hint)
        return found


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


@contextmanager
def _without_collection() -> Iterator[None]:
    """Without looking for cycles while a million values that hold none are made."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def local_today() -> date:
    """The day that it is where the user is."""
    return datetime.now().astimezone().date()
