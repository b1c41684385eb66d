"""What the pages about types say of every key of a declaration, and what they show, is true."""

from __future__ import annotations

import re
from datetime import date

import pytest

from govkb import strict_yaml
from govkb.record_types.id_patterns import IdPattern
from govkb.template_files import shipped_templates


@pytest.fixture(scope="module")
def page(checkout):
    pages = ("write-a-type.md", "types.md")
    return "\n".join((checkout / "docs" / name).read_text("utf-8") for name in pages)


def keys_of(schema):
    """Every key that a declaration may have, at any depth."""
    if isinstance(schema, list):
        return {key for item in schema for key in keys_of(item)}
    if not isinstance(schema, dict):
        return set()
    own = schema.get("properties", {})
    names = set(own) if isinstance(own, dict) else set()
    return names.union(*(keys_of(value) for value in schema.values()))


@pytest.mark.parametrize("kind", ["type", "vocabulary", "item"])
def test_every_key_is_explained(page, kind):
    schema = strict_yaml.load(
        (shipped_templates() / f"{kind}.schema.yaml").read_text("utf-8")
    ).value
    named = set(re.findall(r"`([a-z_]+)[`:]", page)) | set(re.findall(r"^ *([a-z]+):", page, re.M))
    assert keys_of(schema) - named == set()


def test_every_token_is_explained(page):
    tokens = set(re.findall(r"^\| ((?:`\{[^|]+\}`,? ?)+) \|", page, re.M))
    for token in re.findall(r"\{[^}]+\}", " ".join(tokens)):
        IdPattern(token)
    known = set(re.findall(r"\{([A-Za-z]+)", " ".join(tokens)))
    from govkb.record_types import id_patterns

    assert known == {"date", "seq", "id", *id_patterns._SIMPLE}


def block_with(page, kind, words):
    """The one fenced block of this kind that has these words in it."""
    (found,) = (b for b in re.findall(rf"```{kind}\n(.*?)```", page, re.S) if words in b)
    return found


@pytest.fixture(scope="module")
def examples(page):
    return {
        "templates/drill/type.yaml": block_with(page, "yaml", "# templates/drill/type.yaml"),
        "templates/vocabulary.yaml": block_with(page, "yaml", "\nrelations:\n  proves:"),
        "templates/drill/record.md.j2": block_with(page, "jinja", "templates/drill/record.md.j2"),
    }


def test_the_examples_can_be_used(examples, project):
    made = project(examples).open()
    assert made.catalogue.faults == ()
    assert "drill" in made.catalogue.types


@pytest.mark.parametrize("left_out", [(), ("templates/drill/record.md.j2",)])
def test_a_new_record_of_the_example_checks_clean(examples, project, left_out):
    made = project({path: text for path, text in examples.items() if path not in left_out})
    file = made.open().create_record("drill", "Restore: one [volume]", date(2026, 4, 21))
    assert made.report() == ""
    assert file.name == "DRILL-2026-001-restore-one-volume.md"
    assert ("Which backup" in file.read_text("utf-8")) is not bool(left_out)


def test_every_other_block_is_part_of_a_declaration(page):
    keys = keys_of(
        strict_yaml.load((shipped_templates() / "type.schema.yaml").read_text("utf-8")).value
    )
    blocks = re.findall(r"```yaml\n(.*?)```", page, re.S)
    assert len(blocks) >= 2
    for block in blocks:
        document = strict_yaml.load(block)
        assert not document.faults, block
        assert set(document.value) <= keys | {"definitions", "fields", "relations"}, block


def test_every_example_in_a_table_is_yaml(page):
    cells = re.findall(r"\| `([a-zA-Z_]+: [^|]*)` \|$", page, re.M)
    assert len(cells) > 25
    for cell in cells:
        document = strict_yaml.load(cell)
        assert not document.faults, cell
        assert isinstance(document.value, dict), cell
