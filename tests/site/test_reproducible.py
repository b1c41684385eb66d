"""The same records on the same day give the same bytes, whoever builds the site, and wherever."""

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime

import pytest

DAY = int(datetime(2026, 4, 22, 23, 30, tzinfo=UTC).timestamp())
# Two people who have nothing in common but the records and the day.
HERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONHASHSEED": "1",
    "mask": 0o022,
}
THERE = {
    "TZ": "America/Los_Angeles",
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "PYTHONHASHSEED": "4242",
    "COLUMNS": "40",
    "mask": 0o077,
}


@pytest.fixture
def base(tmp_path, git, checkout):
    """The reference base with a history, in two folders; full-text search wherever it can be."""
    first, second = tmp_path / "a", tmp_path / "elsewhere/with a space/ünïcode"
    first.mkdir()
    for name in ("records", "docs"):
        shutil.copytree(checkout / name, first / name)
    settings = (
        (checkout / "mkdocs.yml").read_text().replace("- govkb", "- govkb: {search: pagefind}")
    )
    (first / "mkdocs.yml").write_text(f"{settings}\nsite_url: https://kb.example.org/\n")
    git(first).commit()
    shutil.copytree(first, second)
    return first, second


def built(root, home, given):
    """What is in the site, by path; a build that says anything of a fault fails."""
    mask = given["mask"]
    environment = {name: value for name, value in given.items() if name != "mask"}
    done = subprocess.run(
        [sys.executable, "-m", "govkb", "build", "--allow-errors"],
        cwd=root,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "SOURCE_DATE_EPOCH": str(DAY),
            **environment,
        },
        umask=mask,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    site = root / "site"
    files = [file for file in sorted(site.rglob("*")) if file.is_file()]
    assert all(file.stat().st_mode & 0o777 == 0o666 & ~mask for file in files)
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }


@pytest.mark.long
@pytest.mark.slow
def test_two_people_build_the_same_site(base, tmp_path):
    pytest.importorskip("pagefind")
    first, second = base
    for name in ("ada", "bea"):
        (tmp_path / name).mkdir()
    here = built(first, tmp_path / "ada", HERE)
    assert any(name.startswith("pagefind/") for name in here)
    assert {name.rpartition(".")[2] for name in here} >= {"html", "json", "xml", "gz", "css", "js"}
    assert built(second, tmp_path / "bea", THERE) == here
    # What is kept from the first time must not let the other's settings through either.
    assert built(first, tmp_path / "ada", THERE) == here


def test_a_day_that_is_given_counts_for_whatever_reads_and_nothing_that_writes(
    project, incident, run_govkb
):
    text = "---\nid: DEC-20260420-A\ntitle: D\nstatus: ratified\nreview_by: {}\n---\n\n# D\n"
    made = project({"records/decisions/DEC-20260420-A-x.md": text.format("2026-04-22")})
    evening = {"SOURCE_DATE_EPOCH": str(DAY), "TZ": "Pacific/Kiritimati"}
    page = made.root / "site/decisions/DEC-20260420-A/index.html"
    home = made.root / "site/index.html"
    assert run_govkb("build", "--allow-errors", cwd=made.root, env=evening).code == 0
    assert "that day has passed" not in page.read_text()
    assert "as of 2026-04-22" in home.read_text()
    later = {**evening, "SOURCE_DATE_EPOCH": str(DAY + 86400)}
    assert run_govkb("build", "--allow-errors", cwd=made.root, env=later).code == 0
    assert "that day has passed" in page.read_text()
    assert "as of 2026-04-23" in home.read_text()
    new = run_govkb("new", "incident", "Vault sealed", cwd=made.root, env=evening)
    assert new.code == 0
    assert "20260422" not in new.stdout


@pytest.mark.parametrize("command", [("check",), ("show", "INC-20260418-B"), ("links",)])
def test_a_day_that_is_none_is_refused_wherever_it_counts(project, incident, run_govkb, command):
    made = project({"records/incidents/INC-20260418-B-x.md": incident()})
    done = run_govkb(*command, cwd=made.root, env={"SOURCE_DATE_EPOCH": "tomorrow"})
    assert (done.code, done.stdout) == (2, "")
    first, hint = done.stderr.splitlines()
    assert first == "govkb: SOURCE_DATE_EPOCH is 'tomorrow', which is no number of seconds"
    assert hint == "  = unset it, or give seconds since 1970"


def test_checking_is_done_as_of_the_day_that_is_given(project, incident, run_govkb):
    made = project({"records/incidents/INC-20260418-B-x.md": incident(body="## Summary\n\nx")})
    for days, said in ((0, False), (90, True)):
        given = {"SOURCE_DATE_EPOCH": str(DAY + days * 86400)}
        done = run_govkb("check", "--select", "stale-classification", cwd=made.root, env=given)
        assert ("94 days ago" in done.stdout) == said
