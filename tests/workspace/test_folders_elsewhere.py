"""Folders of the records that stand elsewhere, such as the decisions in docs/adr."""

from __future__ import annotations

from datetime import date

import pytest

from govkb.errors import ConfigurationError
from govkb.mkdocs_plugin.running import build_site
from govkb.record_folders import RecordFolders
from govkb.workspace import Workspace
from govkb.workspace.creating import start

SETTINGS = '[folders]\nadr = "docs/adr"\n'
FIRST = """\
---
id: ADR-0001
type: adr
title: Use git
status: accepted
date: 2026-04-21
---

# Use git

## Context

See [the incident](../../records/incidents/INC-20260421-A-it-broke.md) and ADR-0001.

## Decision

We use it.
"""
INCIDENT = """\
---
id: INC-20260421-A
type: incident
title: It broke
severity: high
detected: 2026-04-21T10:00:00Z
relates_to: [adr/ADR-0001-use-git]
---

# It broke

## Summary

It did, see [why](../../docs/adr/ADR-0001-use-git.md).

## Timeline

- 2026-04-21T10:00:00Z It broke.

## Learnings
"""
FILES = {
    "govkb.toml": SETTINGS,
    "docs/guide.md": "# Guide\n\nWhy: [git](adr/ADR-0001-use-git.md).\n",
    "docs/adr/ADR-0001-use-git.md": FIRST,
    "records/incidents/INC-20260421-A-it-broke.md": INCIDENT,
}


@pytest.fixture
def made(project):
    return project(FILES)


def test_places_and_paths_are_each_others_inverse():
    folders = RecordFolders("records", {"adr": "docs/adr", "ops": "runbooks"})
    pairs = [
        ("docs/adr/x.md", "adr/x.md"),
        ("runbooks/a/b.md", "ops/a/b.md"),
        ("records/incidents/x.md", "incidents/x.md"),
    ]
    for path, place in pairs:
        assert (folders.place(path), folders.path(place)) == (place, path)
        assert folders.hold(path)
    assert not folders.hold("docs/guide.md")
    assert not folders.hold("docs/adrs/x.md")


def test_their_files_are_records_at_the_place_that_the_settings_give_them(made):
    assert made.report() == ""
    base = made.load()
    assert [(r.path, r.place) for r in base.records] == [
        ("docs/adr/ADR-0001-use-git.md", "adr/ADR-0001-use-git.md"),
        ("records/incidents/INC-20260421-A-it-broke.md", "incidents/INC-20260421-A-it-broke.md"),
    ]
    (relation,) = base.graph.outgoing["INC-20260421-A"]
    assert relation.target == "ADR-0001"


def test_a_file_at_the_wrong_place_is_told_the_right_one(made):
    file = made.root / "docs/adr/ADR-0001-use-git.md"
    file.rename(file.with_name("ADR-0002-use-git.md"))
    assert "move it to docs/adr/ADR-0001-use-git.md" in made.report()


def test_new_records_go_there_and_moved_ones_stay(made, run_govkb):
    started = start(made.open(), "adr", "Use make", date(2026, 4, 21))
    assert (started.id, started.path) == ("ADR-0002", "docs/adr/ADR-0002-use-make.md")
    assert started.record(made.open()).place == "adr/ADR-0002-use-make.md"
    assert run_govkb("move", "ADR-0001", "ADR-0007", cwd=made.root).code == 0
    assert (made.root / "docs/adr/ADR-0007-use-git.md").is_file()
    assert made.report() == ""


def test_what_a_revision_had_there_is_compared(made, git):
    repository = git(made.root)
    repository.commit()
    file = made.root / "docs/adr/ADR-0001-use-git.md"
    file.write_text(FIRST.replace("accepted", "proposed"))
    assert "STATE" in made.report("HEAD")
    file.unlink()
    assert "ADR-0001" in made.load("HEAD").before
    made.write({"govkb.toml": "", "docs/adr/ADR-0001-use-git.md": FIRST})
    assert "`folders` no longer has the records of 'docs/adr'" in made.report("HEAD")


def test_they_have_one_page_each_to_which_documents_lead(made):
    workspace = made.open()
    site = build_site(workspace, workspace.load()).folder
    assert 'href="../adr/ADR-0001/"' in (site / "guide/index.html").read_text()
    assert "Architecture decision" in (site / "adr/ADR-0001/index.html").read_text()
    assert not (site / "adr/ADR-0001-use-git").exists()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('adr = "records/adr"', "names 'records/adr', whose records are in 'records' already"),
        ('adr = "records"', "`folders.adr` names 'records', whose records are in 'records'"),
        ('x = "a"\ny = "a/b"', "`folders.y` names 'a/b', whose records are in 'a' already"),
        ('x = "a/b"\ny = "a"', "`folders.y` names 'a', and 'a/b' is in it"),
        ('x = "../a"', "`folders.x` must be inside the project, not '../a'"),
        ('"x/y" = "a"', "`folders.x/y` must be the name of a folder"),
        ("adr = 3", "`folders.adr` must name a folder or file, not 3"),
    ],
)
def test_settings_that_cannot_be_meant(project, setting, said):
    made = project({"govkb.toml": f"[folders]\n{setting}\n"})
    with pytest.raises(ConfigurationError) as raised:
        made.open()
    assert said in raised.value.message


def test_a_folder_must_be_there(project, run_govkb):
    outcome = run_govkb("check", cwd=project({"govkb.toml": SETTINGS}).root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "govkb.toml: `folders.adr` names 'docs/adr', which isn't there" in outcome.stderr


def test_govkbs_own_decisions_are_records_of_its_checkout(checkout):
    """That they are clean is tested with the records of the checkout."""
    base = Workspace.open(checkout).load()
    files = {f"docs/adr/{file.name}" for file in (checkout / "docs/adr").glob("*.md")}
    own = [record for record in base.of_type("adr") if record.path in files]
    assert {record.path for record in own} == files
