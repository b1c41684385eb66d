"""`govkb build`: what it says, what it refuses, and that the old site survives whatever happens."""

import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import mkdocs.utils
import pytest

from govkb.errors import ConfigurationError, GovkbError, StorageError, UsageError
from govkb.mkdocs_plugin.running import build_site

SETTINGS = "site_name: Ours\ntheme: {name: material, font: false}\nplugins: [govkb]\n"
PATH = "records/incidents/INC-20260418-B-x.md"
PAGE = "incidents/INC-20260418-B/index.html"
DANGLING = "relates_to: INC-20260418-Z\n"
WORK = ".site.building"
MARK = "made-by-govkb-build"
# What the navigation has beside the home page and the indexes of the types.
OTHERS = ["Boards", "What we know", "Learnings", "Timeline", "Graph", "Health"]


@pytest.fixture
def one(project, incident):
    """A project with one incident and these files."""

    def make(files=None, **record):
        record.setdefault("body", "## Summary\n\nx\n")
        return project({PATH: incident(**record), **(files or {})})

    return make


def built(project, site_dir=None):
    workspace = project.open()
    return build_site(workspace, workspace.load(), site_dir).folder


def digests(site):
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


def hidden(project):
    return sorted(file.name for file in project.root.iterdir() if file.name.startswith("."))


def navigation(site):
    """The navigation's titles, those of sections in brackets."""
    html = (site / "index.html").read_text()
    primary = html[html.index("md-nav--primary") : html.index("md-sidebar--secondary")]
    found = re.findall(r'<(a|label|span)[^>]*class="md-nav__link[^>]*>(.*?)</\1>', primary, re.S)
    titles = [re.sub(r"<[^>]+>|\s+", " ", inner).strip() for _, inner in found]
    return [t for t in dict.fromkeys(titles) if t]


# What it says


def test_the_last_line_says_what_was_built_and_where(one, run_govkb):
    done = run_govkb("build", cwd=one().root)
    assert (done.code, done.stderr) == (0, "")
    line = r"built 10 pages from 1 record in \d+\.\d s: open site/index\.html\n"
    assert re.fullmatch(line, done.stdout)


def test_warnings_are_shown_and_stop_nothing(one, run_govkb):
    project = one(extra="colour: blue\n")
    done = run_govkb("build", cwd=project.root)
    assert done.code == 0
    assert "FIELD004" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("built 10 pages")


def test_errors_stop_it_unless_they_are_allowed(one, run_govkb):
    project = one(extra=f"{DANGLING}colour: blue\n")
    done = run_govkb("build", cwd=project.root)
    assert done.code == 1
    assert "REF002" in done.stdout
    assert "FIELD004" in done.stdout
    assert not (project.root / "site").exists()
    assert run_govkb("build", "--allow-errors", cwd=project.root).code == 0
    assert (project.root / "site" / PAGE).is_file()
    health = (project.root / "site/health/index.html").read_text()
    assert "REF002" in health
    assert "INC-20260418-Z" in health


def test_errors_leave_the_old_site_as_it_is(one, run_govkb):
    project = one()
    before = digests(built(project))
    project.write(
        {PATH: (project.root / PATH).read_text().replace("severity", f"{DANGLING}severity")}
    )
    done = run_govkb("build", cwd=project.root)
    assert (done.code, done.stderr.splitlines()[0][:9]) == (1, "not built")
    assert digests(project.root / "site") == before
    assert hidden(project) == []


def test_what_is_allowed_may_still_be_too_much_for_strict_settings(one, run_govkb):
    """`strict` is about what MkDocs warns of; findings have been told, and are not told again."""
    project = one({"mkdocs.yml": f"{SETTINGS}strict: true\n"}, extra=DANGLING)
    done = run_govkb("build", "--allow-errors", cwd=project.root)
    assert (done.code, done.stderr) == (0, "")
    assert "REF002" in (project.root / "site/health/index.html").read_text()


def test_another_place_and_a_call_from_a_subfolder(one, run_govkb):
    project = one({"mkdocs.yml": SETTINGS})
    done = run_govkb("build", "--site-dir", "../public", cwd=project.root / "records")
    assert done.stdout.endswith(f"open {project.root / 'public/index.html'}\n")
    assert (project.root / "public" / PAGE).is_file()


# Settings


