"""Types as data: what a declaration may say, and what it gets where it says something else."""

from __future__ import annotations

import pytest

from govkb.template_files import shipped_templates

PLAYBOOK = """\
type: playbook
label: Playbook
purpose: What to do when the pager rings.
id: "PB-{seq:4}"
path: "playbooks/{id}-{slug}.md"
required: [title, system]
fields:
  system: {$ref: "#/$defs/text"}
  risk: {$ref: "#/$defs/likelihood"}
status:
  initial: draft
  draft: [live]
  live: []
requires_when:
  live: {fields: [owner], sections: [Rollback]}
sections:
  Steps: {required: true}
  Rollback: {}
  Log: {append_only: true}
relations: [relates_to, mitigates]
"""
RECORD = """\
---
id: PB-0001
title: Unseal the vault
system: vault
mitigates: INC-20260418-B
---

# Unseal the vault

## Steps

1. Enter three keys.
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

No backup was written. See PB-0001.
"""
PLACE = "records/playbooks/PB-0001-unseal-the-vault.md"
INCIDENT_PLACE = "records/incidents/INC-20260418-B-zero-backups-for-74-days.md"


@pytest.fixture
def with_type(project):
    """A project whose own templates declare the type playbook, with one text put for another."""

    def make(old="", new="", files=None):
        assert old in PLAYBOOK
        declaration = PLAYBOOK.replace(old, new) if old else PLAYBOOK
        return project({"templates/playbook/type.yaml": declaration, **(files or {})})

    return make


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("purpose:", "purpos:", 1, "purpos"),
        ("label: Playbook", "label: Playbook\nlable: Run", 3, "lable"),
        ("status:\n  initial: draft", "status:\n  initial: drft", 11, "'drft' is named"),
        ("draft: [live]", "draft: [live, retired]", 12, "'retired' is named"),
        ("live: {fields", "open: {fields", 15, "'open' is not declared"),
        ("[Rollback]", "[Roll back]", 15, "'Roll back' is not declared"),
        ("[relates_to, mitigates]", "[relates_to, mitigate]", 20, "'mitigate'"),
        ('"PB-{seq:4}"', '"PB-{seq}"', 4, "{seq} is no token"),
        ('"PB-{seq:4}"', '"PB-{sequence:4}"', 4, "is no token"),
        ('"playbooks/', '"../playbooks/', 5, "leads out of the records folder"),
        ('"playbooks/', '"/playbooks/', 5, "leads out of the records folder"),
        ("  Rollback: {}", "  Rollback: {appendonly: true}", 18, "appendonly"),
        ("type: playbook", "type: play-book", 1, "'play-book' is in the folder 'playbook'"),
        ("type: playbook", "type: [playbook]", 1, "`type`"),
        ("label: Playbook", "label: Playbook\nlabel: Run", 3, "'label' is written twice"),
        ("label: Playbook", "label: [Playbook", 3, "not valid YAML"),
        ("label: Playbook", "label: !!str Playbook", 2, "tag"),
        ("label: Playbook", "label: &l Playbook\nplural: *l", 3, "alias"),
    ],
)
def test_a_fault_of_a_declaration_names_file_line_and_value(with_type, old, new, line, words):
    catalogue = with_type(old, new).open().catalogue
    fault = catalogue.faults[0]
    assert fault.file.as_posix().endswith("templates/playbook/type.yaml")
    assert fault.type == "playbook"
    assert fault.line == line
    assert words in f"{fault.message} {fault.hint}"
    assert "playbook" not in catalogue.types
    assert set(catalogue.broken) == {"playbook"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("#/$defs/text", "#/$defs/txt", "no vocabulary is called 'txt'"),
        ('{$ref: "#/$defs/text"}', "{type: strin}", "strin"),
        ('{$ref: "#/$defs/text"}', "{type: string, pattern: '['}", "the pattern"),
        ('{$ref: "#/$defs/text"}', "{type: string, pattern: '(?=a)a'}", "look-around"),
        (
            '{$ref: "#/$defs/text"}',
            "{type: string, pattern: '((a{99}){99}){99}'}",
            "very large repeats",
        ),
        ('{$ref: "#/$defs/text"}', '{$ref: "https://example.org/schema.json"}', "example.org"),
        ('{$ref: "#/$defs/text"}', "{type: string, default: 3}", "its default 3 is no value"),
    ],
)
def test_a_field_with_an_unusable_schema_names_the_field_with_its_line(with_type, old, new, words):
    (fault,) = with_type(old, new).open().catalogue.faults
    assert fault.line == 8
    assert words in fault.message


