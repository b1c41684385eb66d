from __future__ import annotations

import pytest

DRILL = {
    "type": "drill",
    "label": "Drill",
    "purpose": "A backup was restored.",
    "id": '"DRILL-{seq:3}"',
    "path": '"drills/{id}.md"',
}


@pytest.fixture
def said(project):
    """What is said about a type with these keys changed, in place of a value None to leave out."""

    def faults(**changed):
        keys = {**DRILL, **changed}
        text = "".join(f"{key}: {value}\n" for key, value in keys.items() if value is not None)
        found = project({"templates/drill/type.yaml": text}).open().catalogue.faults
        return [(fault.line, fault.message) for fault in found]

    return faults


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"foo": 1}, (6, "it can't have `foo`")),
        ({"label": 3}, (2, "`label` is 3; it must be text")),
        ({"label": '""'}, (2, "`label` is empty; it must not be empty")),
        ({"purpose": None}, (1, "it lacks `purpose`")),
        ({"path": None}, (1, "it lacks `path`, or `forms`")),
        ({"path": "[1]"}, (5, "`path[0]` is 1; it must be text")),
        ({"numbered": '"yes"'}, (6, "`numbered` is 'yes'; it must be true or false")),
        ({"frontmatter": "never"}, (6, "`frontmatter` is 'never'")),
        ({"status": "{a: []}"}, (6, "`status` lacks `initial`")),
        ({"sections": "{A: {append_onl: true}}"}, (6, "`sections.A` can't have `append_onl`")),
        ({"relations": "3"}, (6, "`relations` is 3; it must be a list or fields of its own")),
        (
            {"forms": '[{id: "D-{seq:3}", path: d.md}]'},
            (1, "`id` with `path` and `forms` exclude each other"),
        ),
    ],
)
def test_a_mistake_is_told_in_plain_words(said, changed, told):
    assert said(**changed) == [told]


def test_all_mistakes_are_told_at_once(said):
    found = said(foo=1, bar=2, purpose=None, label=3)
    assert sorted(found) == [
        (1, "it lacks `purpose`"),
        (2, "`label` is 3; it must be text"),
        (5, "it can't have `foo`"),
        (6, "it can't have `bar`"),
    ]
