"""A project: its settings, its types, and everything that is done with its records."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from govkb.config import Config, find_root, load_config
from govkb.errors import ConfigurationError, UsageError
from govkb.files import read_text, write_new
from govkb.gating import GateSettings, LabelSettings
from govkb.graph import Surroundings, build_graph
from govkb.history import Ledger
from govkb.journal import refuse_unfinished
from govkb.kept import cache_file
from govkb.knowledge_base import Before, KnowledgeBase, Terms, first_by_id
from govkb.progress import Progress, silent
from govkb.record_types import RecordType, TypeCatalogue, load_catalogue
from govkb.settings import RuleSettings
from govkb.source import SourceText
from govkb.template_files import TemplateFiles
from govkb.workspace.cache import Cache, fingerprint_of
from govkb.workspace.clock import effective_today
from govkb.workspace.collection import without_collection
from govkb.workspace.data_files import load_data_files
from govkb.workspace.entry_news import entry_news
from govkb.workspace.folders import refuse_unreadable_folder
from govkb.workspace.ledgers import read_ledgers
from govkb.workspace.loading import Loaded, load_tree
from govkb.workspace.revisions import before_at
from govkb.workspace.surroundings import DiskSurroundings
from govkb.workspace.trees import DiskTree, EditedTree


class Workspace(Struct, frozen=True):
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

    def require_project(self) -> None:
        """Raises UsageError where nothing says that this is one: no settings and no records.

        A check of the wrong folder must not end well.
        """
        if not self.config.is_project:
            message = f"{self.config.root} has neither govkb.toml nor a folder records/"
            hint = "go to the folder that has, or begin one here with `govkb init`"
            raise UsageError(message, hint)

    @property
    def records_folder(self) -> Path:
        """Where the records are."""
        return self.config.root / self.config.records

    def load(
        self,
        base: str | None = None,
        today: date | None = None,
        edited: Mapping[str, bytes | None] | None = None,
        before: Before | None = None,
        progress: Progress = silent,
        *,
        with_relations: bool = True,
    ) -> KnowledgeBase:
        """All records as on disk now, compared with the git revision `base` if one is given.

        `edited` has the bytes of files to be taken instead of those on disk, None for files to be
        left out; `before` is the base where it is known already. Unless `with_relations` they are
        only looked for when somebody asks. Raises CannotVerifyError where the base isn't there,
        StorageError where the disk fails.
        """
        refuse_unreadable_folder(self.config)
        refuse_unfinished(self.config.root, self.config.ledger_folder)
        with without_collection():
            if before is None and base is not None:
                before = before_at(self.config.root, base, self.terms)
            disk = DiskTree(self.config.root)
            ledgers = read_ledgers(EditedTree(disk, edited) if edited else disk, self.config)
            loaded = self._loaded(edited, progress, with_entries=bool(ledgers))
            surroundings = DiskSurroundings(self.config.root)
            found = self.knowledge_base(loaded, surroundings, today, before, ledgers)
            if with_relations:
                # Now, while nothing looks for cycles among all the values that this makes.
                _ = found.graph.citations
            return replace(found, data_files=load_data_files(self.config, before, base))

    def read(self) -> Loaded:
        """What stands in every file, without how records hang together; raises as `load` does."""
        refuse_unreadable_folder(self.config)
        refuse_unfinished(self.config.root, self.config.ledger_folder)
        with without_collection():
            return self._loaded(None, silent, with_entries=False)

    def _loaded(
        self, edited: Mapping[str, bytes | None] | None, progress: Progress, *, with_entries: bool
    ) -> Loaded:
        tree, cache = DiskTree(self.config.root), self.cache_of(self.config.root)
        if edited is None:
            return load_tree(tree, self.terms, cache, with_entries=with_entries, progress=progress)
        changed = EditedTree(tree, edited)
        return load_tree(changed, self.terms, cache and cache.frozen(), with_entries=with_entries)

    def knowledge_base(
        self,
        loaded: Loaded,
        surroundings: Surroundings,
        today: date | None,
        before: Before | None = None,
        ledgers: Mapping[str, Ledger] | None = None,
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
            today or effective_today(),
            by_id,
            before.records if before else {},
            loaded.findings,
            loaded.without_sidecar,
            self._baseline(),
            loaded.without_file,
            ledgers or {},
            before,
            entry_news(self.config.ledger_folder, by_id, before, ledgers or {}, loaded),
            pages=tuple(loaded.pages),
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
        return Cache(file, self.fingerprint()) if file is not None else None

    def fingerprint(self) -> str:
        """What the reading of every file depends on, whatever the file says."""
        # What rules say of a file is kept whole; which of it counts is settled afterwards.
        # So with labels and gates: no file alone is held against them.
        config = replace(self.config, root=Path(), file=None, rules=RuleSettings())
        config = replace(config, labels=LabelSettings(), changes=GateSettings())
        settings = repr(config).encode()
        return fingerprint_of([settings, *self.templates.contents()])

    def text_index(self) -> tuple[Path | None, str]:
        """The file in which the words of all records are kept, and what else they depend on.

        There is no such file where nothing is kept from one run to the next.
        """
        file = cache_file(self.config.root)
        return (file.with_name("words.sqlite"), self.fingerprint()) if file else (None, "")

    def cache_of_pages(self, form: str) -> Path | None:
        """The folder in which the pages of a form of site are kept; None where nothing is."""
        file = cache_file(self.config.root)
        return file.with_name(f"pages-{form}") if file is not None else None

    def page_dependencies(self) -> list[bytes]:
        """What every record's page depends on, whatever the records are."""
        settings = repr(replace(self.config, root=Path(), file=None)).encode()
        templates = [*self.templates.contents(), *self.templates.page_contents()]
        return [fingerprint_of([settings, *templates]).encode(), *_versions()]

    def create_record(self, type_name: str, title: str | None, day: date) -> Path:
        """Writes a new record and returns its file.

        Raises UsageError for an unknown type, an unusable title or an id that is taken;
        StorageError where the file can't be written. An existing file is never touched.
        """
        from govkb.workspace.creating import start  # brings Jinja, which nothing else needs

        started = start(self, type_name, title, day)
        write_new(started.file, started.text)
        return started.file

    def require_types(self) -> None:
        """Raises ConfigurationError where the settings leave no type in force."""
        if not self.catalogue.types and not self.catalogue.broken:
            file = self.config.file.name if self.config.file else "the settings"
            hint = f"leave it out for all, or name some: {', '.join(self.templates.known_types())}"
            raise ConfigurationError(f"{file}: `types` leaves no type in force", hint)

    def _refuse_left_out(self, name: str) -> None:
        """Raises UsageError for a type that the settings leave out."""
        if self.config.file and name in self.templates.known_types():
            said = ", ".join(f'"{of}"' for of in sorted({*(self.templates.chosen or ()), name}))
            file = self.config.file.name
            message = f"the type {name!r} is not in force: {file} leaves it out"
            raise UsageError(message, f"take it in there: types = [{said}]")

    def known_type(self, name: str) -> RecordType:
        """The type of this name.

        Raises UsageError where there is none, ConfigurationError where it can't be used.
        """
        found = self.catalogue.required_type(name)
        if found is None:
            self.require_types()
            self._refuse_left_out(name)
            names = sorted({*self.catalogue.types, *self.catalogue.broken})
            near = difflib.get_close_matches(name.lower(), names, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"types: {', '.join(names)}"
            raise UsageError(f"no type is called {name!r}", hint)
        return found


def _versions() -> list[bytes]:
    """The releases of what has a hand in how a page looks."""
    from importlib.metadata import version

    return [version(name).encode() for name in ("jinja2", "nh3", "pygments", "pyromark")]