@pytest.mark.parametrize("content", ["", "- one\n", "just text\n"])
def test_a_declaration_that_is_no_mapping_is_refused(project, content):
    (fault,) = project({"templates/playbook/type.yaml": content}).open().catalogue.faults
    assert (fault.line, fault.message) == (1, "it must be a mapping of keys to values")


def test_a_declaration_that_is_not_utf_8_is_refused(project):
    made = project({"templates/playbook/type.yaml": PLAYBOOK.encode("utf-16")})
    (fault,) = made.open().catalogue.faults
    assert fault.message == "not UTF-8 at byte 0"


def test_a_folder_in_the_repository_adds_a_type(with_type):
    made = with_type(files={PLACE: RECORD, INCIDENT_PLACE: INCIDENT})
    assert made.codes() == []
    base = made.load()
    assert [record.id for record in base.of_type("playbook")] == ["PB-0001"]
    assert [relation.source for relation in base.graph.incoming["INC-20260418-B"]] == ["PB-0001"]


def test_an_added_type_is_checked_like_every_other(with_type):
    text = (
        RECORD.replace("system: vault", "sytem: vault\nstatus: live\nrisk: maybe")
        .replace("## Steps", "## Step")
        .replace("INC-20260418-B", "INC-20260418-C")
    )
    codes = with_type(files={PLACE: text, INCIDENT_PLACE: INCIDENT}).codes()
    expected = ["FIELD001", "FIELD003", "FIELD004", "REF002", "SEC001", "STATE002", "STATE002"]
    assert sorted(codes) == expected


def test_a_folder_of_the_same_name_takes_the_place_of_a_shipped_type(project):
    declaration = (shipped_templates() / "incident" / "type.yaml").read_text("utf-8")
    own = declaration.replace(
        "Summary: {required: true}", "Summary: {}\n  Detection: {required: true}"
    )
    assert own != declaration
    made = project({"templates/incident/type.yaml": own, INCIDENT_PLACE: INCIDENT})
    (diagnostic,) = made.check()
    assert diagnostic.code == "SEC001"
    assert "Detection" in diagnostic.message


def test_other_types_stay_when_one_is_replaced(with_type):
    assert set(with_type().open().catalogue.types) >= {"incident", "decision", "playbook"}


def test_an_own_vocabulary_is_laid_over_the_shipped_one_name_by_name(project):
    vocabulary = "definitions:\n  severity:\n    enum: [sev1, sev2]\n"
    files = {"templates/vocabulary.yaml": vocabulary}
    good = INCIDENT.replace("severity: high", "severity: sev1").replace(" See PB-0001.", "")
    assert project({**files, INCIDENT_PLACE: good}).codes() == []
    (diagnostic,) = project(
        {**files, INCIDENT_PLACE: good.replace("severity: sev1", "severity: high")}
    ).check()
    assert diagnostic.code == "FIELD003"
    assert "sev1, sev2" in diagnostic.hint


def test_an_own_vocabulary_adds_fields_and_relations(with_type):
    vocabulary = (
        "fields:\n  cost: {type: integer}\n"
        "relations:\n  replaces_for_now: {label: Replaces for now, inverse: replaced_for_now}\n"
    )
    made = with_type(
        "[relates_to, mitigates]",
        "[relates_to, mitigates, replaces_for_now]",
        {
            "templates/vocabulary.yaml": vocabulary,
            PLACE: RECORD.replace("mitigates:", "cost: 3\nreplaces_for_now:"),
            INCIDENT_PLACE: INCIDENT,
        },
    )
    assert made.codes() == []
    (relation,) = made.load().graph.outgoing["PB-0001"]
    assert (relation.kind.name, relation.kind.inverse) == ("replaces_for_now", "replaced_for_now")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("fieldz: {}\n", "fieldz"),
        ("relations:\n  eats: {inverse: eaten_by}\n", "label"),
        ("definitions: [one]\n", "`definitions`"),
        ("definitions:\n  a: {}\n  a: {}\n", "'a' is written twice"),
    ],
)
def test_a_fault_of_the_vocabulary_names_file_and_value(project, content, words):
    catalogue = project({"templates/vocabulary.yaml": content}).open().catalogue
    (fault,) = catalogue.faults
    assert fault.file.as_posix().endswith("templates/vocabulary.yaml")
    assert words in fault.message
    assert "incident" in catalogue.types


def test_templates_may_be_in_another_folder(project):
    made = project(
        {
            "govkb.toml": 'templates = "governance/types"\n',
            "governance/types/playbook/type.yaml": PLAYBOOK,
            PLACE: RECORD.replace("mitigates: INC-20260418-B\n", ""),
        }
    )
    assert made.codes() == []
