from __future__ import annotations

import json

import jsonschema_rs
import pytest

from govkb.template_files import TemplateFiles, shipped_templates

SHIPPED = TemplateFiles((shipped_templates(),)).type_names()


@pytest.mark.parametrize("name", SHIPPED)
def test_the_schema_of_every_shipped_type_is_one(good, run_govkb, name):
    outcome = run_govkb("schema", name, cwd=good.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    schema = json.loads(outcome.stdout)
    jsonschema_rs.meta.validate(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:govkb:type:{name}"
    assert schema["title"]
    assert schema["description"]


def test_it_takes_every_record_of_the_reference_knowledge_base(checkout, good, run_govkb):
    workspace = type(good)(checkout).open()
    base = workspace.load()
    validators = {}
    for record in base.records:
        name = record.type.name
        if name not in validators:
            printed = run_govkb("schema", name, cwd=good.root).stdout
            validators[name] = jsonschema_rs.validator_for(
                json.loads(printed), validate_formats=True
            )
        found = [e.message for e in validators[name].iter_errors(record.metadata)]
        assert found == [], record.path
    assert len(validators) > 5


def test_what_folders_hand_down_is_not_demanded(good, run_govkb):
    good.write({"govkb.toml": '[inheritance]\nfile = "metadata.yaml"\n'})
    schema = json.loads(run_govkb("schema", "incident", cwd=good.root).stdout)
    assert schema["required"] == ["id", "title"]


@pytest.mark.parametrize("arguments", [(), ("incident", "finding"), ("diff", "one.json")])
def test_other_numbers_of_arguments_end_with_2(good, run_govkb, arguments):
    outcome = run_govkb("schema", *arguments, cwd=good.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "name one type" in outcome.stderr


def test_a_difference_is_graded_and_only_a_breaking_one_ends_with_1(good, run_govkb):
    old = json.loads(run_govkb("schema", "incident", cwd=good.root).stdout)
    new = json.loads(json.dumps(old))
    new["properties"]["cost"] = {"type": "integer"}
    good.write({"old.json": json.dumps(old), "new.json": json.dumps(new)})
    outcome = run_govkb("schema", "diff", "old.json", "new.json", cwd=good.root)
    assert (outcome.code, outcome.stdout) == (0, "additive  cost: is new\n")
    back = run_govkb("schema", "diff", "new.json", "old.json", cwd=good.root)
    assert (back.code, back.stdout) == (1, "breaking  cost: is gone\n")
    same = run_govkb("schema", "diff", "old.json", "old.json", cwd=good.root)
    assert (same.code, same.stdout) == (0, "")


@pytest.mark.parametrize("content", ["{", "[]", "[" * 100_000])
def test_a_file_that_is_no_schema_ends_with_2(good, run_govkb, content):
    good.write({"old.json": "{}", "new.json": content})
    outcome = run_govkb("schema", "diff", "old.json", "new.json", cwd=good.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "new.json: " in outcome.stderr


def test_a_file_that_is_not_there_ends_with_4(good, run_govkb):
    assert run_govkb("schema", "diff", "a.json", "b.json", cwd=good.root).code == 4
