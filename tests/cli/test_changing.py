"""`govkb status`, `reclassify` and `supersede`."""

from __future__ import annotations

import json

import pytest

INCIDENT = """\
---
id: INC-20260418-B
title: "Zero backups"   # as it was filed
status: open # for now

severity: 'high'
detected: 2026-04-18
tags: [backup,
  probe]
---

# Zero backups

## Summary

None.

## Learnings

- Look at the backup.
"""
PATH = "records/incidents/INC-20260418-B-zero-backups.md"
OLD, NEW = "DEC-20260420-look-at-all", "DEC-20260421-spot-check"


STEP = (
    "status: mitigated # for now\nstatus_history:\n  - at: 2026-04-22\n    from: open\n"
    "    to: mitigated\n"
)


def decision(record_id, status="ratified", more=""):
    return (
        f"---\nid: {record_id}\ntitle: About {record_id[13:]}\ndate: {record_id[4:8]}-"
        f"{record_id[8:10]}-{record_id[10:12]}\nstatus: {status}\n{more}---\n\n# About\n\n"
        "## Context\n\nC.\n\n## Decision\n\nD.\n"
    )


@pytest.fixture
def made(project):
    return project(
        {
            PATH: INCIDENT,
            f"records/decisions/{OLD}.md": decision(OLD),
            f"records/decisions/{NEW}.md": decision(NEW),
        }
    )


def text(made, path=PATH):
    return (made.root / path).read_bytes().decode()


def change(run_govkb, made, *arguments):
    return run_govkb(*arguments, "--date", "2026-04-22", cwd=made.root)


def probed(*arguments):
    return (*arguments, "--probe", "the newest backup", "--result", "it's there: 2 GB")


def test_a_status_changes_on_its_line_and_leaves_a_step(made, run_govkb):
    outcome = change(run_govkb, made, "status", "INC-B", "mitigated")
    assert (outcome.code, outcome.stderr) == (0, "")
    assert outcome.stdout == "INC-20260418-B  status: open → mitigated\n"
    assert text(made) == INCIDENT.replace("status: open # for now\n", STEP)
    assert made.check() == []


def test_a_reason_is_kept_in_a_history(made, run_govkb):
    arguments = ["status", "INC-20260418-B", "mitigated", "--by", "on-call", "--reason", "it: runs"]
    assert change(run_govkb, made, *arguments).code == 0
    step = (
        "status: mitigated # for now\nstatus_history:\n  - at: 2026-04-22\n    from: open\n"
        '    to: mitigated\n    by: on-call\n    note: "it: runs"\n'
    )
    assert text(made) == INCIDENT.replace("status: open # for now\n", step)
    assert change(run_govkb, made, "status", "INC-20260418-B", "open").code == 0
    assert text(made).count("  - at: 2026-04-22\n") == 2
    assert made.check() == []


@pytest.mark.parametrize(
    ("history", "added"),
    [
        ("[]", "\n  - at: 2026-04-22\n    from: open\n    to: mitigated\n"),
        ("", "\n  - at: 2026-04-22\n    from: open\n    to: mitigated\n"),
        (
            "[{at: 2026-04-19, to: open}]",
            " [{at: 2026-04-19, to: open}, {at: 2026-04-22, from: open, to: mitigated}]\n",
        ),
        (
            "\n- {at: 2026-04-19, to: open} # filed",
            "\n- {at: 2026-04-19, to: open} # filed\n"
            "- {at: 2026-04-22, from: open, to: mitigated}\n",
        ),
        (
            "\n  -   at: 2026-04-19\n      to: open\n\n  # the end",
            "\n  -   at: 2026-04-19\n      to: open\n  -   at: 2026-04-22\n      from: open\n"
            "      to: mitigated\n\n  # the end\n",
        ),
    ],
)
def test_a_step_is_written_as_those_before_it(made, run_govkb, history, added):
    head, tail = INCIDENT.split("severity:")
    space = " " if history and not history.startswith("\n") else ""
    made.write({PATH: f"{head}status_history:{space}{history}\nseverity:{tail}"})
    assert change(run_govkb, made, "status", "INC-20260418-B", "mitigated").code == 0
    expected = f"{head.replace('open #', 'mitigated #')}status_history:{added}severity:{tail}"
    assert text(made) == expected
    assert made.check() == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["status", "INC-20260418-B", "closd"], 2, "did you mean 'closed'?"),
        (["status", "INC-20260418-B", "open"], 2, "is 'open' already"),
        (["status", NEW, "proposed"], 2, "after 'ratified' comes 'superseded'"),
        (["status", "INC-20260418-Z", "open"], 2, "did you mean"),
        (["status", "INC-20260418-B", "closed"], 1, "must have the field `resolved`"),
        (["status", "INC-20260418-B", "mitigated", "--probe", "x"], 2, "--result"),
        (["status", "INC-20260418-B", "mitigated", "--field", "x"], 2, "'x' is no field"),
        (["status", "INC-20260418-B", "mitigated", "--field", "rsolved=x"], 1, "rsolved"),
        (["reclassify", "INC-20260418-B", "low", "--by", "me"], 2, "add --probe"),
        (["reclassify", "INC-20260418-B", "hgih"], 2, "did you mean 'high'?"),
        (["reclassify", "INC-20260418-B", "high", "--by", "me"], 2, "confirms it"),
        (["reclassify", NEW, "high"], 2, "decisions have no severity"),
        (["supersede", OLD, "--by", OLD], 2, "its own place"),
        (["supersede", NEW, "--by", OLD], 1, "REL006"),
    ],
)
def test_what_may_not_be_is_refused_and_nothing_is_written(made, run_govkb, arguments, code, said):
    before = {path: path.read_bytes() for path in made.root.rglob("*.md")}
    outcome = change(run_govkb, made, *arguments)
    assert (outcome.code, outcome.stdout) == (code, "")
    assert said in outcome.stderr
    assert {path: path.read_bytes() for path in made.root.rglob("*.md")} == before


