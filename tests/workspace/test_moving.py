"""A record gets another id, and everything that names it follows in one step."""

from __future__ import annotations

import json

import pytest

from govkb.history import digest_of

LEARNING = "A green job is no proof that there is a backup."
INCIDENT = f"""\
---
id: INC-20260418-B
title: Zero backups for 74 days
# kept
severity: high
detected: 2026-04-18
---

# INC-20260418-B: zero backups

## Summary

No backup was written.

## Learnings

- {LEARNING}
- Look twice.
"""
PATH = "records/incidents/INC-20260418-B-zero-backups.md"
NEW_PATH = "records/incidents/INC-20260418-D-zero-backups.md"
OTHER = """\
---
id: INC-20260419-A
title: Again
severity: high
detected: 2026-04-19
relates_to:
  - ref: INC-20260418-B  # a comment
    note: INC-20260418-B was first
caused_by: [INC-20260418-B]
---

# Again

## Summary

As INC-20260418-B, see [there](INC-20260418-B-zero-backups.md#summary) and
INC-20260418-B-zero-backups. Not INC-20260418-BB, and in code:

    INC-20260418-B

## Learnings

- As in INC-20260418-B, nobody had looked.
"""
OTHER_PATH = "records/incidents/INC-20260419-A-again.md"
PITFALL = """\
---
id: probe-first
title: Probe first
enforcement: none
instances: [INC-20260418-B]
---

# Probe first

## Pattern

To probe first is rare.

## Instances

- INC-20260418-B, where nobody did.

## Rule

See pitfalls/probe-first.
"""
PITFALL_PATH = "records/pitfalls/probe-first.md"
FILES = {PATH: INCIDENT, OTHER_PATH: OTHER, PITFALL_PATH: PITFALL}
OLD, NEW = "INC-20260418-B", "INC-20260418-D"


@pytest.fixture
def made(project):
    return project(FILES)


@pytest.fixture
def sealed(made, git, run_govkb):
    """Sealed and committed, so that every line of the ledgers has to stay."""
    assert run_govkb("seal", cwd=made.root).code == 0
    git(made.root).commit()
    return made


def commit(made, git, message):
    git(made.root).commit(message)


def state(made):
    return {
        str(p.relative_to(made.root)): p.read_bytes()
        for p in sorted(made.root.rglob("records/**/*"))
        if p.is_file()
    }


def said(made, path):
    return (made.root / path).read_text("utf-8")


def test_everything_that_may_change_says_the_new_id(made, run_govkb):
    outcome = run_govkb("move", OLD, NEW, cwd=made.root)
    assert outcome.code == 0, outcome.stderr
    assert outcome.stdout == f"{OLD} → {NEW}  {NEW_PATH}\n2 other files changed with it\n"
    assert not (made.root / PATH).exists()
    front = "---\nid: INC-20260418-D\ntitle: Zero backups for 74 days\n# kept\n"
    assert said(made, NEW_PATH).startswith(front)
    assert "aliases:\n  - INC-20260418-B\n---\n\n# INC-20260418-D: zero" in said(made, NEW_PATH)
    other = said(made, OTHER_PATH)
    assert "  - ref: INC-20260418-D  # a comment\n    note: INC-20260418-B was first\n" in other
    assert "caused_by: [INC-20260418-D]" in other
    assert (
        f"As {NEW}, see [there]({NEW}-zero-backups.md#summary) and\n{NEW}-zero-backups. " in other
    )
    assert " Not INC-20260418-BB, and in code:\n\n    INC-20260418-B\n" in other
    assert "- As in INC-20260418-B, nobody had looked." in other
    pitfall = said(made, PITFALL_PATH)
    assert "instances: [INC-20260418-D]" in pitfall
    assert "- INC-20260418-B, where nobody did." in pitfall
    assert f"{OTHER_PATH}: says {OLD} 1 time where nothing may be changed" in outcome.stderr
    assert made.report() == ""


def test_the_old_id_goes_on_resolving(made, run_govkb):
    run_govkb("move", OLD, NEW, cwd=made.root)
    shown = run_govkb("show", OLD, cwd=made.root)
    assert shown.stdout.startswith(NEW)


def test_a_name_in_a_sentence_is_no_word_of_it(made, run_govkb):
    outcome = run_govkb("move", "probe-first", "look-first", cwd=made.root)
    assert outcome.code == 0, outcome.stderr
    text = said(made, "records/pitfalls/look-first.md")
    assert "To probe first is rare." in text
    assert "See pitfalls/look-first." in text
    assert made.report() == ""


