from __future__ import annotations

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govkb.record_types.schema_changes import schema_changes


def found(old, new):
    return [(c.path, c.is_breaking) for c in schema_changes(old, new)]


def of(*names, required=(), **fields):
    properties = {**{name: {"type": "string"} for name in names}, **fields}
    return {"properties": properties, "required": list(required), "additionalProperties": False}


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        (of("a"), of("a"), []),
        (of("a"), of("a", "b"), [("b", False)]),
        (of("a"), of("a", "b", required=["b"]), [("b", True)]),
        (of("a"), of("a", required=["a"]), [("a", True)]),
        (of("a", required=["a"]), of("a"), [("a", False)]),
        (of("a", "b"), of("a"), [("b", True)]),
        (of("owner"), of("owners"), [("owner", True)]),
        (of(a={"enum": ["x", "y"]}), of(a={"enum": ["x"]}), [("a", True)]),
        (of(a={"enum": ["x"]}), of(a={"enum": ["x", "y"]}), [("a", False)]),
        (of(a={}), of(a={"enum": ["x"]}), [("a", True)]),
        (of(a={"enum": ["x"]}), of(a={}), [("a", False)]),
        (of(a={"type": "string"}), of(a={"type": ["string", "null"]}), [("a", False)]),
        (of(a={"type": ["string", "null"]}), of(a={"type": "string"}), [("a", True)]),
        (of(a={"type": "integer"}), of(a={"type": "number"}), [("a", False)]),
        (of(a={"type": "number"}), of(a={"type": "integer"}), [("a", True)]),
        (of(a={"minLength": 1}), of(a={"minLength": 2}), [("a", True)]),
        (of(a={"minLength": 2}), of(a={"minLength": 1}), [("a", False)]),
        (of(a={"maximum": 5}), of(a={"maximum": 4}), [("a", True)]),
        (of(a={"maximum": 5}), of(a={}), [("a", False)]),
        (of(a={"pattern": "a"}), of(a={"pattern": "b"}), [("a", True)]),
        (of(a={"pattern": "a"}), of(a={}), [("a", False)]),
        (of(a={"description": "one"}), of(a={"description": "other"}), []),
        (
            of(a={"items": {"enum": [1]}}),
            of(a={"items": {"enum": [2]}}),
            [("a[]", True), ("a[]", False)],
        ),
        (of(a=of("b")), of(a=of("b", required=["b"])), [("a.b", True)]),
        (
            of(a={"anyOf": [{"type": "string"}, {"type": "null"}]}),
            of(a={"anyOf": [{"type": "string"}]}),
            [("a", True)],
        ),
        (of(a=True), of(a=False), [("a", True)]),
        ({"additionalProperties": True}, of("a"), [(".", True), ("a", True)]),
        ({"additionalProperties": True}, {"properties": {"a": {}}}, [("a", False)]),
        ({"additionalProperties": False}, {"additionalProperties": True}, [(".", False)]),
    ],
)
def test_each_kind_of_change_is_graded(old, new, changes):
    assert found(old, new) == changes


def test_a_renamed_field_is_named_both_ways():
    (change,) = schema_changes(of("deciders"), of("decider"))
    assert change.path == "deciders"
    assert "`decider`" in change.message


def test_what_a_name_stands_for_counts_and_not_the_name():
    old = {"properties": {"a": {"$ref": "#/$defs/x"}}, "$defs": {"x": {"enum": ["1", "2"]}}}
    new = {"properties": {"a": {"$ref": "#/$defs/y"}}, "$defs": {"y": {"enum": ["1", "2"]}}}
    assert found(old, new) == []
    new["$defs"]["y"] = {"enum": ["1"]}
    assert found(old, new) == [("a", True)]


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "enum": st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, unique=True),
        "type": st.sampled_from(["string", "null", ["string", "null"]]),
        "minLength": st.integers(0, 2),
        "maxLength": st.integers(0, 2),
        "pattern": st.sampled_from(["a", "b"]),
    },
)
SCHEMAS = st.builds(
    lambda fields, required, more: {
        "type": "object",
        "properties": fields,
        "required": [name for name in required if name in fields],
        "additionalProperties": more,
    },
    st.dictionaries(st.sampled_from(["x", "y"]), FIELDS),
    st.lists(st.sampled_from(["x", "y"]), unique=True),
    st.booleans(),
)
VALUES = st.dictionaries(
    st.sampled_from(["x", "y", "z"]), st.sampled_from(["", "a", "b", "ab", None])
)


@settings(max_examples=400, deadline=None)
@given(SCHEMAS, SCHEMAS, VALUES)
def test_what_the_old_schema_takes_the_new_one_takes_unless_a_change_is_breaking(old, new, value):
    if all(not change.is_breaking for change in schema_changes(old, new)):
        takes = jsonschema_rs.validator_for(old).is_valid(value)
        assert not takes or jsonschema_rs.validator_for(new).is_valid(value)
