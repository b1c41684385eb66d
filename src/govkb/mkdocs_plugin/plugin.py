"""The MkDocs plugin `govkb`: it hands the finished pages of `govkb.site` to MkDocs.

A record never reaches MkDocs's own Markdown, its page keys or its theme unescaped: the theme puts
titles and descriptions into the page as they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.base import Config as OptionsBase
from mkdocs.config.config_options import Choice, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from govkb.checking import check
from govkb.diagnostics import Diagnostic, Severity
from govkb.files import write_below
from govkb.history.log import LogEvent
from govkb.knowledge_base import KnowledgeBase
from govkb.mkdocs_plugin.aside import Aside
from govkb.mkdocs_plugin.content import Content, published_by
from govkb.mkdocs_plugin.kept_pages import KeptPages, permissions
from govkb.mkdocs_plugin.machine_readable import MachineReadable, empty_sitemap, with_feeds
from govkb.mkdocs_plugin.navigation import SECOND_HOME, is_home, navigation, own_pages
from govkb.mkdocs_plugin.not_found_page import root_of, with_help
from govkb.mkdocs_plugin.policies import Policies, added, allow_reloading
from govkb.mkdocs_plugin.publication_dates import without_update_date
from govkb.mkdocs_plugin.record_writing import RecordWriting
from govkb.mkdocs_plugin.records_among_docs import without_records
from govkb.mkdocs_plugin.refusing import refusals
from govkb.mkdocs_plugin.search import (
    AUTOMATIC,
    MATERIAL,
    PAGEFIND,
    SearchSwitch,
    add_to_search,
    require_search,
)
from govkb.mkdocs_plugin.search_worker import with_worker
from govkb.mkdocs_plugin.shells import Shells, meta_of
from govkb.mkdocs_plugin.sitemap import in_parts, with_places, without_invented_dates
from govkb.mkdocs_plugin.source_links import source_links
from govkb.mkdocs_plugin.spare import Spare
from govkb.mkdocs_plugin.table_of_contents import table_of_contents
from govkb.mkdocs_plugin.theme import list_without_hidden, require_theme
from govkb.progress import Progress, silent
from govkb.reporting.escaping import visible
from govkb.site.addresses import Addresses
from govkb.site.background import Background
from govkb.site.inert import inert
from govkb.site.markdown_writer import Contents
from govkb.site.not_found import not_found
from govkb.site.outlook import outlook_of
from govkb.site.page import Page
from govkb.site.templating import (
    CompiledTemplates,
    PageTemplates,
    search_worker,
    site_assets,
)
from govkb.workspace import Workspace
from govkb.workspace.excerpts import excerpts_of
from govkb.workspace.histories import histories_of
from govkb.workspace.places import places_of

log = get_plugin_logger("govkb")

_HOME = "index.md"
_SITEMAP = "sitemap.xml"
# The anchor of a page without parts.
_START = "start"
_NOT_FOUND = "404.html"


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
        self.content: Content | None = None
        self.nav: Navigation | None = None
        self.policies = Policies(is_on=False, common={})
        self.finished = ""
        self.shells: Shells | None = None
        self.executor: Executor | None = None
        self.progress: Progress = silent
        self.compiled: CompiledTemplates | None = None
        self.made = 0
        self.machine: Aside | None = None
        # A folder with an earlier site that may be used up for this one.
        self.spare: Path | None = None
        self.sitemaps: Mapping[str, bytes] = {}
        self.search: SearchSwitch | None = None
        self.earlier: Sequence[LogEvent] = ()
        self.findings: Sequence[Diagnostic] = ()

    # Before the search plugin settles how it searches.
    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> None:
        """Search, and the style sheet and script of the pages."""
        with refusals():
            require_theme(config)
        list_without_hidden(config.theme)
        self.search = require_search(config)
        with refusals():
            self.policies = Policies.of(config, self.config.content_security_policy)
        for place in self._assets(config):
            wanted = config.extra_css if place.endswith(".css") else config.extra_javascript
            if place not in wanted:
                wanted.append(place)
        if not config.site_url:
            # Without the site's address a sitemap is empty, and its archive holds today's date.
            config.theme.static_templates.discard(_SITEMAP)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """The user's own files and every generated page; sets the navigation."""
        documents = own_pages(files, config)
        base = self._base(config)
        own = without_records(documents, base, directories=config.use_directory_urls)
        empty_sitemap(files, config)
        content = self.content = self._content(base, own, config)
        taken = frozenset(file.dest_uri for file in files)
        machine = MachineReadable(
            content.background, content.addresses, taken, content.outlook, content.kept
        )
        spare = self._spare(config)
        self.machine = Aside(lambda: machine.write(config, spare))
        with refusals():
            self._add_pages(content, own, files, config)
        added_files = (*content.files(), *self._assets(config).items())
        for place, data in added_files:
            files.append(File.generated(config, place, content=data))
        with_worker(files, search_worker(self._workspace(config).templates), config)
        config.nav = navigation(list(content.pages.values()), own, config)
        return files

    def _add_pages(
        self, content: Content, own: Iterable[File], files: Files, config: MkDocsConfig
    ) -> None:
        """Puts every page at its place, where the user's own isn't."""
        taken = {file.dest_uri: file.src_uri for file in own}
        for file in content.places(config):
            if file.dest_uri in taken:
                log.warning("docs/%s hides what govkb makes", visible(taken[file.dest_uri]))
                content.leave_out(file.src_uri)
                continue
            record = files.src_uris.get(file.src_uri)
            if record is not None:
                files.remove(record)
            files.append(file)

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
            own = (f.page for f in files.documentation_pages() if self._made(f) is None)
            self.policies.share(page.content or "" for page in own if page is not None)
        # It has what Jinja gave it by itself: nothing.
        env.bytecode_cache = env.bytecode_cache or self.compiled
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
        assert self.content is not None
        of = self.content.addresses.of
        places = (f"{config.site_url}{of(uri)}" for uri in self.content.uris)
        sitemap = with_places(without_invented_dates(output_content), places)
        sitemap, self.sitemaps = in_parts(sitemap, config.site_url or "")
        return sitemap

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, **_: Any) -> str:
        """Nothing for a generated page, whose HTML is finished; sets its title and description."""
        made = self._made(page.file)
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
        made = self._made(page.file)
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

    # Before the search plugin looks at the page.
    @event_priority(100)
    def _on_context_begun(
        self, context: TemplateContext, *, page: MkDocsPage, **_: Any
    ) -> TemplateContext:
        """Spares the search a generated page, which is no business of it.

        It would look through all of it for attributes that none has, and these pages are long.
        """
        assert self.search is not None
        self.search.turn(on=self._made(page.file) is None)
        return context

    # After it, and before the theme asks whether there is a search.
    @event_priority(-100)
    def _on_context_done(self, context: TemplateContext, **_: Any) -> TemplateContext:
        """Turns the search on again."""
        assert self.search is not None
        self.search.turn(on=True)
        return context

    on_page_context = CombinedEvent(_on_context_begun, _on_context_done)

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
        made = self._made(page.file)
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
        assert self.content is not None
        assert self.machine is not None
        workspace = self._workspace(config)
        writing = RecordWriting(
            self.content.records,
            self.shells,
            KeptPages(workspace.cache_of_pages(_form(config))),
            Path(config.site_dir),
            workspace.config.root,
            (*workspace.page_dependencies(), permissions()),
            self.content.outlook,
            self.executor,
            progress=self.progress,
        )
        content, spare = self.content, self._spare(config)
        with refusals():
            made = writing.make(content.uris)
            if spare is not None:
                self.machine.finish()
            folder = spare.folder if spare is not None else Path(config.site_dir)
            written = (*content.pages.values(), *writing.finish(made, folder))
            if spare is not None:
                spare.take_over()
            self.progress("Making the search index", 0, None)
            add_to_search(map(content.search_entry, written), self.config.search, config)
            self.progress("Writing the files for programs", 0, None)
            self.machine.finish()
            write_below(Path(config.site_dir), self.sitemaps.items())
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
        overrides = config.theme.custom_dir and Path(config.theme.custom_dir)
        records = [settings.root / folder for folder in settings.folders.all]
        for path in (*records, templates, overrides, settings.file):
            if path and path.exists():
                server.watch(str(path))

    def _workspace(self, config: MkDocsConfig) -> Workspace:
        """The project of this mkdocs.yml, which is opened once."""
        if self.workspace is None:
            file = config.config_file_path
            with refusals():
                self.workspace = Workspace.open(Path(file).parent if file else Path.cwd())
        return self.workspace

    def _base(self, config: MkDocsConfig) -> KnowledgeBase:
        if self.checked is not None:
            return self.checked
        with refusals():
            base, self.findings = _loaded(self._workspace(config), self.progress)
            return base

    def _content(self, base: KnowledgeBase, own: Iterable[File], config: MkDocsConfig) -> Content:
        home = SECOND_HOME if any(map(is_home, own)) else _HOME
        addresses = Addresses(directories=config.use_directory_urls, home=home)
        workspace = self._workspace(config)
        with refusals():
            background = Background(
                base,
                histories_of(base),
                source_links(config),
                partial(places_of, base),
                excerpts_of(base, workspace.fingerprint()),
            )
            return Content(
                background,
                addresses,
                PageTemplates.of(workspace.templates, self.compiled),
                published_by(background, self.earlier, config),
                self.findings,
                self.progress,
                outlook_of(background, workspace.page_dependencies()),
                workspace.cache_of_pages(_form(config)),
            )

    def place_of_spare(self, config: MkDocsConfig) -> Path | None:
        """Where the site that a build replaces is kept for the next one."""
        folder = self._workspace(config).cache_of_pages(_form(config))
        return folder and folder / "spare"

    def _spare(self, config: MkDocsConfig) -> Spare | None:
        return Spare(self.spare, Path(config.site_dir)) if self.spare is not None else None

    def _made(self, file: File) -> Page | None:
        """The page that this is the file of; None for one of the user's own."""
        return self.content.pages.get(file.src_uri) if self.content is not None else None

    def _not_found(self, config: MkDocsConfig) -> str:
        assert self.content is not None
        with refusals():
            return not_found(self.content.templates, self.content.addresses, root_of(config))

    def _assets(self, config: MkDocsConfig) -> dict[str, bytes]:
        return site_assets(self._workspace(config).templates)


def _form(config: MkDocsConfig) -> str:
    """The form of the site: while it is served here it has another address."""
    host = urlsplit(config.site_url or "").hostname
    return "serve" if host in ("127.0.0.1", "localhost", "::1") else "build"


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
