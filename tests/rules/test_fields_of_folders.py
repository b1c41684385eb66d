"""Required fields that a record has from its folders, or may do without because it is exempt."""

from __future__ import annotations

import pytest

NOTE_TYPE = """\
type: note
label: Note
purpose: A thought.
id: "NOTE-{seq:3}"
path: "notes/{folders}{id}.md"
required: [colour, risk]
fields:
  exempt: {type: boolean}
  colour: {type: string}
  risk:
    type: object
    required: [level]
    properties: {level: {enum: [low, high]}, note: {type: string}}
"""
HANDED_DOWN = "colour: red\nrisk: {level: low}\n"
SETTINGS = '[inheritance]\nfile = "metadata.yaml"\n'
EXEMPTION = '[exemption]\nfield = "exempt"\nfields = ["risk"]\n'


@pytest.fixture
def missing(project):
    """The messages about missing fields of one note with these fields."""

    def find(fields="", settings="", folder=HANDED_DOWN):
        made = project(
            {
                "govkb.toml": settings,
                "templates/note/type.yaml": NOTE_TYPE,
                "records/notes/inner/metadata.yaml": folder,
                "records/notes/inner/NOTE-001.md": f"---\nid: NOTE-001\n{fields}---\n",
            }
        )
        found = (d for d in made.check() if d.code == "FIELD001" and d.record == "NOTE-001")
        return [diagnostic.hint.split(":")[0] for diagnostic in found]

    return find


def test_what_a_folder_hands_down_is_there_as_soon_as_it_does(missing):
    assert missing() == ["add `colour", "add `risk"]
    assert missing(settings=SETTINGS) == []


def test_an_empty_value_hides_nothing_and_fields_of_a_field_are_handed_down_too(missing):
    fields = 'colour: ""\nrisk: {note: as always}\n'
    assert missing(fields, SETTINGS) == []
    assert missing(fields, SETTINGS, "colour: red\n") == ["add `level"]


def test_an_exempt_record_may_leave_out_the_named_fields_and_no_others(missing):
    assert missing("exempt: true\n", EXEMPTION) == ["add `colour"]
    assert missing("exempt: true\nrisk: {}\n", EXEMPTION) == ["add `colour"]
    assert missing("exempt: false\n", EXEMPTION) == ["add `colour", "add `risk"]
    assert missing("exempt: true\n") == ["add `colour", "add `risk"]


def test_what_the_settings_give_a_meaning_is_a_known_field(project):
    settings = '[inheritance]\nfile = "metadata.yaml"\n[exemption]\nfield = "exempt"\n'
    text = INCIDENT_WITH.format(more="inheritance: {mode: none}\nexempt: true\n")
    files = {"govkb.toml": settings, "records/incidents/INC-20260418-B-x.md": text}
    assert project(files).codes() == []
    del files["govkb.toml"]
    assert project(files).codes() == ["FIELD004", "FIELD004"]


def test_an_empty_value_stands_for_what_is_handed_down(project):
    text = INCIDENT_WITH.format(more="owner: ''\n")
    files = {
        "govkb.toml": '[inheritance]\nfile = "metadata.yaml"\n',
        "records/incidents/INC-20260418-B-x.md": text,
    }
    assert project(files).codes() == ["FIELD002"]
    files["records/metadata.yaml"] = "owner: platform\n"
    assert project(files).codes() == []


INCIDENT_WITH = """---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
{more}---

# Zero backups

## Summary

None.
"""
