"""Whatever stands in records and file names: reports stay readable, and carry out nothing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from xml.etree import ElementTree as xml

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Related, Severity
from govkb.reporting import FORMATS, render
from govkb.reporting.escaping import visible
from govkb.source import Position, Span

_UNESCAPED = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}

_BREAKING_OUT = (
    "\n \r \u2028 \x0b \x85 \x1b \x00 \uffff \u202e \ud800 \udcff :: ::error:: ::error ##["
    " ##[error] %0A %25 ]]> <!-- &#0; {0} [a](1) \\ , : = # [ / ü 🎉"
)
pieces = st.sampled_from([" ", "\t", " file=x::", *_BREAKING_OUT.split(" ")])
anything = st.characters(codec=None)
texts = st.lists(pieces | anything, max_size=8).map("".join)
optional = st.none() | texts
positions = st.builds(Position, st.integers(1, 9), st.integers(1, 9))
spans = st.builds(lambda one, two: Span(min(one, two), max(one, two)), positions, positions)
paths = texts.map(lambda text: f"x{text}") | texts.filter(bool)
related = st.builds(Related, texts, paths, st.none() | spans)
diagnostics = st.builds(
    Diagnostic,
    st.just("REF002"),
    st.just("dangling-reference"),
    st.sampled_from(Severity),
    paths,
    texts,
    st.none() | spans,
    optional,
    optional,
    optional,
    st.lists(related, max_size=2).map(tuple),
    optional,
    optional,
)
found = st.lists(diagnostics, max_size=4)
promise = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True)
class Command:
    name: str
    properties: dict[str, str]
    data: str


def command_in(line):
    """What GitHub's runner takes a line of a log for, if it takes it for a command."""
    stripped = line.lstrip()
    if stripped.startswith("::") and "::" in stripped[2:]:
        head, _, data = stripped[2:].partition("::")
        name, _, written = head.partition(" ")
        pairs = [pair.split("=", 1) for pair in written.strip().split(",") if pair]
        properties = {pair[0]: unescaped(pair[1]) for pair in pairs if len(pair) == 2}
        return Command(name, properties, unescaped(data))
    older = re.search(r"##(?:vso)?\[([^\]]*)\]", line)
    return Command(older[1], {}, "") if older else None


def unescaped(text):
    return re.sub("%0D|%0A|%3A|%2C|%25", lambda match: _UNESCAPED[match[0]], text)


@pytest.mark.parametrize("name", ["text", "json", "sarif", "gitlab", "junit"])
@given(found)
@promise
def test_no_line_of_a_report_is_a_command(name, base, found):
    report = render(name, found, base)
    assert [line for line in report.splitlines() if command_in(line)] == []


@given(found)
@promise
def test_github_has_one_command_a_line_and_none_but_its_own(base, found):
    report = render("github", found, base)
    lines = report.splitlines()
    assert len(lines) == len(found) == report.count("\n")
    levels = {"error": "error", "warning": "warning", "info": "notice"}
    for line, diagnostic in zip(lines, found, strict=True):
        command = command_in(line)
        assert command.name == levels[diagnostic.severity]
        assert command.properties["file"] == visible(diagnostic.path)
        assert command.properties["title"] == "REF002 dangling-reference"
        assert command.data.split("\n")[0] == visible(diagnostic.message)
        span = diagnostic.span
        names = {"file", "title"}
        if span:
            assert command.properties["line"] == str(span.start.line)
            assert span.start.line <= int(command.properties["endLine"]) <= span.end.line
            names |= {"line", "endLine"}
            names |= {"col", "endColumn"} if span.start.line == span.end.line else set()
        assert set(command.properties) == names


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab"])
@given(found)
@promise
def test_json_can_be_read_back(name, base, found):
    document = json.loads(render(name, found, base).encode())
    listed = {
        "json": lambda: document["diagnostics"],
        "sarif": lambda: document["runs"][0]["results"],
        "gitlab": lambda: document,
    }
    assert len(listed[name]()) == len(found)
    # No lone surrogate: what other languages read must be Unicode.
    json.dumps(document, ensure_ascii=False).encode()


@given(found)
@promise
def test_junit_can_be_read_back(base, found):
    root = xml.fromstring(render("junit", found, base).encode())
    cases = list(root.iter("testcase"))
    assert len(cases) == max(len(found), 1)
    messages = [child.get("message") for case in cases for child in case]
    assert messages == [visible(diagnostic.message) for diagnostic in found]


@pytest.mark.parametrize("name", FORMATS)
@given(found)
@promise
def test_a_report_can_be_written_to_a_file(name, base, found):
    assert render(name, found, base).encode().decode() == render(name, found, base)


@pytest.mark.parametrize("name", ["text", "github", "junit"])
@given(diagnostics)
@promise
def test_people_see_no_character_that_acts(name, base, diagnostic):
    for character in render(name, [diagnostic], base):
        assert character == "\n" or ord(character) >= 32
        assert not 0x7F <= ord(character) < 0xA0
        assert character not in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068"


@given(diagnostics)
@promise
def test_a_re_graded_finding_differs_only_in_its_grade(base, diagnostic):
    reports = {render("github", [replace(diagnostic, severity=s)], base) for s in Severity}
    assert len({report.partition(" ")[2] for report in reports}) == 1
