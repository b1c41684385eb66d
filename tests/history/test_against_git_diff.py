"""What govkb says of entries agrees with git's own diff of them, written one on each line."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govkb.history import compare_with_base, normalise, open_repository
from govkb.reading import read_record
from govkb.record_types import load_catalogue
from govkb.template_files import TemplateFiles, shipped_templates
from govkb.workspace.auditing import audit

pytestmark = pytest.mark.long

HEAD = "---\nid: INC-20260418-B\ntitle: T\n---\n\n## Learnings\n\n"
PLACES = ("records/incidents/x.md", "records/incidents/y.md", "records/archive/z.md")
_HUNK = re.compile(r"^@@ -(?P<at>[0-9]+)(?:,(?P<gone>[0-9]+))? \+", re.MULTILINE)
_COMMIT = re.compile(r"^commit (?P<name>[0-9a-f]{40})\n", re.MULTILINE)

# Few texts, so that many are equal; some differ in what nobody sees, some in hardly anything else.
_WORDS = ("alpha", "beta", "beta\t", "alpha beta", "alpha  beta", "été", "e\u0301te\u0301")
_LIKE_THEM = ("alpha\u200b", "al\u0440ha", "1. alpha", "**alpha**", "`alpha`", "a | b")
letters = st.text(st.characters(categories=["L", "N", "Sm"]), min_size=1, max_size=4)
texts = st.sampled_from(_WORDS + _LIKE_THEM) | letters.map("w {}".format)
sections = st.lists(texts, max_size=7)
markers = st.sampled_from(["- ", "* ", "+ ", "1. ", "7) "])
ends = st.sampled_from(["\n", "\r\n", "  \n"])


@st.composite
def edits(draw, before):
    """A section made of another one by a few edits."""
    after = list(before)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(after)))
        match draw(st.sampled_from(["append", "append", "insert", "drop", "edit", "swap"])):
            case "append":
                after.append(draw(texts))
            case "insert":
                after.insert(at, draw(texts))
            case "drop":
                del after[at : at + 1]
            case "edit":
                after[at : at + 1] = [draw(texts)]
            case _:
                other = draw(st.integers(0, len(after)))
                after[at : at + 1], after[other : other + 1] = (
                    after[other : other + 1],
                    after[at : at + 1],
                )
    return after


pairs = sections.flatmap(lambda before: st.tuples(st.just(before), edits(before) | sections))


def listed(entries, marker="- ", end="\n"):
    return HEAD + "".join(f"{marker}{text}{end}" for text in entries)


def one_a_line(entries):
    return "".join(f"{normalise(f'- {text}')}\n" for text in entries)


def only_appends(diff, length):
    """Whether every hunk of a diff without context adds lines below the last of so many."""
    return all(hunk["gone"] == "0" and int(hunk["at"]) == length for hunk in _HUNK.finditer(diff))


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(TemplateFiles((shipped_templates(),)))


@pytest.fixture
def repository(project, git):
    made = project()
    return made, git(made.root)


moderately = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@moderately
@given(pairs, markers, ends)
def test_a_change_is_one_where_git_shows_more_than_appended_lines(
    catalogue, repository, pair, marker, end
):
    def read(text):
        record = read_record("records/x.md", "incidents/x.md", text.encode(), catalogue).record
        return {record.id: record}

    before, after = pair
    made, git = repository
    made.write({"before": one_a_line(before), "after": one_a_line(after)})
    found = compare_with_base(read(listed(before)), read(listed(after, marker, end)))
    # It says 1 where there is a difference.
    options = ("-c", "alias.d=!git diff --no-index --no-color -U0 before after || true", "d")
    assert (not found) == only_appends(git.run(*options), len(before))


@settings(moderately, max_examples=20)
@given(st.data())
def test_the_audit_names_the_commits_in_which_git_shows_more_than_appended_lines(
    project, git, data
):
    made = project()
    repository = git(made.root)
    entries, lengths = [], {}
    for _ in range(data.draw(st.integers(2, 6))):
        was, entries = len(entries), data.draw(edits(entries) | sections)
        for place in PLACES:
            (made.root / place).unlink(missing_ok=True)
        text = listed(entries, data.draw(markers), data.draw(ends))
        made.write({"entries": one_a_line(entries)})
        if entries:
            made.write({data.draw(st.sampled_from(PLACES)): text})
        lengths[repository.commit()] = was
    logged = repository.run("log", "-p", "-U0", "--format=commit %H", "--", "entries")
    _, *parts = _COMMIT.split(f"{logged}\n")
    diffs = dict(zip(parts[::2], parts[1::2], strict=True))
    broken = {name for name, diff in diffs.items() if not only_appends(diff, lengths[name])}
    found = audit(open_repository(made.root), "HEAD", made.open().terms, first_parent=True)
    assert {breach.commit.name for breach in found.breaches} == broken
