from __future__ import annotations

import pytest

PATH = "records/incidents/INC-20260418-B-zero-backups.md"
TEXT = """\
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written.

## Learnings

- A green job is no proof of a backup.
"""


@pytest.fixture
def made(project):
    return project({PATH: TEXT})


def test_where_nothing_can_be_sealed_it_says_so(good, run_govkb):
    outcome = run_govkb("seal", cwd=good.root)
    assert (outcome.code, outcome.stdout) == (0, "there is nothing to seal\n")


def test_a_dry_run_speaks_of_what_would_be(made, run_govkb):
    outcome = run_govkb("seal", "--dry-run", cwd=made.root)
    assert outcome.stdout == "INC-20260418-B: 1 entry would be sealed\n"
    assert not (made.root / "records/.govkb").exists()
    assert run_govkb("seal", cwd=made.root).stdout == "INC-20260418-B: 1 entry sealed\n"
    assert run_govkb("seal", cwd=made.root).stdout == "every entry is sealed already\n"


def test_hooks_learn_that_something_was_sealed(made, run_govkb):
    would = run_govkb("seal", "--exit-code", "--dry-run", cwd=made.root)
    assert (would.code, would.stderr) == (1, "")
    done = run_govkb("seal", "--exit-code", cwd=made.root / "records")
    assert done.code == 1
    assert done.stderr == "add the ledgers to your commit: `git add .govkb/ledger`\n"
    assert run_govkb("seal", "--exit-code", cwd=made.root).code == 0
