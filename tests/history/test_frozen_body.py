"""Once a record is frozen its text stays, and what has changed is written beside it."""

from __future__ import annotations

import unicodedata

import pytest

from govkb.template_files import shipped_templates

DECLARATION = (shipped_templates() / "decision" / "type.yaml").read_text("utf-8")
FROZEN = DECLARATION.replace(
    "sections:\n", "frozen_after: ratified\nsections:\n  Amendments: {append_only: true}\n", 1
)
TYPE = "templates/decision/type.yaml"
FILE = "records/decisions/DEC-20260421-drill.md"
PROPOSAL = """\
---
id: DEC-20260421-drill
title: Hold a restore drill
date: 2026-04-21
status: proposed
---

# Hold a restore drill

## Context

Nobody has restored a backup
since January, été comme hiver.

| who | when |
|---|---|
| on-call | Friday |

## Decision

1. Restore the largest database.
2. Measure how long it takes.

```sh
restore --largest
```

[runbook]: https://example.org/restore

## Amendments

- 2026-04-22: two databases.
"""
RATIFIED = PROPOSAL.replace("status: proposed", "status: ratified")


@pytest.fixture
def frozen(project, git):
    """A project in whose first commit a decision is ratified."""
    made = project({TYPE: FROZEN, FILE: RATIFIED})
    git(made.root).commit()
    return made


def found(made, text):
    made.write({FILE: text})
    return [(d.old, d.new) for d in made.check("main") if d.code == "APP005"]


def test_the_declaration_is_the_one_that_is_meant():
    assert FROZEN != DECLARATION


def test_nothing_changed_is_clean(frozen):
    assert frozen.codes("main") == []


def test_a_changed_word_is_reported_with_both_texts_and_its_place(frozen, run_govkb):
    changed = RATIFIED.replace("Measure how long", "Guess how long")
    frozen.write({FILE: changed})
    (fault,) = frozen.check("main")
    assert (fault.code, fault.record) == ("APP005", "DEC-20260421-drill")
    assert fault.span.start.line == changed[: changed.index("1. Restore")].count("\n") + 1
    old = "1. Restore the largest database.\n2. Measure how long it takes."
    assert (fault.old, fault.new) == (old, old.replace("Measure", "Guess"))
    outcome = run_govkb("check", "--base", "main", cwd=frozen.root)
    assert outcome.code == 1
    assert "[-Measure-]" in outcome.stdout
    assert "{+Guess+}" in outcome.stdout


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Hold a restore drill\n", "# Hold a drill\n"),
        ("Friday", "Monday"),
        ("restore --largest", "restore --smallest"),
        ("example.org", "example.com"),
        ("## Decision", "## Consequences"),
        ("Nobody has restored a backup\nsince January, été comme hiver.\n", ""),
        ("## Decision\n", "## Decision\n\nOne more thing.\n"),
        ("1. Restore", "<!-- 1. Restore"),
        ("largest database", "larg\u200best database"),
        ("été", "ete"),
        ("2. Measure how long it takes.", "2. Measure how longit takes."),
    ],
)
def test_any_change_that_a_reader_could_see_is_reported(frozen, old, new):
    assert old in RATIFIED
    assert len(found(frozen, RATIFIED.replace(old, new, 1))) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("backup\nsince", "backup since"),
        lambda text: text.replace("1. ", "- ").replace("2. ", "- "),
        lambda text: text.replace("\n\n", "\n\n\n"),
        lambda text: text.replace("backup", "backup  "),
        lambda text: text.replace("---\n\n#", "---\n\n<!-- govkb: ignore SEC002 -- short -->\n\n#"),
    ],
    ids=["CRLF", "NFD", "wrapped", "markers", "blank lines", "blanks", "directive"],
)
def test_what_no_reader_sees_may_change(frozen, change):
    text = change(RATIFIED)
    assert text != RATIFIED
    assert found(frozen, text) == []


