"""The grammar of references, and where in a text they are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.graph import split_reference
from govkb.graph.references import undecorated

E = "DEC-20260421-E"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("INC-20260418-B", [("INC-20260418-B",)]),
        (" INC-20260418-B ", [("INC-20260418-B",)]),
        ("DEC-20260421-A/B/C", [(f"DEC-20260421-{x}",) for x in "ABC"]),
        ("DEC-20260421-A / B", [(f"DEC-20260421-{x}",) for x in "AB"]),
        ("INC-A/B", [("INC-A",), ("INC-B",)]),
        ("#58 / #59", [("#58",), ("#59",)]),
        ("pal-e-services#58 / #59", [("pal-e-services#58",), ("pal-e-services#59",)]),
        ("!28/!32", [("!28",), ("!32",)]),
        ("DEC-20260421-E.2", [(E, "part 2")]),
        ("DEC-20260421-F.c", [("DEC-20260421-F", "part c")]),
        ("F-a", [("F-a", "part a")]),
        ("F-2026-0421-X", [("F-2026-0421-X",)]),
        ("probe#candidate-automation", [("probe", "#candidate-automation")]),
        ("probe §Candidate automation", [("probe", "#candidate-automation")]),
        ("pitfalls/probe.md § Rule", [("pitfalls/probe.md", "#rule")]),
        ("EVO-2026-0420-002 Track A", [("EVO-2026-0420-002", "#track-a")]),
        ("ADR-0034 (CI Environment Contract)", [("ADR-0034", "says CI Environment Contract")]),
        ("ADR-0034 (of (two) parts)", [("ADR-0034", "says of (two) parts")]),
        ("ADR-0034: the contract", [("ADR-0034", "says the contract")]),
        ("ADR-0034 – the contract", [("ADR-0034", "says the contract")]),
        ("DEC-20260421-E.2 (registry)", [(E, "part 2", "says registry")]),
        ("DEC-20260421-A/B (both)", [(f"DEC-20260421-{x}", "says both") for x in "AB"]),
        ("docs/adrs/x.md:103", [("docs/adrs/x.md", "lines 103-103")]),
        ("cnpg.tf:58-60", [("cnpg.tf", "lines 58-60")]),
        ("src/a.py:12:5", [("src/a.py", "lines 12-12")]),
        ("src/a.py#L2-L9", [("src/a.py", "lines 2-9")]),
        ("Makefile:530", [("Makefile", "lines 530-530")]),
        ("localhost:3000", [("localhost:3000",)]),
        ("team/image:12", [("team/image:12",)]),
        ("10:30", [("10:30",)]),
        ("pal-e-services#58", [("pal-e-services#58",)]),
        ("https://example.org/a#b", [("https://example.org/a#b",)]),
        ("https://example.org/a:12", [("https://example.org/a:12",)]),
        ("a/b", [("a/b",)]),
        ("a few words", [("a few words",)]),
        ("", [("",)]),
    ],
)
def test_a_reference_is_taken_apart(text, names):
    assert [_shown(name) for name in split_reference(text)] == names


def _shown(name):
    target, fragment, part, _, _, lines, decoration = name
    said = (
        fragment and f"#{fragment}",
        part and f"part {part}",
        lines and f"lines {lines[0]}-{lines[1]}",
        decoration and f"says {decoration}",
    )
    return (target, *filter(None, said))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ADR-0034 (CI Environment Contract)", "ADR-0034"),
        (" ADR-0034: the contract", "ADR-0034"),
        ("DEC-20260421-A/B (both)", "DEC-20260421-A/B"),
        ("ADR-0034", "ADR-0034"),
        ("EVO-2026-0420-002 Track A", "EVO-2026-0420-002 Track A"),
    ],
)
def test_a_decoration_can_be_taken_off(text, plain):
    assert undecorated(text) == plain


@given(st.text(max_size=60) | st.from_regex(r"[A-Z]+-[0-9]+[ .#§:/()-]+[\w /#!-]*", fullmatch=True))
def test_every_text_names_something(text):
    names = split_reference(text)
    assert names
    assert all(isinstance(name.target, str) for name in names)


@pytest.fixture
def mentioned(graph_of):
    """The targets named in a body, in the order of the text."""

    def find(body):
        graph = graph_of({"citing": ("", body), "probe-before-classify": ()})
        citations = [c.citation for c in graph.citations if not c.citation.is_declared]
        return [citation.name.target for citation in sorted(citations, key=lambda c: c.start)]

    return find


@pytest.mark.parametrize(
    ("body", "targets"),
    [
        ("See INC-20260418-B.", ["INC-20260418-B"]),
        (
            "(INC-20260418-B), *INC-20260418-C*; “F-2026-0421-X”",
            ["INC-20260418-B", "INC-20260418-C"],
        ),
        ("DEC-20260421-A/B/C landed", ["DEC-20260421-A", "DEC-20260421-B", "DEC-20260421-C"]),
        ("INC-A/B and EVO-001", ["INC-A", "INC-B", "EVO-001"]),
        ("F-2026-0421 and INC-20260418", ["F-2026-0421", "INC-20260418"]),
        ("F-2026-0421-bucket-name", ["F-2026-0421-bucket-name"]),
        ("DEC-20260421-E.2 is next.", [E]),
        ("Done with DEC-20260421-E.", [E]),
        ("pitfalls/probe-before-classify.md", ["pitfalls/probe-before-classify.md"]),
        ("pitfalls/probe-before-classify §Rule", ["pitfalls/probe-before-classify"]),
        ("[it](../pitfalls/x.md#y)", ["../pitfalls/x.md"]),
        ("INC-20260418-B-zero-backups", ["INC-20260418-B-zero-backups"]),
        ("- [ ] INC-20260418-B\n\n> EVO-2026-0420-004", ["INC-20260418-B", "EVO-2026-0420-004"]),
        ("| a |\n|---|\n| INC-20260418-B |", ["INC-20260418-B"]),
        ("### INC-20260418-B", ["INC-20260418-B"]),
    ],
)
def test_records_named_in_the_text_are_found(mentioned, body, targets):
    assert [t for t in mentioned(body) if t != "F-2026-0421-X"] == targets


@pytest.mark.parametrize(
    "body",
    [
        "`INC-20260418-B`",
        "~~~\nINC-20260418-B\n~~~",
        "    INC-20260418-B",
        "<!-- INC-20260418-B -->",
        '<div title="INC-20260418-B"></div>',
        "F-a, F-b and F-d are options of the decision; F1, F1.5 and F3 its phases",
        "AC #1, items #2 and MR !28",
        "XINC-20260418-B",
        "pre-INC-20260418-B",
        "INC-20260418-Bx",
        "inc-20260418-b",
        "some/path/INC-20260418-B",
        "INCIDENT-20260418-B",
        "probe-before-classify",
        "the pitfalls/ folder",
        "[a page](https://example.org/INC-20260418-B.md)",
    ],
)
def test_what_only_looks_like_a_name_is_none(mentioned, body):
    assert mentioned(body) == []


def test_an_alias_with_a_dash_is_found_in_the_text(graph_of):
    records = {
        "one": ("aliases: [the-74-days, outage]",),
        "citing": ("", "The the-74-days outage."),
    }
    graph = graph_of(records)
    assert [r.target for r in graph.outgoing["citing"]] == ["one"]
    (found,) = graph.citations
    assert found.citation.text == "the-74-days"


@pytest.mark.parametrize(
    ("reference", "heading"),
    [
        ("target#rule", "Rule"),
        ("target#RULE", "Rule"),
        ("target §Rule", "Rule"),
        ("target#candidate-automation", "Candidate automation, later"),
        ("target#rule-1", "Rule"),
        ("target#gone", None),
        ("target §Candidate", "Candidate automation, later"),
    ],
)
def test_a_fragment_means_a_heading(graph_of, reference, heading):
    body = "## Rule\n\nA.\n\n### Candidate automation, later\n\n## Rule\n\nB.\n"
    graph = graph_of({"target": ("", body), "citing": (f"relates_to: '{reference}'",)})
    (found,) = graph.citations
    assert (found.heading.text if found.heading else None) == heading
    assert found.misses_part == (heading is None)


@pytest.mark.parametrize(
    ("title", "found"),
    [("E.2 Registry", True), ("E.2: Registry", True), ("E.20 Registry", False), ("F.2", False)],
)
def test_a_part_means_the_heading_with_its_letter_and_number(graph_of, title, found):
    graph = graph_of({E: ("", f"### {title}\n"), "citing": (f"relates_to: {E}.2",)})
    (resolved,) = graph.citations
    assert resolved.resolution.record.id == E
    assert resolved.misses_part is not found


@pytest.mark.parametrize(
    ("label", "misses"),
    [
        ("Track A", False),
        ("Track C", True),  # it counts its tracks, and has no such one
        ("Phase 2", False),  # two of them
        ("Phase 3", True),
        ("Signal 2", False),  # may just be what the sentence says next
        ("Update 2", False),
    ],
)
def test_in_a_sentence_a_part_is_missed_where_the_record_counts_such_parts(graph_of, label, misses):
    titles = ("Track A", "Track B: later", "Phase 2", "Phase 2: again", "Update - 2026", "Signals")
    body = "".join(f"### {title}\n\nIt.\n\n" for title in titles)
    graph = graph_of({E: ("", body), "citing": ("", f"See {E} {label} of it.")})
    (found,) = graph.citations
    assert (found.resolution.record.id, found.misses_part) == (E, misses)


NOTE = """\
type: note
label: Note
purpose: A thought.
id: "NOTE-{seq:4}-{slug}"
path: "notes/{id}.md"
frontmatter: optional
sections: {Status: {}}
from_body: {supersedes: {section: Status, after: Supersedes}, relates_to: {line: Related}}
relations: [supersedes, relates_to]
"""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Supersedes NOTE-0009-x.", [("supersedes", "", "unresolved")]),
        ("Supersedes [x](NOTE-0009-x.md).", [("supersedes", "link", "unresolved")]),
        ("Supersedes NOTE-0002-two.", [("supersedes", "", "id"), (None, "name", "id")]),
        (
            "Supersedes [x](records/notes/NOTE-0002-two.md)",
            [("supersedes", "", "path"), (None, "link", "root-relative")],
        ),
        (
            "Supersedes NOTE-0009-x. So does NOTE-0009-x.",
            [("supersedes", "", "unresolved"), (None, "name", "unresolved")],
        ),
        ("Supersedes NOTE-0002-one.", [("supersedes", "", "contradicting")]),
        ("Supersedes NOTE-0002-two#gone.", [("supersedes", "", "id")]),
    ],
)
def test_a_fault_of_a_field_that_was_taken_from_the_text_is_found_once(project, said, expected):
    files = {
        "templates/note/type.yaml": NOTE,
        "records/notes/NOTE-0001-one.md": f"# One\n\n## Status\n\n{said}\n",
        "records/notes/NOTE-0002-two.md": "# Two\n",
    }
    found = project(files).load().graph.citations
    assert [
        (c.relation.name if c.relation else None, str(c.kind), r.kind.value) for c, r, *_ in found
    ] == expected
