"""A type that is nothing but a folder in the user's templates: everything works with it."""

from __future__ import annotations

import json
from datetime import date

import jsonschema_rs
import pytest

from govkb import strict_yaml

TYPE = """\
type: drill
label: Restore drill
purpose: A backup was restored on purpose, and this is how it went.
forms:
  - id: "DRILL-{year}-{seq:3}"
    path: "drills/{folders}{id}-{slug}.md"
  - id: "DRILL-{year}-{seq:3}-r{int}"
    path: "drills/{folders}{id}.md"
aliases: ["DRILL-{seq:3}"]
numbered: true
required: [title, value, outcome]
fields:
  value: {$ref: "#/$defs/value"}
  outcome: {enum: [pass, fail], default: pass}
  minutes: {type: integer, minimum: 0}
status:
  initial: planned
  planned: [held]
  held: []
  done: [held]
  synonyms: {executed: held}
requires_when:
  held: {fields: [minutes], sections: [Evidence], related: [{to: [incident, finding]}]}
sections:
  Context Pack: {required: true}
  Aim: {required: true, within: Context Pack, aliases: [Goal]}
  Leftovers: {required: {outcome: [fail]}, within: Context Pack}
  Evidence: {append_only: true}
section_order: true
relations:
  proves: {to: [incident, finding], qualifiers: {until: {$ref: "#/$defs/day"}}, list: true}
  supersedes: {to: [drill]}
site: {place: 5, open: Drills to hold, order: value}
"""
VOCABULARY = """\
definitions:
  value:
    description: how much it is worth
    enum: [HV/HQ, MV/MQ]
    spellings: {"🔴 HV/HQ": HV/HQ}
relations:
  proves: {label: Proves, inverse: proved_by, inverse_label: Proved by}
"""
TEMPLATE = """\
---
id: {{ id }}
title: {{ title | yaml }}
value: HV/HQ
---

# {{ title }}

## Context Pack

### Aim

To see whether it comes back.
"""
FILES = {
    "templates/drill/type.yaml": TYPE,
    "templates/drill/record.md.j2": TEMPLATE,
    "templates/vocabulary.yaml": VOCABULARY,
}
HELD = """\
---
id: DRILL-2026-001
title: Restore the vault
value: 🔴 HV/HQ
status: executed
minutes: 41
proves: [{ref: INC-20260418-B, until: 2026-07-18}]
---

# Restore the vault

## Context Pack

### Goal

To see whether it comes back.

## Evidence

- It came back.
"""
INCIDENT = """\
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written. See DRILL-2026-001.
"""
PLACE = "records/drills/vault/DRILL-2026-001-restore-the-vault.md"
ALL = {**FILES, PLACE: HELD, "records/incidents/INC-20260418-B-zero-backups.md": INCIDENT}


def test_its_records_are_checked_and_found(project):
    made = project(ALL)
    assert made.report() == ""
    base = made.load()
    (record,) = base.of_type("drill")
    assert record.status == "held"
    assert record.is_done
    assert [relation.source for relation in base.graph.incoming["INC-20260418-B"]] == [record.id]


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("DRILL-2026-001\n", "DRILL-2026-1\n", "ID001", "DRILL-2026-001"),
        ("🔴 HV/HQ", "🟢 HV/HQ", "FIELD003", "did you mean 'HV/HQ'?"),
        ("minutes: 41", "minutes: -1", "FIELD002", "-1"),
        ("minutes: 41", "minuets: 41", "FIELD004", "did you mean `minutes`?"),
        ("minutes: 41\n", "", "STATE002", "minutes"),
        ("executed", "exectued", "STATE001", "held"),
        ("2026-07-18", "soon", "FIELD002", "a date"),
        ("until:", "untill:", "FIELD004", "did you mean `until`?"),
        ("[{ref: INC-20260418-B, until: 2026-07-18}]", "INC-20260418-B", "FIELD006", "a list"),
        ("value:", "outcome: fail\nvalue:", "SEC001", "Leftovers"),
        ("### Goal", "### Gaol", "SEC001", "Aim"),
        ("To see whether it comes back.", "<!-- later -->", "SEC002", "Goal"),
        ("## Context Pack", "## Evidence\n\n- x\n\n## Context Pack", "SEC004", "Evidence"),
    ],
)
def test_each_part_of_its_declaration_counts(project, old, new, code, words):
    assert old in HELD
    found = project({**ALL, PLACE: HELD.replace(old, new)}).check()
    assert any(f.code == code and words in f"{f.message} {f.hint}" for f in found), found


def test_a_new_record_of_it_is_clean_and_follows_the_last_number(project, run_govkb):
    made = project(ALL)
    outcome = run_govkb("new", "drill", "Restore the bucket", "--date", "2026-04-21", cwd=made.root)
    assert outcome.stderr == ""
    assert outcome.stdout == "records/drills/DRILL-2026-002-restore-the-bucket.md\n"
    assert made.report() == ""
    assert made.load(None).records_by_id["DRILL-2026-002"].date is None


def test_govkb_types_lists_it_with_its_file_and_explains_it(project, run_govkb):
    root = project(ALL).root
    listed = run_govkb("types", cwd=root).stdout
    line = next(line for line in listed.splitlines() if line.startswith("drill "))
    assert line.split()[:3] == ["drill", "1", "A"]
    assert "from templates/drill/type.yaml" in listed
    shown = run_govkb("types", "drill", cwd=root).stdout
    for words in (
        "DRILL-2026-001-r1",
        "DRILL-{seq:3}",
        "also called executed",
        "demands at least 1 relation to incident or finding",
        "value: HV/HQ, MV/MQ",
        "(default: pass)",
        "required where outcome is fail",
        "to incident or finding; back: proved_by; always a list; with until",
    ):
        assert words in shown, shown
    document = json.loads(run_govkb("types", "drill", "--format", "json", cwd=root).stdout)
    assert document["type"]["file"] == "templates/drill/type.yaml"
    assert document["type"]["records"] == 1
    assert [s["name"] for s in document["type"]["statuses"] if s["done"]] == ["held"]


def test_its_schema_takes_its_records(project, run_govkb):
    printed = run_govkb("schema", "drill", cwd=project(ALL).root).stdout
    schema = json.loads(printed)
    jsonschema_rs.meta.validate(schema)
    metadata = strict_yaml.load(HELD.split("---\n")[1]).value
    validator = jsonschema_rs.validator_for(schema, validate_formats=True)
    assert validator.is_valid(metadata)
    assert not validator.is_valid({**metadata, "value": "🟢 HV/HQ"})
    assert not validator.is_valid({**metadata, "status": "exectued"})
    assert not validator.is_valid({**metadata, "id": "DRILL-1"})


def test_it_has_pages(project, site_pages):
    pages = {p.uri: p for p in site_pages(project(ALL))}
    assert "Proved by" in pages["incidents/INC-20260418-B.md"].html
    assert "Restore the vault" in pages["drills/index.md"].html
    assert "HV/HQ" in pages["drills/index.md"].html
    assert "🔴" not in pages["drills/index.md"].html
    assert "🔴 HV/HQ" in pages["vocabulary.md"].html
    assert pages["drills/DRILL-2026-001.md"].html


def test_its_numbers_go_on_from_year_to_year_since_they_share_one_sequence(project):
    workspace = project(ALL).open()
    file = workspace.create_record("drill", "Next year", date(2027, 1, 2))
    assert file.name == "DRILL-2027-002-next-year.md"
