"""The MkDocs plugin `govkb`: it hands the finished pages of `govkb.site` to MkDocs.

A record never reaches MkDocs's own Markdown, its page keys or its theme unescaped: the theme puts
titles and descriptions into the page as they come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.base import Config as OptionsBase
from mkdocs.config.config_options import Choice, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_theme_dir

from govkb.checking import check
from govkb.diagnostics import Diagnostic, Severity
from govkb.errors import ConfigurationError, GovkbError
from govkb.files import write_below
from govkb.history import Ledger
from govkb.history.log import Checkpoint, LogEvent, read_checkpoint
from govkb.knowledge_base import KnowledgeBase
from govkb.mkdocs_plugin.aside import Aside
from govkb.mkdocs_plugin.kept_pages import KeptPages, permissions
from govkb.mkdocs_plugin.machine_readable import MachineReadable, empty_sitemap, with_feeds
from govkb.mkdocs_plugin.navigation import SECOND_HOME, is_home, named_in, navigation
from govkb.mkdocs_plugin.not_found_page import root_of, with_help
from govkb.mkdocs_plugin.policies import Policies, added, allow_reloading
from govkb.mkdocs_plugin.publication_dates import without_update_date
from govkb.mkdocs_plugin.record_files import record_file
from govkb.mkdocs_plugin.record_writing import RecordWriting
from govkb.mkdocs_plugin.records_among_docs import without_records
from govkb.mkdocs_plugin.search import (
    AUTOMATIC,
    MATERIAL,
    PAGEFIND,
    add_to_search,
    require_search,
)
from govkb.mkdocs_plugin.search_worker import with_worker
from govkb.mkdocs_plugin.shells import Shells, meta_of
from govkb.mkdocs_plugin.sitemap import in_parts, with_places, without_invented_dates
from govkb.mkdocs_plugin.source_links import source_links
from govkb.mkdocs_plugin.table_of_contents import table_of_contents
from govkb.progress import Progress, silent
from govkb.reading import Record
from govkb.reporting.escaping import visible
from govkb.site.addresses import Addresses
from govkb.site.background import Background
from govkb.site.inert import inert
from govkb.site.markdown_writer import Contents
from govkb.site.not_found import IDS, ids_file, not_found
from govkb.site.overviews import Told
from govkb.site.page import Page
from govkb.site.pages import index_pages
from govkb.site.published import CHECKPOINT, published
from govkb.site.record_pages import RecordPages
from govkb.site.search_entries import SearchEntry, names_and_facets
from govkb.site.templating import PageTemplates, search_worker, site_assets
from govkb.workspace import Workspace
from govkb.workspace.histories import histories_of
from govkb.workspace.places import places_of

log = get_plugin_logger("govkb")

_HOME = "index.md"
_SITEMAP = "sitemap.xml"
# The anchor of a page without parts.
_START = "start"
_NOT_FOUND = "404.html"
_THEME = "material"


class Options(OptionsBase):
    """The plugin's own settings in mkdocs.yml."""

    search = Choice((AUTOMATIC, MATERIAL, PAGEFIND), default=AUTOMATIC)
    # True, False, or further sources by directive.
    content_security_policy = Type((bool, dict), default=True)


