"""What the schemas of Ant's JUnit reports and of Jenkins's xUnit plugin both demand."""

from __future__ import annotations

import re
from xml.etree import ElementTree as xml

import pytest
from msgspec.structs import replace

from govkb.diagnostics import Severity
from govkb.reporting.junit import render

SUITE = {"name", "package", "id", "timestamp", "hostname", "tests", "failures", "errors", "time"}


@pytest.fixture
def suite(diagnostics, base):
    return parsed(render(diagnostics, base))


def parsed(report):
    """The one suite of a report that fits both schemas."""
    root = xml.fromstring(report)
    assert (root.tag, root.attrib) == ("testsuites", {})
    (suite,) = root
    assert suite.tag == "testsuite"
    assert set(suite.attrib) == SUITE | {"skipped"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.get("timestamp"))
    first, *cases, out, err = suite
    assert [first.tag, out.tag, err.tag] == ["properties", "system-out", "system-err"]
    for case in cases:
        assert (case.tag, set(case.attrib)) == ("testcase", {"name", "classname", "time"})
        assert len(case) <= 1
        for child in case:
            assert child.tag in {"failure", "skipped"}
            assert set(child.attrib) == {"message", "type"}
    counted = {
        "tests": len(cases),
        "failures": len(suite.findall("testcase/failure")),
        "skipped": len(suite.findall("testcase/skipped")),
        "errors": 0,
        "time": 0,
    }
    assert {name: int(suite.get(name)) for name in counted} == counted
    return suite


def test_errors_and_warnings_fail_and_information_does_not(suite, diagnostics):
    assert [case[0].get("type") for case in suite.findall("testcase")] == [
        diagnostic.severity for diagnostic in diagnostics
    ]
    assert [case[0].tag == "skipped" for case in suite.findall("testcase")] == [
        diagnostic.severity is Severity.INFO for diagnostic in diagnostics
    ]


def test_the_text_of_a_failure_is_what_people_read(suite, diagnostics, base):
    from govkb.reporting import text

    shown = [case[0].text for case in suite.findall("testcase")]
    assert "\n\n".join(shown) + "\n" == text.render(diagnostics, base)


def test_a_case_is_known_again_when_its_line_moves(diagnostics, base):
    moved = [replace(d, span=diagnostics[0].span) for d in diagnostics]
    assert names(render(moved, base)) == names(render(diagnostics, base))


def test_cases_are_told_apart(diagnostics, base):
    found = names(render([*diagnostics, *diagnostics], base))
    assert len(set(found)) == len(found) == 2 * len(diagnostics)


def test_a_class_is_a_file_in_its_folder(suite):
    assert suite.find("testcase").get("classname") == "records.findings.F-2026-0421-BUCKET"


def test_nothing_found_is_a_case_that_passed(base):
    (case,) = parsed(render([], base)).findall("testcase")
    assert list(case) == []


def test_the_report_is_ascii_as_it_says(diagnostics, base):
    report = render(diagnostics, base)
    assert report.isascii()
    assert "encoding='us-ascii'" in report.splitlines()[0]


def names(report):
    return [(c.get("classname"), c.get("name")) for c in xml.fromstring(report).iter("testcase")]
