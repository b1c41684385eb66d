from __future__ import annotations

import json
from copy import deepcopy
from importlib.resources import files

import jsonschema_rs
import pytest

from govkb.reporting.json import VERSION, render

SCHEMA = json.loads(files("govkb.reporting").joinpath("json.schema.json").read_text("utf-8"))


@pytest.fixture
def document(diagnostics, hidden, base):
    return json.loads(render(diagnostics, base, hidden))


def strict(schema):
    """The schema as it is for its writer: nothing may be there that it doesn't describe."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: strict(part) for name, part in schema.items()}
    return made | ({"additionalProperties": False} if schema.get("type") == "object" else {})


def test_the_schema_is_one():
    assert jsonschema_rs.meta.is_valid(SCHEMA)
    assert SCHEMA["properties"]["version"]["const"] == VERSION


def test_a_report_is_valid_and_the_schema_describes_all_of_it(document, base):
    validator = jsonschema_rs.validator_for(strict(SCHEMA))
    assert [error.message for error in validator.iter_errors(document)] == []
    assert validator.is_valid(json.loads(render([], base)))


def test_a_reader_passes_over_fields_that_are_new(document):
    document["diagnostics"][0]["later"] = document["later"] = 1
    assert jsonschema_rs.is_valid(SCHEMA, document)


@pytest.mark.parametrize("field", ["code", "span", "fix", "related"])
def test_a_missing_field_is_invalid(document, field):
    spoiled = deepcopy(document)
    del spoiled["diagnostics"][0][field]
    assert not jsonschema_rs.is_valid(SCHEMA, spoiled)


def test_what_is_hidden_is_listed_apart_and_does_not_count(document, diagnostics, base):
    assert [(one["by"], one["diagnostic"]["code"]) for one in document["suppressed"]] == [
        ("comment", "STATE001"),
        ("baseline", "REF002"),
    ]
    assert [one["reason"] for one in document["suppressed"]] == [
        "it was agreed upon ##[set-output name=x]y \u202e",
        None,
    ]
    alone = json.loads(render(diagnostics, base))
    assert document | {"suppressed": []} == alone


def test_a_report_of_before_there_was_such_a_list_is_still_valid(document):
    del document["suppressed"]
    assert jsonschema_rs.is_valid(SCHEMA, document)


def test_text_is_exact_but_for_what_is_no_unicode(document, diagnostics):
    hostile, said = document["diagnostics"][-1], diagnostics[-1]
    assert hostile["message"] == said.message.replace("\ud800", "\\ud800")
    assert hostile["path"] == said.path.replace("\udcff", "\\xff")


def test_a_fix_says_in_lines_and_columns_what_it_replaces(document):
    (fix,) = [d["fix"] for d in document["diagnostics"] if d["fix"]]
    assert fix["title"] == "write `two` {so}"
    spans = [
        (e["span"]["start"]["line"], e["span"]["start"]["column"], e["span"]["end"]["column"])
        for e in fix["edits"]
    ]
    assert spans == [(6, 1, 3), (6, 3, 7), (7, 3, 3)]
    assert [edit["text"] for edit in fix["edits"]] == ["", "two", "h\u202e"]
