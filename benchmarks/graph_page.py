"""Measures the graph's page in Chromium: python benchmarks/graph_page.py [RECORDS …].

Times how long its places take to find, then how long the page takes until it can be used, and how
long frames take while the mouse drags it and its wheel zooms, as `requestAnimationFrame` sees them.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generate import generate
from playwright.sync_api import Page, sync_playwright

from govkb.graph.layout import layout
from govkb.mkdocs_plugin.running import build_site
from govkb.site.addresses import Addresses
from govkb.site.background import Background
from govkb.site.graph_page import DATA, SCRIPT, graph_page, graph_script
from govkb.site.graph_view import GraphPictures
from govkb.site.pages import GRAPH_URI
from govkb.site.templating import PageTemplates
from govkb.site.viewpoint import Viewpoint
from govkb.workspace import Workspace

# Software rendering, the slowest there is: no graphics card is assumed.
ARGUMENTS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
VIEWPORT = {"width": 1280, "height": 900}
RUNS = 1
FRAMES = 60

_RECORD = """() => {
  window.frames_ = [];
  const tick = (time) => { frames_.push(time); requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}"""
_RECORDED = """() => window.frames_.slice(1).map((time, n) => time - window.frames_[n])"""


def main() -> None:
    """The command."""
    sizes = [int(word) for word in sys.argv[1:]] or [1000, 10000]
    print(
        "records  relations  layout CPU s  page kB (gzip)  ready ms  pan ms (95 %)  zoom ms (95 %)"
    )
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="govkb-graph-") as folder:
            measure(size, Path(folder))


def measure(size: int, folder: Path) -> None:
    """Prints one line about so many records."""
    generate(size, folder / "project")
    relations, seconds = publish(folder / "project", folder / "site")
    parts = [folder / "site" / part for part in ("graph/index.html", DATA, SCRIPT)]
    total = sum(len(gzip.compress(part.read_bytes())) for part in parts)
    with served(folder / "site") as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        runs = [visit(browser.new_page(viewport=VIEWPORT), home) for _ in range(RUNS)]
        browser.close()
    ready = statistics.median(run[0] for run in runs)
    pan, zoom = ([frame for run in runs for frame in run[n]] for n in (1, 2))
    print(
        f"{size:>7,}  {relations:>9,}  {seconds:>12.2f}  {total / 1000:>14.0f}  {ready:>8.0f}"
        f"  {_frame_times(pan):>13}  {_frame_times(zoom):>14}"
    )


def publish(project: Path, site: Path) -> tuple[int, float]:
    """Writes the graph's page within a site that has no other records; relations and CPU time."""
    workspace = Workspace.open(project)
    base = workspace.load()
    view = Viewpoint.at(Background(base), Addresses(), GRAPH_URI)
    started = time.process_time()
    layout(base.graph, sorted(base.records_by_id))
    seconds = time.process_time() - started
    page, files = graph_page(base, GraphPictures(base), view, graph_script())
    html = PageTemplates.of(workspace.templates).fill("graph", graph=page)

    shutil.rmtree(project / "records")
    generate(5, project)
    few = Workspace.open(project).load()
    view = Viewpoint.at(Background(few), Addresses(), GRAPH_URI)
    small, _ = graph_page(few, GraphPictures(few), view, graph_script())
    before = PageTemplates.of(workspace.templates).fill("graph", graph=small)
    build_site(Workspace.open(project), few, site)
    file = site / "graph" / "index.html"
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, html))
    for place, content in files.items():
        (site / place).write_bytes(content)
    return page.relations, seconds


def visit(page: Page, home: str) -> tuple[float, list[float], list[float]]:
    """Until the graph can be used, and the frames of panning and zooming, all in milliseconds."""
    page.goto(f"{home}graph/", wait_until="commit")
    page.wait_for_selector("[data-ready]", timeout=60_000)
    ready = page.evaluate(
        "() => new Promise(f => requestAnimationFrame(() => f(performance.now())))"
    )
    # The picture moves into place first, and its lines are drawn.
    page.wait_for_timeout(3000)
    box = page.locator(".govkb-canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.evaluate(_RECORD)
    page.mouse.down()
    for step in range(FRAMES):
        page.mouse.move(x + 4 * step, y + 2 * step)
    pan = page.evaluate(_RECORDED)
    page.mouse.up()
    page.wait_for_timeout(3000)
    page.evaluate("() => { window.frames_.length = 0; }")
    for _ in range(FRAMES // 4):
        page.mouse.wheel(0, -60)
        page.wait_for_timeout(16)
    zoom = page.evaluate(_RECORDED)
    page.close()
    return ready, pan, zoom


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder while it is served on this machine."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def _frame_times(frames: list[float]) -> str:
    ordered = sorted(frames)
    return f"{statistics.median(ordered):.0f} ({ordered[int(len(ordered) * 0.95)]:.0f})"


def _chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)))


if __name__ == "__main__":
    main()