class GovkbPlugin(BasePlugin[Options]):
    """Adds the pages of a knowledge base to a MkDocs site."""

    def __init__(self) -> None:
        super().__init__()
        self.workspace: Workspace | None = None
        self.checked: KnowledgeBase | None = None
        self.pages: dict[str, Page] = {}
        self.records: RecordPages | None = None
        self.uris: dict[str, Record] = {}
        self.nav: Navigation | None = None
        self.policies = Policies(is_on=False, common={})
        self.finished = ""
        self.shells: Shells | None = None
        self.executor: Executor | None = None
        self.progress: Progress = silent
        self.made = 0
        self.machine: Aside | None = None
        self.entries: dict[str, SearchEntry] = {}
        self.addresses = Addresses()
        self.ledgers: Mapping[str, Ledger] = {}
        self.published: Mapping[str, bytes] = {}
        self.sitemaps: Mapping[str, bytes] = {}
        self.earlier: Sequence[LogEvent] = ()
        self.findings: Sequence[Diagnostic] = ()

    # Before the search plugin settles how it searches.
    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> None:
        """Search, and the style sheet and script of the pages."""
        _require_theme(config)
        require_search(config)
        try:
            self.policies = Policies.of(config, self.config.content_security_policy)
        except GovkbError as error:
            raise _refusal(error) from error
        for place in self._assets(config):
            wanted = config.extra_css if place.endswith(".css") else config.extra_javascript
            if place not in wanted:
                wanted.append(place)
        if not config.site_url:
            # Without the site's address a sitemap is empty, and its archive holds today's date.
            config.theme.static_templates.discard(_SITEMAP)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """The user's own files and every generated page; sets the navigation."""
        base = self._base(config)
        directories = config.use_directory_urls
        pages = (file for file in files if file.is_documentation_page())
        own = without_records(pages, base, directories=directories)
        taken = {file.dest_uri: file.src_uri for file in own}
        empty_sitemap(files, config)
        all_taken = frozenset(file.dest_uri for file in files)
        addresses = Addresses(
            directories=directories,
            home=SECOND_HOME if any(map(is_home, own)) else _HOME,
        )
        self.pages, self.uris, self.addresses = {}, {}, addresses
        background = self._background(base, config)
        machine = MachineReadable(background, addresses, all_taken)
        self.machine = Aside(lambda: machine.write(config))
        places = self._pages(background, config)
        for file in places:
            if file.dest_uri in taken:
                log.warning("docs/%s hides what govkb makes", visible(taken[file.dest_uri]))
                self.pages.pop(file.src_uri, None)
                self.uris.pop(file.src_uri, None)
                continue
            record = files.get_file_from_path(file.src_uri)
            if record is not None:
                files.remove(record)
            files.append(file)
        beside = [item for page in self.pages.values() for item in page.files.items()]
        for place, content in beside:
            files.append(File.generated(config, place, content=content))
        for place, content in self._assets(config).items():
            files.append(File.generated(config, place, content=content))
        made = {**self.published, IDS: ids_file(base.records_by_id.values(), addresses)}
        for place, content in made.items():
            files.append(File.generated(config, place, content=content))
        with_worker(files, self._worker(config), config)
        config.nav = navigation(list(self.pages.values()), own, config)
        return files

    def on_nav(self, nav: Navigation, **_: Any) -> Navigation:
        """Keeps the navigation, which stands on the pages of records too."""
        self.nav = nav
        return nav

    # When every other plugin has had its say.
    @event_priority(-100)
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Keeps what the theme's templates are filled with."""
        assert self.nav is not None
        if "navigation.instant" in config.theme.get("features", ()):
            own = (f.page for f in files.documentation_pages() if f.src_uri not in self.pages)
            self.policies.share(page.content or "" for page in own if page is not None)
        self.shells = Shells(env, config, self.nav, files, self.policies)
        return env

    def on_pre_page(self, page: MkDocsPage, **_: Any) -> MkDocsPage:
        """The page without today's date, which would make every build different."""
        return without_update_date(page)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """The sitemap with the pages of records and no invented dates, and a useful page 404."""
        if template_name.endswith(".html"):
            output_content = self.policies.on_own(output_content)
        if template_name == _NOT_FOUND:
            return with_help(output_content, self._not_found(config))
        if template_name != _SITEMAP:
            return output_content
        addresses = Addresses(directories=config.use_directory_urls)
        places = (f"{config.site_url}{addresses.of(uri)}" for uri in self.uris)
        sitemap = with_places(without_invented_dates(output_content), places)
        sitemap, self.sitemaps = in_parts(sitemap, config.site_url or "")
        return sitemap

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, **_: Any) -> str:
        """Nothing for a generated page, whose HTML is finished; sets its title and description."""
        made = self.pages.get(page.file.src_uri)
        if made is None:
            return markdown
        page.meta = meta_of(escape(inert(made.title)), escape(made.description or ""))
        if made.is_wide:
            page.meta["hide"] = ["navigation", "toc"]
        elif not made.contents:
            page.meta["hide"] = ["toc"]
        return ""

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """The finished HTML and the table of contents of a generated page."""
        made = self.pages.get(page.file.src_uri)
        if made is None:
            return html
        contents, shown = made.contents, made.html
        if made.nav is not None and not contents:
            # The theme's way past the navigation leads to the first of the contents.
            contents = (Contents(made.title, _START, 1),)
            shown = shown.replace("<h1>", f'<h1 id="{_START}">', 1)
        page.toc = table_of_contents(contents)
        page.present_anchor_ids = {entry.anchor for entry in contents}
        return shown

    @event_priority(100)
    def _on_page_finished(self, output: str, **_: Any) -> str:
        """Remembers the page as the theme made it."""
        self.finished = output
        return output

    # When every other plugin has had its say.
    @event_priority(-100)
    def _on_page_touched(self, output: str, *, page: MkDocsPage, **_: Any) -> str:
        """The page under its policy, and one of the navigation with links to the feeds."""
        assert self.shells is not None
        made = self.pages.get(page.file.src_uri)
        if made is None:
            return self.policies.on_own(output)
        others = added(self.finished, output)
        html = self.policies.on(output, self.shells.asked_at(page.file.src_uri), others)
        return with_feeds(html, page) if made.nav is not None else html

    on_post_page = CombinedEvent(_on_page_finished, _on_page_touched)

    # Before the search plugin writes its index.
    @event_priority(50)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Writes the pages of records and the files for programs; adds all words to the search."""
        assert self.shells is not None
        assert self.records is not None
        workspace = self._workspace(config)
        writing = RecordWriting(
            self.records,
            self.shells,
            KeptPages(workspace.cache_of_pages(_form(config))),
            Path(config.site_dir),
            workspace.config.root,
            (*workspace.page_dependencies(), permissions()),
            self.executor,
            progress=self.progress,
        )
        try:
            written = (*self.pages.values(), *writing.write(self.uris))
            self.progress("Making the search index", 0, None)
            add_to_search(map(self._search_entry, written), self.config.search, config)
            self.progress("Writing the files for programs", 0, None)
            if self.machine is not None:
                self.machine.finish()
            write_below(Path(config.site_dir), self.sitemaps.items())
        except GovkbError as error:
            raise _refusal(error) from error
        self.made = writing.made

    def on_build_error(self, **_: Any) -> None:
        """Has nothing go on writing."""
        self.stop()

    def stop(self) -> None:
        """Ends what was begun and isn't wanted any more."""
        if self.machine is not None:
            self.machine.stop()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> None:
        """Has the server watch records, templates and settings, and reload under the policy."""
        allow_reloading(server)
        workspace = self._workspace(config)
        settings = workspace.config
        templates = settings.root / settings.templates
        for path in (workspace.records_folder, templates, settings.file):
            if path is not None and path.exists():
                server.watch(str(path))

    def _workspace(self, config: MkDocsConfig) -> Workspace:
        """The project of this mkdocs.yml, which is opened once."""
        if self.workspace is None:
            file = config.config_file_path
            try:
                self.workspace = Workspace.open(Path(file).parent if file else Path.cwd())
            except GovkbError as error:
                raise _refusal(error) from error
        return self.workspace

    def _base(self, config: MkDocsConfig) -> KnowledgeBase:
        try:
            if self.checked is not None:
                return self.checked
            base, self.findings = _loaded(self._workspace(config), self.progress)
            return base
        except GovkbError as error:
            raise _refusal(error) from error

    def _background(self, base: KnowledgeBase, config: MkDocsConfig) -> Background:
        try:
            return Background(base, histories_of(base), source_links(config), places_of(base))
        except GovkbError as error:
            raise _refusal(error) from error

    def _pages(self, background: Background, config: MkDocsConfig) -> Iterator[File]:
        """The places of all pages, and among `pages` those that MkDocs itself publishes."""
        templates = self._workspace(config).templates
        in_nav = set(named_in(config.nav))
        try:
            base, addresses = background.base, self.addresses
            self.entries, self.ledgers = names_and_facets(base), base.ledgers
            self.published = self._published(config)
            told = Told(self.findings, _checkpoint(self.published))
            self.records = RecordPages(background, PageTemplates.of(templates), addresses)
            for page in index_pages(background, templates, addresses, told):
                self.pages[page.uri] = page
                self.progress("Making the pages that list records", len(self.pages), None)
                yield _generated(page, config)
            for uri, record in self.records.uris().items():
                if uri in in_nav:
                    self.pages[uri] = self.records.page(record, uri)
                    yield _generated(self.pages[uri], config)
                else:
                    self.uris[uri] = record
                    yield record_file(uri, record, config)
        except GovkbError as error:
            raise _refusal(error) from error

    def _search_entry(self, page: Page) -> SearchEntry:
        known = self.entries.get(page.uri) or SearchEntry(page.uri, page.title, ())
        return replace(known, words=page.words)

    def _published(self, config: MkDocsConfig) -> dict[str, bytes]:
        try:
            return published(self.ledgers, self.earlier, _origin(config))
        except GovkbError as error:
            raise _refusal(error) from error

    def _worker(self, config: MkDocsConfig) -> bytes:
        return search_worker(self._workspace(config).templates)

    def _not_found(self, config: MkDocsConfig) -> str:
        templates = PageTemplates.of(self._workspace(config).templates)
        try:
            return not_found(templates, self.addresses, root_of(config))
        except GovkbError as error:
            raise _refusal(error) from error

    def _assets(self, config: MkDocsConfig) -> dict[str, bytes]:
        return site_assets(self._workspace(config).templates)


