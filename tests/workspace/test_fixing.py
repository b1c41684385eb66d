from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from msgspec.structs import replace

from govkb.checking import Inquiry
from govkb.diagnostics import Edit, Fix
from govkb.workspace.fixing import mend

PATH = "records/pitfalls/probe.md"
COMMENT = " <!-- govkb: ignore REF002 -- it was lost -->"
TEXT = f"""\
---
id: probe
title: Probe
enforcement: none
---

# Probe

## Pattern

A severity is set from memory.{COMMENT}

## Rule

Look.
"""
TODAY = date(2026, 4, 22)


@pytest.fixture
def made(project):
    return project({PATH: TEXT})


def mended(made, judge=None):
    workspace = made.open()
    base = workspace.load(None, TODAY)
    judge = judge or (lambda now: Inquiry().answer(now).diagnostics)
    return mend(made.root, base, judge(base), judge, partial(workspace.load, None, TODAY))


def test_nothing_is_written_before_it_is_saved(made):
    result = mended(made)
    assert (made.root / PATH).read_text() == TEXT
    assert result.after == {PATH: TEXT.replace(COMMENT, "").encode()}
    assert [d.code for d in result.fixed] == ["READ022"]
    result.save(made.root)
    assert (made.root / PATH).read_text() == TEXT.replace(COMMENT, "")


def test_what_somebody_else_has_changed_meanwhile_is_left_alone(made):
    result = mended(made)
    (made.root / PATH).write_text("theirs\n")
    result.save(made.root)
    assert (made.root / PATH).read_text() == "theirs\n"
    assert result.refused == {PATH: "somebody else has changed it meanwhile"}
    assert (result.after, result.fixed) == ({}, [])


def test_a_file_that_has_gone_meanwhile_stays_gone(made):
    result = mended(made)
    (made.root / PATH).unlink()
    result.save(made.root)
    assert list(result.refused) == [PATH]
    assert not (made.root / PATH).exists()


def test_a_link_that_has_taken_a_files_place_is_left_alone(made):
    result = mended(made)
    elsewhere = made.root / "elsewhere.md"
    elsewhere.write_text(TEXT)
    (made.root / PATH).unlink()
    (made.root / PATH).symlink_to(elsewhere)
    result.save(made.root)
    assert elsewhere.read_text() == TEXT
    assert (made.root / PATH).is_symlink()


def test_fixes_that_come_up_after_others_are_carried_out_too(made):
    """In each of three rounds the judge offers one more letter for the title."""
    rounds = []

    def judge(base):
        (result,) = base.results
        rounds.append(result.source.data.count(b"X"))
        at = result.source.data.index(b"Probe") + len(b"Probe")
        found = Inquiry().answer(base).diagnostics
        fix = Fix("add X", (Edit(at, at, "X"),))
        return [replace(found[0], fix=fix)] if rounds[-1] < 3 else []

    result = mended(made, judge)
    assert b"title: ProbeXXX\n" in result.after[PATH]
    assert rounds == [0, 1, 2, 3]
    assert len(result.fixed) == 3


def test_fixes_that_never_end_are_stopped(made):
    def judge(base):
        (result,) = base.results
        at = result.source.data.index(b"Probe")
        (found,) = [d for d in Inquiry().answer(made.load()).diagnostics if d.fix]
        return [replace(found, fix=Fix("add X", (Edit(at, at, "X"),)))]

    assert b"title: XXXXXProbe\n" in mended(made, judge).after[PATH]


def test_bytes_that_cannot_be_mapped_are_left_alone_and_said(made):
    file = made.root / PATH
    file.write_bytes(TEXT.replace("Look.\n", "Look.\r\nAgain.\r").encode())
    result = mended(made)
    assert result.after == {}
    assert list(result.refused) == [PATH]
