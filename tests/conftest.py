from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from msgspec.structs import replace

from govkb import checking
from govkb.checking import Asked
from govkb.checking.gating import judge_change
from govkb.diagnostics import Diagnostic
from govkb.history import RecordHistory
from govkb.knowledge_base import KnowledgeBase
from govkb.reporting import text
from govkb.site.addresses import Addresses
from govkb.site.background import Background
from govkb.site.overviews import Told
from govkb.site.page import Page
from govkb.site.pages import index_pages
from govkb.site.record_pages import RecordPages
from govkb.site.source_links import SourceLinks
from govkb.site.templating import PageTemplates
from govkb.workspace import Workspace
from govkb.workspace.gating import Facts, change_of, load_with

CHECKOUT = Path(__file__).parents[1]
TODAY = date(2026, 4, 22)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_GIT_SETTINGS = ("user.name=Test", "user.email=test@example.org", "commit.gpgsign=false")

_FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<kind>[a-z]+)(?: (?P<path>\S+))?\n(?P<content>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)

Content = str | bytes

# A busy machine is no reason for a test to fail: how long things take is measured in benchmarks/.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what govkb says now into the expected outputs; read the diff afterwards",
    )


@pytest.fixture(autouse=True, scope="session")
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or writes what the user's own runs have kept."""
    os.environ["GOVKB_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))


@dataclass(frozen=True)
class Project:
    """A project in a temporary folder."""

    root: Path

    def write(self, files: Mapping[str, Content]) -> Project:
        for path, content in files.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def open(self) -> Workspace:
        return Workspace.open(self.root)

    def load(self, base: str | None = None) -> KnowledgeBase:
        return self.open().load(base, TODAY)

    def check(self, base: str | None = None) -> list[Diagnostic]:
        return checking.check(self.load(base))

    def codes(self, base: str | None = None) -> list[str]:
        return [diagnostic.code for diagnostic in self.check(base)]

    def report(self, base: str | None = None) -> str:
        knowledge_base = self.load(base)
        return text.render(checking.check(knowledge_base), knowledge_base)


MakeProject = Callable[..., Project]


@pytest.fixture
def project(tmp_path_factory: pytest.TempPathFactory) -> MakeProject:
    """Makes a project with these files, by path below its root; `records/` is always there."""

    def make(files: Mapping[str, Content] | None = None) -> Project:
        root = tmp_path_factory.mktemp("project")
        (root / "records").mkdir()
        return Project(root).write(files or {})

    return make


@pytest.fixture(scope="session")
def site_pages() -> Callable[..., Iterator[Page]]:
    """Makes every page of a site: those that list records, then one for each record."""

    def make(
        made: Project,
        addresses: Addresses | None = None,
        histories: Mapping[str, RecordHistory] | None = None,
        sources: SourceLinks | None = None,
        told: Told | None = None,
    ) -> Iterator[Page]:
        base, files, places = made.load(), made.open().templates, addresses or Addresses()
        background = Background(base, histories or {}, sources or SourceLinks())
        templates = PageTemplates.of(files)
        yield from index_pages(background, templates, places, told)
        records = RecordPages(background, templates, places)
        for uri, record in records.uris().items():
            yield records.page(record, uri)

    return make


@dataclass(frozen=True)
class GitRepository:
    """A real repository that no setting of the machine has a say in."""

    root: Path
    environment: Mapping[str, str] = field(repr=False, default_factory=dict)

    def run(self, *arguments: str) -> str:
        settings = [word for setting in _GIT_SETTINGS for word in ("-c", setting)]
        command = ["git", "-C", str(self.root), *settings, *arguments]
        environment = {**os.environ, **self.environment}
        done = subprocess.run(command, capture_output=True, env=environment, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().strip()

    def commit(self, message: str = "records") -> str:
        self.run("add", "--all")
        self.run("commit", "--quiet", "--allow-empty", "--message", message)
        return self.run("rev-parse", "HEAD")


@pytest.fixture
def git(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Path], GitRepository]:
    """Makes the repository of a folder: `git(folder)`."""
    home = tmp_path_factory.mktemp("home")
    environment = {
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def make(folder: Path) -> GitRepository:
        folder.mkdir(parents=True, exist_ok=True)
        repository = GitRepository(folder, environment)
        repository.run("init", "--quiet", "--initial-branch=main")
        return repository

    return make


@dataclass(frozen=True)
class Outcome:
    """What a run of the command line came to."""

    code: int
    stdout: str
    stderr: str


@pytest.fixture
def run_govkb(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Outcome]:
    """Runs `govkb` as a process of its own, in an empty home."""
    home = tmp_path_factory.mktemp("home")

    def run(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None) -> Outcome:
        environment = {**os.environ, "HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull}
        done = subprocess.run(
            [sys.executable, "-m", "govkb", *arguments],
            cwd=cwd,
            env={**environment, **(env or {})},
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the test is skipped, or fails where one is required."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        reason = f"no browser on PATH: none of {', '.join(_BROWSERS)}"
        if os.environ.get("GOVKB_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@dataclass(frozen=True)
class Fence:
    """A fenced block of a Markdown file that describes a test, with its info string."""

    kind: str
    path: str
    content: str
    start: int
    end: int

    def put_below(self, folder: Path) -> None:
        file = folder / self.path
        file.parent.mkdir(parents=True, exist_ok=True)
        if self.kind == "symlink":
            file.symlink_to(self.content.strip())
        elif self.kind == "bytes":
            file.write_bytes(self.content.encode().decode("unicode_escape").encode("latin-1"))
        elif self.kind == "long":
            file.write_text(self.content.replace("LONG", "x" * 40_000), "utf-8", newline="")
        else:
            file.write_text(self.content, "utf-8", newline="")


@pytest.fixture(scope="session")
def fences() -> Callable[[str], list[Fence]]:
    """Finds the fenced blocks of a text."""

    def find(text: str) -> list[Fence]:
        return [
            Fence(m["kind"], m["path"] or "", m["content"], m.start("content"), m.end("content"))
            for m in _FENCE.finditer(text)
        ]

    return find


@pytest.fixture(scope="session")
def change_report() -> Callable[..., str]:
    """Holds a change of a project against its gates; what is known of it are fields of Facts."""

    def report(made: Project, base: str | None = None, **said: Any) -> str:
        facts = Facts(**{k: tuple(v) if isinstance(v, list) else v for k, v in said.items()})
        facts = replace(facts, files=facts.files if base or facts.files else ())
        workspace = made.open()
        change, before, _ = change_of(workspace, facts, base)
        loaded = load_with(workspace, change, before, base, TODAY)
        return text.render(judge_change(loaded, Asked()).diagnostics, loaded)

    return report


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def checkout() -> Path:
    return CHECKOUT
