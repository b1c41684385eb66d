from __future__ import annotations

import json

import pytest

INCIDENT = """---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
tags: [backup, probe]
caused_by: {ref: INC-20260418-C, note: the same chart}
---

# Zero backups

## Summary

None.
"""


@pytest.fixture
def made(project):
    return project(
        {
            "govkb.toml": '[inheritance]\nfile = "metadata.yaml"\n',
            "records/metadata.yaml": "owner: platform\nseverity: low\n",
            "records/incidents/INC-20260418-B-x.md": INCIDENT,
            "records/incidents/INC-20260418-C-y.md": INCIDENT.replace("-B", "-C").replace(
                "caused_by: {ref: INC-20260418-C, note: the same chart}\n", ""
            ),
        }
    )


@pytest.mark.parametrize(
    "name", ["INC-20260418-B", "INC-20260418-B-x", "records/incidents/INC-20260418-B-x.md"]
)
def test_a_record_is_shown_by_any_of_its_names(made, run_govkb, name):
    outcome = run_govkb("show", name, cwd=made.root)
    assert outcome.code == 0
    lines = outcome.stdout.splitlines()
    assert lines[:2] == [
        "INC-20260418-B  Zero backups",
        "Incident · open · records/incidents/INC-20260418-B-x.md",
    ]
    assert "tags      backup, probe" in lines
    assert lines[-1] == "Caused by: INC-20260418-C  Zero backups"


def test_effective_values_say_where_they_come_from(made, run_govkb):
    outcome = run_govkb("show", "INC-20260418-B", "--effective", cwd=made.root)
    found = {line.split()[0]: line.split("  ")[-1].strip() for line in outcome.stdout.splitlines()}
    assert found["severity"] == "its own"
    assert found["owner"] == "records/metadata.yaml"
    as_json = run_govkb(
        "show", "INC-20260418-B", "--effective", "--format", "json", cwd=made.root
    ).stdout
    assert {"field": "owner", "value": "platform", "origin": "records/metadata.yaml"} in json.loads(
        as_json
    )


def test_each_item_of_a_joined_list_says_where_it_comes_from(made, run_govkb):
    made.write(
        {
            "govkb.toml": '[inheritance]\nfile = "metadata.yaml"\nunion = true\n',
            "records/metadata.yaml": "owner: platform\ntags: [team]\n",
        }
    )
    lines = run_govkb("show", "INC-20260418-B", "--effective", cwd=made.root).stdout.splitlines()
    assert [" ".join(line.split()) for line in lines if line.startswith("tags")] == [
        "tags[0] team records/metadata.yaml",
        "tags[1] backup its own",
        "tags[2] probe its own",
    ]


def test_a_history_is_shown_step_by_step(project, run_govkb):
    told = """severity: low
classification:
  - {at: 2026-04-19, from: critical, to: high, by: on-call, qualifiers: [latent]}
  - at: 2026-04-21
    from: high
    to: low
    by: reviewer
    probe: {what: the token, observed_at: 2026-04-21, result: expired}
"""
    text = INCIDENT.replace("severity: high\n", told).replace("caused_by", "relates_to")
    made = project({"records/incidents/INC-20260418-B-x.md": text})
    outcome = run_govkb("show", "INC-20260418-B", cwd=made.root)
    assert (
        "classification  2026-04-19  critical → high; by: on-call; qualifiers: latent\n"
        "                2026-04-21  high → low; by: reviewer; "
        "probe: what the token, observed_at 2026-04-21, result expired\n"
    ) in outcome.stdout


def test_an_unknown_name_ends_with_2_and_suggestions(made, run_govkb):
    outcome = run_govkb("show", "INC-20260418-Z", cwd=made.root)
    assert outcome.code == 2
    assert "INC-20260418-B" in outcome.stderr


def test_a_name_of_several_lists_them(made, run_govkb):
    outcome = run_govkb("show", "INC-20260418", cwd=made.root)
    assert outcome.code == 2
    assert "records/incidents/INC-20260418-C-y.md" in outcome.stderr


