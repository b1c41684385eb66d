from __future__ import annotations

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.scaffolding.adoption.inventory import Inventory
from govkb.scaffolding.adoption.slips import slips
from govkb.scaffolding.adoption.statuses import statuses_of
from govkb.scaffolding.adoption.values import Terms, cited, schema_of
from govkb.scaffolding.adoption.vocabularies import ValueList, covering, find_value_lists

OWNERS = ValueList("enums.yaml", "owners", ("platform", "security", "unknown"))


def schema(values, name="field", lists=()):
    return schema_of(values, name, Terms(tuple(lists)))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["one", "two three"], {"$ref": "#/$defs/text"}),
        (["one", ""], {"type": "string"}),
        (["2026-01-02", "2026-01-03"], {"$ref": "#/$defs/day"}),
        (["2026-01-02", "2026-01-03T10:00:00Z"], {"$ref": "#/$defs/moment"}),
        (["2026-01-02", "2026-02-30"], {"$ref": "#/$defs/text"}),
        ([1, 2], {"type": "integer"}),
        ([1, 2.5], {"type": "number"}),
        ([True, False], {"type": "boolean"}),
        (["1.0", 1.0], {"anyOf": [{"$ref": "#/$defs/text"}, {"type": "number"}]}),
        ([["a"], ["b", "c"]], {"$ref": "#/$defs/texts"}),
        ([[]], {"type": "array"}),
        ([{}], {"type": "object"}),
        ([], {}),
    ],
)
def test_a_schema_says_what_the_values_have_in_common(values, expected):
    assert schema(values) == expected


def test_few_values_that_come_again_are_a_vocabulary():
    values = ["low"] * 6 + ["high"] * 3
    assert schema(values, "risk") == {"enum": ["low", "high"]}


@pytest.mark.parametrize(
    ("values", "name"),
    [
        (["low"] * 4 + ["high"] * 3, "risk"),  # seven are too few to tell
        (["low"] * 9, "risk"),  # no choice to be seen
        ([f"value {n}" for n in range(11)] * 3, "risk"),  # eleven are too many
        (["low"] * 6 + ["high"] * 3, "title"),  # titles are free
        (["low"] * 6 + ["a" * 41] * 3, "risk"),  # a sentence
    ],
)
def test_other_values_are_free_text(values, name):
    assert schema(values, name) == {"$ref": "#/$defs/text"}


def test_what_is_most_likely_a_slip_is_no_part_of_a_vocabulary():
    values = ["low"] * 4 + ["high"] * 4 + ["Hi"]
    assert schema(values, "risk") == {"enum": ["high", "low"]}
    assert schema([*values, "Hi"], "risk") == {"enum": ["high", "low", "Hi"]}


@pytest.mark.parametrize(
    ("value", "other"),
    [
        ("superseeded", "superseded"),
        ("High", "high"),
        ("Hi", "high"),
        ("hihg", "high"),
        ("in-progres", "in-progress"),
    ],
)
def test_slips(value, other):
    assert slips({value: 1, other: 4}) == {value: other}
    assert slips({value: 2, other: 4}) == {}
    assert slips({value: 1, other: 4}, {value}) == {}
    assert slips({value: 1}, {other}) == {value: other}


@pytest.mark.parametrize(
    ("value", "other"),
    [
        ("inactive", "active"),
        ("team-a", "team-b"),
        ("level 1", "level 2"),
        ("🟢 fine", "🔴 fine"),
        ("p1", "p2"),
        ("low", "slow"),
        ("core", "cost"),
        ("h", "high"),
    ],
)
def test_words_of_their_own_are_no_slips(value, other):
    assert slips({value: 1, other: 9}) == {}


def test_a_slip_is_no_status():
    found = statuses_of(["open"] * 3 + ["superseded", "superseeded", "closed"])
    assert list(found.counts) == ["open", "closed", "superseded"]


