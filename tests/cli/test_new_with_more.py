"""`govkb new` with fields, a body, an editor, a brief; and what it says before it writes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from govkb.cli.editing import edited_by_author
from govkb.scaffolding.bullets import bullets_of

DAY = ("--date", "2026-04-21")
INCIDENT = """\
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written.
"""
INCIDENT_PATH = "records/incidents/INC-20260418-B-zero-backups.md"
BRIEF = """\
---
id: BRIEF-20260421-sought
title: Decisions sought
---

# Decisions sought

## Context

Three things are open.

## Decisions sought

| Bullet | Question |
|---|---|
| A | Spot-check the old session? |
| **B** | |

- C. Keep the *archives*
- **D:** Cut over
- E — When?
- Furthermore: nothing
"""
BRIEF_PATH = "records/briefs/BRIEF-20260421-sought.md"
BODY = "## Context\n\nÄ cause.\n\n## Decision\n\nLook first.\n"


def records_of(made):
    return sorted(
        str(p.relative_to(made.root)) for p in made.root.rglob("records/**/*") if p.is_file()
    )


def fields_of(made, name):
    (record,) = [r for r in made.load().records if r.title == name]
    return record.metadata


def test_fields_get_values_of_the_kind_that_the_type_demands(project, run_govkb):
    made = project({INCIDENT_PATH: INCIDENT})
    options = {
        "severity": "high",
        "tags": "vault, dns",
        "relates_to": "INC-20260418-B",
        "owner": "a: b # c",
        "summary": "Sealed, for an hour",
        "affected": '["one, two"]',
    }
    given = [word for name, value in options.items() for word in ("--field", f"{name}={value}")]
    more = ("--field", "qualifiers=live, or not", "--field", "qualifiers=seen")
    outcome = run_govkb("new", "incident", "Sealed", *DAY, *given, *more, cwd=made.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    fields = fields_of(made, "Sealed")
    assert fields["severity"] == "high"
    assert fields["tags"] == ["vault", "dns"]
    assert fields["relates_to"] == ["INC-20260418-B"]
    assert fields["owner"] == "a: b # c"
    assert fields["summary"] == "Sealed, for an hour"
    assert fields["affected"] == ["one, two"]
    assert fields["qualifiers"] == ["live, or not", "seen"]
    assert made.report() == ""


def test_a_part_of_a_field_can_be_given(project, run_govkb):
    made = project({BRIEF_PATH: BRIEF})
    part = ("--field", "source.brief=BRIEF-20260421-sought")
    assert run_govkb("new", "decision", "Look", *DAY, *part, cwd=made.root).code == 0
    assert fields_of(made, "Look")["source"] == {"brief": "BRIEF-20260421-sought"}


WAIVED = {"item": "AC1", "by": "Ava", "why": "it goes away, soon"}
BRACES = "{item: AC1, by: Ava, why: 'it goes away, soon'}"


@pytest.mark.parametrize("texts", [(f"[{BRACES}, {BRACES}]",), (BRACES, BRACES)])
def test_what_has_parts_is_written_as_in_yaml(project, run_govkb, texts):
    made = project()
    given = [word for text in texts for word in ("--field", f"waived={text}")]
    more = ("--field", "kind=ops", "--field", "board_item={a: b}")
    outcome = run_govkb("new", "ticket", "T", *DAY, *given, *more, cwd=made.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    fields = fields_of(made, "T")
    assert fields["waived"] == [WAIVED, WAIVED]
    assert fields["board_item"] == "{a: b}"  # which is a text
    part = ("--field", "source={brief: BRIEF-20260421-sought, bullet: A}")
    made.write({BRIEF_PATH: BRIEF})
    assert run_govkb("new", "decision", "Look", *DAY, *part, cwd=made.root).code == 0
    assert fields_of(made, "Look")["source"] == {"brief": "BRIEF-20260421-sought", "bullet": "A"}


@pytest.mark.parametrize("text", ["[{item: AC1", "{item: AC1", "[{item: AC1}, {item]"])
def test_parts_that_cannot_be_read_are_refused(project, run_govkb, text):
    made = project()
    outcome = run_govkb("new", "ticket", "T", *DAY, "--field", f"waived={text}", cwd=made.root)
    assert (outcome.code, records_of(made)) == (2, [])
    assert "`waived` can't be read" in outcome.stderr
    assert "{name: value, other: value}" in outcome.stderr


@pytest.mark.parametrize(
    ("field", "code", "words"),
    [
        ("sevrity=high", 2, "did you mean `severity`?"),
        ("severity=hihg", 2, "did you mean 'high'?"),
        ("detected=yesterday", 2, "a date"),
        ("id=INC-1", 2, "the id is allotted"),
        ("type=decision", 2, "the type is the first word"),
        ("title=T", 2, "the title comes after the type"),
        ("severity", 2, "write NAME=VALUE"),
        ("owner=a\nb", 2, "control characters"),
        ("relates_to=INC-20260418-Z", 1, "did you mean INC-20260418-B"),
        ("status=closed", 1, "--field NAME=VALUE gives a field its value"),
    ],
)
def test_what_a_field_may_not_say_is_refused_and_nothing_written(
    project, run_govkb, field, code, words
):
    made = project({INCIDENT_PATH: INCIDENT})
    outcome = run_govkb("new", "incident", "T", *DAY, "--field", field, cwd=made.root)
    assert (outcome.code, outcome.stdout) == (code, "")
    assert words in outcome.stderr
    assert records_of(made) == [INCIDENT_PATH]


def test_a_single_value_given_twice_is_refused(project, run_govkb):
    made = project()
    twice = ("--field", "owner=a", "--field", "owner=b")
    outcome = run_govkb("new", "incident", "T", *twice, cwd=made.root)
    assert outcome.code == 2
    assert "`owner` is given 2 times, and is no list" in outcome.stderr


def test_the_body_comes_from_a_file_or_from_standard_input(project, run_govkb):
    made = project({"body.md": BODY})
    outcome = run_govkb("new", "decision", "Rotate", *DAY, "--body", "body.md", cwd=made.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    text = (made.root / outcome.stdout.strip()).read_text("utf-8")
    assert text.endswith("---\n\n# Rotate\n\n" + BODY)
    command = [sys.executable, "-m", "govkb", "new", "decision", "Piped", *DAY, "--body", "-"]
    piped = b"# Piped\r\n\r\n" + BODY.replace("\n", "\r\n").encode()
    done = subprocess.run(command, cwd=made.root, input=piped, capture_output=True, check=True)
    text = (made.root / done.stdout.decode().strip()).read_text("utf-8")
    assert text.endswith("---\n\n# Piped\n\n" + BODY)
    assert made.report() == ""


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (b"", 2, "the body is empty"),
        (b" \n", 2, "the body is empty"),
        (b"---\nid: X\n---\n\n# T\n", 2, "the body begins with a frontmatter"),
        (b"\xff", 2, "the body isn't UTF-8"),
        (b"## Context\n\nA.\n", 1, 'the section "Decision" is missing'),
    ],
)
def test_a_body_that_makes_no_record_is_refused(project, run_govkb, body, code, words):
    made = project({"body.md": body})
    outcome = run_govkb("new", "decision", "T", "--body", "body.md", cwd=made.root)
    assert (outcome.code, outcome.stdout) == (code, "")
    assert words in outcome.stderr
    assert records_of(made) == []


def test_a_body_that_is_not_there_is_refused(project, run_govkb):
    outcome = run_govkb("new", "decision", "T", "--body", "gone.md", cwd=project().root)
    assert outcome.code == 2
    assert "gone.md" in outcome.stderr


def test_an_interrupt_while_the_body_is_awaited_writes_nothing(project):
    made = project()
    pipe = made.root / "pipe"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [sys.executable, "-m", "govkb", "new", "decision", "T", "--body", "pipe"],
        cwd=made.root,
        stderr=subprocess.PIPE,
        # A test run in the background ignores interrupts, and hands that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    with pipe.open("wb"):  # which waits until somebody reads
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said.strip()) == (130, b"govkb: stopped")
    assert records_of(made) == []


def test_a_dry_run_shows_the_file_and_writes_nothing(project, run_govkb):
    made = project()
    dry = run_govkb("new", "pitfall", "Trap", *DAY, "--dry-run", cwd=made.root)
    assert (dry.code, dry.stderr) == (0, "")
    path, text = dry.stdout.split("\n\n", 1)
    assert list((made.root / "records").rglob("*")) == []
    assert run_govkb("new", "pitfall", "Trap", *DAY, cwd=made.root).stdout == f"{path}\n"
    assert (made.root / path).read_text() == text


def test_json_says_id_and_path(project, run_govkb):
    made = project({"docs/x": ""})
    outcome = run_govkb("new", "incident", "T", *DAY, "--json", cwd=made.root / "docs")
    said = json.loads(outcome.stdout)
    assert (said["version"], said["id"], said["written"]) == (1, "INC-20260421-A", True)
    assert (made.root / said["path"]).is_file()


def test_the_bullets_of_a_brief_are_rows_and_items(project):
    made = project({BRIEF_PATH: BRIEF})
    (brief,) = made.load().records
    assert bullets_of(brief) == {
        "A": "Spot-check the old session?",
        "B": "",
        "C": "Keep the *archives",
        "D": "Cut over",
        "E": "When?",
    }


def test_a_decision_from_a_bullet_takes_its_letter_and_names_the_brief(project, run_govkb):
    made = project({BRIEF_PATH: BRIEF})
    asked = ("--from", "BRIEF-20260421-sought#D")
    outcome = run_govkb("new", "decision", *asked, *DAY, cwd=made.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert outcome.stdout == "records/decisions/DEC-20260421-D-cut-over.md\n"
    assert fields_of(made, "Cut over")["source"] == {
        "brief": "BRIEF-20260421-sought",
        "bullet": "D",
    }
    assert made.report() == ""
    (edge,) = made.load().graph.outgoing["DEC-20260421-D"]
    assert (edge.target, edge.kind.name) == ("BRIEF-20260421-sought", "brief")
    again = run_govkb("new", "decision", "Other", *asked, *DAY, cwd=made.root)
    assert again.code == 2
    assert "DEC-20260421-D is there already" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("decision", "--from", "BRIEF-20260421-sought#G"), "there are A, B, C, D, E"),
        (("decision", "--from", "BRIEF-20260421-sought"), "names no bullet"),
        (("decision", "--from", "BRIEF-20260421-sougth#A"), "did you mean"),
        (("decision", "--from", "INC-20260418-B#A"), "it has no lettered bullets"),
        (("decision", "--from", "BRIEF-20260421-sought#B"), "need a title"),
        (("incident", "T", "--from", "BRIEF-20260421-sought#A"), "don't answer the bullets"),
    ],
)
def test_what_is_no_bullet_is_refused(project, run_govkb, arguments, words):
    made = project({BRIEF_PATH: BRIEF, INCIDENT_PATH: INCIDENT})
    outcome = run_govkb("new", *arguments, cwd=made.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert words in outcome.stderr
    assert len(records_of(made)) == 2


def editor(tmp_path, script):
    file = tmp_path / "editor"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    kept = tmp_path / "kept"
    kept.mkdir()
    return {"EDITOR": str(file), "VISUAL": "", "TMPDIR": str(kept)}, kept


def test_what_the_editor_leaves_is_written(project, run_govkb, tmp_path):
    made = project()
    env, kept = editor(tmp_path, 'sed -i "s/unclassified/high/" "$1"')
    outcome = run_govkb("new", "incident", "T", *DAY, "--edit", cwd=made.root, env=env)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert fields_of(made, "T")["severity"] == "high"
    assert list(kept.iterdir()) == []


def test_visual_is_asked_before_editor(project, run_govkb, tmp_path):
    made = project()
    env, _ = editor(tmp_path, 'sed -i "s/unclassified/high/" "$1"')
    env = {"VISUAL": env["EDITOR"], "EDITOR": "false"}
    assert run_govkb("new", "incident", "T", "--edit", cwd=made.root, env=env).code == 0


def test_findings_in_what_was_edited_are_told_and_the_record_is_written(
    project, run_govkb, tmp_path
):
    made = project()
    env, _ = editor(tmp_path, 'sed -i "s/unclassified/hihg/" "$1"')
    outcome = run_govkb("new", "incident", "T", *DAY, "--edit", cwd=made.root, env=env)
    assert outcome.code == 0
    assert "'hihg' is no value for `severity`" in outcome.stderr
    assert len(records_of(made)) == 1


@pytest.mark.parametrize(
    ("script", "code", "words", "is_kept"),
    [
        ('echo mine >> "$1"; exit 1', 4, "editor failed; nothing was written", True),
        ("exit 1", 4, "editor failed; nothing was written", False),
        (': > "$1"', 2, "the text is empty", False),
        ('echo mine > "$1"', 2, "can't be read as a record", True),
        ('printf "\\377" > "$1"', 2, "isn't UTF-8", True),
        ('sed -i "s/^id: .*/id: INC-20260421-Q/" "$1"', 2, "INC-20260421-Q", True),
        ('rm "$1"', 4, "can't be read", False),
    ],
)
def test_an_editor_that_fails_writes_nothing_and_what_was_written_is_kept(
    project, run_govkb, tmp_path, script, code, words, is_kept
):
    made = project()
    env, kept = editor(tmp_path, script)
    outcome = run_govkb("new", "incident", "T", *DAY, "--edit", cwd=made.root, env=env)
    assert (outcome.code, outcome.stdout) == (code, "")
    assert words in outcome.stderr
    assert records_of(made) == []
    found = list(kept.iterdir())
    assert len(found) == is_kept
    assert all(f"your text is in {file}" in outcome.stderr for file in found)


def test_an_id_that_was_taken_meanwhile_is_given_to_nobody_twice(project, run_govkb, tmp_path):
    made = project()
    other = f"cd {made.root} && {sys.executable} -m govkb new incident Other --date 2026-04-21"
    env, _ = editor(tmp_path, f'echo "See INC-20260421-A." >> "$1"; {other}')
    outcome = run_govkb("new", "incident", "T", *DAY, "--edit", cwd=made.root, env=env)
    assert outcome.code == 0
    assert records_of(made) == [
        "records/incidents/INC-20260421-A-other.md",
        "records/incidents/INC-20260421-B-t.md",
    ]
    text = (made.root / records_of(made)[1]).read_text()
    assert "id: INC-20260421-B" in text
    assert "See INC-20260421-B." in text


def test_without_an_editor_it_is_said_how_to_have_one(project, run_govkb):
    made = project()
    none = {"VISUAL": "", "EDITOR": ""}
    outcome = run_govkb("new", "incident", "T", "--edit", cwd=made.root, env=none)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "$VISUAL or $EDITOR" in outcome.stderr


def test_an_interrupt_in_the_editor_keeps_what_was_written(monkeypatch, tmp_path, capsys):
    def interrupted(filename, editor):
        file = Path(filename)
        file.write_text(file.read_text() + "mine")
        raise KeyboardInterrupt

    monkeypatch.setattr(click, "edit", interrupted)
    monkeypatch.setenv("EDITOR", "any")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(KeyboardInterrupt), edited_by_author("X", "text"):
        pytest.fail("nothing came of it")
    (file,) = tmp_path.iterdir()
    assert file.read_text() == "textmine"
    assert capsys.readouterr().err == f"your text is in {file}\n"


def test_with_fields_it_works_where_there_is_no_repository_and_entries_are_sealed(
    project, run_govkb
):
    sealed = INCIDENT + "\n## Learnings\n\n- A green job is no proof of a backup.\n"
    made = project({INCIDENT_PATH: sealed})
    assert run_govkb("seal", cwd=made.root).code == 0
    field = ("--field", "severity=low")
    assert run_govkb("new", "incident", "T", *DAY, *field, cwd=made.root).code == 0
    assert made.report() == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_tree_that_may_only_be_read_stays_as_it_is(project, run_govkb):
    made = project({INCIDENT_PATH: INCIDENT})
    folder = made.root / "records/incidents"
    folder.chmod(0o555)
    try:
        outcome = run_govkb("new", "incident", "T", "--field", "severity=low", cwd=made.root)
    finally:
        folder.chmod(0o755)
    assert (outcome.code, outcome.stdout) == (4, "")
    assert records_of(made) == [INCIDENT_PATH]


PLAIN = """type: choice
label: Choice
purpose: What was chosen.
id: "{seq:4}-{slug}"
path: "choices/{id}.md"
frontmatter: optional
fields: {deciders: {type: array}}
relations: [resolves]
"""


def test_a_type_without_frontmatter_gets_one_for_its_fields(project, run_govkb):
    made = project(
        {
            "templates/choice/type.yaml": PLAIN,
            "templates/choice/record.md.j2": "# {{ title | heading }}\n\nText.\n",
            "records/incidents/INC-20260418-B-x.md": (
                "---\nid: INC-20260418-B\ntitle: X\nseverity: high\ndetected: 2026-04-18\n---\n\n"
                "# X\n\n## Summary\n\nx\n"
            ),
        }
    )
    fields = ("--field", "resolves=INC-20260418-B", "--field", "deciders=Ava")
    outcome = run_govkb("new", "choice", "Use a probe", *fields, cwd=made.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    text = (made.root / outcome.stdout.strip()).read_text()
    assert text.startswith("---\nresolves: [INC-20260418-B]\ndeciders: [Ava]\n---\n\n# Use a probe")
    assert made.report() == ""
