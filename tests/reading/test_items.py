"""Items as records write them: in lists, in tables, in the frontmatter."""

import pytest

from govkb.reading.items import items_of
from govkb.reading.items.kept import kept_form, read_back

TYPE = """type: work
label: Work
purpose: To try things.
id: "work-{int}"
path: "works/{id}.md"
fields: {checks: {type: array}}
items:
  check:
    label: Check
    section: [Checks, More checks]
    field: checks
    name: "C{int}"
    states: [open, passed, failed]
    headings: {text: [Question]}
    values:
      seen_by: {type: string}
      result: {type: string}
    implies: {result: passed}
"""


@pytest.fixture
def items(project):
    def read(body, extra=""):
        text = f"---\nid: work-1\ntitle: One\n{extra}---\n\n# One\n\n{body}\n"
        made = project({"templates/work/type.yaml": TYPE, "records/works/work-1.md": text})
        (record,) = made.load().records
        found = items_of(record)
        for item in found:
            for name, value in item.values.items():
                if value.end:
                    written = record.source.data[value.start : value.end].decode()
                    first = value.text.split("\n")[0]
                    assert written.startswith(first.replace("|", "\\|")), (name, written)
        return found

    return read


def short(found):
    return [(i.name, i.text, i.state) for i in found]


def test_points_of_a_list_with_and_without_boxes(items):
    found = items("## Checks\n\n- [x] C1: One\n- [ ] **C #2** Two\n- Three\n  on two lines\n")
    assert short(found) == [
        ("C1", "One", "passed"),
        ("C2", "Two", "open"),
        ("C3", "Three\non two lines", "open"),
    ]
    assert [i.anchor for i in found] == ["check-c1", "check-c2", "check-c3"]


@pytest.mark.parametrize(
    "lead",
    ["C1:", "C1.", "C1)", "C1 -", "C1 —", "C 1:", "C#1:", "**C1**", "**C1:**", "`C1`:", "(C1)"],
)
def test_a_name_can_be_written_in_many_ways(items, lead):
    assert short(items(f"## Checks\n\n1. {lead} Words: here\n")) == [("C1", "Words: here", "open")]


def test_what_only_begins_like_a_name_is_none(items):
    found = items("## Checks\n\n- C1a is a word\n- Cells are counted\n")
    assert short(found) == [("C1", "C1a is a word", "open"), ("C2", "Cells are counted", "open")]


def test_points_below_say_values_and_keep_their_lines(items):
    (found,) = items(
        "## Checks\n\n- C1: One\n  - **Seen by:** Ava\n  - Result:\n    ```\n"
        "    - seen by: nobody\n    ok\n    ```\n  - Remark: not a value\n"
    )
    assert found.value("seen_by") == "Ava"
    assert found.value("result") == "```\n- seen by: nobody\nok\n```"
    assert found.state == "passed"


def test_a_state_in_words_beats_the_box_and_an_unknown_one_is_open(items):
    found = items(
        "## Checks\n\n- [x] C1: A\n  - State: Failed, twice\n- [x] C2: B\n  - State: so so\n"
    )
    assert [(i.state, i.written_state) for i in found] == [("failed", None), ("open", "so so")]


def test_rows_of_tables_that_have_the_column(items):
    found = items(
        "## More checks\n\n| Id | Question, as asked | Seen by |\n|---|---|---|\n"
        "| C7 | Does it \\| hold? | `Ava_B` |\n| | And this? | |\n\n"
        "| What | Else |\n|---|---|\n| nothing | of it |\n"
    )
    assert short(found) == [("C7", "Does it | hold?", "open"), ("C2", "And this?", "open")]
    assert found[0].value("seen_by") == "Ava_B"


FENCED = TYPE.replace("    states:", "    fenced: true\n    states:")


def test_a_block_of_pairs_is_one_where_the_kind_says_so(project):
    body = (
        "## Checks\n\nRun it with:\n\n```\nseen-by = Ava B.\nresult=é=1\nname=C7\nx=y\n# y\n```\n"
    )
    body += "\n- One\n\n```sh\nls\nfoo=bar\n```\n"
    text = f"---\nid: work-1\ntitle: One\n---\n\n# One\n\n{body}"
    files = {"templates/work/type.yaml": FENCED, "records/works/work-1.md": text}
    (record,) = project(files).load().records
    point, pairs = items_of(record)
    assert short([point, pairs]) == [("C1", "One", "open"), ("C7", "Run it with:", "passed")]
    assert (pairs.value("seen_by"), pairs.value("result")) == ("Ava B.", "é=1")
    start, end = pairs.extent_in(record, "result")
    assert record.source.data[start:end].decode() == "é=1"


def test_a_block_of_pairs_is_none_elsewhere(items):
    assert items("## Checks\n\n```\nseen_by=Ava\n```\n") == []


def test_the_frontmatter_lists_them_first(items):
    found = items("## Checks\n\n- C2: Two\n", "checks: [{text: One, seen by: Ava}, Just words]\n")
    assert short(found) == [
        ("C1", "One", "open"),
        ("C3", "Just words", "open"),
        ("C2", "Two", "open"),
    ]
    assert found[0].value("seen_by") == "Ava"
    assert found[0].path == ("checks", 0)


@pytest.mark.parametrize(
    "body", ["", "## Checks\n", "## Checks\n\nWords.\n", "## Other\n\n- C1: x\n"]
)
def test_where_nothing_stands_there_is_nothing(items, body):
    assert items(body) == []


@pytest.mark.parametrize(
    "body",
    ["- " * 5000, "- C1" + " #" * 20000, "- **" * 5000, "| a " * 5000, "- Seen by" + ":" * 20000],
)
def test_hostile_points_take_no_long_time(items, body):
    assert len(items(f"## Checks\n\n{body}\n")) <= 1


def test_a_section_that_the_type_does_not_declare_may_stand_below_another(items):
    body = (
        "## Plan\n\n- C9: None of them\n\n### checks\n\n- C1: One\n\n## Plan B\n\n- C8: Nor this\n"
    )
    assert short(items(body)) == [("C1", "One", "open")]
    # One of its own comes first.
    assert short(items(f"{body}\n## Checks\n\n- C2: Two\n")) == [("C2", "Two", "open")]


def test_items_that_were_written_down_are_read_back_as_they_were(items):
    found = items(
        "## Checks\n\n- [x] C1: One\n  - Seen by: Ava\n- C2: Two\n  - State: so so\n",
        "checks: [{text: Three, seen by: Ava}]\n",
    )
    kinds = {"check": found[0].kind}
    assert list(read_back(kinds, kept_form(found))) == found
