from __future__ import annotations

import pytest

from govkb.reading import Inherited

TOP = Inherited(never=("id", "title"))
ROOT = TOP.handed_on(
    {"id": "TOP", "title": "top", "owner": "platform", "risk": {"impact": "low", "cost": "none"}},
    "metadata.yaml",
)


def test_a_record_has_what_it_says_and_what_its_folders_say():
    effective = ROOT.effective({"id": "X-1", "risk": {"impact": "high"}})
    assert effective == {
        "id": "X-1",
        "owner": "platform",
        "risk": {"impact": "high", "cost": "none"},
    }


def test_id_and_title_are_never_handed_down():
    assert "title" not in ROOT.effective({"id": "X-1"})


@pytest.mark.parametrize("empty", [None, "", [], {}])
def test_an_empty_value_hides_nothing(empty):
    assert ROOT.effective({"owner": empty})["owner"] == "platform"


def test_each_value_says_where_it_comes_from():
    leaf = ROOT.handed_on({"id": "L", "owner": "backup"}, "apps/metadata.yaml")
    origins = leaf.origins({"id": "X-1", "risk": {"cost": "some"}})
    assert origins == {
        ("id",): None,
        ("owner",): "apps/metadata.yaml",
        ("risk", "impact"): "metadata.yaml",
        ("risk", "cost"): None,
    }


def test_a_folder_and_a_record_can_shut_out_what_is_above():
    shut = ROOT.handed_on({"inheritance": {"mode": "none"}, "tier": "x"}, "apps/metadata.yaml")
    assert shut.effective({"id": "X-1"}) == {"id": "X-1", "tier": "x"}
    own = {"id": "X-1", "inheritance": {"mode": "none"}}
    assert ROOT.effective(own) == own


def test_lists_replace_each_other_unless_they_are_to_be_joined():
    above = TOP.handed_on({"tags": ["a", "b"]}, "metadata.yaml")
    assert above.effective({"tags": ["b", "c"]})["tags"] == ["b", "c"]
    joined = above.effective({"tags": ["b", "c"], "inheritance": {"merge_strategy": "union"}})
    assert joined["tags"] == ["a", "b", "c"]
    by_settings = Inherited(union=True).handed_on({"tags": ["a"]}, "metadata.yaml")
    assert by_settings.effective({"tags": ["c"]})["tags"] == ["a", "c"]


def test_each_item_of_a_joined_list_says_where_it_comes_from():
    top = Inherited(union=True).handed_on({"tags": ["a"], "teams": ["x"]}, "metadata.yaml")
    leaf = top.handed_on({"tags": ["b"]}, "apps/metadata.yaml")
    assert leaf.origins({"tags": ["c", "a"]}) == {
        ("tags", 0): "metadata.yaml",
        ("tags", 1): "apps/metadata.yaml",
        ("tags", 2): None,
        ("teams",): "metadata.yaml",
    }
    assert leaf.origins({}) == {
        ("tags", 0): "metadata.yaml",
        ("tags", 1): "apps/metadata.yaml",
        ("teams",): "metadata.yaml",
    }
    replacing = {"tags": ["c"], "inheritance": {"merge_strategy": "replace"}}
    assert leaf.origins(replacing)["tags",] is None


def test_items_keep_their_origin_where_a_lower_folder_joins_more():
    top = Inherited(union=True).handed_on({"tags": ["a"]}, "metadata.yaml")
    middle = top.handed_on({"tags": ["b"]}, "apps/metadata.yaml")
    leaf = middle.handed_on({"tags": ["c"]}, "apps/vault/metadata.yaml")
    assert [*leaf.origins({}).values()] == [
        "metadata.yaml",
        "apps/metadata.yaml",
        "apps/vault/metadata.yaml",
    ]
