from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.checking.fixing import edited, protected_parts, repair
from govkb.diagnostics import Diagnostic, Edit, Fix, Severity
from govkb.reading.reader import decode

PATH = "records/incidents/INC-20260418-B-zero-backups.md"
INCIDENT = """\
---
id: INC-20260418-B
title: Zero backups
severity: high
detected: 2026-04-18
---

# Zero backups

## Summary

None was written. <!-- govkb: ignore REF -- gone -->

<!-- govkb: verbatim -->
They said "none". <!-- govkb: ignore REF -- gone -->
<!-- govkb: end verbatim -->

## Timeline

- 10:00 It began. <!-- govkb: ignore REF -- gone -->

## Impact

None. <!-- govkb: ignore REF -- gone -->

## Learnings

- A green job proves nothing. <!-- govkb: ignore REF -- gone -->
"""


def offered(*edits, path="records/a.md", title="mend"):
    fix = Fix(title, tuple(Edit(*edit) for edit in edits))
    return Diagnostic("REF002", "slug", Severity.ERROR, path, "x", fix=fix)


PITFALL_PATH = "records/pitfalls/a.md"
PITFALL = "---\nid: a\ntitle: A\nenforcement: none\n---\n\n# A\n\n## Pattern\n\nabcdef\n"


def mended(project, *diagnostics, text=PITFALL, path=PITFALL_PATH):
    """The text after one round, and the fixes that were carried out."""
    base = project({path: text}).load()
    repairs = repair(base, diagnostics, {path: text.encode()})
    if path not in repairs.files:
        return text, ()
    return repairs.files[path].data.decode(), repairs.files[path].fixed


@pytest.fixture
def at():
    """The offsets of some words in the text."""

    def find(words, text=PITFALL):
        start = text.encode().index(words.encode())
        return start, start + len(words.encode())

    return find


def test_a_fix_is_carried_out(project, at):
    one = offered((*at("bcd"), "X"), path=PITFALL_PATH)
    text, fixed = mended(project, one)
    assert "aXef" in text
    assert fixed == (one,)


def test_all_edits_of_a_fix_are_carried_out_in_any_order(project, at):
    one = offered((*at("ef"), "E"), (*at("bc"), ""), path=PITFALL_PATH)
    assert "adE\n" in mended(project, one)[0]


@pytest.mark.parametrize(
    ("first", "second", "result"),
    [
        ("abc", "cde", "Xdef"),
        ("abc", "abc", "Xdef"),
        ("abcdef", "cd", "X"),
        ("cd", "abcdef", "abXef"),
        ("abc", "def", "XY"),
    ],
)
def test_of_two_fixes_that_overlap_the_first_is_carried_out(project, at, first, second, result):
    one = offered((*at(first), "X"), path=PITFALL_PATH)
    two = offered((*at(second), "Y"), path=PITFALL_PATH)
    assert f"\n{result}\n" in mended(project, one, two)[0]


def test_two_texts_for_one_place_wait_for_each_other(project, at):
    start = at("abc")[0]
    one = offered((start, start, "X"), path=PITFALL_PATH)
    two = offered((start, start, "Y"), path=PITFALL_PATH)
    assert "\nXabcdef\n" in mended(project, one, two)[0]


def test_a_fix_that_overlaps_in_one_of_its_edits_waits_as_a_whole(project, at):
    one = offered((*at("cd"), "X"), path=PITFALL_PATH)
    two = offered((*at("ab"), "Y"), (*at("de"), "Z"), path=PITFALL_PATH)
    assert "\nabXef\n" in mended(project, one, two)[0]


@pytest.mark.parametrize("edit", [(-1, 3, ""), (5, 3, ""), (0, 100_000, "")])
def test_a_fix_that_lies_outside_of_the_file_is_left(project, edit):
    assert mended(project, offered(edit, path=PITFALL_PATH)) == (PITFALL, ())


def test_a_fix_for_a_file_that_is_none_is_left(project):
    assert mended(project, offered((0, 1, "x"), path="templates/x.yaml")) == (PITFALL, ())


def test_a_fix_that_changes_nothing_is_none(project, at):
    assert mended(project, offered((*at("ab"), "ab"), path=PITFALL_PATH)) == (PITFALL, ())


def test_unused_comments_go_where_nothing_is_protected(project, run_govkb):
    made = project({PATH: INCIDENT})
    outcome = run_govkb("check", "--fix", cwd=made.root)
    assert outcome.code == 1
    now = (made.root / PATH).read_text()
    kept = [line for line in now.splitlines() if "ignore REF" in line]
    assert [line.split()[0] for line in kept] == ["They", "-", "-"]
    assert "\nNone was written.\n" in now
    assert "\nNone.\n" in now
    assert outcome.stdout.count("READ022") == 3


