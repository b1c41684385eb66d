"""References put into frontmatter: text is only ever added, and means what was asked for."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from govkb import strict_yaml
from govkb.config import Config
from govkb.reading import read_record
from govkb.scaffolding.declaring import declaring_edits
from govkb.workspace import Workspace


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return Workspace.at(Config(tmp_path_factory.mktemp("empty")).root).catalogue


@pytest.fixture(scope="module")
def declare(catalogue):
    """The frontmatter after `relates_to` names these too; None where that can't be done."""

    def change(yaml_text, *ids):
        data = f"---\n{yaml_text}---\n\n# T\n".encode()
        result = read_record("records/pitfalls/x.md", "pitfalls/x.md", data, catalogue)
        assert result.record is not None
        edits = declaring_edits(result.record, "relates_to", ids)
        if edits is None:
            return None
        for edit in sorted(edits, key=lambda e: -e.start):
            assert edit.start == edit.end
            data = data[: edit.start] + edit.text.encode() + data[edit.end :]
        return data.decode().split("---\n")[1]

    return change


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: x\n", "id: x\nrelates_to:\n  - A-1\n  - B-2\n"),
        ("id: x # y\n", "id: x # y\nrelates_to:\n  - A-1\n  - B-2\n"),
        ("relates_to:\nid: x\n", "relates_to:\n  - A-1\n  - B-2\nid: x\n"),
        ("relates_to: # none\nid: x\n", "relates_to: # none\n  - A-1\n  - B-2\nid: x\n"),
        ("relates_to: []\n", "relates_to: [A-1, B-2]\n"),
        ("relates_to: [a, 'b'] # c\n", "relates_to: [a, 'b', A-1, B-2] # c\n"),
        ("relates_to: [a, b,]\n", "relates_to: [a, b, A-1, B-2,]\n"),
        ("relates_to: [\n  a,\n  b\n]\n", "relates_to: [\n  a,\n  b, A-1, B-2\n]\n"),
        ("relates_to: [{ref: a}]\n", "relates_to: [{ref: a}, A-1, B-2]\n"),
        ("relates_to: a\n", "relates_to: [a, A-1, B-2]\n"),
        ("relates_to: {ref: a}\n", "relates_to: [{ref: a}, A-1, B-2]\n"),
        ('relates_to: "ä" # c\n', 'relates_to: ["ä", A-1, B-2] # c\n'),
        ("relates_to:\n- a\n", "relates_to:\n- a\n- A-1\n- B-2\n"),
        ("relates_to:\n    -   a\n", "relates_to:\n    -   a\n    -   A-1\n    -   B-2\n"),
        (
            "é: ü\nrelates_to:\n  - a\n  - b # why\n  # then\n\nid: x\n",
            "é: ü\nrelates_to:\n  - a\n  - b # why\n  - A-1\n  - B-2\n  # then\n\nid: x\n",
        ),
        (
            "relates_to:\n  - ref: a\n    note: |\n      long\n      text\n\nid: x\n",
            "relates_to:\n  - ref: a\n    note: |\n      long\n      text\n"
            "  - A-1\n  - B-2\n\nid: x\n",
        ),
        ("x: {relates_to: a}\n", "x: {relates_to: a}\nrelates_to:\n  - A-1\n  - B-2\n"),
    ],
)
def test_ids_come_at_the_end_of_the_list_and_nothing_else_changes(declare, before, after):
    assert declare(before, "A-1", "B-2") == after


@pytest.mark.parametrize(
    "before", ["relates_to: |\n  a\n", "relates_to: 3\n", "relates_to: true\n", "relates_to: ~\n",
               "relates_to:\n  ref: a\n", "relates_to: >-\n  a\n  b\n"],
)  # fmt: skip
def test_what_cannot_be_added_to_is_left_alone(declare, before):
    assert declare(before, "A-1") is None


@pytest.mark.parametrize("record_id", ["007", "1e3", "2026-04-21", "true", "null", "a: b", "x'y"])
def test_an_id_that_yaml_would_take_for_something_else_is_quoted(declare, record_id):
    for before in ("id: x\n", "relates_to: [a]\n"):
        after = declare(before, record_id)
        assert strict_yaml.load(after).value["relates_to"][-1] == record_id


IDS = st.from_regex("[A-Z]{1,3}-[0-9]{1,4}(-[a-z]+)?", fullmatch=True)
ENTRIES = IDS | st.fixed_dictionaries({"ref": IDS, "note": st.text("ab: #-'\"[],", max_size=8)})


@given(
    st.lists(ENTRIES, max_size=4) | ENTRIES | st.none(),
    st.lists(IDS, min_size=1, max_size=3),
    st.sampled_from([True, False, None]),
    st.integers(2, 6),
)
def test_whatever_was_there_is_there_still(declare, value, ids, flow, indent):
    metadata = {"id": "x", "relates_to": value, "title": "T: 'ü'"}
    dumped = yaml.safe_dump(metadata, default_flow_style=flow, indent=indent, allow_unicode=True)
    if not dumped.startswith("{"):
        after = declare(dumped, *ids)
        if after is not None:
            old = value if isinstance(value, list) else [] if value is None else [value]
            wanted = {**metadata, "relates_to": [*old, *ids]}
            assert strict_yaml.load(after).value == wanted
