"""Every `TYPE.md`: a record with all fields and sections of its type, and those that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from govkb.record_types import load_catalogue
from govkb.template_files import TemplateFiles, shipped_templates

FOLDER = Path(__file__).parent
TYPES = sorted(file.parent.name for file in shipped_templates().glob("*/type.yaml"))

IN_EVERY_FILE = ("id", "title")  # as its name and its first heading

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


def heading_of(section):
    return (3 if section.within else 2), section.name


def is_required(section, record):
    values = section.required_for.items()
    return section.required or any(record.metadata.get(f) in allowed for f, allowed in values)


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
    headings = [(h.level, h.text) for h in record.body.headings]
    declared = [heading_of(section) for section in record.type.sections.values()]
    assert [heading for heading in headings if heading in declared] == declared


@each_type
def test_each_of_its_relations_is_an_edge(complete, name):
    made, record = complete(name)
    relations = made.load().graph.outgoing[record.id]
    edges = {relation.kind.name for relation in relations if relation.kind is not None}
    assert edges >= set(record.type.relations)


@each_type
def test_without_what_is_required_it_is_reported(complete, name):
    made, record = complete(name)
    file = made.root / record.path
    text = file.read_text("utf-8")
    for field in record.type.required:
        file.write_text(text.replace(f"\n{field}: ", f"\nx_{field}: ", 1), "utf-8")
        stands_elsewhere = not record.type.needs_frontmatter and field in IN_EVERY_FILE
        assert ("FIELD001" in made.codes()) != stands_elsewhere, field
    for section in record.type.sections.values():
        level, heading = heading_of(section)
        marks = "#" * level
        other = f"\n{marks} Something else\n"
        file.write_text(text.replace(f"\n{marks} {heading}\n", other), "utf-8")
        assert ("SEC001" in made.codes()) == is_required(section, record), section.name


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


@pytest.fixture(scope="module")
def catalogue(checkout):
    return load_catalogue(TemplateFiles.for_repository(checkout / "nowhere"))


@each_type
def test_its_ids_are_claimed_by_no_other_type(catalogue, name):
    for form in catalogue.types[name].forms:
        assert form.id.match(form.id.example) is not None
        claimed = catalogue.by_id(form.id.example)
        assert (claimed is not None) == bool(form.id.prefix)
        for other in catalogue.types.values() if form.id.prefix else ():
            forms = [f.id for f in other.forms if f.id.prefix]
            if other.name != name:
                assert not any(f.match(form.id.example) for f in forms), other.name


@each_type
def test_each_of_its_statuses_can_be_reached(catalogue, name):
    statuses = catalogue.types[name].statuses
    reached, ahead = set(), [statuses.initial]
    while ahead:
        status = ahead.pop()
        if status not in reached:
            reached.add(status)
            ahead += statuses.moves[status]
    without_origin = {
        s for s in statuses.names if not any(s in to for to in statuses.moves.values())
    }
    assert reached | without_origin == set(statuses.names)


@each_type
def test_it_is_listed_in_one_line(catalogue, name):
    record_type = catalogue.types[name]
    assert len(record_type.purpose) <= 110
    assert record_type.label[0].isupper()
    assert record_type.plural[0].isupper()
    assert record_type.label != record_type.plural


def test_the_site_gives_each_type_a_place_of_its_own(catalogue):
    places = [record_type.presentation.place for record_type in catalogue.types.values()]
    assert len(set(places)) == len(places)
