"""docs/types.md says what every key of a declaration means, and what it shows is true."""

from __future__ import annotations

import re

import pytest

from govkb import strict_yaml
from govkb.record_types.id_patterns import IdPattern
from govkb.template_files import shipped_templates


@pytest.fixture(scope="module")
def page(checkout):
    return (checkout / "docs" / "types.md").read_text("utf-8")


def keys_of(schema):
    """Every key that a declaration may have, at any depth."""
    if isinstance(schema, list):
        return {key for item in schema for key in keys_of(item)}
    if not isinstance(schema, dict):
        return set()
    own = schema.get("properties", {})
    names = set(own) if isinstance(own, dict) else set()
    return names.union(*(keys_of(value) for value in schema.values()))


@pytest.mark.parametrize("kind", ["type", "vocabulary"])
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


def test_the_examples_can_be_used(page, project):
    blocks = re.findall(r"```yaml\n(.*?)```", page, re.S)
    drill, vocabulary = blocks
    made = project(
        {"templates/drill/type.yaml": drill, "templates/vocabulary.yaml": vocabulary}
    ).open()
    assert made.catalogue.faults == ()
    assert "drill" in made.catalogue.types


def test_every_example_in_a_table_is_yaml(page):
    cells = re.findall(r"\| `([a-zA-Z_]+: [^|]*)` \|$", page, re.M)
    assert len(cells) > 25
    for cell in cells:
        document = strict_yaml.load(cell)
        assert not document.faults, cell
        assert isinstance(document.value, dict), cell
