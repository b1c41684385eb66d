from __future__ import annotations

import pytest

from govkb import strict_yaml


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("title: a: b\n", (0, 8), "put the value in quotes: it holds a colon"),
        ("title: [a, b\nseverity: low\n", (0, 7), "close the list with `]`"),
        ("a: {x: 1\nb: 2\n", (0, 3), "close the mapping with `}`"),
        ("\ttitle: x\n", (0, 0), "use blanks in place of tabs"),
        ("title: x\n\tseverity: b\n", (1, 0), "use blanks in place of tabs"),
        ("list:\n\t- b\n", (1, 0), "use blanks in place of tabs"),
        ('title: "a\nb: c\n', (0, 7), "close the quotes"),
        ("title: @a\n", (0, 7), "put the value in quotes"),
        ("title: 'it's'\n", (0, 11), "put the value in quotes"),
        ("title: **b**\n", (0, 8), "put the value in quotes"),
        ("a: 1\nb\n", (2, 0), "write it as `name: value`"),
        ("a: b\n  c: d\n", (1, 3), "in the same column"),
        ("a: - b\n", (0, 3), "begin the list on the next line"),
    ],
)
def test_a_syntax_error_comes_with_advice(text, place, hint):
    (fault,) = strict_yaml.load(text).faults
    assert (fault.kind, (fault.line, fault.column)) == ("invalid-yaml", place)
    assert hint in (fault.hint or "")


def test_what_nobody_knows_comes_without():
    (fault,) = strict_yaml.load('a: "\\q"\n').faults
    assert fault.hint is None
