from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.history.exact_json import JsonError, canonical, load

scalars = st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"))
values = st.recursive(
    scalars | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=20,
)


def shuffled(value, random):
    """The same value with the keys of its objects in another order."""
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: shuffled(value[key], random) for key in keys}
    return [shuffled(item, random) for item in value] if isinstance(value, list) else value


def text_of(value):
    try:
        return canonical(load(value))
    except JsonError as error:
        return error


@given(values, st.randoms(use_true_random=False), st.sampled_from([None, 1, "\t"]), st.booleans())
def test_the_way_in_which_a_value_is_written_never_matters(value, random, indent, is_ascii):
    first = text_of(json.dumps(value))
    written = json.dumps(shuffled(value, random), indent=indent, ensure_ascii=is_ascii)
    if isinstance(first, JsonError):
        assert "twice" in first.message  # two keys that are one in Unicode's form C
    else:
        assert text_of(written) == first


@given(values, values)
def test_different_values_never_look_the_same(one, other):
    first, second = text_of(json.dumps(one)), text_of(json.dumps(other))
    if isinstance(first, str) and first == second:
        assert _plain(first) == _plain(second)
        assert _like(json.loads(first), one)
        assert _like(json.loads(first), other)


def _plain(text):
    return json.loads(text)


def _like(read, written):
    """Whether a value is what it was but for the form of its texts."""
    if isinstance(written, dict):
        return isinstance(read, dict) and len(read) == len(written)
    if isinstance(written, list):
        return isinstance(read, list) and all(map(_like, read, written))
    if isinstance(written, bool) or written is None:
        return read is written
    if isinstance(written, (int, float)):
        return not isinstance(read, bool) and math.isclose(read, written)
    return isinstance(read, str)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", "1.0"),
        ("1", "10e-1"),
        ("0", "-0.0"),
        ("100", "1E2"),
        ("1e400", "10e399"),
        ("0.1", "1e-1"),
        ('"\\u00e9"', '"é"'),
        ('"e\\u0301"', '"é"'),
        ('"\\/"', '"/"'),
        ('"\\ud83d\\ude92"', '"🚒"'),
        ('{"a": 1, "b": [2, {"d": 3, "c": 4}]}', '{"b":[2,{"c":4,"d":3}],"a":1}'),
    ],
)
def test_two_spellings_of_one_value(one, other):
    assert canonical(load(one)) == canonical(load(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", "true"),
        ("0", "false"),
        ("1", '"1"'),
        ("null", '""'),
        ("[]", "{}"),
        ("[1, 2]", "[2, 1]"),
        ("0.1", "0.1000000000000000055511151231257827"),
        ("1e308", "1e309"),
        ("12345678901234567890123456789012345678901", "12345678901234567890123456789012345678902"),
        ('"a"', '"а"'),
        ('{"a": "1,2"}', '{"a": ["1,2"]}'),
    ],
)
def test_two_values_that_only_look_alike(one, other):
    assert canonical(load(one)) != canonical(load(other))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{"a": 1,\n "b": {"c": 1,\n "c": 2}}', 3, "'c' stands twice"),
        ('{"x": {"a": 1}, "y": {"a": 1},\n"a": [{"a": 1},\n{"b": 1, "b": 1}]}', 3, "'b'"),
        ('{"\\u00e9": 1,\n"e\\u0301": 2}', 2, "'é' stands twice"),
        ('{"a": "\\"a\\": 1",\n"b": "{",\n"b": 0}', 3, "'b'"),
        ('{"a": 1,\n}', 2, "no JSON"),
        ('{"a": 1\n', 2, "no JSON"),
        ("", 1, "no JSON"),
        ('["NaN",\nNaN]', 2, "NaN is no number"),
        ("[1,\n-Infinity]", 2, "Infinity is no number"),
        ("[\n1e99999999999999999999]", 2, "1e99999999999999999999"),
        ("[" * 100_000, 1, "nested too deep"),
        ("[" * 200 + "]" * 200, 1, "nested too deep"),
        ('{"a":' * 200 + "1" + "}" * 200, 1, "nested too deep"),
        ("{} {}", 1, "no JSON"),
    ],
)
def test_what_cannot_be_taken_is_told_of_with_its_line(text, line, words):
    with pytest.raises(JsonError) as caught:
        load(text)
    assert caught.value.line == line
    assert words in caught.value.message


def test_many_brackets_beside_each_other_are_no_depth():
    assert canonical(load(f"[{','.join(['[]'] * 500)}]")).count("[") == 501


def test_a_very_long_number_is_kept_exactly():
    digits = "7" * 10_000
    assert canonical(load(digits)) == digits