def test_a_docs_folder_that_is_named_has_to_be_there(one, run_govkb):
    project = one({"mkdocs.yml": f"{SETTINGS}docs_dir: dosc\n", "docs/index.md": "# Ours\n"})
    done = run_govkb("build", cwd=project.root)
    assert (done.code, done.stdout) == (2, "")
    assert "`docs_dir`" in done.stderr
    assert "'dosc'" in done.stderr
    project.write({"mkdocs.yml": f"{SETTINGS}docs_dir: docs\n"})
    assert "Ours" in (built(project) / "index.html").read_text()
    shutil.rmtree(project.root / "docs")
    with pytest.raises(ConfigurationError, match="docs_dir"):
        built(project)
    project.write({"mkdocs.yml": SETTINGS})
    assert (built(project) / PAGE).is_file()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("site_name: [x\n", "line 2"),
        ("site_name: x\x00\n", "mkdocs.yml"),
        ("- a\n- b\n", "mapping"),
        ("5\n", "mkdocs.yml"),
        ("site_name: 2026-02-30\n", "mkdocs.yml"),
        ("site_name: " + "[" * 2000, "mkdocs.yml"),
        ("site_name: !!python/name:no.such.thing\n", "no.such"),
        (SETTINGS.replace("[govkb]", "[govkb, none-such]"), "none-such"),
        (SETTINGS.replace("[govkb]", "[search]"), "`plugins`"),
        (SETTINGS.replace("material", "none-such"), "none-such"),
        (SETTINGS.replace("{name: material, font: false}", "readthedocs"), "Material"),
        ("site_name: x\nplugins: [govkb]\n", "Material"),
        (SETTINGS + "nav: 5\n", "nav"),
    ],
)
def test_settings_that_cannot_be_used_are_said_in_one_line(one, run_govkb, settings, said):
    done = run_govkb("build", cwd=one({"mkdocs.yml": settings}).root)
    assert done.code == 2
    line, *hint = done.stderr.splitlines()
    assert line.startswith("govkb: ")
    assert said in line + "".join(hint)
    assert all(extra.startswith("  = ") for extra in hint)
    assert len(hint) < 2


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.mkdir [{0}]",
        "!!python/object/new:os.mkdir [{0}]",
        "!!python/object:os.mkdir {{}}",
        "!!python/module:antigravity",
        "!<tag:yaml.org,2002:python/object/apply:os.mkdir> [{0}]",
    ],
)
def test_row_28_a_tag_that_calls_something_is_refused_and_not_carried_out(
    one, run_govkb, tmp_path, tag
):
    made = tmp_path / "made"
    project = one({"mkdocs.yml": f"{SETTINGS}extra:\n  it: {tag.format(made)}\n"})
    done = run_govkb("build", cwd=project.root)
    line = SETTINGS.count("\n") + 2
    assert done.code == 2
    assert f"mkdocs.yml:{line}: `!!python/" in done.stderr
    assert not made.exists()


def test_row_28_checking_reads_nothing_of_mkdocs(one, run_govkb, tmp_path):
    made = tmp_path / "made"
    settings = f"hooks: [{tmp_path}/hook.py]\nit: !!python/object/apply:os.mkdir [{made}]\n"
    project = one({"mkdocs.yml": settings})
    (tmp_path / "hook.py").write_text(f"import os; os.mkdir({str(made)!r})\n")
    assert run_govkb("check", cwd=project.root).code in (0, 1)
    assert not made.exists()


def test_a_theme_made_from_material_will_do(one):
    settings = SETTINGS.replace("font: false", "font: false, custom_dir: ours")
    site = built(one({"mkdocs.yml": settings, "ours/partials/footer.html": "OUR FOOTER"}))
    assert "OUR FOOTER" in (site / PAGE).read_text()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"docs/x.md": "# X\n\n[gone](gone.md)\n"}, "gone.md"),
        ({"mkdocs.yml": f"{SETTINGS}strict: true\ncolour: red\n"}, "colour"),
        ({"docs/graph.md": "# Ours\n"}, "docs/graph.md"),
    ],
)
def test_strict_settings_end_with_1_at_a_warning_and_the_old_site_stays(
    one, run_govkb, files, said
):
    project = one({"mkdocs.yml": SETTINGS + "strict: true\n"})
    before = digests(built(project))
    project.write(files)
    done = run_govkb("build", cwd=project.root)
    assert (done.code, done.stdout) == (1, "")
    first, last = done.stderr.splitlines()
    assert first.startswith("govkb: ")
    assert said in first
    assert not first.startswith("govkb: govkb")
    assert "strict: true" in last
    assert digests(project.root / "site") == before
    assert hidden(project) == []


def test_without_strict_a_warning_is_one_line_and_the_site_is_built(one, run_govkb):
    project = one({"mkdocs.yml": SETTINGS, "docs/x.md": "# X\n\n[gone](gone.md)\n"})
    done = run_govkb("build", cwd=project.root)
    assert done.code == 0
    assert len(done.stderr.splitlines()) == 1