def test_the_path_that_a_sealed_entry_names_goes_on_resolving(made, run_govkb):
    made.write({OTHER_PATH: OTHER + "- It is pitfalls/probe-first that we met once more.\n"})
    assert run_govkb("seal", cwd=made.root).code == 0
    outcome = run_govkb("move", "probe-first", "look-first", cwd=made.root)
    assert outcome.code == 0, outcome.stderr
    assert made.report() == ""
    assert """  - 'pitfalls/probe-first'\n""" in said(made, "records/pitfalls/look-first.md")


def test_no_sealed_line_is_lost_and_the_promise_holds_against_the_base(sealed, git, run_govkb):
    ledger = said(sealed, f"records/.govkb/ledger/{OLD}.ledger")
    assert run_govkb("move", OLD, NEW, cwd=sealed.root).code == 0
    now = said(sealed, f"records/.govkb/ledger/{OLD}.ledger")
    assert now.startswith(ledger)
    moved = digest_of(NEW, "Learnings", LEARNING)
    assert f"move {digest_of(OLD, 'Learnings', LEARNING)}" in now
    assert f"add {moved}" in said(sealed, f"records/.govkb/ledger/{NEW}.ledger")
    assert set(sealed.codes("HEAD")) == {"APP013"}  # which only says that they moved
    commit(sealed, git, "moved")
    audit = run_govkb("history", "audit", "HEAD~1", cwd=sealed.root)
    assert audit.code == 0, audit.stdout


def test_an_entry_that_is_changed_on_the_way_is_found(sealed, run_govkb):
    assert run_govkb("move", OLD, NEW, cwd=sealed.root).code == 0
    file = sealed.root / NEW_PATH
    file.write_text(file.read_text().replace("no proof", "a proof"))
    run_govkb("seal", cwd=sealed.root)
    assert {"APP001", "APP002"} & set(sealed.codes("HEAD"))


def test_a_record_may_come_back_to_its_first_id(sealed, git, run_govkb):
    assert run_govkb("move", OLD, NEW, cwd=sealed.root).code == 0
    commit(sealed, git, "there")
    outcome = run_govkb("move", NEW, OLD, cwd=sealed.root)
    assert outcome.code == 0, outcome.stderr
    assert f"aliases:\n  - {NEW}\n---\n" in said(sealed, PATH)
    assert set(sealed.codes("HEAD")) == {"APP013"}
    commit(sealed, git, "back")
    assert run_govkb("history", "audit", "HEAD~2", cwd=sealed.root).code == 0


def test_lines_that_nobody_has_seen_yet_leave_no_ledger_behind(made, git, run_govkb):
    git(made.root).commit()
    assert run_govkb("seal", cwd=made.root).code == 0
    assert run_govkb("move", OLD, NEW, cwd=made.root).code == 0
    assert not (made.root / f"records/.govkb/ledger/{OLD}.ledger").exists()
    assert made.report() == ""


def test_an_entry_that_others_say_too_stays_with_its_record(sealed, run_govkb):
    twin = INCIDENT.replace(OLD, "INC-20260417-A").replace(LEARNING, "Other words, for once, here.")
    sealed.write({"records/incidents/INC-20260417-A-zero.md": twin})
    assert run_govkb("seal", cwd=sealed.root).code == 0
    assert run_govkb("move", OLD, NEW, cwd=sealed.root).code == 0
    lines = said(sealed, f"records/.govkb/ledger/{OLD}.ledger").splitlines()
    targets = {line.split()[3] for line in lines if line.startswith("move")}
    assert targets == {NEW}


