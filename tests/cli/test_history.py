"""The audit of a history: every commit that broke the promise, and no other."""

from __future__ import annotations

import json

import pytest

FILE = "records/incidents/INC-20260418-B-zero-backups.md"
HEAD = """\
---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
---

# Zero backups

## Summary

None was written.

## Learnings

"""
ONE, TWO, THREE = "A green job is no proof.", "Restore once a month.", "Alarm on what is missing."


def incident(*entries):
    return HEAD + "".join(f"- {entry}\n" for entry in entries)


@pytest.fixture
def history(project, git, run_govkb):
    """Commits texts of the record one after the other, and audits them."""
    made = project({FILE: incident(ONE, TWO)})
    repository = git(made.root)
    repository.commit("begin")

    class History:
        root = made.root
        run = staticmethod(repository.run)

        def commit(self, text, subject="change", path=FILE):
            made.write({path: text})
            return repository.commit(subject)

        def audit(self, *arguments):
            outcome = run_govkb("history", "audit", "--format", "json", *arguments, cwd=made.root)
            assert outcome.code in (0, 1), outcome.stderr
            document = json.loads(outcome.stdout)
            assert bool(document["breaches"]) == bool(outcome.code)
            return [(b["commit"], b["kind"]) for b in document["breaches"]]

    return History()


def test_appending_and_what_is_outside_of_entries_is_fine(history):
    history.commit(incident(ONE, TWO, THREE))
    history.commit(incident(ONE, TWO, THREE).replace("severity: high", "severity: low"))
    history.commit(incident(ONE, TWO, THREE).replace("None was", "Not one was"))
    history.commit(incident(ONE, TWO, THREE).replace("\n", "\r\n"))
    assert history.audit("main") == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (incident(ONE.replace("no", "some"), TWO), ["edited"]),
        (incident(ONE.replace("is no", "is  no"), TWO), ["white space only"]),
        (incident(TWO), ["dropped"]),
        (incident(TWO, ONE), ["reordered"]),
        (incident(ONE, THREE, TWO), ["inserted"]),
        (f"{incident(ONE)}\n```\n- {TWO}\n```\n", ["hidden"]),
    ],
)
def test_each_breach_is_named_with_its_commit_and_kind(history, text, kinds):
    bad = history.commit(text)
    history.commit(text + "- Later.\n")
    assert history.audit("main") == [(bad, kind) for kind in kinds]


def test_a_deleted_record_lost_every_entry_and_a_renamed_one_none(history):
    history.run("mv", FILE, FILE.replace("zero", "no"))
    history.run("commit", "--quiet", "--message", "rename")
    assert history.audit("main") == []
    history.run("rm", "--quiet", FILE.replace("zero", "no"))
    history.run("commit", "--quiet", "--message", "delete")
    assert [kind for _, kind in history.audit("main")] == ["dropped", "dropped"]


def test_a_range_leaves_out_what_came_before_it(history):
    history.commit(incident(TWO))
    good = history.commit(incident(TWO, THREE))
    bad = history.commit(incident(TWO))
    assert history.audit(f"{good}..main") == [(bad, "dropped")]


def test_a_merge_that_keeps_both_is_fine_and_one_that_loses_an_entry_is_not(history):
    history.run("switch", "--quiet", "--create", "topic")
    history.commit(incident(ONE, TWO, "Learned in the branch, far away."))
    history.run("switch", "--quiet", "main")
    history.commit(incident(ONE, TWO, THREE))
    history.run("merge", "--quiet", "--strategy", "ours", "--no-commit", "topic")
    kept = incident(ONE, TWO, THREE, "Learned in the branch, far away.")
    history.commit(kept, "merge, keeping both")
    assert history.audit("main") == []
    assert history.audit("--first-parent", "main") == []
    history.run("reset", "--quiet", "--hard", "HEAD~1")
    history.run("merge", "--quiet", "--strategy", "ours", "topic")
    lost = history.run("rev-parse", "HEAD")
    assert history.audit("main") == [(lost, "dropped")]
    assert history.audit("--first-parent", "main") == []


def test_what_happens_on_a_branch_counts_once_or_as_its_merge(history):
    history.run("switch", "--quiet", "--create", "topic")
    bad = history.commit(incident(ONE))
    history.commit(incident(ONE, TWO))
    history.run("switch", "--quiet", "main")
    history.run("merge", "--quiet", "--no-ff", "--message", "merge", "topic")
    assert history.audit("main") == [(bad, "dropped")]
    assert history.audit("--first-parent", "main") == []


def test_a_redaction_that_the_ledger_has_is_fine(history, run_govkb):
    run_govkb("seal", cwd=history.root)
    history.run("add", "--all")
    history.run("commit", "--quiet", "--message", "seal")
    ledger = history.root / "records/.govkb/ledger/INC-20260418-B.ledger"
    name = f"L-{ledger.read_text().split()[4][:8]}"
    outcome = run_govkb("redact", name, "--reason", "names a customer", cwd=history.root)
    assert outcome.code == 0, outcome.stderr
    history.run("commit", "--quiet", "--all", "--message", "redact")
    assert history.audit("main") == []


def test_the_text_report_says_who_when_and_what(history, run_govkb):
    history.commit(incident(ONE.replace("no", "some"), TWO), "Tidy \x1b[31mup")
    outcome = run_govkb("history", "audit", "main", cwd=history.root)
    assert outcome.code == 1
    assert "Test: Tidy" in outcome.stdout
    assert "\x1b" not in outcome.stdout
    assert f"- {ONE}" in outcome.stdout
    assert outcome.stdout.endswith("1 of 2 commits breaks the promise, 1 time\n")


def test_an_unknown_range_is_exit_3(history, run_govkb):
    outcome = run_govkb("history", "audit", "nowhere..main", cwd=history.root)
    assert (outcome.code, "nowhere" in outcome.stderr) == (3, True)


def test_a_shallow_clone_can_not_be_audited(history, run_govkb, tmp_path):
    history.commit(incident(ONE))
    clone = tmp_path / "clone"
    history.run("clone", "--quiet", "--depth=1", f"file://{history.root}", str(clone))
    outcome = run_govkb("history", "audit", "HEAD", cwd=clone)
    assert (outcome.code, "--unshallow" in outcome.stderr) == (3, True)


def test_names_with_control_characters_hide_no_commit(history):
    """An author's name and a path may hold what separates the entries of a log elsewhere."""
    (history.root / "a\x01b").write_text("x")
    history.run("add", "--all")
    history.commit(incident(ONE))
    history.run("commit", "--quiet", "--amend", "--no-edit", "--author", "A\x01 B <a@example.org>")
    bad = history.run("rev-parse", "HEAD")
    history.commit(incident(ONE, THREE))
    assert history.audit("main") == [(bad, "dropped")]
