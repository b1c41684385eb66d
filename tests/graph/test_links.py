"""Relative links, and lines of files: read from where they stand."""

from __future__ import annotations

import pytest

from govkb.graph import ResolutionKind

B = "INC-20260418-B"
FILES = {
    "docs/notes.txt": "one\ntwo\n",
    "docs/my notes.md": "x\n",
    "README.md": "# Read me\n",
    "records/incidents/broken.md": "---\na: [\n---\n",
}
BODY = "## Summary\n\nText.\n\n<a name='by-hand'></a>\n"


@pytest.fixture
def leads(graph_of):
    """Where a link in a decision leads: (class, record or path, whether its part is missing)."""

    def find(target):
        graph = graph_of({B: ("", BODY), "DEC-20260421-D": ("", f"[x](<{target}>)")}, FILES)
        (found,) = [c for c in graph.citations if c.citation.kind == "link"]
        target = found.resolution.record.id if found.resolution.record else found.resolution.path
        return found.resolution.kind.value, target, found.misses_part

    return find


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (f"../incidents/{B}.md", ("path", B, False)),
        (f"../incidents/{B}.md?plain=1", ("path", B, False)),
        (f"../incidents/{B}.md#summary", ("path", B, False)),
        (f"../incidents/{B}.md#by-hand", ("path", B, False)),
        (f"../incidents/{B}.md#sum", ("path", B, True)),
        (f"../incidents/{B}.md#gone", ("path", B, True)),
        (f"../incidents/{B}.md#L3", ("path", B, False)),
        (f"../incidents/{B}.md#L3-L900", ("path", B, True)),
        (f"../incidents/{B}", ("unresolved", None, False)),
        (f"{B}.md", ("unresolved", None, False)),
        (f"/records/incidents/{B}.md", ("path", B, False)),
        (f"records/incidents/{B}.md", ("root-relative", B, False)),
        (f"incidents/{B}.md", ("root-relative", B, False)),
        ("../incidents/broken.md", ("file", "records/incidents/broken.md", False)),
        ("../incidents/", ("file", "records/incidents", False)),
        ("../../docs/notes.txt", ("file", "docs/notes.txt", False)),
        ("../../docs/notes.txt#L2", ("file", "docs/notes.txt", False)),
        ("../../docs/notes.txt#L2-L3", ("file", "docs/notes.txt", True)),
        ("../../docs/my%20notes.md", ("file", "docs/my notes.md", False)),
        ("../../docs/my notes.md", ("file", "docs/my notes.md", False)),
        ("docs/notes.txt", ("root-relative", "docs/notes.txt", False)),
        ("/docs/notes.txt", ("file", "docs/notes.txt", False)),
        ("#t", ("path", "DEC-20260421-D", False)),
        ("#gone", ("path", "DEC-20260421-D", True)),
        ("../../../outside.md", ("unchecked", None, False)),
        ("{{ url }}", ("unchecked", None, False)),
        ("%00", ("unresolved", None, False)),
    ],
)
def test_a_link_leads_from_the_folder_of_its_record(leads, target, expected):
    assert leads(target) == expected


def test_what_a_links_text_names_is_what_the_link_leads_to(graph_of):
    body = f"[INC-B](../incidents/{B}.md) and [INC-B](../../docs/notes.txt)"
    records = {B: (), "INC-20260420-B": (), "DEC-20260421-D": ("", body)}
    graph = graph_of(records, FILES)
    kinds = [(c.citation.kind, c.resolution.kind.value) for c in graph.citations]
    assert kinds == [("link", "path"), ("link", "file"), ("name", "ambiguous")]
    assert [r.target for r in graph.outgoing["DEC-20260421-D"]] == [B]


@pytest.mark.parametrize(
    ("text", "kind", "misses"),
    [
        ("docs/notes.txt:2", "file", False),
        ("docs/notes.txt:3", "file", True),
        ("docs/notes.txt:1-2", "file", False),
        ("docs/notes.txt:2-3", "file", True),
        ("docs/notes.txt:2-1", "file", True),
        ("docs/notes.txt:0", "file", True),
        ("docs/notes.txt:2:80", "file", False),
        ("docs/gone.txt:1", "unresolved", False),
        ("notes.txt:1", "unchecked", False),
        ("README.md:1", "file", False),
        ("README.md:2", "file", True),
        (f"incidents/{B}.md:1", "path", False),
        (f"incidents/{B}.md:99", "path", True),
    ],
)
def test_a_cited_line_is_in_its_file_or_not(graph_of, text, kind, misses):
    for records in ({"a": ("", f"See `{text}`.")}, {"a": (f"evidence: ['{text}']",)}):
        graph = graph_of({B: ("", BODY), **records}, FILES)
        (found,) = graph.citations
        assert (found.resolution.kind.value, found.misses_part) == (kind, misses)


COMMIT_FIELDS = "fields:\n  commit: {type: string}\n  commits: {type: array}\n"


def test_commits_are_asked_for_at_once_and_only_where_they_should_be_here(graph_of, project, git):
    made = project({"templates/vocabulary.yaml": COMMIT_FIELDS})
    repository = git(made.root)
    sha = repository.commit()
    fields = f"commits: ['{sha[:8]}', '1234567', '{sha}', main]"
    text = f"---\nid: a\n{fields}\n---\n\ncommit {sha}, commit 1234567\n"
    made.write({"records/pitfalls/a.md": text})
    other = "---\nid: b\nrepo: elsewhere\ncommit: '1234567'\n---\n\ncommit 1234567\n"
    made.write({"records/pitfalls/b.md": other})

    def kinds():
        graph = made.load().graph
        return [(c.citation.text[:7], c.resolution.kind.value) for c in graph.citations]

    asked = [(sha[:7], "commit"), ("1234567", "unresolved"), (sha[:7], "commit")]
    asked.append(("main", "unresolved"))
    elsewhere = [("1234567", "unchecked")] * 2
    unsaid = [(sha[:7], "unchecked"), ("1234567", "unchecked")]
    assert kinds() == [*asked, *unsaid, *elsewhere]
    made.write({"govkb.toml": '[references]\nrepo = "here"\n'})
    assert kinds() == [*asked, *asked[:2], *elsewhere]


def test_without_a_repository_no_commit_is_known_or_unknown(graph_of):
    files = {"templates/vocabulary.yaml": COMMIT_FIELDS}
    graph = graph_of({"a": ("commit: abcdef1",)}, files)
    assert [c.resolution.kind for c in graph.citations] == [ResolutionKind.UNCHECKED]
