from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.checking.baseline import Baseline, BaselineMatcher, identity, read_baseline, written
from govkb.diagnostics import Diagnostic, Severity
from govkb.errors import ConfigurationError
from govkb.source import Position, SourceText, Span

HEADER = '{"govkb-baseline": 1}'


def finding(message="'X' names no record", code="REF002", path="records/a.md", **more):
    return Diagnostic(code, "slug", Severity.ERROR, path, message, **more)


def baseline_of(*diagnostics):
    return read_baseline(SourceText("b.jsonl", written(diagnostics).encode()))


def matcher_of(*diagnostics, paths=("records/a.md",)):
    return BaselineMatcher(baseline_of(*diagnostics), frozenset(paths))


def at(line):
    return Span(Position(line, 1), Position(line, 5))


def test_a_baseline_is_sorted_with_one_finding_a_line():
    found = [finding(path="b.md"), finding("'z' is \"y\""), finding("odd", code="ID001")]
    found.append(found[1])
    lines = written(found).splitlines()
    assert lines[0] == HEADER
    assert [json.loads(line) for line in lines[1:]] == [
        {"code": "REF002", "path": "b.md", "values": ["X"]},
        {"code": "ID001", "path": "records/a.md"},
        {"code": "REF002", "path": "records/a.md", "values": ["z", "y"], "count": 2},
    ]


def test_the_order_of_the_findings_makes_no_difference():
    found = [finding(str(n) + "x", path=f"records/{n}.md") for n in range(5)]
    assert written(found) == written(reversed(found))


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (finding(span=at(3)), finding(span=at(30))),
        (finding(key="relates_to[2].ref"), finding(key="relates_to[0].ref")),
        (finding("line 12 is past the end"), finding("line 1,200 is past the end")),
        (finding("open for 12 days"), finding("open for 13 days")),
        (finding(hint="did you mean A?"), finding(hint="did you mean B?")),
        (finding("'X' names no record"), finding("there's no record called `X`")),
        (finding("it doesn't say what isn't there"), finding("it says nothing")),
        (
            finding(record="A", path="records/old.md"),
            finding(record="A", path="records/a.md"),
        ),
    ],
)
def test_a_finding_is_known_again(before, now):
    assert matcher_of(before).is_known(now)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (finding(), finding("'Y' names no record")),
        (finding("'A' and 'B'"), finding("'A'")),
        (finding("`field` of 'A'"), finding("`field` of 'B'")),
        (finding("'INC-1' is gone"), finding("'INC-2' is gone")),
        (finding("'F-2026-12' is gone"), finding("'F-2026-13' is gone")),
        (finding(), finding(code="REF003")),
        (finding(key="a"), finding(key="b")),
        (finding(record="A"), finding(record="B")),
        (finding(path="records/old.md"), finding(path="records/a.md")),
        (
            finding(record="A", path="records/a.md"),
            finding(record="A", path="records/b.md"),
        ),
    ],
)
def test_another_finding_is_new(before, now):
    assert not matcher_of(before).is_known(now)


def test_one_more_of_the_same_is_new():
    matcher = matcher_of(finding(span=at(3)), finding(span=at(5)))
    assert [matcher.is_known(finding(span=at(n))) for n in (3, 5, 7)] == [True, True, False]


def test_a_finding_that_moved_counts_once():
    old, new = finding(record="A", path="records/old.md"), finding(record="A")
    matcher = matcher_of(old)
    assert [matcher.is_known(new), matcher.is_known(new)] == [True, False]
    assert list(matcher.gone()) == []


def test_what_never_came_up_is_gone():
    matcher = matcher_of(finding("`x`"), finding("`x`"), finding("`y`"))
    matcher.is_known(finding("`x`"))
    assert [(known.values, count) for known, count in matcher.gone()] == [(("x",), 1), (("y",), 1)]


def test_what_was_learned_is_never_in_a_baseline_nor_is_information():
    kept_out = [finding(code="APP001"), Diagnostic("REF002", "s", Severity.INFO, "a.md", "x")]
    assert written(kept_out) == f"{HEADER}\n"


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        ([""], 1, "no JSON"),
        (["[]"], 1, "must be an object"),
        (["{}"], 1, "its first line must be"),
        (['{"govkb-baseline": 2}'], 1, "version 2"),
        ([HEADER, "<<<<<<< HEAD"], 2, "no JSON"),
        ([HEADER, "", "3"], 3, "must be an object"),
        ([HEADER, "[" * 100_000], 2, "no JSON"),
        ([HEADER, "\x00"], 2, "no JSON"),
        ([HEADER, '{"code": "REF002"}'], 2, "`path`"),
        ([HEADER, '{"code": 3, "path": "a.md"}'], 2, "`code`"),
        ([HEADER, '{"code": "A", "path": "a", "values": "x"}'], 2, "`values`"),
        ([HEADER, '{"code": "A", "path": "a", "values": [3]}'], 2, "`values`"),
        ([HEADER, '{"code": "A", "path": "a", "count": 0}'], 2, "`count`"),
        ([HEADER, '{"code": "A", "path": "a", "count": true}'], 2, "`count`"),
        ([HEADER, '{"code": "APP001", "path": "a"}'], 2, "APP001"),
    ],
)
def test_a_broken_baseline_names_its_line(lines, line, words):
    with pytest.raises(ConfigurationError) as caught:
        read_baseline(SourceText("b.jsonl", "\n".join(lines).encode()))
    assert caught.value.message.startswith(f"b.jsonl:{line}: ")
    assert words in caught.value.message


def test_blank_lines_and_equal_lines_do_no_harm():
    line = '{"code": "A", "path": "a"}'
    source = SourceText("b.jsonl", f"{HEADER}\n{line}\n\n{line}\n".encode())
    assert read_baseline(source).known.total() == 2


texts = st.text(max_size=8)
findings = st.builds(
    finding,
    message=st.text("ab'`\" ", max_size=12),
    code=st.sampled_from(["REF002", "ID001"]),
    path=st.sampled_from(["records/a.md", "records/b.md", "records/\udc80.md"]),
    key=st.none() | texts,
    record=st.none() | texts,
)


@given(st.lists(findings))
def test_what_was_written_down_is_known_and_nothing_of_it_is_gone(found):
    text = written(found)
    baseline = read_baseline(SourceText("b.jsonl", text.encode()))
    assert baseline == Baseline("b.jsonl", Counter(map(identity, found)))
    matcher = BaselineMatcher(baseline, frozenset(d.path for d in found))
    assert all(matcher.is_known(diagnostic) for diagnostic in reversed(found))
    assert list(matcher.gone()) == []