def test_a_redacted_entry_keeps_its_record_where_it_is(sealed, run_govkb):
    name = f"L-{digest_of(OLD, 'Learnings', LEARNING)[:8]}"
    assert run_govkb("redact", name, "--reason", "a name", cwd=sealed.root).code == 0
    before = state(sealed)
    outcome = run_govkb("move", OLD, NEW, cwd=sealed.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert f"{OLD} keeps its id: its entry {name} was redacted" in outcome.stderr
    assert state(sealed) == before


def test_a_handoff_whose_learnings_are_carried_on_keeps_its_id(project, git, run_govkb):
    handoff = (
        "---\nid: HANDOFF-2026-04-18\ntitle: T\ndate: 2026-04-18\n---\n\n# T\n\n"
        "## Key Learnings\n\n### 2026-04-18\n\n1. Probe before you classify.\n"
    )
    made = project({"records/handoffs/HANDOFF-2026-04-18.md": handoff})
    assert run_govkb("seal", cwd=made.root).code == 0
    git(made.root).commit()
    before = state(made)
    outcome = run_govkb("move", "HANDOFF-2026-04-18", "HANDOFF-2026-04-19", cwd=made.root)
    assert outcome.code == 2
    assert "others carry on what is sealed in it" in outcome.stderr
    assert state(made) == before


def test_a_frozen_record_may_be_renamed_and_not_rewritten(project, git, run_govkb):
    evolution = """\
---
id: EVO-2026-0420-004
title: Primary worktree drift
status: executed
authors: [a]
---

# Primary worktree drift

## Motivation

It drifts.

## Proposal

Look.
"""
    declaration = "templates/evolution/type.yaml"
    made = project({"records/evolutions/EVO-2026-0420-004-drift.md": evolution})
    from govkb.template_files import shipped_templates

    own = (shipped_templates() / "evolution/type.yaml").read_text("utf-8")
    if "frozen_after" not in own:
        made.write({declaration: own + "frozen_after: executed\n"})
    repository = git(made.root)
    repository.commit()
    outcome = run_govkb("move", "EVO-2026-0420-004", "EVO-2026-0420-009", cwd=made.root)
    assert outcome.code == 0, outcome.stderr
    assert "APP005" not in made.codes("HEAD")
    file = made.root / "records/evolutions/EVO-2026-0420-009-drift.md"
    file.write_text(file.read_text().replace("It drifts.", "It never drifted."))
    assert "APP005" in made.codes("HEAD")


def test_a_dry_run_shows_the_patch_and_writes_nothing(sealed, run_govkb):
    before = state(sealed)
    outcome = run_govkb("move", OLD, NEW, "--dry-run", cwd=sealed.root)
    assert outcome.code == 0
    assert f"rename {PATH}\n    to {NEW_PATH}\n" in outcome.stdout
    assert f"-id: {OLD}\n+id: {NEW}\n" in outcome.stdout
    assert "-caused_by: [INC-20260418-B]\n+caused_by: [INC-20260418-D]\n" in outcome.stdout
    assert state(sealed) == before


def test_json_says_what_was_written(made, run_govkb):
    outcome = run_govkb("move", OLD, NEW, "--format", "json", cwd=made.root)
    told = json.loads(outcome.stdout)
    assert told["from"] == {"id": OLD, "path": PATH}
    assert told["to"] == {"id": NEW, "path": NEW_PATH}
    assert told["written"] is True
    assert set(told["files"]) == {PATH, NEW_PATH, OTHER_PATH, PITFALL_PATH}


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("INC-20260418-Q", NEW, 2, "did you mean"),
        (OLD, OLD, 2, "is called that already"),
        (OLD, "INC-20260419-A", 2, f"INC-20260419-A is there already: {OTHER_PATH}"),
        (OLD, "INC-20260431-A", 2, "they look like INC-20260421-A"),
        (OLD, "../INC-20260418-D", 2, "isn't of the form that ids of incidents have"),
        (OLD, "first-light", 2, "first-light is another name of probe-first"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_written(
    project, run_govkb, old, new, code, words
):
    aliased = PITFALL.replace("enforcement: none", "enforcement: none\naliases: [first-light]")
    made = project({**FILES, PITFALL_PATH: aliased})
    if new == "first-light":
        made.write({"records/pitfalls/other.md": PITFALL.replace("probe-first", "other")})
        old = "other"
    before = state(made)
    outcome = run_govkb("move", old, new, cwd=made.root)
    assert (outcome.code, outcome.stdout) == (code, "")
    assert words in outcome.stderr
    assert state(made) == before


def test_a_file_in_the_way_is_not_touched(made, run_govkb):
    made.write({NEW_PATH: "---\ntitle: [\n---\n"})
    before = state(made)
    outcome = run_govkb("move", OLD, NEW, cwd=made.root)
    assert outcome.code == 2
    assert "is there already" in outcome.stderr
    assert state(made) == before


def test_an_id_that_contradicts_a_field_is_refused(project, run_govkb):
    decision = (
        "---\nid: DEC-20260421-look\ntitle: Look\ndate: 2026-04-21\n---\n\n# Look\n\n"
        "## Context\n\nA.\n\n## Decision\n\nB.\n"
    )
    made = project({"records/decisions/DEC-20260421-look.md": decision})
    before = state(made)
    outcome = run_govkb("move", "DEC-20260421-look", "DEC-20260422-look", cwd=made.root)
    assert outcome.code == 1
    assert "nothing was written" in outcome.stderr
    assert "ID007" in outcome.stderr
    assert state(made) == before
