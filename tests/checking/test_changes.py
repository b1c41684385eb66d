from __future__ import annotations

import pytest

from govkb.checking.changes import caused
from govkb.diagnostics import Diagnostic, Severity


def found(path, message="m"):
    return Diagnostic("REF002", "dangling-reference", Severity.ERROR, path, message)


def test_findings_elsewhere_that_were_there_before_are_left_out():
    now = [found("a.md"), found("b.md"), found("b.md"), found("c.md", "new")]
    before = [found("a.md"), found("b.md"), found("c.md")]
    assert caused(now, lambda: before, frozenset({"a.md"})) == [now[0], now[2], now[3]]


@pytest.mark.parametrize("now", [[], [found("a.md")]])
def test_the_past_is_not_asked_for_where_nothing_is_wrong_elsewhere(now):
    def never():
        raise AssertionError

    assert caused(now, never, frozenset({"a.md"})) == now