def test_what_a_status_demands_can_come_with_it(made, run_govkb):
    arguments = ["status", "INC-20260418-B", "closed", "--field", "resolved=2026-04-21"]
    assert change(run_govkb, made, *arguments).code == 0
    assert "\nresolved: 2026-04-21\n---\n" in text(made)
    assert made.check() == []


def test_a_dry_run_shows_the_difference(made, run_govkb):
    outcome = change(run_govkb, made, "status", "INC-20260418-B", "mitigated", "--dry-run")
    assert outcome.code == 0
    assert text(made) == INCIDENT
    lines = outcome.stdout.splitlines()
    assert lines[0] == f"--- a/{PATH}"
    assert [line for line in lines[2:] if line[0] in "-+"] == [
        "-status: open # for now",
        *(f"+{line}" for line in STEP.splitlines()),
    ]


def test_line_ends_and_a_byte_order_mark_stay(made, run_govkb):
    raw = b"\xef\xbb\xbf" + INCIDENT.replace("\n", "\r\n").encode()
    made.write({PATH: raw})
    assert (
        change(run_govkb, made, *probed("reclassify", "INC-20260418-B", "low", "--by", "x")).code
        == 0
    )
    after = (made.root / PATH).read_bytes()
    assert after.startswith(b"\xef\xbb\xbf---\r\n")
    assert after.count(b"\n") == after.count(b"\r\n")
    assert b"severity: 'low'\r\nclassification:\r\n  - at: 2026-04-22\r\n" in after


def test_a_severity_is_judged_anew_with_a_probe(made, run_govkb):
    arguments = probed("reclassify", "INC-20260418-B", "low", "--by", "reviewer")
    outcome = change(run_govkb, made, *arguments, "--reason", "seen twice")
    assert outcome.stdout == "INC-20260418-B  severity: high → low\n"
    step = (
        "severity: 'low'\nclassification:\n  - at: 2026-04-22\n    from: high\n    to: low\n"
        "    by: reviewer\n    probe:\n      what: the newest backup\n"
        '      observed_at: 2026-04-22\n      result: "it\'s there: 2 GB"\n    note: seen twice\n'
    )
    assert text(made) == INCIDENT.replace("severity: 'high'\n", step)
    assert made.check() == []


def test_a_probe_confirms_a_severity(made, run_govkb):
    arguments = probed("reclassify", "INC-20260418-B", "high", "--by", "reviewer")
    assert change(run_govkb, made, *arguments).code == 0
    assert "    from: high\n    to: high\n" in text(made)
    assert "severity: 'high'\n" in text(made)
    assert made.check() == []


def test_a_probe_from_before_the_filing_proves_nothing(made, run_govkb):
    arguments = probed("reclassify", "INC-20260418-B", "low", "--by", "x")
    outcome = change(run_govkb, made, *arguments, "--observed", "2026-04-01")
    assert outcome.code == 1
    assert "STATE010" in outcome.stderr
    assert text(made) == INCIDENT


def test_without_by_it_is_gits_user(made, run_govkb, git):
    git(made.root).run("config", "user.name", "Ada Lovelace")
    assert change(run_govkb, made, *probed("reclassify", "INC-20260418-B", "low")).code == 0
    assert "    by: Ada Lovelace\n" in text(made)


