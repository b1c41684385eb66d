"""Every `TYPE.md`: a record with all fields and sections of its type, and those that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkb.template_files import shipped_templates

FOLDER = Path(__file__).parent
TYPES = sorted(file.parent.name for file in shipped_templates().glob("*/type.yaml"))

each_type = pytest.mark.parametrize("name", TYPES)


@pytest.fixture
def complete(project, fences):
    """The project of a type's file, and its first record."""

    def make(name):
        found = fences((FOLDER / f"{name}.md").read_text("utf-8"))
        made = project({fence.path: fence.content for fence in found})
        (record,) = (r for r in made.load().records if r.path == found[0].path)
        return made, record

    return make


def test_every_shipped_type_has_its_complete_record():
    assert sorted(file.stem for file in FOLDER.glob("*.md")) == TYPES


@each_type
def test_a_complete_record_is_clean(complete, name):
    made, _ = complete(name)
    assert made.report() == ""


@each_type
def test_it_has_every_field_of_its_type(complete, name):
    _, record = complete(name)
    assert record.type.name == name
    assert set(record.metadata) == set(record.type.fields) - set(record.type.inverses)


@each_type
def test_it_has_every_section_of_its_type_in_the_declared_order(complete, name):
    _, record = complete(name)
    assert [section.name for section in record.body.sections] == list(record.type.sections)


@each_type
def test_each_of_its_relations_is_an_edge(complete, name):
    made, record = complete(name)
    edges = {relation.kind.name for relation in made.load().graph.outgoing[record.id]}
    assert edges >= set(record.type.relations)


@each_type
def test_without_what_is_required_it_is_reported(complete, name):
    made, record = complete(name)
    file = made.root / record.path
    text = file.read_text("utf-8")
    for field in record.type.required:
        file.write_text(text.replace(f"\n{field}: ", f"\nx_{field}: ", 1), "utf-8")
        assert "FIELD001" in made.codes(), field
    for section in record.type.sections.values():
        file.write_text(text.replace(f"\n## {section.name}\n", "\n## Something else\n"), "utf-8")
        assert ("SEC001" in made.codes()) == section.required, section.name


@each_type
def test_a_value_of_the_wrong_kind_is_reported_for_every_field(complete, name):
    made, record = complete(name)
    file = made.root / record.path
    lines = file.read_text("utf-8").split("\n")
    for number, line in enumerate(lines[: lines.index("---", 1)]):
        field = line.partition(": ")[0]
        if field in record.metadata and isinstance(record.metadata[field], str):
            file.write_text("\n".join([*lines[:number], f"{field}: 7", *lines[number + 1 :]]))
            assert {"FIELD002", "FIELD003"} & set(made.codes()), field
