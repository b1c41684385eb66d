"""Measures tables and search in Chromium: python benchmarks/browser_pages.py [NUMBER ...].

Builds sites of made-up records, serves them as a usual web server would (compressed), and says what
a reader waits for. With --site FOLDER it measures a site that is there already.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generate import generate

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
COMPRESSED = {".html", ".js", ".css", ".json", ".svg", ".xml"}
ROUNDS = 5
# What a keystroke takes until the browser has drawn its effect: in the frame before the second.
KEYSTROKE = """
async ([selector, value]) => {
  const field = document.querySelector(selector);
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  const start = performance.now();
  field.value = value;
  field.dispatchEvent(new Event("input", {bubbles: true}));
  const worked = performance.now();
  await frame(); await frame();
  return performance.now() - start;
}
"""
CLICK = """
async (selector) => {
  const button = document.querySelector(selector);
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  const start = performance.now();
  button.click();
  await frame(); await frame();
  return performance.now() - start;
}
"""
INTERACTIVE = "performance.getEntriesByType('navigation')[0].domInteractive"
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, text compressed, and counts what it sends."""

    sent = 0
    kept: dict[str, bytes] = {}  # noqa: RUF012

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        compress = path.suffix in COMPRESSED
        if compress:
            data = self.kept.setdefault(str(path), gzip.compress(data, 6))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(data)))
        if compress:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)
        Handler.sent += len(data)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--site", type=Path, help="measure this site instead")
    arguments = parser.parse_args()
    if arguments.site:
        report(arguments.site)
        return
    for number in arguments.numbers:
        with tempfile.TemporaryDirectory() as folder:
            generate(number, Path(folder))
            command = [sys.executable, "-m", "govkb", "build", "--no-check"]
            site = Path(folder) / "site"
            subprocess.run(command[:4], cwd=folder, check=False, stdout=subprocess.DEVNULL)
            print(f"## {number} records")
            report(site)


def report(site: Path) -> None:
    """Prints what was measured, a line each."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, BROWSERS)))
    with served(site) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, value in [*table(browser, home), *search(browser, home, site)]:
            print(f"{name}: {value}")
        browser.close()


def table(browser: Any, home: str) -> Iterator[tuple[str, str]]:
    """What the table of all records takes."""
    page = fresh(browser, f"{home}all/")
    yield "table: first page, kB transferred", kilobytes(Handler.sent)
    yield "table: interactive after, ms", f"{page.evaluate(INTERACTIVE):.0f}"
    yield "table: loaded after, ms", f"{page.evaluate(LOADED):.0f}"
    before = Handler.sent
    first = page.evaluate(KEYSTROKE, ["[name=text]", "v"])
    page.wait_for_function("document.querySelector('.govkb-filter output').value")
    yield "table: first keystroke, ms", f"{first:.0f}"
    yield "table: all rows, kB transferred", kilobytes(Handler.sent - before)
    typed = [page.evaluate(KEYSTROKE, ["[name=text]", "vault"[:n]]) for n in (2, 3, 4, 5, 1)]
    yield "table: further keystrokes, ms", spread(typed)
    page.evaluate(KEYSTROKE, ["[name=text]", ""])
    heads = [f"th[data-column={name}] button" for name in ("title", "id", "status", "in")]
    yield (
        "table: sorting, first time by a column, ms",
        spread([page.evaluate(CLICK, h) for h in heads]),
    )
    yield "table: sorting, again, ms", spread([page.evaluate(CLICK, h) for h in heads])
    page.mouse.move(600, 500)
    yield "table: frames while scrolling, ms", spread(scrolled(page))
    yield "table: rows in the document", str(page.locator("tbody tr").count())
    page.context.close()


def scrolled(page: Any) -> list[float]:
    """How long each frame took while somebody scrolls through the rows."""
    page.evaluate(
        """() => { window.frames_ = []; let last = performance.now();
        const next = (now) => { window.frames_.push(now - last); last = now;
          requestAnimationFrame(next); };
        requestAnimationFrame(next); }"""
    )
    for _ in range(60):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(30)
    return list(page.evaluate("window.frames_"))


def search(browser: Any, home: str, site: Path) -> Iterator[tuple[str, str]]:
    """What the first search for an id takes, from a click on the search to its result."""
    wanted = sorted(path.parent.name for path in site.glob("incidents/INC-*/index.html"))[-1]
    times, sizes = [], []
    for _ in range(ROUNDS):
        page = fresh(browser, home)
        before = Handler.sent
        start = page.evaluate("performance.now()")
        page.locator("input.md-search__input").click()
        page.keyboard.insert_text(wanted)
        page.keyboard.press("End")
        page.locator(f'.md-search-result__item:first-child a[href*="{wanted}/"]').first.wait_for()
        times.append(page.evaluate("performance.now()") - start)
        sizes.append(Handler.sent - before)
        page.context.close()
    folders = [site / "search", site / "pagefind"]
    written = sum(f.stat().st_size for folder in folders for f in folder.rglob("*") if f.is_file())
    yield "search: index, kB on disk", kilobytes(written)
    yield "search: first search, kB transferred", kilobytes(int(statistics.median(sizes)))
    yield "search: first result for an id, ms", spread(times)


def fresh(browser: Any, address: str) -> Any:
    """A page in a window that has nothing in its cache."""
    Handler.sent = 0
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(address, wait_until="load")
    page.wait_for_timeout(300)
    return page


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    handler = functools.partial(Handler, directory=os.fspath(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def kilobytes(number: int) -> str:
    return f"{number / 1000:.0f}"


def spread(values: list[float]) -> str:
    return f"median {statistics.median(values):.0f}, longest {max(values):.0f}"


if __name__ == "__main__":
    main()
