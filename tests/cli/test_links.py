from __future__ import annotations

import json

import pytest

B = "INC-20260418-B"
FILES = {
    f"records/incidents/{B}-zero-backups.md": f"""---
id: {B}
title: Zero backups
severity: high
detected: 2026-04-18
---

# Zero backups

## Summary

None for 74 days.
""",
    "records/pitfalls/probe.md": f"""---
id: probe
title: Probe first
enforcement: none
relates_to: [INC-20260418-Z]
---

# Probe first

## Pattern

Seen in {B}, in `DEC-20260421-x` and in pal-e-platform#297.

## Rule

[Look]( ../incidents/gone.md) again, see {B}#summary.
""",
    "records/decisions/DEC-20260421-x.md": f"""---
id: DEC-20260421-x
title: X
date: 2026-04-21
mitigates: {B}-zero-backups
---

# X

## Context

C.

## Decision

D.
""",
}


@pytest.fixture
def made(project):
    return project(FILES)


@pytest.fixture
def links(made, run_govkb):
    def run(*arguments):
        return run_govkb("links", *arguments, cwd=made.root)

    return run


def test_every_reference_is_listed_with_what_it_leads_to_and_how(links):
    done = links()
    assert done.code == 0
    assert done.stdout.splitlines() == [
        f"records/decisions/DEC-20260421-x.md:5:12: {B}-zero-backups → {B} (stem, mitigates)",
        "records/pitfalls/probe.md:5:14: INC-20260418-Z → nothing known (unresolved, relates_to)",
        f"records/pitfalls/probe.md:12:9: {B} → {B} (id, name)",
        "records/pitfalls/probe.md:12:29: DEC-20260421-x → DEC-20260421-x (id, code)",
        "records/pitfalls/probe.md:12:52: pal-e-platform#297 → nothing known (external, ticket)",
        "records/pitfalls/probe.md:16:1: ../incidents/gone.md → nothing known (unresolved, link)",
        f"records/pitfalls/probe.md:16:42: {B}#summary → {B}#summary (id, name)",
    ]


@pytest.mark.parametrize(
    ("arguments", "places"),
    [
        (["--unresolved"], ["probe.md:5:14", "probe.md:16:1"]),
        (["--kind", "stem"], ["DEC-20260421-x.md:5:12"]),
        (["--kind", "stem", "--kind", "external"], ["DEC-20260421-x.md:5:12", "probe.md:12:52"]),
        (["DEC-20260421-x"], ["DEC-20260421-x.md:5:12", "probe.md:12:29"]),
        (["DEC-20260421"], ["DEC-20260421-x.md:5:12", "probe.md:12:29"]),
        (["records/decisions"], ["DEC-20260421-x.md:5:12"]),
        (["records/incidents"], []),
        (["probe", "--kind", "id"], ["probe.md:12:9", "probe.md:12:29", "probe.md:16:42"]),
    ],
)
def test_it_can_be_asked_for_less(links, arguments, places):
    lines = links(*arguments).stdout.splitlines()
    assert [line.split(": ")[0].rpartition("/")[2] for line in lines] == places


def test_programs_get_the_class_the_target_and_the_candidates(links):
    document = json.loads(links("--format", "json").stdout)
    assert document["version"] == 1
    declared, dangling, mention, *_ = document["references"]
    target = {"record": B, "path": f"records/incidents/{B}-zero-backups.md"}
    assert declared == {
        "record": "DEC-20260421-x",
        "path": "records/decisions/DEC-20260421-x.md",
        "span": {"start": {"line": 5, "column": 12}, "end": {"line": 5, "column": 39}},
        "key": "mitigates",
        "text": f"{B}-zero-backups",
        "name": f"{B}-zero-backups",
        "part": None,
        "relation": "mitigates",
        "inverse": False,
        "mention": None,
        "class": "stem",
        "target": target,
        "anchor": None,
        "misses_part": False,
        "candidates": [],
        "meant": [],
    }
    assert (dangling["class"], dangling["target"], dangling["key"]) == (
        "unresolved",
        None,
        "relates_to[0]",
    )
    assert (mention["relation"], mention["mention"]) == (None, "name")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["INC-20260418-Y"], f"did you mean {B}?"),
        (["--kind", "nearly"], "classes: id, alias"),
        (["--write"], "--write needs --suggest"),
        (["--suggest", "--unresolved"], "--suggest is about"),
        (["--suggest", "--relation", "likes"], "relations: "),
        ([".."], "outside the project"),
    ],
)
def test_what_cannot_be_meant_is_said(links, arguments, complaint):
    done = links(*arguments)
    assert done.code == 2
    assert complaint in done.stderr
    assert done.stdout == ""


