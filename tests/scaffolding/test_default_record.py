from __future__ import annotations

from datetime import date

import pytest

from govkb.errors import ConfigurationError
from govkb.scaffolding.allocation import allocate
from govkb.scaffolding.default_record import default_record
from govkb.template_files import shipped_templates

DAY = date(2026, 4, 22)
TYPES = sorted(file.parent.name for file in shipped_templates().glob("*/type.yaml"))
TYPE = """\
type: drill
label: Drill
purpose: A backup was restored.
id: "DRILL-{seq:3}"
path: "drills/{id}.md"
"""


@pytest.mark.parametrize("name", TYPES)
def test_the_declaration_alone_is_enough_for_a_clean_record(project, name):
    made = project()
    record_type = made.open().catalogue.types[name]
    free = allocate(record_type, "Some title", DAY, {})
    made.write({f"records/{free.place}": default_record(record_type, free.id, "Some title", DAY)})
    assert made.report() == ""
    (record,) = made.load().records
    assert (record.id, record.type, record.title) == (free.id, record_type, "Some title")


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ("{type: integer, minimum: 3}", 3),
        ("{type: [boolean, 'null']}", False),
        ("{type: array, minItems: 2, items: {enum: [a, b]}}", ["a", "a"]),
        ("{type: object, required: [n], properties: {n: {type: number}}}", {"n": 0}),
        ("{anyOf: [{$ref: '#/$defs/day'}, {type: integer}]}", "2026-04-22"),
        ("{type: string, format: date-time}", "2026-04-22T00:00:00Z"),
        ("{const: always}", "always"),
    ],
)
def test_a_required_field_gets_the_simplest_value(project, schema, value):
    made = project({"templates/drill/type.yaml": f"{TYPE}required: [x]\nfields:\n  x: {schema}\n"})
    made.open().create_record("drill", "T", DAY)
    assert made.report() == ""
    (record,) = made.load().records
    assert record.metadata["x"] == value


def test_where_no_value_can_be_made_up_nothing_is_written(project):
    fields = "required: [x]\nfields:\n  x: {type: string, pattern: '^[0-9]{4}$'}\n"
    made = project({"templates/drill/type.yaml": TYPE + fields})
    with pytest.raises(ConfigurationError, match="need a template: `x`") as raised:
        made.open().create_record("drill", "T", DAY)
    assert raised.value.hint == "add record.md.j2 beside the type's type.yaml"
    assert list((made.root / "records").rglob("*")) == []


def test_sections_within_others_follow_them(project):
    sections = (
        "sections:\n  Pack: {required: true, may_be_empty: true}\n  Later: {required: true}\n"
        "  Aim: {required: true, within: Pack}\n  Notes: {}\n"
    )
    made = project({"templates/drill/type.yaml": TYPE + sections})
    text = made.open().create_record("drill", "T", DAY).read_text("utf-8")
    headings = [line for line in text.splitlines() if line.startswith("##")]
    assert headings == ["## Pack", "### Aim", "## Later"]
