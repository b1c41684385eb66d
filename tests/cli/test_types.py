from __future__ import annotations

import json

import pytest

from govkb.template_files import TemplateFiles, shipped_templates

OWN = """\
type: note
label: Note
purpose: A thought.
id: "NOTE-{seq:3}"
path: "notes/{id}.md"
"""
SHIPPED = TemplateFiles((shipped_templates(),)).type_names()


def test_every_type_is_listed_with_its_records_and_its_purpose(good, run_govkb):
    outcome = run_govkb("types", cwd=good.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    lines = [line.split(maxsplit=2) for line in outcome.stdout.splitlines()]
    assert [name for name, _, _ in lines] == SHIPPED
    counts = {name: number for name, number, _ in lines}
    assert counts["pitfall"] == "1"
    assert counts["incident"] == "0"
    assert "from templates" not in outcome.stdout


def test_own_types_say_where_they_come_from_and_broken_ones_that_they_are(good, run_govkb):
    good.write({"templates/note/type.yaml": OWN, "templates/sad/type.yaml": "type: [sad\n"})
    outcome = run_govkb("types", cwd=good.root)
    assert outcome.stdout.count("from templates/note/type.yaml") == 1
    assert "can't be used; `govkb check` says why" in outcome.stdout
    document = json.loads(run_govkb("types", "--format", "json", cwd=good.root).stdout)
    assert document["broken"] == ["sad"]
    files = {found["name"]: found["file"] for found in document["types"]}
    assert files["note"] == "templates/note/type.yaml"
    assert files["incident"] is None


def test_the_projects_own_copy_of_a_shipped_type_is_its_own(good, run_govkb):
    text = (shipped_templates() / "pitfall" / "type.yaml").read_text("utf-8")
    good.write({"govkb.toml": 'templates = "gov"\n', "gov/pitfall/type.yaml": text})
    assert "from gov/pitfall/type.yaml" in run_govkb("types", cwd=good.root).stdout
    assert "gov/pitfall/type.yaml" in run_govkb("types", "pitfall", cwd=good.root).stdout


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_type_is_explained_in_lines_without_colour(good, run_govkb, name):
    outcome = run_govkb("types", name, cwd=good.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith(f"{name}: ")
    for heading in ("Ids", "Statuses", "Fields (* required)", "Relations"):
        assert f"\n\n{heading}\n  " in outcome.stdout
    assert "\x1b" not in outcome.stdout
    assert all(line == line.rstrip() for line in outcome.stdout.splitlines())


def test_what_a_status_demands_is_said(good, run_govkb):
    shown = run_govkb("types", "incident", cwd=good.root).stdout
    closed = next(line for line in shown.splitlines() if line.startswith("  closed"))
    assert "demands the fields resolved" in closed
    assert "demands the sections Learnings" in closed


def test_a_mistyped_type_is_answered_with_the_nearest(good, run_govkb):
    outcome = run_govkb("types", "incidnet", cwd=good.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "did you mean 'incident'?" in outcome.stderr


@pytest.mark.parametrize("command", ["types", "schema", "new"])
def test_a_broken_type_is_a_configuration_error_for_who_needs_it(good, run_govkb, command):
    good.write({"templates/note/type.yaml": OWN.replace("purpose", "porpoise")})
    arguments = ["note", "A title"] if command == "new" else ["note"]
    outcome = run_govkb(command, *arguments, cwd=good.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "templates/note/type.yaml:1: " in outcome.stderr
    assert run_govkb("types", "incident", cwd=good.root).code == 0
    assert run_govkb("check", cwd=good.root).code == 1


def test_record_text_cannot_write_to_the_terminal(good, run_govkb):
    good.write({"templates/note/type.yaml": OWN.replace("A thought.", '"A\\u009b31m thought"')})
    assert "\x9b" not in run_govkb("types", cwd=good.root).stdout


def test_places_in_the_body_are_named_once_each(good, run_govkb):
    page = run_govkb("types", "adr", cwd=good.root).stdout
    assert "(or in the body: Status)" in page
    assert "Status, Status" not in page
