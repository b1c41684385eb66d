"""How long `govkb build` takes beside MkDocs with Material, and beside Hugo, making the same pages.

    python benchmarks/build.py              # 1,000 and 10,000 records
    python benchmarks/build.py 1000 --rounds 3

The others get the records as the plain Markdown that `govkb build --emit markdown` writes, with
links that are resolved already: they neither check nor link anything, and have no lists, boards,
graph or feeds to make. Hugo is left out where it isn't installed. All steps of a size take turns in
one run, so the ratios hold on a noisy machine. Text goes to standard output as a Markdown table.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generate import generate
from measuring import Run, alternating, commit_all, run

STEPS = {
    "stock": "MkDocs with Material, the same pages out of `nav`",
    "hugo": "Hugo with a theme of three lines",
    "cold": "`govkb build`, cold",
    "next": "`govkb build`, the one after that, nothing changed",
    "warm": "`govkb build`, nothing changed",
    "edit": "`govkb build`, a sentence added to one record",
    "title": "`govkb build`, one title changed",
    "cold-full-text": "`govkb build`, cold, with Pagefind's search",
    "edit-full-text": "`govkb build`, a sentence added, with Pagefind's search",
}
_MKDOCS = "site_name: Benchmark\ntheme:\n  name: material\n  font: false\n"
_STOCK = f"{_MKDOCS}nav: [index.md]\nvalidation:\n  omitted_files: ignore\n"
_OURS = f"{_MKDOCS}plugins:\n  - search\n  - govkb:\n      search: "
_HUGO = """\
baseURL = "https://example.org/"
title = "Benchmark"
disableKinds = ["taxonomy", "term", "RSS"]
"""
_PAGE = "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}\n"
_LIST = """\
<!doctype html><title>{{ .Title }}</title>
{{ range .Pages }}<a href={{ .RelPermalink }}>{{ .Title }}</a> {{ end }}
"""
# Beyond this many seconds something is broken, not slow.
_LONGEST = 120


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--without", action="append", choices=STEPS, default=[])
    arguments = parser.parse_args()
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(prefix="govkb-benchmark-") as name:
            project = Project(Path(name), size)
            steps = {key: step for key, step in project.steps() if key not in arguments.without}
            print(_table(size, alternating(steps, arguments.rounds)), flush=True)
            waits = sorted(project.reloads(5))
            print(f"\n`govkb serve` shows an edit after {waits[len(waits) // 2]:.2f} s", flush=True)


class Project:
    """A generated project, and the same pages as the others want them."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.size = folder, size
        self.root, self.cache = folder / "project", folder / "cache"
        # Installed packages are compiled, so govkb has to be too, whatever the shell says.
        self.env = {"GOVKB_CACHE_DIR": str(self.cache), "PYTHONDONTWRITEBYTECODE": ""}
        generate(size, self.root)
        commit_all(self.root)
        self.records = sorted((self.root / "records").rglob("*.md"))
        self.edits = iter(range(1_000_000))

    def steps(self) -> Iterator[tuple[str, Callable[[], Run]]]:
        """What is measured, by name."""
        self._govkb("build", "--emit", "markdown", str(self.folder / "stock" / "docs"))
        (self.folder / "stock" / "mkdocs.yml").write_text(_STOCK)
        stock = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
        yield "stock", lambda: run(stock, self.folder / "stock", self.env)
        if shutil.which("hugo"):
            self._prepare_hugo()
            yield "hugo", lambda: run(["hugo", "--quiet"], self.folder / "hugo", self.env)
        yield "cold", lambda: self._cold("material")
        # It has no earlier site yet to bring up to date.
        yield "next", lambda: self._govkb("build")
        yield "warm", lambda: self._govkb("build")
        yield "edit", self._edit
        yield "title", self._title
        yield "cold-full-text", lambda: self._cold("pagefind")
        yield "edit-full-text", self._edit

    def reloads(self, number: int) -> list[float]:
        """Seconds from saving an edit until `govkb serve` has the page with it."""
        self._settings("material")
        with self._served() as address:
            return [self._reload(address) for _ in range(number)]

    def _reload(self, address: str) -> float:
        record, mark = self._next(), f"mark{time.time_ns()}"
        name = re.search(r"^id: (.*)$", record.read_text(), re.M)
        assert name is not None
        kind = record.parent.relative_to(self.root / "records").parts[0]
        started = time.perf_counter()
        self._append(record, mark)
        while mark not in _fetched(f"{address}{kind}/{name[1]}/"):
            if time.perf_counter() - started > _LONGEST:
                raise RuntimeError(f"{name[1]} doesn't show its edit")
            time.sleep(0.02)
        return time.perf_counter() - started

    @contextmanager
    def _served(self) -> Iterator[str]:
        command = [sys.executable, "-m", "govkb", "serve", "--address", "127.0.0.1:8765"]
        address = "http://127.0.0.1:8765/"
        with (self.folder / "serve.log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=self.root, env={**os.environ, **self.env}, stdout=log, stderr=log
            )
        try:
            started = time.perf_counter()
            while not _fetched(address):
                if process.poll() is not None or time.perf_counter() - started > _LONGEST:
                    raise RuntimeError((self.folder / "serve.log").read_text())
                time.sleep(0.1)
            yield address
        finally:
            process.terminate()
            process.wait()

    def _prepare_hugo(self) -> None:
        folder = self.folder / "hugo"
        shutil.copytree(self.folder / "stock" / "docs", folder / "content")
        # What MkDocs calls the index of a folder, Hugo calls its _index.
        for index in (folder / "content").rglob("index.md"):
            index.rename(index.with_name("_index.md"))
        layouts = folder / "layouts" / "_default"
        layouts.mkdir(parents=True)
        (folder / "hugo.toml").write_text(_HUGO)
        (layouts / "single.html").write_text(_PAGE)
        (layouts / "list.html").write_text(_LIST)

    def _settings(self, search: str) -> None:
        (self.root / "mkdocs.yml").write_text(f"{_OURS}{search}\n")

    def _cold(self, search: str) -> Run:
        self._settings(search)
        shutil.rmtree(self.cache, ignore_errors=True)
        return self._govkb("build")

    def _edit(self) -> Run:
        self._append(self._next(), f"number {next(self.edits)}")
        return self._govkb("build")

    def _title(self) -> Run:
        record = self._next()
        text = record.read_text("utf-8")
        record.write_text(re.sub(r"^title: (.*)$", r"title: \1 again", text, count=1, flags=re.M))
        return self._govkb("build")

    def _append(self, record: Path, words: str) -> None:
        record.write_text(f"{record.read_text('utf-8')}\nAnother sentence, {words}.\n", "utf-8")

    def _next(self) -> Path:
        return self.records[next(self.edits) * 7919 % len(self.records)]

    def _govkb(self, *arguments: str) -> Run:
        return run([sys.executable, "-m", "govkb", *arguments], self.root, self.env)


def _fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=_LONGEST) as answer:
            text: str = answer.read().decode()
            return text
    except OSError:
        return ""


def _table(size: int, runs: dict[str, Run]) -> str:
    stock = runs.get("stock")
    lines = [
        f"\n{size:,} records\n",
        "| step | CPU s | of MkDocs | wall s | peak MiB |",
        "|---|--:|--:|--:|--:|",
    ]
    for name, took in runs.items():
        ratio = f"{took.cpu / stock.cpu:.3f}" if stock else ""
        figures = f"{took.cpu:.1f} | {ratio} | {took.wall:.1f} | {took.peak:.0f}"
        lines.append(f"| {STEPS[name]} | {figures} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