def test_the_change_is_recorded_as_a_comparison_with_the_base_demands(made, run_govkb, git):
    repository = git(made.root)
    repository.commit()
    change(run_govkb, made, *probed("reclassify", "INC-20260418-B", "low", "--by", "x"))
    change(run_govkb, made, "status", "INC-20260418-B", "mitigated", "--reason", "done")
    change(run_govkb, made, "supersede", OLD, "--by", NEW)
    assert made.check("HEAD") == []


def test_superseding_is_said_at_both_ends_and_the_status_follows(made, run_govkb):
    outcome = change(run_govkb, made, "supersede", OLD, "--by", NEW)
    assert outcome.code == 0
    assert outcome.stdout.splitlines() == [
        f"{NEW}  supersedes: {OLD}",
        f"{OLD}  superseded_by: {NEW}",
        f"{OLD}  status: ratified → superseded",
    ]
    step = "status_history:\n  - at: 2026-04-22\n    from: ratified\n    to: superseded\n"
    old = decision(OLD, "superseded", f"{step}superseded_by:\n  - {NEW}\n")
    assert text(made, f"records/decisions/{OLD}.md") == old
    new = decision(NEW, "ratified", f"supersedes:\n  - {OLD}\n")
    assert text(made, f"records/decisions/{NEW}.md") == new
    assert made.check() == []
    again = change(run_govkb, made, "supersede", OLD, "--by", NEW)
    assert (again.code, again.stdout) == (2, "")


def test_a_proposal_supersedes_nothing_yet(made, run_govkb):
    made.write({f"records/decisions/{NEW}.md": decision(NEW, "proposed")})
    outcome = change(run_govkb, made, "supersede", OLD, "--by", NEW)
    assert outcome.code == 0
    assert f"{OLD} stays ratified" in outcome.stderr
    assert "status: ratified" in text(made, f"records/decisions/{OLD}.md")
    assert made.check() == []
    accepted = change(run_govkb, made, "status", NEW, "ratified")
    assert f"records/decisions/{OLD}.md: REL005" in accepted.stderr
    assert change(run_govkb, made, "supersede", OLD, "--by", NEW).code == 0
    assert made.check() == []


def test_where_the_status_cannot_follow_nothing_is_written(made, run_govkb):
    newer = INCIDENT.replace("INC-20260418-B", "INC-20260419-A")
    path = "records/incidents/INC-20260419-A-zero-backups.md"
    made.write({path: newer})
    outcome = change(run_govkb, made, "supersede", "INC-20260418-B", "--by", "INC-20260419-A")
    assert (outcome.code, outcome.stdout) == (1, "")
    assert "must have the field `resolved`" in outcome.stderr
    assert (text(made), text(made, path)) == (INCIDENT, newer)
    more = ("--field", "resolved=2026-04-21")
    arguments = ["supersede", "INC-20260418-B", "--by", "INC-20260419-A", *more]
    assert change(run_govkb, made, *arguments).code == 0
    assert made.check() == []


def test_a_proposal_that_is_superseded_is_rejected(made, run_govkb):
    made.write({f"records/decisions/{OLD}.md": decision(OLD, "proposed")})
    outcome = change(run_govkb, made, "supersede", OLD, "--by", NEW)
    assert outcome.stdout.splitlines()[-1] == f"{OLD}  status: proposed → rejected"
    why = f"{OLD} is rejected, since decisions don't go from 'proposed' to 'superseded'\n"
    assert outcome.stderr == why
    assert made.check() == []


NYGARD = (
    "# {}. {}\n\nDate: 2026-04-01\n\n## Status\n\n{}\n\n## Context\n\nC.\n\n"
    "## Decision\n\nD.\n\n## Consequences\n\nE.\n"
)


@pytest.mark.parametrize("newer", ["Accepted", "Proposed"])
def test_texts_without_a_frontmatter_say_it_with_their_status(made, run_govkb, newer):
    first, second = "records/adr/0001-use-it.md", "records/adr/0002-use-that.md"
    before = NYGARD.format(1, "Use it", "Accepted"), NYGARD.format(2, "Use [that]", newer)
    made.write({first: before[0], second: before[1]})
    known = made.check()
    outcome = change(run_govkb, made, "supersede", "0001-use-it", "--by", "0002-use-that")
    assert outcome.code == 0
    supersedes = f"{newer}\n\nSupersedes [1. Use it](0001-use-it.md)"
    assert text(made, second) == NYGARD.format(2, "Use [that]", supersedes)
    if newer == "Proposed":
        assert text(made, first) == before[0]
        assert change(run_govkb, made, "status", "0002-use-that", "accepted").code == 0
        arguments = ["supersede", "0001-use-it", "--by", "0002-use-that"]
        assert change(run_govkb, made, *arguments).code == 0
    superseded = "Superseded by [2. Use that](0002-use-that.md)"
    assert text(made, first) == NYGARD.format(1, "Use it", superseded)
    (relation,) = made.load().graph.outgoing["0002-use-that"]
    assert (relation.target, relation.kind.name) == ("0001-use-it", "supersedes")
    assert made.load().records_by_id["0001-use-it"].status == "superseded"
    assert made.check() == known


