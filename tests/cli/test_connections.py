"""`govkb related`, `path`, `impact`, `orphans` and `graph`."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema_rs
import pytest

import govkb

SCHEMA = Path(govkb.__file__).parent / "site/machine_readable/graph.schema.json"


def decision(name, *lines, text="Context."):
    more = "".join(f"{line}\n" for line in lines)
    return (
        f"---\nid: DEC-20260420-{name}\ntitle: About {name}\ndate: 2026-04-20\n{more}---\n\n"
        f"# About {name}\n\n## Context\n\n{text}\n\n## Decision\n\nYes.\n"
    )


def files(**texts):
    return {f"records/decisions/DEC-20260420-{n}.md": text for n, text in texts.items()}


@pytest.fixture
def made(project):
    """b and c depend on a, d on b; e blocks d; f is related to a; g mentions f; h is alone."""
    return project(
        files(
            a=decision("a"),
            b=decision("b", "depends_on: DEC-20260420-a"),
            c=decision("c", "implements: DEC-20260420-a"),
            d=decision("d", "depends_on: DEC-20260420-b"),
            e=decision("e", "blocks: DEC-20260420-d"),
            f=decision("f", "relates_to: DEC-20260420-a"),
            g=decision("g", text="As in DEC-20260420-f."),
            h=decision("h"),
        )
    )


def steps(outcome, *columns):
    rows = [line.split("\t") for line in outcome.stdout.splitlines()]
    return [tuple(row[column].removeprefix("DEC-20260420-") for column in columns) for row in rows]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["DEC-20260420-a"], "b c f"),
        (["DEC-20260420-a", "--depth", "2"], "b c f d g"),
        (["DEC-20260420-a", "--depth", "9", "--declared"], "b c f d e"),
        (["DEC-20260420-a", "--by", "dependency_of"], "b"),
        (["DEC-20260420-b", "--depth", "2", "--by", "depends_on"], "a d"),
        (["DEC-20260420-h"], ""),
    ],
)
def test_related_goes_in_both_directions(made, run_govkb, arguments, found):
    outcome = run_govkb("related", *arguments, cwd=made.root)
    assert outcome.code == 0
    assert " ".join(row[0] for row in steps(outcome, 1)) == found
    assert ("related to no record" in outcome.stderr) == (not found)


def test_relations_read_from_the_record_that_is_listed(made, run_govkb):
    outcome = run_govkb("related", "DEC-20260420-b", cwd=made.root)
    assert steps(outcome, 0, 1, 4, 5) == [
        ("1", "a", "Needed by", "b"),
        ("1", "d", "Depends on", "b"),
    ]


def test_a_way_is_shortest_and_without_mentions_where_it_can_be(made, run_govkb):
    made.write(files(g=decision("g", "relates_to: DEC-20260420-c", text="As in DEC-20260420-f.")))
    outcome = run_govkb("path", "DEC-20260420-a", "DEC-20260420-g", cwd=made.root)
    assert steps(outcome, 0, 1, 4) == [
        ("0", "a", ""),
        ("1", "c", "Implements"),
        ("2", "g", "Related to"),
    ]


def test_no_way_and_a_way_to_itself(made, run_govkb):
    outcome = run_govkb("path", "DEC-20260420-a", "DEC-20260420-h", cwd=made.root)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert outcome.stderr == "no relations lead from DEC-20260420-a to DEC-20260420-h\n"
    outcome = run_govkb("path", "DEC-20260420-a", "DEC-20260420-a", cwd=made.root)
    assert steps(outcome, 1) == [("a",)]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["DEC-20260420-a"], [("b", "Depends on"), ("d", "Depends on"), ("c", "Implements")]),
        (["DEC-20260420-a", "--depth", "1"], [("b", "Depends on"), ("c", "Implements")]),
        (["DEC-20260420-e"], [("d", "Blocked by")]),
        (["DEC-20260420-d"], []),
        (["DEC-20260420-f"], []),
        (["DEC-20260420-f", "--mentions"], [("g", "Mentions")]),
    ],
)
def test_impact_is_what_stands_on_a_record(made, run_govkb, arguments, found):
    outcome = run_govkb("impact", *arguments, cwd=made.root)
    assert outcome.code == 0
    assert steps(outcome, 1, 4) == found
    assert ("nothing stands on" in outcome.stderr) == (not found)


def test_what_has_no_effect_today_stands_on_nothing(made, run_govkb):
    made.write(files(c=decision("c", "depends_on: DEC-20260420-a", "status: rejected")))
    outcome = run_govkb("impact", "DEC-20260420-a", cwd=made.root)
    assert [row[0] for row in steps(outcome, 1)] == ["b", "d"]


def test_orphans_are_those_that_nothing_leads_to_or_from(made, run_govkb):
    assert steps(run_govkb("orphans", cwd=made.root), 0) == [("h",)]
    declared = run_govkb("orphans", "--declared", cwd=made.root)
    assert steps(declared, 0) == [("g",), ("h",)]
    none = run_govkb("orphans", "--type", "incident", cwd=made.root)
    assert (none.code, none.stdout) == (0, "")
    assert none.stderr == "none of 8 records is alone like that\n"


@pytest.mark.parametrize("command", ["related", "impact", "graph"])
def test_what_there_is_not_ends_with_2(made, run_govkb, command):
    of = ["--of"] if command == "graph" else []
    unknown = run_govkb(command, *of, "DEC-20260420-z", cwd=made.root)
    assert (unknown.code, unknown.stdout) == (2, "")
    assert "did you mean" in unknown.stderr
    relation = run_govkb(command, *of, "DEC-20260420-a", "--by", "depend_on", cwd=made.root)
    assert (relation.code, relation.stdout) == (2, "")
    assert "did you mean 'depends_on'?" in relation.stderr


def test_steps_as_json(made, run_govkb):
    outcome = run_govkb("impact", "DEC-20260420-e", "--format", "json", cwd=made.root)
    document = json.loads(outcome.stdout)
    assert (document["version"], document["of"]) == (1, "DEC-20260420-e")
    (record,) = document["records"]
    assert record["id"] == "DEC-20260420-d"
    assert (record["distance"], record["relation"], record["of"]) == (
        1,
        "blocked_by",
        "DEC-20260420-e",
    )


def test_the_graph_as_json_has_the_shape_of_the_sites(made, run_govkb):
    document = json.loads(run_govkb("graph", "--format", "json", cwd=made.root).stdout)
    jsonschema_rs.validator_for(json.loads(SCHEMA.read_text())).validate(document)
    assert len(document["nodes"]) == 8
    assert {edge["kind"] for edge in document["edges"]} == {
        "depends_on",
        "implements",
        "blocks",
        "relates_to",
        None,
    }


def test_a_part_of_the_graph_as_a_flowchart(made, run_govkb):
    outcome = run_govkb("graph", "--of", "DEC-20260420-f", cwd=made.root)
    assert outcome.stdout == (
        "flowchart LR\n"
        '  n0["DEC-20260420-a<br>About a"]\n'
        '  n1["DEC-20260420-f<br>About f"]\n'
        '  n2["DEC-20260420-g<br>About g"]\n'
        '  n1 -->|"Related to"| n0\n'
        '  n2 -.->|"Mentions"| n1\n'
    )


def test_no_title_breaks_out_of_a_picture(made, run_govkb):
    evil = r"""'x"]; click n0 "javascript:1" <b>&\" ]]> -->'"""
    made.write(files(a=decision("a").replace("title: About a", f"title: {evil}")))
    title = evil.strip("'")
    mermaid = run_govkb("graph", cwd=made.root).stdout.splitlines()[1]
    assert mermaid.count('"') == 2
    assert "<b>" not in mermaid
    dot = run_govkb("graph", "--format", "dot", cwd=made.root).stdout.splitlines()[3]
    assert title.replace("\\", "\\\\").replace('"', '\\"') in dot
    graphml = ET.fromstring(run_govkb("graph", "--format", "graphml", cwd=made.root).stdout)
    found = [e.text for e in graphml.iter() if e.get("key") == "title"]
    assert title in found
    assert len(graphml.findall(".//{*}edge")) == 6


@pytest.mark.parametrize("name", ["orphans", "graph", "list"])
def test_without_records_it_says_how_to_start_one(name, project, run_govkb):
    outcome = run_govkb(name, cwd=project().root)
    assert outcome.code == 0
    assert '`govkb new incident "…"`' in outcome.stderr


def test_a_name_like_no_other_is_answered_with_where_to_look(project, run_govkb):
    outcome = run_govkb("show", "x", cwd=project().root)
    assert outcome.code == 2
    assert "`govkb list`" in outcome.stderr