# Navigation


def test_a_navigation_of_the_users_own_comes_after_govkbs_pages(one):
    settings = f"{SETTINGS}nav:\n  - Guide: guide.md\n"
    found = navigation(built(one({"mkdocs.yml": settings, "docs/guide.md": "# G\n"})))
    assert found == ["Home", "Incidents", *OTHERS, "Guide"]


@pytest.mark.parametrize("home", ["index.md", "README.md"])
@pytest.mark.parametrize("nav", ["", "nav:\n  - Welcome: {home}\n"])
def test_beside_a_home_page_of_the_users_own_govkbs_has_another_name(one, home, nav):
    settings = SETTINGS + nav.format(home=home)
    site = built(one({"mkdocs.yml": settings, f"docs/{home}": "# Welcome\n\nOurs.\n"}))
    assert "Ours." in (site / "index.html").read_text()
    assert "INC-20260418-B" in (site / "records/index.html").read_text()
    found = navigation(site)
    assert sorted(found) == sorted(["Welcome", "Knowledge base", "Incidents", *OTHERS])


def test_pages_that_the_users_navigation_leaves_out_follow_in_one_section(one):
    settings = (
        f"{SETTINGS}nav:\n  - Start: index.md\n  - Deep: [{{Broken: ./incidents/index.md}}]\n"
    )
    found = navigation(built(one({"mkdocs.yml": settings})))
    assert found == ["Start", "Deep", "Broken", "Knowledge base", *OTHERS]


def test_a_navigation_that_names_every_page_stays_as_it_is(one):
    uris = ["index.md", "incidents/index.md", "learnings.md", "graph.md", "boards.md"]
    uris += ["timeline.md", "health.md"]
    nav = "".join(f"  - N{number}: {uri}\n" for number, uri in enumerate(uris))
    site = built(one({"mkdocs.yml": f"{SETTINGS}nav:\n{nav}"}))
    assert navigation(site) == [f"N{number}" for number in range(len(uris))]


# The same records, the same bytes


@pytest.fixture
def on_day(monkeypatch):
    """Makes it another day for MkDocs."""

    def set_day(*day):
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return cls(*day, tzinfo=tz)

        monkeypatch.setattr(mkdocs.utils, "datetime", Clock)

    return set_day


def test_two_days_and_two_folders_make_the_same_bytes(one, tmp_path, incident, on_day, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    settings = f"{SETTINGS}site_url: https://kb.example.org/\n"
    files = {f"records/incidents/{n}.md": incident(f"INC-20260419-{n}") for n in "AB"}
    project = one({"mkdocs.yml": settings, "docs/guide.md": "# Guide\n", **files})
    other = type(project)(tmp_path / "elsewhere/with a space")
    shutil.copytree(project.root, other.root)
    on_day(2026, 4, 22)
    first = digests(built(project))
    on_day(2031, 1, 1)
    assert digests(built(other)) == first
    sitemap = (other.root / "site/sitemap.xml").read_text()
    assert "https://kb.example.org/incidents/INC-20260418-B/" in sitemap
    assert "lastmod" not in sitemap


def test_a_day_that_is_given_is_the_day_of_the_site(one, monkeypatch):
    project = one({"mkdocs.yml": f"{SETTINGS}site_url: https://kb.example.org/\n"})
    day = int(datetime(2025, 3, 4, tzinfo=UTC).timestamp())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(day))
    site = built(project)
    assert "<lastmod>2025-03-04</lastmod>" in (site / "sitemap.xml").read_text()
    assert int.from_bytes((site / "sitemap.xml.gz").read_bytes()[4:8], "little") == day


@pytest.mark.parametrize("given", ["", "yesterday", "-1", "1e9", "9" * 30])
def test_a_day_that_is_none_is_a_mistake_of_the_user(one, run_govkb, given):
    done = run_govkb("build", cwd=one().root, env={"SOURCE_DATE_EPOCH": given})
    assert done.code == 2
    assert "SOURCE_DATE_EPOCH" in done.stderr


# The old site


def test_the_old_site_is_replaced_whole(one):
    project = one()
    site = built(project)
    (site / "left-over.html").write_text("old")
    built(project)
    assert not (site / "left-over.html").exists()
    assert hidden(project) == []


