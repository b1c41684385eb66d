"""What looks like a new record is named, and what doesn't is not."""

from __future__ import annotations

import json

import pytest

from govkb.workspace import Workspace
from govkb.workspace.likeness import alike_to

DAY = ("--date", "2026-04-21")


def ids(base, workspace, type_name, *texts):
    found = alike_to(workspace, base, workspace.catalogue.types[type_name], texts)
    return [one.record.id for one in found]


@pytest.fixture(scope="module")
def reference(checkout):
    workspace = Workspace.at(checkout)
    return workspace, workspace.load()


@pytest.mark.parametrize(
    ("type_name", "text", "expected"),
    [
        ("incident", "Zero backups for 90 days", ["INC-20260418-B"]),
        ("incident", "The ArgoCD namespace raced again", ["INC-20260124-A"]),
        ("incident", "Terraform's state drifts, production postgres", ["INC-20260421-A"]),
        ("incident", "Helm reuse values again", ["INC-20260418-C", "helm-reuse-values"]),
        ("pitfall", "Helm reuse values again", ["helm-reuse-values"]),
        ("pitfall", "An optional secret masks a token", ["optional-secret-masks-an-expired-token"]),
        (
            "finding",
            "Wrong bucket name in the backup job",
            ["F-2026-0421-BACKUP-BUCKET-NAME-MISMATCH"],
        ),
        ("pitfall", "Terraform state drift around production postgres", []),
        ("incident", "Vault sealed after reboot", []),
        ("incident", "Login fails for all users", []),
        ("incident", "The certificate has expired", []),
        ("incident", "Disk full on the runner", []),
        ("incident", "Backups", []),
        ("incident", "It was not there any more", []),
        ("incident", "74 90 2026", []),
        ("decision", "Zero backups for 74 days", []),
    ],
)
def test_only_what_is_really_alike_is_found(reference, type_name, text, expected):
    workspace, base = reference
    assert ids(base, workspace, type_name, text) == expected


def test_no_reference_record_is_taken_for_many_others(reference):
    workspace, base = reference
    names = workspace.catalogue.types["incident"].alike
    others = [
        len(set(ids(base, workspace, "incident", record.title)) - {record.id})
        for record in base.records
        if record.type.name in names
    ]
    assert max(others) <= 1
    assert sum(others) <= len(others) / 8


PITFALL = """\
---
id: probe-first
title: Probe before you classify
summary: A severity was set from memory, nobody had looked.
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory. Vaults, reboots, seals.

## Instances

## Rule

Look at the current state first.
"""


def test_new_names_what_is_alike_and_how_to_record_a_repeat(project, run_govkb):
    made = project({"records/pitfalls/probe-first.md": PITFALL})
    outcome = run_govkb("new", "incident", "Classified before a probe", *DAY, cwd=made.root)
    assert outcome.code == 0
    assert outcome.stdout == "records/incidents/INC-20260421-A-classified-before-a-probe.md\n"
    assert outcome.stderr == (
        "this looks like what is recorded already:\n"
        "  probe-first  Probe before you classify\n"
        '    once more? govkb learn probe-first "…" adds it to Instances\n'
    )
    again = run_govkb("learn", "probe-first", "2026-04-21: INC-20260421-A.", cwd=made.root)
    assert again.code == 0


def test_new_is_silent_where_nothing_is_alike(project, run_govkb):
    made = project({"records/pitfalls/probe-first.md": PITFALL})
    outcome = run_govkb("new", "incident", "Vault seals after reboots", *DAY, cwd=made.root)
    assert (outcome.code, outcome.stderr) == (0, "")


def test_a_summary_counts_as_well_and_json_lists_what_is_alike(project, run_govkb):
    made = project({"records/pitfalls/probe-first.md": PITFALL})
    said = ("--field", "summary=The severity was from memory", "--dry-run", "--json")
    outcome = run_govkb("new", "incident", "Vault sealed", *DAY, *said, cwd=made.root)
    (similar,) = json.loads(outcome.stdout)["similar"]
    assert similar["id"] == "probe-first"


def test_types_that_ask_for_it_may_be_one_s_own(project, run_govkb, checkout):
    declaration = (checkout / "templates/pitfall/type.yaml").read_text("utf-8")
    own = declaration.replace("alike: [pitfall]", "alike: [pitfal]")
    made = project({"templates/pitfall/type.yaml": own})
    outcome = run_govkb("check", cwd=made.root)
    assert "no type is called 'pitfal'" in outcome.stdout or "pitfal" in outcome.stdout
    assert outcome.code == 1