def test_a_status_in_a_line_says_it_there(made, run_govkb):
    old = "# Use it\n\n* Status: accepted\n* Date: 2026-04-01\n\n## Context\n\nC.\n\n"
    old += "## Decision\n\nD.\n"
    path, newer = "records/adr/0001-use-it.md", "records/adr/0002-use-that.md"
    made.write({path: old, newer: old.replace("Use it", "Use that")})
    known = made.check()
    outcome = change(run_govkb, made, "supersede", "0001-use-it", "--by", "0002-use-that")
    assert (outcome.code, outcome.stderr) == (0, "")
    said = "superseded by [Use that](0002-use-that.md)"
    assert text(made, path) == old.replace("Status: accepted", f"Status: {said}")
    assert made.check() == known


def test_a_status_in_the_text_changes_there(made, run_govkb):
    path = "records/adr/0001-use-it.md"
    adr = (
        "# 1. Use it\n\nDate: 2026-04-01\n\n## Status\n\n{}\n\n## Context\n\nC.\n\n"
        "## Decision\n\nD.\n\n## Consequences\n\nE.\n"
    )
    made.write({path: adr.format("Proposed")})
    before = len(made.check())
    assert change(run_govkb, made, "status", "0001-use-it", "accepted").code == 0
    assert text(made, path) == adr.format("Accepted")
    assert len(made.check()) == before
    refused = change(run_govkb, made, "status", "0001-use-it", "deprecated", "--reason", "gone")
    assert (refused.code, refused.stdout) == (1, "")
    assert "has no frontmatter" in refused.stderr


def test_json_tells_what_was_written(made, run_govkb):
    arguments = ["status", "INC-20260418-B", "mitigated", "--format", "json", "--dry-run"]
    assert json.loads(change(run_govkb, made, *arguments).stdout) == {
        "version": 1,
        "written": False,
        "changes": [
            {
                "id": "INC-20260418-B",
                "path": PATH,
                "field": "status",
                "from": "open",
                "to": "mitigated",
            }
        ],
    }


def test_a_day_that_is_named_like_the_status_is_that_of_the_move(project, run_govkb):
    path = "records/tickets/ticket-1.md"
    ticket = (
        "---\nid: ticket-1\ntitle: One\nkind: chore\nstatus: todo\n---\n\n# One\n\n"
        "## Problem\n\nx\n\n## Acceptance criteria\n\n- [x] AC1: y\n"
    )
    made = project({path: ticket})
    assert change(run_govkb, made, "status", "ticket-1", "closed", "--dry-run").code == 0
    assert change(run_govkb, made, "status", "ticket-1", "closed").code == 0
    assert "\nclosed: 2026-04-22\n" in text(made, path)
    made.write({path: ticket})
    given = change(run_govkb, made, "status", "ticket-1", "closed", "--field", "closed=2026-04-21")
    assert given.code == 0
    assert "\nclosed: 2026-04-21\n" in text(made, path)


def test_fields_get_values_of_the_kind_that_the_type_demands(project, run_govkb):
    path = "records/tickets/ticket-1.md"
    ticket = (
        "---\nid: ticket-1\ntitle: One\nkind: chore\nstatus: todo\nlabels: []\n---\n\n# One\n\n"
        "## Problem\n\nx\n\n## Acceptance criteria\n\n- [ ] AC1: y\n- [ ] AC2: z\n"
    )
    made = project({path: ticket})
    waivers = [f"{{item: AC{n}, by: Ava, why: it goes away}}" for n in (1, 2)]
    fields = (f"waived=[{', '.join(waivers)}]", "labels=dns, vault", "summary=2026", "owner=[Ava]")
    given = [word for field in fields for word in ("--field", field)]
    outcome = change(run_govkb, made, "status", "ticket-1", "closed", *given)
    assert outcome.code == 0, outcome.stderr
    (record,) = made.load().records
    assert [w["item"] for w in record.metadata["waived"]] == ["AC1", "AC2"]
    assert record.metadata["labels"] == ["dns", "vault"]
    assert (record.metadata["summary"], record.metadata["owner"]) == ("2026", "[Ava]")
    assert made.report() == ""
