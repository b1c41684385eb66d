from __future__ import annotations

from datetime import date

import pytest

DAY = date(2026, 11, 21)


@pytest.fixture
def nearest(project):
    """The ids of those that a name may mean, the likeliest first."""
    workspace = project().open()
    for number in range(4):
        workspace.create_record("incident", f"Thing {number}", DAY)
    workspace.create_record("decision", "Rotate tokens", DAY)
    base = workspace.load()
    return lambda name: [record.id for record in base.graph.resolver.nearest(name)]


@pytest.mark.parametrize("name", ["DEC-20261121-nothing", "DEC-20261121-B", "DEC-20261120-A"])
def test_a_prefix_weighs_more_than_a_day(nearest, name):
    assert nearest(name)[0] == "DEC-20261121-rotate-tokens"


def test_records_of_the_day_follow(nearest):
    assert nearest("DEC-20261121-B")[1] == "INC-20261121-B"


def test_a_prefix_that_nobody_has_is_a_typo(nearest):
    assert nearest("IMC-20261121-C")[0] == "INC-20261121-C"


def test_words_are_no_prefix(nearest):
    assert nearest("rotate-token") == ["DEC-20261121-rotate-tokens"]
