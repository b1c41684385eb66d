"""A section that goes by another name keeps its entries like any other."""

from __future__ import annotations

import pytest

TYPE = """\
type: note
label: Note
purpose: A thought.
id: "NOTE-{seq:3}"
path: "notes/{id}.md"
status: {initial: raw, raw: [done-with], done-with: []}
frozen_after: done-with
sections:
  Log: {append_only: true, aliases: [Journal]}
"""
FILE = "records/notes/NOTE-001.md"


def note(heading="Journal", entries=("one", "the second one"), status="raw"):
    items = "".join(f"- {entry}\n" for entry in entries)
    return f"---\nid: NOTE-001\nstatus: {status}\n---\n\n# A note\n\n## {heading}\n\n{items}"


@pytest.fixture
def merged(project, git):
    """A project with a note on `main`."""

    def make(text):
        made = project({"templates/note/type.yaml": TYPE, FILE: text})
        git(made.root).commit()
        return made

    return make


@pytest.mark.parametrize("heading", ["Journal", "Log", "JOURNAL"])
def test_an_entry_that_was_edited_is_found_whatever_the_heading_is_called_now(merged, heading):
    made = merged(note())
    made.write({FILE: note(heading, ["one", "the second"])})
    assert made.codes("main") == ["APP001"]


@pytest.mark.parametrize("heading", ["Journal", "Log"])
def test_an_entry_may_be_added_whatever_the_heading_is_called_now(merged, heading):
    made = merged(note())
    made.write({FILE: note(heading, ["one", "the second one", "three"])})
    assert made.codes("main") == []


def test_a_frozen_record_may_still_get_entries_under_the_other_name(merged):
    made = merged(note(status="done-with"))
    made.write({FILE: note("Journal", ["one", "the second one", "three"], "done-with")})
    assert made.codes("main") == []
    made.write({FILE: note(status="done-with").replace("# A note", "# Another note")})
    assert made.codes("main") == ["APP005"]