def _form(config: MkDocsConfig) -> str:
    """The form of the site: while it is served here it has another address."""
    host = urlsplit(config.site_url or "").hostname
    return "serve" if host in ("127.0.0.1", "localhost", "::1") else "build"


def _origin(config: MkDocsConfig) -> str:
    """What checkpoints call the site: its address, or its name where it has none."""
    return " ".join((config.site_url or config.site_name).split())


def _checkpoint(published: Mapping[str, bytes]) -> Checkpoint | None:
    content = published.get(CHECKPOINT)
    return read_checkpoint(content.decode()) if content is not None else None


def _loaded(workspace: Workspace, progress: Progress) -> tuple[KnowledgeBase, Sequence[Diagnostic]]:
    """The records as they are now with what is wrong with them.

    Each error is logged; `strict` makes MkDocs fail on them.
    """
    base = workspace.load(progress=progress)
    progress("Checking records", 0, None)
    diagnostics = check(base)
    for found in diagnostics:
        if found.severity is Severity.ERROR:
            line = f":{found.span.start.line}" if found.span else ""
            text = f"{found.path}{line}: {found.code} {found.slug}: {found.message}"
            log.warning("%s", visible(text))
    return base, diagnostics


def _generated(page: Page, config: MkDocsConfig) -> File:
    inclusion = InclusionLevel.NOT_IN_NAV if page.nav is None else InclusionLevel.INCLUDED
    return File.generated(config, page.uri, content="", inclusion=inclusion)


def _require_theme(config: MkDocsConfig) -> None:
    """Raises PluginError for any theme but Material and those made from it."""
    if get_theme_dir(_THEME) not in config.theme.dirs:
        name = config.theme.name or "one of its own"
        message = f"the pages are made for the theme Material, and mkdocs.yml has {visible(name)!r}"
        error = ConfigurationError(message, "write `theme: {name: material}` in mkdocs.yml")
        raise _refusal(error) from error


def _refusal(error: GovkbError) -> PluginError:
    return PluginError(visible(f"{error.message} ({error.hint})" if error.hint else error.message))