def test_a_list_of_the_repositorys_own_is_cited():
    values = ["platform"] * 9 + ["unknwon"]
    assert schema(values, "owner", [OWNERS]) == {"$ref": "#/$defs/owners"}
    ((definition, counts),) = cited(values, "owner", Terms((OWNERS,)))
    assert (definition.name, definition.source) == ("owners", "enums.yaml: owners")
    assert counts["unknwon"] == 1


def test_a_cited_list_gets_another_name_where_govkb_uses_its_own():
    terms = Terms((OWNERS,), frozenset({"owners"}))
    assert schema_of(["platform"] * 9, "owner", terms) == {"$ref": "#/$defs/own_owners"}


def test_a_list_that_has_another_name_is_not_cited():
    assert schema(["platform"] * 9, "colour", [OWNERS]) == {"$ref": "#/$defs/text"}


def test_a_list_that_lacks_too_many_of_the_values_is_not_cited():
    assert covering([OWNERS], "owner", {"platform": 7, "sales": 3}) is None
    assert covering([OWNERS], "owner", {"platform": 8, "sales": 2}) == OWNERS


def test_a_list_of_the_very_name_wins():
    other = ValueList("enums.yaml", "pet_owners", ("platform", "unknown"))
    assert covering([other, OWNERS], "owner", {"platform": 9}) == OWNERS


def test_slips_of_another_kind_are_not_allowed_for():
    values = ["active"] * 97 + [{"until": "2028-01-01"}] * 2
    assert schema(values) == {"$ref": "#/$defs/text"}
    assert "anyOf" in schema([*values, {"until": "2028-01-01"}])


def test_a_key_that_only_one_of_many_has_is_not_declared():
    values = [{"impact": "low"}] * 19 + [{"impact": "low", "imapct": "low"}]
    found = schema(values)
    assert list(found["properties"]) == ["impact"]
    assert found["additionalProperties"] is False
    assert list(schema(values[-3:])["properties"]) == ["impact", "imapct"]


def test_files_with_several_named_lists_are_vocabularies():
    enums = b"version: 1\nowners: [a, b]\nstates: [on, off]\nrds: {sizes: {values: [s, m]}}\n"
    chart = b"apiVersion: v2\nname: x\nkeywords: [a, b]\nversion: 1.0.0\n"
    broken = b"a: [\n"
    inventory = Inventory({"e.yaml": enums, "Chart.yaml": chart, "b.yaml": broken})
    found = {value_list.name: value_list.values for value_list in find_value_lists(inventory)}
    assert found == {"owners": ("a", "b"), "states": ("on", "off"), "rds.sizes": ("s", "m")}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.floats(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
DEFINITIONS = {
    "text": {"type": "string", "minLength": 1},
    "texts": {"type": "array", "items": {"$ref": "#/$defs/text"}},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string"},
}


@given(st.lists(JSON, max_size=12))
def test_a_few_values_all_fit_the_schema_inferred_from_them(values):
    validator = jsonschema_rs.validator_for(schema(values) | {"$defs": DEFINITIONS})
    assert all(validator.is_valid(value) for value in values)


def test_statuses_come_in_the_order_of_a_life_with_their_spellings():
    found = statuses_of(["Accepted"] * 2 + ["accepted"] * 5 + ["in review"] + ["draft"])
    assert list(found.counts) == ["draft", "in review", "accepted"]
    assert found.initial == "draft"
    assert found.done == ("accepted",)
    assert found.synonyms == {"Accepted": "accepted"}


def test_statuses_follow_the_repositorys_own_list():
    found = statuses_of(["live", "built", "idea"], ("idea", "built", "live"))
    assert list(found.counts) == ["idea", "built", "live"]


@pytest.mark.parametrize(
    "values",
    [
        [],
        ["Accepted, and carried out by the team in the spring of 2024"],
        [f"s{n}" for n in range(13)],
    ],
)
def test_whatever_is_no_choice_among_few_is_no_status(values):
    assert statuses_of(values) is None