def test_the_frontmatter_may_change(frozen):
    changed = RATIFIED.replace("date: 2026-04-21\n", "date: 2026-04-21\nreview_by: 2026-06-01\n")
    assert found(frozen, changed) == []
    assert frozen.codes("main") == []


def test_append_only_sections_may_grow_and_nothing_else(frozen):
    assert found(frozen, RATIFIED + "- 2026-04-23: three databases.\n") == []
    frozen.write({FILE: RATIFIED.replace("two databases", "no database")})
    assert frozen.codes("main") == ["APP001"]


def test_the_first_amendment_may_bring_its_section(project, git):
    bare = RATIFIED[: RATIFIED.index("## Amendments")]
    made = project({TYPE: FROZEN, FILE: bare})
    git(made.root).commit()
    assert found(made, RATIFIED) == []
    assert len(found(made, RATIFIED.replace("## Amendments", "## Confirmation"))) == 1


@pytest.mark.parametrize("status", ["proposed", "rejected", "deferred"])
def test_before_that_the_text_may_change(project, git, status):
    text = PROPOSAL.replace("proposed", status)
    made = project({TYPE: FROZEN, FILE: text})
    git(made.root).commit()
    assert found(made, text.replace("Friday", "Monday").replace(status, "ratified")) == []


def test_what_only_follows_the_status_is_frozen_too(project, git):
    text = PROPOSAL.replace("status: proposed", "status: superseded")
    made = project({TYPE: FROZEN, FILE: text})
    git(made.root).commit()
    assert len(found(made, text.replace("Friday", "Monday"))) == 1


def test_a_status_with_a_way_back_is_not_frozen(project, git):
    declared = FROZEN.replace("ratified: [superseded]", "ratified: [superseded, deferred]")
    text = PROPOSAL.replace("status: proposed", "status: deferred")
    made = project({TYPE: declared, FILE: text})
    git(made.root).commit()
    assert found(made, text.replace("Friday", "Monday")) == []


@pytest.mark.parametrize(
    "loosened",
    [
        {TYPE: DECLARATION},
        {TYPE: FROZEN.replace("Context: {required: true}", "Context: {append_only: true}")},
        {TYPE: FROZEN.replace("frozen_after: ratified", "frozen_after: superseded")},
        {"govkb.toml": 'templates = "other"\n'},
    ],
    ids=["not frozen", "append-only", "later", "elsewhere"],
)
def test_no_change_can_loosen_its_own_check(frozen, loosened):
    frozen.write(loosened)
    assert len(found(frozen, RATIFIED.replace("Friday", "Monday"))) == 1


@pytest.mark.parametrize("status", ["proposed", "superseded"])
def test_another_status_is_no_way_out(frozen, status):
    changed = RATIFIED.replace("Friday", "Monday").replace("status: ratified", f"status: {status}")
    assert len(found(frozen, changed)) == 1


def test_a_frozen_record_that_is_gone_or_unreadable_is_reported_at_its_old_place(frozen):
    assert found(frozen, RATIFIED.replace("title: Hold", "title: [")) == [(None, None)]
    assert "DEC-20260421-drill can't be read any more" in frozen.report("main")
    (frozen.root / FILE).unlink()
    (fault,) = (d for d in frozen.check("main") if d.code == "APP005")
    assert (fault.path, fault.record) == (FILE, "DEC-20260421-drill")
    assert "is gone" in fault.message


def test_another_file_name_is_fine(frozen):
    (frozen.root / FILE).unlink()
    frozen.write({"records/decisions/old/DEC-20260421-drill.md": RATIFIED})
    assert frozen.codes("main") == ["ID003"]


def test_a_shipped_type_that_is_not_frozen_may_change(project, git):
    made = project({FILE: RATIFIED[: RATIFIED.index("## Amendments")]})
    git(made.root).commit()
    assert found(made, RATIFIED.replace("Friday", "Monday")) == []