@pytest.mark.parametrize(
    "target", ["precious", ".", "records", "..", "docs/site", "records/site", "precious/thesis.md"]
)
def test_a_folder_that_is_no_site_is_not_replaced(one, target):
    project = one({"precious/thesis.md": "years of work", "docs/x.md": "# X\n"})
    with pytest.raises(UsageError):
        built(project, project.root / target)
    assert (project.root / "precious/thesis.md").read_text() == "years of work"
    assert (project.root / PATH).is_file()


def test_65_the_old_site_stays_when_a_build_fails(one, run_govkb):
    project = one({"mkdocs.yml": SETTINGS})
    before = digests(built(project))
    project.write({"templates/site/record.html.j2": "{{ nothing_of_this_name }}"})
    done = run_govkb("build", cwd=project.root)
    assert done.code in (2, 4)
    assert done.stderr.startswith("govkb: ")
    assert digests(project.root / "site") == before
    assert hidden(project) == []


def killed_build(project, when, patch=""):
    """Kills `govkb build` with SIGKILL as soon as something is so."""
    program = (
        f"{patch}\nimport sys; sys.argv = ['govkb', 'build']\nimport govkb.__main__ as m\nm.main()"
    )
    child = subprocess.Popen([sys.executable, "-c", program], cwd=project.root)
    deadline = time.monotonic() + 30
    while not when() and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL


def test_65_a_killed_build_leaves_the_old_site_and_the_next_one_cleans_up(one):
    project = one()
    before = digests(built(project))
    work = project.root / WORK
    killed_build(project, (work / "new/assets").exists)
    assert hidden(project) == [WORK]
    assert digests(project.root / "site") == before
    assert digests(built(project)) == before
    assert hidden(project) == []


_STOPS_BETWEEN_THE_RENAMES = """
import pathlib, time
rename = pathlib.Path.rename
def stopping(self, target):
    if self.name == "new":
        time.sleep(60)
    return rename(self, target)
pathlib.Path.rename = stopping
"""


@pytest.mark.parametrize("fails", [True, False])
def test_65_a_build_killed_in_the_middle_of_the_swap_is_put_right(one, fails):
    project = one({"mkdocs.yml": SETTINGS})
    before = digests(built(project))
    site, work = project.root / "site", project.root / WORK
    killed_build(project, (work / "old").exists, _STOPS_BETWEEN_THE_RENAMES)
    assert not site.exists()
    if fails:
        project.write({"mkdocs.yml": SETTINGS.replace("material", "mkdocs")})
        with pytest.raises(GovkbError):
            built(project)
    else:
        built(project)
    assert digests(site) == before
    assert hidden(project) == []


def test_a_folder_of_somebody_elses_is_never_removed(one, run_govkb):
    project = one({f"{WORK}/precious.txt": "mine", ".site.old/precious.txt": "mine"})
    done = run_govkb("build", cwd=project.root)
    assert done.code == 2
    assert WORK in done.stderr
    assert (project.root / WORK / "precious.txt").read_text() == "mine"
    shutil.rmtree(project.root / WORK)
    built(project)
    assert (project.root / ".site.old/precious.txt").read_text() == "mine"


def test_a_build_does_not_disturb_another_one(one, run_govkb):
    project = one({f"{WORK}/{MARK}": "", f"{WORK}/new/index.html": "half"})
    with (project.root / WORK / MARK).open("r+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        done = run_govkb("build", cwd=project.root)
        assert done.code == 4
        assert "another build" in done.stderr
        assert (project.root / WORK / "new/index.html").read_text() == "half"
    assert run_govkb("build", cwd=project.root).code == 0
    assert hidden(project) == []


# Disks that refuse


def test_64_a_place_where_nothing_can_be_made(one, run_govkb):
    project = one({"file": "x"})
    done = run_govkb("build", "--site-dir", "file/site", cwd=project.root)
    assert done.code == 4
    assert len(done.stderr.splitlines()) == 1
    assert (project.root / "file").read_text() == "x"


def test_63_a_disk_that_takes_no_more(one):
    """The kernel refuses to write a file any longer than this, as a full disk would."""
    project = one()
    before = digests(built(project))
    command = f"ulimit -f 40; exec {sys.executable} -m govkb build"
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=project.root, env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (4, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("govkb: ")
    assert digests(project.root / "site") == before
    assert hidden(project) == []


@pytest.mark.parametrize("refused", ["site", "new"])
def test_63_a_disk_that_refuses_either_rename(one, monkeypatch, refused):
    project = one()
    before = digests(built(project))
    rename = Path.rename

    def refusing(self, target):
        if self.name == refused:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(StorageError, match="No space left"):
        built(project)
    assert digests(project.root / "site") == before
    assert hidden(project) == []