@pytest.mark.parametrize(
    ("words", "is_protected"),
    [
        ("None was written", False),
        ('They said "none"', True),
        ("## Timeline", True),
        ("10:00", True),
        ("## Impact", False),
        ("A green job", True),
        ("severity: high", False),
    ],
)
def test_whatever_a_rule_offers_some_parts_are_never_touched(project, at, words, is_protected):
    one = offered((*at(words, INCIDENT), "X"), path=PATH)
    text, fixed = mended(project, one, text=INCIDENT, path=PATH)
    assert (text == INCIDENT) == is_protected
    assert (fixed == ()) == is_protected


def test_nothing_is_put_at_the_edge_of_an_append_only_section(project, at):
    end = at("## Impact", INCIDENT)[0]
    for place in (end, len(INCIDENT.encode())):
        one = offered((place, place, "- new\n"), path=PATH)
        assert mended(project, one, text=INCIDENT, path=PATH) == (INCIDENT, ())


def test_one_protected_edit_keeps_the_whole_fix_from_happening(project, at):
    one = offered((*at("None was", INCIDENT), "X"), (*at("10:00", INCIDENT), "Y"), path=PATH)
    assert mended(project, one, text=INCIDENT, path=PATH) == (INCIDENT, ())


DECISION_PATH = "records/decisions/DEC-20260421-D-spot-check.md"
DECISION = """\
---
id: DEC-20260421-D
title: Spot-check
date: 2026-04-21
status: STATUS
---

# Spot-check

## Context

Eight landed.

## Decision

Look at three.
"""


@pytest.mark.parametrize(("status", "is_frozen"), [("ratified", True), ("proposed", False)])
def test_the_body_of_a_frozen_record_is_never_touched(project, at, status, is_frozen):
    text = DECISION.replace("STATUS", status)
    types = {"templates/decision/type.yaml": FREEZING}
    base = project({DECISION_PATH: text, **types}).load()
    (result,) = base.results
    assert result.record is not None
    assert result.record.type is not None
    assert bool(result.record.type.frozen_statuses)
    parts = protected_parts(result, base)
    start = at("Eight", text)[0]
    assert any(first <= start < last for first, last in parts) == is_frozen
    assert not any(first <= at("title", text)[0] < last for first, last in parts)


FREEZING = """\
type: decision
label: Decision
purpose: What was decided.
id: "DEC-{date:%Y%m%d}-{letter}"
path: "decisions/{id}-{slug}.md"
required: [title]
fields:
  date: {$ref: "#/$defs/day"}
status:
  initial: proposed
  proposed: [ratified]
  ratified: []
frozen_after: ratified
sections:
  Context: {}
  Decision: {}
"""


lines = st.lists(st.tuples(st.text("aé🚒 #-", max_size=4), st.sampled_from(["\n", "\r\n"])))


@st.composite
def files_with_edits(draw):
    """The raw bytes of a file, its text, and edits that don't overlap, at character boundaries."""
    raw = "".join(text + end for text, end in draw(lines)) + draw(st.text("ab", max_size=3))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    data = (mark + raw).encode()
    source, _ = decode("x.md", data)
    text = source.data.decode()
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
    offsets = [len(text[:cut].encode()) for cut in cuts]
    news = draw(st.lists(st.text("xü\n", max_size=3), min_size=3, max_size=3))
    pairs = zip(offsets[::2], offsets[1::2], news, strict=False)
    return data, source.data, [Edit(start, end, new) for start, end, new in pairs]


@given(files_with_edits())
def test_edits_of_the_text_become_edits_of_the_bytes(file):
    raw, data, edits = file
    expected, at = b"", 0
    for edit in edits:
        expected += data[at : edit.start] + edit.text.encode()
        at = edit.end
    expected += data[at:]
    now = edited(raw, data, edits)
    assert now is not None
    assert decode("x.md", now)[0].data == expected
    assert now.startswith(b"\xef\xbb\xbf") == raw.startswith(b"\xef\xbb\xbf")
    assert edited(raw, data, []) == raw


@given(files_with_edits())
def test_line_ends_stay_what_they_are(file):
    raw, data, edits = file
    now = edited(raw, data, edits)
    if b"\r\n" not in raw:
        assert b"\r" not in now
    if b"\n" in raw and b"\n" not in raw.replace(b"\r\n", b""):
        assert b"\n" not in now.replace(b"\r\n", b"")


@pytest.mark.parametrize("raw", [b"a\rb\n", b"a\r\r\nb\n", b"other\n"])
def test_bytes_that_are_not_the_text_are_left_alone(raw):
    assert edited(raw, b"a\nb\n", [Edit(0, 1, "x")]) is None