def test_json_has_fields_and_relations(made, run_govkb):
    shown = json.loads(
        run_govkb("show", "INC-20260418-C", "--format", "json", cwd=made.root).stdout
    )
    assert shown["type"] == "incident"
    assert shown["relations"] == [
        {
            "label": "Cause of",
            "relation": "caused_by",
            "record": "INC-20260418-B",
            "title": "Zero backups",
        }
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("INC-20260419-A", "INC-20260419-A is in {}, which can't be read"),
        ("{}", "{} is there, but can't be read"),
    ],
)
def test_a_record_that_cannot_be_read_is_there_all_the_same(made, run_govkb, name, said):
    path = "records/incidents/INC-20260419-A-a.md"
    made.write({path: "---\nid: INC-20260419-A\ntitle: a: b\n---\n"})
    outcome = run_govkb("show", name.format(path), cwd=made.root)
    assert (outcome.code, outcome.stdout) == (1, "")
    assert said.format(path) in outcome.stderr
    assert f"see `govkb check {path}`" in outcome.stderr


def test_what_follows_from_the_fields_is_shown(project, run_govkb):
    incident = INCIDENT.replace("caused_by: {ref: INC-20260418-C, note: the same chart}", "{}")
    more = "started: 2026-04-10\nresolved: 2026-04-20\nblocked_by: F-2026-0421-X"
    finding = (
        "---\nid: F-2026-0421-X\ntitle: X\nseverity: low\ndue: 2026-04-25\n---\n\n# X\n\n"
        "## Condition\n\nSo.\n"
    )
    made = project(
        {
            "records/incidents/INC-20260418-B-x.md": incident.format(more),
            "records/findings/F-2026-0421-X.md": finding,
        }
    )
    today = ("--today", "2026-04-22")
    incident = run_govkb("show", "INC-20260418-B", *today, cwd=made.root).stdout
    assert "\nTime to resolve: 10 days\nWaits for: F-2026-0421-X  X\n" in incident
    finding = run_govkb("show", "F-2026-0421-X", *today, cwd=made.root).stdout
    assert "\ndue: 2026-04-25, in 3 days\n" in finding
    later = run_govkb(
        *("show", "F-2026-0421-X", "--today", "2026-04-26", "--format", "json"), cwd=made.root
    )
    document = json.loads(later.stdout)
    assert document["deadlines"] == [{"field": "due", "day": "2026-04-25", "days": -1}]
    assert (document["version"], document["waits_for"]) == (1, [])


def test_the_text_is_shown_on_request_and_acts_on_no_terminal(made, run_govkb):
    path = "records/incidents/INC-20260418-C-y.md"
    text = (made.root / path).read_text()
    made.write({path: text.replace("None.", "None, \x1b[31mred.")})
    outcome = run_govkb("show", "INC-20260418-C", "--body", cwd=made.root)
    assert outcome.stdout.endswith("\n## Summary\n\nNone, \\x1b[31mred.\n")
    assert "## Summary" not in run_govkb("show", "INC-20260418-C", cwd=made.root).stdout
    as_json = run_govkb("show", "INC-20260418-C", "--body", "--format", "json", cwd=made.root)
    assert json.loads(as_json.stdout)["text"].startswith("# Zero backups\n")


def test_a_bare_number_is_the_record_that_alone_has_it(project, run_govkb):
    adr = "# {0}. Use it\n\nDate: 2026-04-18\n\n## Status\n\nAccepted\n\n## Context\n\nx.\n"
    review = "---\nid: review-x-2026-04-18-r2\ntitle: R\n---\n\n## Summary\n\nx\n"
    made = project(
        {
            "records/adr/0001-use-it.md": adr.format(1),
            "records/adr/0010-use-it.md": adr.format(10),
            "records/reviews/review-x-2026-04-18-r2.md": review,
        }
    )

    def shown(name):
        outcome = run_govkb("show", name, cwd=made.root)
        return outcome.code, (outcome.stdout or outcome.stderr).split("\n", 1)[0]

    assert shown("1") == shown("001") == shown("0001-use-it")
    assert shown("2") == (2, "govkb: no record is called '2'")  # a round is no record's number
    made.write({"records/tickets/ticket-1.md": "---\nid: ticket-1\ntitle: T\nkind: ops\n---\n"})
    outcome = run_govkb("show", "1", cwd=made.root)
    assert outcome.code == 2
    assert "0001-use-it" in outcome.stderr
    assert "ticket-1" in outcome.stderr