def test_what_is_mentioned_and_not_declared_is_offered_and_nothing_is_written(links, made):
    before = {file: file.read_bytes() for file in made.root.rglob("*.md")}
    done = links("--suggest")
    assert done.stdout.splitlines() == [
        f"records/pitfalls/probe.md:12: relates_to: {B} (Zero backups)",
        "records/pitfalls/probe.md:12: relates_to: DEC-20260421-x (X)",
    ]
    assert "2 relations could be declared; --write" in done.stderr
    assert links("--suggest", "records/incidents").stdout == ""
    document = json.loads(links("--suggest", "--format", "json").stdout)
    assert [s["target"]["record"] for s in document["suggestions"]] == [B, "DEC-20260421-x"]
    assert {file: file.read_bytes() for file in made.root.rglob("*.md")} == before


def test_on_request_they_are_added_once_and_nothing_else_changes(links, made):
    file = made.root / "records/pitfalls/probe.md"
    before = b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n")
    file.write_bytes(before)
    others = {f: f.read_bytes() for f in made.root.rglob("*.md") if f != file}
    done = links("--suggest", "--write")
    assert "2 relations declared" in done.stderr
    assert f"+relates_to: [INC-20260418-Z, {B}, DEC-20260421-x]" in done.stdout
    added = f", {B}, DEC-20260421-x".encode()
    assert file.read_bytes() == before.replace(b"20260418-Z]", b"20260418-Z" + added + b"]")
    assert {f: f.read_bytes() for f in others} == others
    again = links("--suggest", "--write")
    assert (again.stdout, again.stderr) == ("", "0 relations declared\n")


def test_a_field_that_cannot_be_added_to_is_said_and_left_alone(links, made):
    file = made.root / "records/pitfalls/probe.md"
    file.write_text(file.read_text().replace("[INC-20260418-Z]", "|\n  INC-20260418-Z"))
    before = file.read_bytes()
    done = links("--suggest", "--write")
    assert "records/pitfalls/probe.md was left alone" in done.stderr
    assert file.read_bytes() == before


def test_a_record_without_a_frontmatter_is_left_alone_and_told_of(links, made):
    adr = "# 1. Use it\n\nDate: 2026-04-18\n\n## Status\n\nAccepted\n\n## Context\n\n"
    adr += "After INC-20260418-B.\n"
    made.write({"records/adr/0001-use-it.md": adr})
    done = links("--suggest", "--write", "records/adr")
    assert "records/adr/0001-use-it.md was left alone: it has no frontmatter" in done.stderr
    assert (made.root / "records/adr/0001-use-it.md").read_text() == adr


def test_relations_that_the_types_have_instead_are_named(project, run_govkb):
    note = "---\nid: n{0}\ntitle: Note {0}\n---\n\n# Note {0}\n\nSee [the other](n{1}.md).\n"
    made = project(
        {
            "templates/note/type.yaml": "type: note\nlabel: Note\npurpose: A thought.\n"
            'id: "n{int}"\npath: "notes/{id}.md"\nrelations: [related]\n',
            "templates/vocabulary.yaml": "relations:\n  related: {label: Related}\n",
            "records/notes/n1.md": note.format(1, 2),
            "records/notes/n2.md": note.format(2, 3),
            "records/notes/n3.md": note.format(3, 2),
        }
    )
    done = run_govkb("links", "--suggest", cwd=made.root)
    assert done.stdout == ""
    assert (
        "0 relations could be declared; by other relations: --relation related (3)" in done.stderr
    )
    assert run_govkb("links", "--suggest", "--relation", "related", cwd=made.root).stdout
