"""What tests of the site share.

For those in a browser, three fixtures: `reference_site` is the folder of the built site of the
repository's own records, `served(folder)` gives the address of a folder, and `visit(address)` opens
a window there and fails the test at its end if anything went wrong in it.
"""

from __future__ import annotations

import functools
import http.server
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import date

import pytest

from govkb.mkdocs_plugin.running import build_site
from govkb.site.addresses import Addresses, record_uri
from govkb.site.linking import Linker
from govkb.site.rendering import render_body
from govkb.workspace import Workspace

DESKTOP = {"width": 1280, "height": 900}
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # It draws without a graphics card.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]

INCIDENT = """\
---
id: {id}
title: {title}
severity: high
detected: {detected}
{extra}---

# {title}

{body}
"""


@pytest.fixture(scope="session")
def incident():
    """The text of an incident."""

    def text(
        record_id="INC-20260418-B", title="Zero backups", body="", extra="", detected="2026-04-18"
    ):
        return INCIDENT.format(id=record_id, title=title, body=body, extra=extra, detected=detected)

    return text


@pytest.fixture
def built(monkeypatch):
    """The files of a site by path, and for how many records pages were made for it."""

    def build(root, folder, cache, day=date(2026, 4, 22), **more):
        monkeypatch.setenv("GOVKB_CACHE_DIR", str(cache) if cache else "")
        workspace = Workspace.open(root)
        site = build_site(workspace, workspace.load(today=day), folder, **more)
        files = (file for file in sorted(site.folder.rglob("*")) if file.is_file())
        found = {file.relative_to(site.folder).as_posix(): file.read_bytes() for file in files}
        return found, site.made

    return build


@pytest.fixture
def render(project, incident):
    """The body of an incident as HTML, beside other records given by their paths."""

    def html(body, files=None):
        return render_record(
            project, {"records/incidents/x.md": incident(body=body), **(files or {})}
        ).html

    return html


def render_record(project, files, record_id="INC-20260418-B"):
    base = project(files).load()
    record = base.records_by_id[record_id]
    return render_body(record, Linker(base.graph, Addresses(), record_uri(record)))


@pytest.fixture
def rendered(project):
    """A record of a project as its page shows it, with contents and words."""

    def make(files, record_id="INC-20260418-B"):
        return render_record(project, files, record_id)

    return make


@pytest.fixture
def pages(project, site_pages):
    """Every page of a project by its uri."""

    def make(files=None):
        return {p.uri: p for p in site_pages(project(files or {}))}

    return make


# In a browser


@pytest.fixture(scope="session")
def reference_base(checkout):
    """The repository's own records."""
    return Workspace.open(checkout).load()


@pytest.fixture(scope="session")
def reference_site(checkout, reference_base, tmp_path_factory):
    """The folder of the built site of the repository's own records. Nobody may write to it."""
    target = tmp_path_factory.mktemp("reference") / "site"
    return build_site(Workspace.open(checkout), reference_base, target).folder


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def served():
    """Serves folders until the tests end: `served(folder)` is the address, with a slash."""
    with ExitStack() as servers:

        def serve(folder):
            handler = functools.partial(_Handler, directory=str(folder))
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            servers.callback(server.server_close)
            servers.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            return f"http://127.0.0.1:{server.server_port}/"

        yield serve


@pytest.fixture(scope="session")
def browser(chromium):
    """One Chromium, driven by Playwright, for all tests."""
    from playwright.sync_api import Page, sync_playwright

    # Playwright's own asks within the page, where the policy lets no text be a script.
    Page.wait_for_function = _wait_for_function
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield found
        found.close()


def _wait_for_function(page, expression, *, arg=None, timeout=30_000):
    from playwright.sync_api import Error

    deadline = time.monotonic() + timeout / 1000
    while time.monotonic() < deadline:
        # A page that is left while it is asked can't answer.
        with suppress(Error):
            if page.evaluate(expression, arg):
                return
        page.wait_for_timeout(50)
    raise AssertionError(f"never so: {expression}")


@dataclass
class Visitor:
    """A page in a browser, the paths it asked for, and everything that went wrong on the way."""

    page: object
    home: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self):
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)
        return self

    def go(self, address=""):
        """Opens an address of the site, by default its home."""
        self.page.goto(self.home + address)
        return self

    def _console(self, message):
        # A driver that draws without a graphics card says how slow that is.
        if message.type in ("error", "warning") and "GL Driver Message" not in message.text:
            self.complaints.append(f"{message.type}: {message.text}")

    def _request(self, request):
        self.asked.append(request.url.removeprefix(self.home))
        if not request.url.startswith((self.home, "data:", f"blob:{self.home}")):
            self.complaints.append(f"another host: {request.url}")

    def _response(self, response):
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")


@pytest.fixture
def visit(browser):
    """Opens windows of their own: `visit(address)`, with what Playwright calls a context's options.

    At the end no script may have failed, nothing warned, no page been missing and no other host
    been asked. What a test expects to go wrong it takes out of the visitor's `complaints`.
    """
    visitors, contexts = [], []

    def make(home, viewport=DESKTOP, **options):
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        visitors.append(Visitor(context.new_page(), home).listen())
        return visitors[-1]

    yield make
    for context in contexts:
        context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []
