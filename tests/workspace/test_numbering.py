"""Drafts have ids without a number, and get one when they land."""

from __future__ import annotations

import pytest

from govkb.template_files import shipped_templates

DAY = ("--date", "2026-04-21")
DRAFT = "records/incidents/INC-DRAFT-vault-sealed.md"
PITFALL = """\
---
id: seals
title: Seals
enforcement: none
instances: [INC-DRAFT-vault-sealed]
---

# Seals

## Pattern

As in INC-DRAFT-vault-sealed, and the vault sealed itself. See
[there](../incidents/INC-DRAFT-vault-sealed.md).

## Rule

Look.
"""


def new(run_govkb, made, *arguments):
    outcome = run_govkb("new", *arguments, *DAY, cwd=made.root)
    assert outcome.code == 0, outcome.stderr
    return outcome.stdout.strip()


def test_a_draft_takes_no_letter_and_is_no_fault(project, run_govkb):
    made = project()
    assert new(run_govkb, made, "incident", "Vault sealed", "--draft") == DRAFT
    first = new(run_govkb, made, "incident", "Other")
    assert first == "records/incidents/INC-20260421-A-other.md"
    assert made.codes() == ["ID018"]
    outcome = run_govkb("check", cwd=made.root)
    assert outcome.code == 0
    assert "INC-DRAFT-vault-sealed waits for its number" in outcome.stdout


def test_a_draft_is_numbered_wherever_it_is_cited(project, run_govkb):
    made = project({"records/pitfalls/seals.md": PITFALL})
    new(run_govkb, made, "incident", "Vault sealed", "--draft")
    assert made.codes() == ["ID018"]  # so both citations resolve
    new(run_govkb, made, "incident", "Other")
    outcome = run_govkb("number", cwd=made.root)
    path = "records/incidents/INC-20260421-B-vault-sealed.md"
    assert outcome.stdout == f"INC-DRAFT-vault-sealed → INC-20260421-B  {path}\n", outcome.stderr
    assert made.report() == ""
    pitfall = (made.root / "records/pitfalls/seals.md").read_text()
    assert "instances: [INC-20260421-B]" in pitfall
    assert "As in INC-20260421-B, and the vault sealed itself." in pitfall
    assert "[there](../incidents/INC-20260421-B-vault-sealed.md)" in pitfall
    assert "aliases" not in (made.root / path).read_text()
    again = run_govkb("number", cwd=made.root)
    assert (again.code, again.stdout, again.stderr) == (0, "", "there are no drafts\n")


def test_all_drafts_are_numbered_one_after_the_other(project, run_govkb):
    made = project()
    for title in ("B", "A"):
        new(run_govkb, made, "incident", title, "--draft")
    new(run_govkb, made, "evolution", "Bot", "--draft")
    assert run_govkb("number", cwd=made.root).code == 0
    evolution, *incidents = sorted(made.load().records_by_id)
    assert evolution.endswith("-001")  # it has no field with a day: that on which it lands
    assert incidents == ["INC-20260421-A", "INC-20260421-B"]
    assert made.load().records_by_id["INC-20260421-A"].title == "A"
    assert made.report() == ""


def test_sealed_entries_keep_the_draft_s_name_and_their_promise(project, git, run_govkb):
    made = project()
    file = made.root / new(run_govkb, made, "incident", "Vault sealed", "--draft")
    said = "A learning of INC-DRAFT-vault-sealed that stays as it was."
    assert run_govkb("learn", "INC-DRAFT-vault-sealed", said, cwd=made.root).code == 0
    repository = git(made.root)
    repository.commit()
    assert run_govkb("number", "INC-DRAFT-vault-sealed", cwd=made.root).code == 0
    assert not file.exists()
    assert set(made.codes("HEAD")) <= {"APP013"}
    repository.commit("numbered")
    assert run_govkb("history", "audit", "HEAD~1", cwd=made.root).code == 0
    assert run_govkb("show", "INC-DRAFT-vault-sealed", cwd=made.root).code == 0


def test_a_draft_that_has_landed_is_a_warning(project, git, run_govkb):
    made = project()
    new(run_govkb, made, "incident", "Vault sealed", "--draft")
    git(made.root).commit()
    outcome = run_govkb("check", "--base", "HEAD", cwd=made.root)
    assert outcome.code == 1
    assert "INC-DRAFT-vault-sealed has landed without a number" in outcome.stdout


def test_a_dry_run_writes_nothing(project, run_govkb):
    made = project()
    new(run_govkb, made, "incident", "Vault sealed", "--draft")
    outcome = run_govkb("number", "--dry-run", cwd=made.root)
    assert "INC-DRAFT-vault-sealed → INC-20260421-A" in outcome.stdout
    assert (made.root / DRAFT).exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new", "pitfall", "T", "--draft"), "ids of pitfalls don't wait for a number"),
        (("new", "decision", "T", "--draft"), "ids of decisions don't wait for a number"),
        (("new", "incident", "Vault sealed", "--draft"), "is there already"),
        (("new", "decision", "--draft", "--from", "B#A"), "or waits for its number"),
        (("number", "INC-DRAFT-vault-seald"), "did you mean"),
        (("number", "INC-DRAFT-vault-sealed", "INC-20260421-A"), "has its number already"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_written(project, run_govkb, arguments, words):
    made = project()
    new(run_govkb, made, "incident", "Vault sealed", "--draft")
    new(run_govkb, made, "incident", "Other")
    before = sorted(made.root.rglob("records/**/*"))
    outcome = run_govkb(*arguments, cwd=made.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert words in outcome.stderr
    assert sorted(made.root.rglob("records/**/*")) == before


def test_every_shipped_type_that_allots_numbers_has_drafts(project):
    catalogue = project().open().catalogue
    having = sorted(name for name, known in catalogue.types.items() if known.draft is not None)
    assert {"incident", "evolution", "adr", "ticket"} <= set(having)
    assert {"pitfall", "finding", "handoff", "decision"}.isdisjoint(having)
    assert len(list(shipped_templates().glob("*/type.yaml"))) == len(catalogue.types)


@pytest.mark.parametrize("name", ["adr", "ticket", "evolution", "change"])
def test_a_draft_of_any_type_is_numbered_and_checks_clean(project, run_govkb, name):
    made = project()
    if made.open().catalogue.types[name].draft is None:
        pytest.skip("its ids aren't allotted one after the other")
    new(run_govkb, made, name, "Vault sealed", "--draft")
    assert set(made.codes()) <= {"ID018"}
    outcome = run_govkb("number", cwd=made.root)
    assert outcome.code == 0, outcome.stderr
    assert made.report() == ""
