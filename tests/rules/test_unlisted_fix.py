"""The repair of FIELD006 changes the shape of one value and nothing else."""

from __future__ import annotations

import pytest

from govkb import strict_yaml

VOCABULARY = "relations:\n  relates_to: {label: Related to, symmetric: true, list: true}\n"


@pytest.fixture
def finding(project):
    """The finding about a pitfall whose frontmatter has these lines, and its text."""

    def make(lines):
        text = f"---\nid: a\n{lines}title: A\nenforcement: none\n---\n\n# A\n"
        files = {"templates/vocabulary.yaml": VOCABULARY, "records/pitfalls/a.md": text}
        found = [d for d in project(files).check() if d.code == "FIELD006"]
        return found[0] if found else None, text

    return make


@pytest.mark.parametrize(
    "lines",
    [
        "relates_to: b\n",
        "relates_to:   b   # why: because\n",
        "relates_to: 'b: [c]'\n",
        'relates_to: "b, \\u00e9t\\u00e9"\n',
        "relates_to:\n  b\n",
        "'relates_to': b\n",
        '"relates_to" : été\n',
        "tags: [relates_to]\nrelates_to: b\n",
        "relates_to: {ref: b, note: why}\n",
        "relates_to:\n  ref: b\n",
        'relates_to: "b\n  c"\n',
    ],
)
def test_the_value_becomes_a_list_of_itself(finding, lines):
    found, text = finding(lines)
    before = strict_yaml.load(text.split("---\n")[1]).value
    assert found.fix is not None
    data = text.encode()
    (edit,) = found.fix.edits
    mended = (data[: edit.start] + edit.text.encode() + data[edit.end :]).decode()
    after = strict_yaml.load(mended.split("---\n")[1]).value
    assert after == {**before, "relates_to": [before["relates_to"]]}
    assert mended.split("---\n")[2] == text.split("---\n")[2]


@pytest.mark.parametrize(
    "lines",
    ["relates_to: >\n  b\n  c\n", "relates_to:\n  ref: b\n  note: why\n"],
)
def test_what_takes_more_than_that_is_left_to_people(finding, lines):
    found, _ = finding(lines)
    assert found is not None
    assert found.fix is None


@pytest.mark.parametrize("lines", ["relates_to: [b]\n", "relates_to: []\n", "relates_to:\n", ""])
def test_a_list_and_nothing_at_all_are_fine(finding, lines):
    assert finding(lines)[0] is None
