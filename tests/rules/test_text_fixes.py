"""What the fixes of the rules about a file's text make of it."""

from __future__ import annotations

import pytest

from govkb.diagnostics import Diagnostic

EMOJI = "[[emoji]]\nallow = []\n"
PITFALL = """\
---
id: look-first
title: Look first
enforcement: none
---

# Look first

## Pattern

{}

## Rule

Look.
"""
LEARNED = """\
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

{}

## Learnings

- {}
"""
NOTE_TYPE = """\
type: note
label: Note
purpose: Something to remember.
id: "NOTE-{int}"
path: "notes/{id}.md"
frozen_after: final
status: {initial: draft, draft: [final], final: []}
"""
NOTE = """\
---
id: NOTE-1
title: Look first
status: {}
---

# Look first

{}
"""


@pytest.fixture
def check(project):
    def run(path, text, settings=""):
        files = {"govkb.toml": settings, "templates/note/type.yaml": NOTE_TYPE}
        made = project({**files, f"records/{path}": text})
        return [d for d in made.check() if d.code in ("READ018", "READ019")]

    return run


def fixed(text, diagnostics: list[Diagnostic]):
    data = text.encode()
    edits = [edit for d in diagnostics if d.fix for edit in d.fix.edits]
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        data = data[: edit.start] + edit.text.encode() + data[edit.end :]
    return data.decode()


def test_misread_text_is_put_back_in_prose_and_in_code(check):
    text = PITFALL.format("Donâ€™t â†’ ever:\n\n```\nâ””â”€â”€ `cafÃ©`\n```")
    found = check("pitfalls/look-first.md", text)
    assert fixed(text, found) == PITFALL.format("Don’t → ever:\n\n```\n└── `café`\n```")


def test_of_a_line_only_what_is_certain_is_put_back(check):
    text = PITFALL.format("It was â† and is â†’ now.")
    found = check("pitfalls/look-first.md", text)
    assert fixed(text, found) == PITFALL.format("It was â† and is → now.")


def test_emoji_go_without_a_trace(check):
    text = PITFALL.format(
        "🎉 One 🎉🎉 two, **three 🚀**.\n\n| a | b |\n|---|---|\n| 🎉 yes | no 🔥 |"
    )
    found = check("pitfalls/look-first.md", text, EMOJI)
    expected = PITFALL.format("One two, **three**.\n\n| a | b |\n|---|---|\n| yes | no |")
    assert fixed(text, found) == expected


@pytest.mark.parametrize(
    "line",
    [
        "| ✅ |",
        "| ✅ yes |",
        "| ⭐⭐ 2 |",
        "| 🔥 2 |",
        "- ❌",
        "- ❌ Restore",
        "🚀",
        "Backups ❌, restore ✅",
        "Backups: 😱, restore: 🎉",
        "🔴 HV/HQ",
        "🎉 = done",
    ],
)
def test_emoji_that_say_something_stay_for_their_author(check, line):
    text = PITFALL.format(line)
    found = check("pitfalls/look-first.md", text, EMOJI)
    assert found
    assert all(d.fix is None and "write a word for it" in d.hint for d in found)


@pytest.mark.parametrize(("wrong", "right"), [("itâ€™s", "it’s"), ("it 🎉 is", "it is")])
def test_append_only_sections_are_left_alone(check, wrong, right):
    text = LEARNED.format(wrong, wrong)
    found = check("incidents/INC-20260418-B-zero-backups-for-74-days.md", text, EMOJI)
    assert len(found) == 2
    assert fixed(text, found) == LEARNED.format(right, wrong)


@pytest.mark.parametrize(("wrong", "right"), [("itâ€™s", "it’s"), ("it 🎉 is", "it is")])
def test_a_frozen_body_is_left_alone(check, wrong, right):
    for status, expected in (("draft", right), ("final", wrong)):
        text = NOTE.format(status, wrong)
        found = check("notes/NOTE-1.md", text, EMOJI)
        assert len(found) == 1
        assert fixed(text, found) == NOTE.format(status, expected)
