from __future__ import annotations

import json

import pytest

from govkb.reporting.gitlab import render


@pytest.fixture
def issues(diagnostics, base):
    return json.loads(render(diagnostics, base))


def test_an_issue_has_what_gitlab_reads(issues, diagnostics):
    assert len(issues) == len(diagnostics)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["description"].isprintable()
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["path"].isprintable()
        assert 1 <= issue["location"]["lines"]["begin"] <= issue["location"]["lines"]["end"]


def test_fingerprints_are_unique(issues):
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_the_report_begins_without_a_byte_order_mark(diagnostics, base):
    assert render(diagnostics, base).startswith("[")


def test_nothing_found_is_an_empty_list(base):
    assert json.loads(render([], base)) == []
