from __future__ import annotations

import pytest

from govkb import strict_yaml
from govkb.yaml_limits import DECLARATION, FRONTMATTER, SIDECAR


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None),
        ("~", None),
        ("", None),
        ("true", True),
        ("FALSE", False),
        ("yes", "yes"),
        ("no", "no"),
        ("0", 0),
        ("-12", -12),
        ("+7", 7),
        ("012", "012"),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1.50", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-", [None]),
        (".inf", ".inf"),
        ("2026-04-21", "2026-04-21"),
        ("2026-04-21T08:39:34Z", "2026-04-21T08:39:34Z"),
        ("'012'", "012"),
        ('"true"', "true"),
        ("! x", "x"),
        ("１２", "１２"),
    ],
)
def test_a_scalar_is_read_by_the_core_schema_and_dates_stay_text(text, value):
    document = strict_yaml.load(text)
    assert document.faults == []
    assert document.value == value
    assert type(document.value) is type(value)


@pytest.mark.parametrize(
    "text", ["a: [", "a: 'b", "a: b: c", "\ta: b", "a: %b\n%c", "{a: b", "? [a]\n: b", "@a", "`a"]
)
def test_what_is_no_yaml_is_a_fault_with_a_place(text):
    document = strict_yaml.load(text)
    (fault,) = document.faults
    assert fault.kind == "invalid-yaml"
    assert document.is_broken
    assert fault.line < text.count("\n") + 1


def test_a_second_document_is_refused():
    assert [f.kind for f in strict_yaml.load("a: b\n--- \nc: d\n").faults] == ["invalid-yaml"]


def test_all_faults_that_leave_the_value_readable_are_found_at_once():
    document = strict_yaml.load('a: 1\na: 2\nb: "\\e"\nc: 1234567890123456789012\n')
    assert [(f.kind, f.line) for f in document.faults] == [
        ("duplicate-key", 1),
        ("control-character", 2),
        ("number-too-long", 3),
    ]
    assert not document.is_broken


def test_places_tell_where_keys_and_values_stand():
    places = strict_yaml.places("a:\n  - {ref: x, note: 'é y'}\nb: z\n")
    note = places["a", 0, "note"]
    assert (note.line, note.column, note.value_column, note.value_length) == (1, 13, 19, 5)
    assert places["b",].line == 2


@pytest.mark.parametrize(
    ("character", "name"),
    [("\u200b", "U+200B ZERO WIDTH SPACE"), ("\x1b", "U+001B control character")],
)
def test_a_character_is_named_so_that_people_can_look_it_up(character, name):
    assert strict_yaml.character_name(character) == name


def test_advice_fits_what_the_text_is():
    for limits in (FRONTMATTER, SIDECAR, DECLARATION):
        long = strict_yaml.load("a: " + "x" * limits.most_bytes, limits)
        deep = strict_yaml.load("a: " + "[" * 21 + "]" * 21, limits)
        assert [f.hint for f in long.faults] == [limits.when_too_large]
        assert [f.hint for f in deep.faults] == [limits.when_too_deep]
