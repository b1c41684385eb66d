"""What a file may mention: found in its bytes, or by the parser where that isn't enough."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.config import Config
from govkb.graph import mention_patterns, mentions_in, mentions_of
from govkb.graph.finding import NameFinder
from govkb.graph.prose import ParsedLayout, QuickLayout, Unsure
from govkb.reading.body import read_body

B = "INC-20260418-B"


@pytest.fixture(scope="module")
def patterns(tmp_path_factory):
    from govkb.workspace import Workspace

    root = tmp_path_factory.mktemp("empty")
    assert Config(root).records == "records"
    return mention_patterns(Workspace.at(root).catalogue)


@pytest.fixture
def found(patterns):
    def find(text):
        data = text.encode()
        mentions = mentions_in(data, 0, patterns, lambda: read_body(data, 0))
        assert all(data[m.start : m.end].decode() == m.text for m in mentions if m.kind != "link")
        return [(mention.kind, mention.text) for mention in mentions]

    return find


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        (f"See {B}.", [("name", B)]),
        (f"{B}/INC-20260418-C", [("name", B), ("name", "INC-20260418-C")]),
        ("DEC-20260421-A/B/C", [("name", "DEC-20260421-A/B/C")]),
        ("DEC-20260421-E.2. Done", [("name", "DEC-20260421-E.2")]),
        ("EVO-2026-0420-002 Track A", [("name", "EVO-2026-0420-002 Track A")]),
        ("sop-postgres-restore step 5", [("name", "sop-postgres-restore step 5")]),
        ("EVO-2026-0420-002 Was Open", [("name", "EVO-2026-0420-002")]),
        ("service-onboarding-sop", [("name", "service-onboarding-sop")]),
        ("the-74-days and non-US", [("word", "the-74-days"), ("word", "non-US")]),
        ("a three-part list", []),
        ("2026-04-21T10:30:00Z", []),
        ("pitfalls/probe.md#rule", [("name", "pitfalls/probe.md#rule")]),
        ("notes/plan.md", [("word", "notes/plan.md")]),
        (f"`{B}`", [("code", B)]),
        (f"` {B} `", [("code", B)]),
        (f"`x {B}`", []),
        ("`scripts/run.sh:12-14`", [("pointer", "scripts/run.sh:12-14")]),
        ("scripts/run.sh:12.", [("pointer", "scripts/run.sh:12")]),
        ("db.example.org:5432 and 10:30", [("pointer", "db.example.org:5432")]),
        ("localhost:3000", []),
        ("[x](../a.md#b)", [("link", "../a.md#b")]),
        ("![x](a.png) [y](#z)", [("link", "a.png"), ("link", "#z")]),
        ("[x](https://example.org) [y](mailto:a@b) [z](//host/x)", []),
        ("<team@example.org>", []),
        ("pal-e-mail#58.", [("ticket", "pal-e-mail#58")]),
        ("a/b!31, @c#298", [("ticket", "a/b!31"), ("ticket", "@c#298")]),
        ("#58 / #59 and MR !28", [("ticket", "#58 / #59"), ("ticket", "!28")]),
        ("AC #1, items #2, step #3, ACs #4", []),
        ("Issue #1 - the first. Bug #2: the other", []),
        ("issue #58 is open", [("ticket", "#58")]),
        ("&#58; #58a #", []),
        ("commit d0fcfc11 and commits `abc1234`", [("commit", "d0fcfc11"), ("commit", "abc1234")]),
        ("commit deadbeef, commit d0fcfc, commit D0FCFC11", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_looks_like_a_mention_is_found(found, text, mentions):
    assert found(text) == mentions


@pytest.mark.parametrize(
    "text",
    [
        "~~~\n{}\n~~~",
        "```\n{}",
        "````\n```\n{}\n````",
        "    {}",
        "- a\n\n      {}",
        "<!-- {} -->",
        "<div>\n{}\n</div>",
        '<a title="{}">x</a>',
        "`a\n{} b`",
        "``{} ` x``",
        "[x](y/{})",
        '[x](y "{}")',
        "[x]: y/{}\n",
        "> ```\n> {}\n> ```",
        "- ~~~\n  {}\n  ~~~",
        "<https://example.org/{}>",
    ],
)
def test_nothing_is_found_where_no_prose_is(found, text):
    mentions = found(text.format(B))
    assert all(kind == "link" for kind, _ in mentions)


@pytest.mark.parametrize(
    "text",
    [
        "> {}", "- {}", "1. {}", "# {}", "| a |\n|---|\n| {} |", "**{}**", "_{}_", "a\\_b {}",
        "\\`{}", "~{}~", "a ` b {}", "| `a | {} |\n|---|---|", "[{}](x.md)", "a < b {}", "  {}",
        "a\n    {}", "<b>{}</b>",
    ],
)  # fmt: skip
def test_a_name_is_found_wherever_prose_is(found, text):
    assert [text for kind, text in found(text.format(B)) if kind == "name"] == [B]


PIECES = st.sampled_from([
    B, "INC-A/B", "pitfalls/probe", "#58", "a.sh:12", "[x](y.md)", "![p](q.png)", "x.md", "word",
    "commit d0fcfc11", "](a/INC-20260418-B)", "`", "``", "```", "~~~", "~", "\n", "\n\n", "    ",
    "\t", " ", "- ", "1. ", "> ", "# ", "| ", "\n|---|\n", "---", "===", "<!-- ", " -->", "<b>",
    "<", "\\", "_", "*", "**", "[", "]", "](", ")", "]: ", "é", "&#58;", "\0", "\x0c",
])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_a_look_at_the_bytes_finds_what_the_parser_finds(patterns, text):
    data = text.encode()
    parsed = read_body(data, 0)
    from govkb.graph.mentions import _Search

    search = _Search(data, 0, patterns)
    try:
        quick = search.run(QuickLayout(data, 0))
    except Unsure:
        return
    assert quick == search.run(ParsedLayout(data, parsed))


def test_ordinary_records_take_no_parser(project):
    body = f"## Context\n\nSee {B}, `x` and [it](y.md).\n\n```sh\na <b> \\ `c`\n```\n\n- {B}\n"
    made = project({"records/pitfalls/a.md": f"---\nid: a\ntitle: A\n---\n\n# A\n\n{body}"})
    (record,) = made.load().records

    def parse():
        raise AssertionError("the body was parsed")

    patterns = mention_patterns(made.open().catalogue)
    source = record.source.data
    mentions = mentions_in(source, record.body_start, patterns, parse)
    assert [m.text for m in mentions] == [B, "y.md", B]
    assert mentions == mentions_of(record, patterns)


def test_mentions_and_patterns_can_be_kept(patterns):
    data = f"{B} and [x](y.md)".encode()
    mentions = mentions_in(data, 0, patterns, lambda: read_body(data, 0))
    assert pickle.loads(pickle.dumps(mentions)) == mentions
    again = pickle.loads(pickle.dumps(patterns))
    assert mentions_in(data, 0, again, lambda: read_body(data, 0)) == mentions


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"«{B}» — {B}", [B, B]),
        ("the-74-days, non-US", ["the-74-days"]),
        ("pal-e-platform#297, other#1", ["pal-e-platform#297"]),
        ("a.md:12 and b.md", ["a.md:12", "b.md"]),
        (f"`{B}` is prose here", [B]),
    ],
)
def test_names_in_a_text_are_found_by_characters(patterns, text, names):
    finder = NameFinder(patterns, {"the-74-days", "pal-e-platform#297"})
    matches = list(finder.find(text))
    assert [match[0] for match in matches] == names
    assert [text[match.start() : match.end()] for match in matches] == names
