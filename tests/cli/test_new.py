from __future__ import annotations

import pytest

from govkb.template_files import shipped_templates

TYPES = sorted(file.parent.name for file in shipped_templates().glob("*/type.yaml"))
TITLES = [
    "Zero backups for 74 days",
    "État: dérivé & 'quoted' \"twice\"",
    "備份失敗",
    "# not a heading, - nor a list",
    "{{ 7*7 }} {% raw %} <script>",
    "yes",
    "2026-04-21",
    "x" * 300,
    "[a](b) | `c` *d*",
]
HANDOFF = """\
---
id: HANDOFF-2026-04-18
title: Session handoff of 2026-04-18
date: 2026-04-18
---

# Session handoff of 2026-04-18

## Carry-forward flags

- [ ] the PAT expires on 2026-07-20
- [x] the old bucket is gone

## Key Learnings

### 2026-04-18

1. A green job is no proof of a backup — été comme hiver.
2. Probe before you classify, then `classify`.
"""
DAY = ("--date", "2026-04-21")


def created(outcome, made):
    assert outcome.code == 0, outcome.stderr
    (path,) = outcome.stdout.splitlines()
    return made.root / path


@pytest.mark.parametrize("name", TYPES)
def test_what_is_made_of_every_type_checks_clean(project, run_govkb, name):
    made = project()
    file = created(run_govkb("new", name, TITLES[0], *DAY, cwd=made.root), made)
    assert file.is_file()
    assert made.report() == ""
    (record,) = made.load().records
    assert (record.type.name, record.title) == (name, TITLES[0])
    assert record.status == record.type.statuses.initial


@pytest.mark.parametrize("title", TITLES)
def test_any_title_is_kept_and_checks_clean(project, title):
    from datetime import date

    for names in (set(TYPES) - {"document"}, {"document"}):  # a pitfall would have the same name
        made = project()
        for name in sorted(names):
            made.open().create_record(name, title, date(2026, 4, 21))
        assert made.report() == ""
        assert {record.title for record in made.load().records} == {title}


def test_letters_of_a_day_follow_each_other(project, run_govkb):
    made = project()
    names = [
        created(run_govkb("new", "incident", title, *DAY, cwd=made.root), made).name
        for title in ("One", "Two", "One")
    ]
    assert names == [
        "INC-20260421-A-one.md",
        "INC-20260421-B-two.md",
        "INC-20260421-C-one.md",
    ]
    other = run_govkb("new", "incident", "One", "--date", "2026-04-22", cwd=made.root)
    assert created(other, made).name == "INC-20260422-A-one.md"


def test_a_letter_or_number_that_was_skipped_is_not_given_again(project, run_govkb):
    incident = "---\nid: INC-20260421-C\ntitle: C\nseverity: low\ndetected: 2026-04-21\n---\n\n"
    made = project({"records/incidents/INC-20260421-C-c.md": incident + "## Summary\n\nC.\n"})
    file = created(run_govkb("new", "incident", "D", *DAY, cwd=made.root), made)
    assert file.name == "INC-20260421-D-d.md"


def test_the_id_of_an_unreadable_record_is_taken(project, run_govkb):
    made = project(
        {"records/incidents/INC-20260421-A-a.md": "---\nid: INC-20260421-A\na: [\n---\n"}
    )
    file = created(run_govkb("new", "incident", "B", *DAY, cwd=made.root), made)
    assert file.name == "INC-20260421-B-b.md"


def test_after_the_last_letter_it_ends_with_2(project, run_govkb):
    text = "---\nid: INC-20260421-Z\ntitle: Z\nseverity: low\ndetected: 2026-04-21\n---\n"
    made = project({"records/incidents/INC-20260421-Z-z.md": text})
    outcome = run_govkb("new", "incident", "One more", *DAY, cwd=made.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "26 letters" in outcome.stderr
    assert "another day with --date" in outcome.stderr


def test_numbers_of_a_day_follow_each_other(project, run_govkb):
    made = project()
    for number in (1, 2):
        file = created(run_govkb("new", "evolution", "Scoped bot", *DAY, cwd=made.root), made)
        assert file.name == f"EVO-2026-0421-{number:03}-scoped-bot.md"


def new_names(project, run_govkb, type_name, *titles, files=None):
    made = project(files)
    outcomes = [run_govkb("new", type_name, title, *DAY, cwd=made.root) for title in titles]
    names = [created(outcome, made).stem for outcome in outcomes]
    assert made.report() == ""
    return names


def test_a_numbered_type_has_one_sequence_whatever_the_names(project, run_govkb):
    old = "# 7. Use X\n\n## Context\n\nY.\n\n## Decision\n\nX.\n"
    files = {"records/adr/0007-use-x.md": old}
    names = new_names(project, run_govkb, "adr", "Use Y", "Use Z", files=files)
    assert names == ["ADR-0008-use-y", "ADR-0009-use-z"]


def test_a_day_in_the_id_of_another_type_is_no_number(project, run_govkb):
    capture = "---\nid: 2026-01-23-first-light\ntitle: First light\ndate: 2026-01-23\n---\n"
    made = project({"records/session-captures/2026-01-23-first-light.md": capture})
    file = created(run_govkb("new", "adr", "One bucket", *DAY, cwd=made.root), made)
    assert file.name == "ADR-0001-one-bucket.md"


def test_numbers_have_as_many_digits_as_they_need(project, run_govkb):
    ticket = "---\nid: ticket-297\ntitle: A\nkind: chore\n---\n\n"
    ticket += "## Problem\n\nA.\n\n## Acceptance criteria\n\n- [ ] B\n"
    files = {"records/tickets/ticket-297.md": ticket}
    assert new_names(project, run_govkb, "ticket", "B", files=files) == ["ticket-298-b"]


def test_another_review_of_a_day_is_the_next_round(project, run_govkb):
    names = new_names(project, run_govkb, "review", *["1064"] * 3, "1065")
    first = "review-1064-2026-04-21"
    assert names == [first, f"{first}-r2", f"{first}-r3", "review-1065-2026-04-21"]


def test_a_later_round_names_the_one_before(project, run_govkb):
    made = project()
    for _ in range(3):
        run_govkb("new", "review", "1064", *DAY, cwd=made.root)
    edges = made.load().graph.outgoing
    first = "review-1064-2026-04-21"
    assert [edge.target for edge in edges[f"{first}-r2"]] == [first]
    assert [edge.target for edge in edges[f"{first}-r3"]] == [f"{first}-r2"]


def test_a_title_that_spells_out_an_id_is_taken_at_its_word(project, run_govkb):
    titles = ["Platform TF changes", "Service onboarding SOP", "SOP postgres restore"]
    names = new_names(project, run_govkb, "sop", *titles)
    assert names == ["sop-platform-tf-changes", "service-onboarding-sop", "sop-postgres-restore"]


def test_a_phase_is_called_by_its_project_and_number(project, run_govkb):
    titles = ["pal-e-platform 28 Keycloak SMTP", "platform 17b TF state", "Mail", "Realms"]
    assert new_names(project, run_govkb, "phase", *titles) == [
        "phase-pal-e-platform-28-keycloak-smtp",
        "phase-platform-17b-tf-state",
        "phase-1-mail",
        "phase-2-realms",
    ]


def test_a_feedback_rule_is_called_in_snake_case(project, run_govkb):
    names = new_names(project, run_govkb, "feedback", "Never write prod DB")
    assert names == ["feedback_never_write_prod_db"]


@pytest.mark.parametrize("name", ["pitfall", "finding", "decision", "sop", "document"])
def test_an_existing_record_is_never_overwritten(project, run_govkb, name):
    made = project()
    file = created(run_govkb("new", name, "Same title", *DAY, cwd=made.root), made)
    file.write_text(file.read_text() + "\nMine.\n")
    before = file.read_bytes()
    outcome = run_govkb("new", name, "Same title", *DAY, cwd=made.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "is there already" in outcome.stderr
    assert file.read_bytes() == before
    assert len(list(made.root.rglob("records/**/*.*"))) == 1


def test_a_file_of_that_name_with_another_id_is_never_overwritten(project, run_govkb):
    made = project({"records/pitfalls/same-title.md": "not a record"})
    outcome = run_govkb("new", "pitfall", "Same title", cwd=made.root)
    assert outcome.code == 2
    assert (made.root / "records/pitfalls/same-title.md").read_text() == "not a record"
    assert len(list((made.root / "records/pitfalls").iterdir())) == 1


def test_a_link_of_that_name_is_not_written_through(project, run_govkb):
    made = project({"outside.md": "mine"})
    (made.root / "records/pitfalls").mkdir()
    (made.root / "records/pitfalls/same-title.md").symlink_to(made.root / "outside.md")
    assert run_govkb("new", "pitfall", "Same title", cwd=made.root).code == 2
    assert (made.root / "outside.md").read_text() == "mine"


@pytest.mark.parametrize("title", ["../../escape", "/etc/passwd", "-rf", "a/b", ".hidden", "CON"])
def test_no_title_leads_out_of_the_records_folder(project, run_govkb, title):
    made = project()
    outcome = run_govkb("new", "incident", "--", title, cwd=made.root)
    file = created(outcome, made)
    assert file.resolve().parent == (made.root / "records/incidents").resolve()


def test_a_new_handoff_carries_every_learning_word_for_word(project, git, run_govkb):
    made = project({"records/handoffs/HANDOFF-2026-04-18.md": HANDOFF})
    git(made.root).commit()
    file = created(run_govkb("new", "handoff", *DAY, cwd=made.root), made)
    text = file.read_text()
    learnings = HANDOFF[HANDOFF.index("### 2026-04-18") :].strip()
    assert learnings in text
    assert "previous: HANDOFF-2026-04-18" in text
    assert "- [ ] the PAT expires on 2026-07-20" in text
    assert "the old bucket is gone" not in text
    assert made.report("main") == ""


def test_a_handoff_follows_the_newest_one_before_it(project, run_govkb):
    later = HANDOFF.replace("2026-04-18", "2026-04-30")
    made = project(
        {
            "records/handoffs/HANDOFF-2026-04-18.md": HANDOFF,
            "records/handoffs/HANDOFF-2026-04-30.md": later,
        }
    )
    file = created(run_govkb("new", "handoff", *DAY, cwd=made.root), made)
    assert "previous: HANDOFF-2026-04-18" in file.read_text()


def test_a_second_handoff_of_a_day_gets_a_letter(project, run_govkb):
    made = project({"records/handoffs/HANDOFF-2026-04-18.md": HANDOFF})
    names = [created(run_govkb("new", "handoff", *DAY, cwd=made.root), made).name for _ in range(3)]
    assert names[0] == "HANDOFF-2026-04-21.md"
    assert len(set(names)) == 3
    assert made.report() == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["incidnet", "T"], "did you mean 'incident'?"),
        (["xyzzy", "T"], "types: adr, brief"),
        (["incident"], "need a title"),
        (["incident", "  "], "title"),
        (["incident", "two\nlines"], "one line"),
        (["incident", "T", "--date", "2026-02-30"], "2026-02-30"),
        (["incident", "T", "--date", "yesterday"], "yesterday"),
        ([], "of which type?"),
    ],
)
def test_what_makes_no_sense_ends_with_2_and_writes_nothing(project, run_govkb, arguments, words):
    made = project()
    outcome = run_govkb("new", *arguments, cwd=made.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert words in outcome.stderr
    assert list((made.root / "records").rglob("*")) == []


def test_the_path_is_shown_from_where_one_stands(project, run_govkb):
    made = project({"docs/x.txt": ""})
    outcome = run_govkb("new", "incident", "T", *DAY, cwd=made.root / "docs")
    shown = made.root / "docs" / outcome.stdout.strip()
    assert shown.is_file()


def test_row_64_where_nothing_can_be_written_it_ends_with_4(project, run_govkb):
    made = project({"records/incidents": "a file in the place of the folder"})
    outcome = run_govkb("new", "incident", "T", cwd=made.root)
    assert (outcome.code, outcome.stdout) == (4, "")
    assert "can't be written" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_a_type_without_a_template_gets_what_it_demands(project, run_govkb, checkout):
    declaration = (checkout / "templates/pitfall/type.yaml").read_text("utf-8")
    own = declaration.replace("type: pitfall", "type: trap").replace("pitfalls/", "traps/")
    made = project({"templates/trap/type.yaml": own})
    file = created(run_govkb("new", "trap", "T", cwd=made.root), made)
    assert "## Pattern" in file.read_text()
    assert made.report() == ""


LEARNED = """\
---
id: INC-20260418-A
title: A job was green
severity: low
detected: 2026-04-18
---

# A job was green

## Summary

It did nothing.

## Learnings

- A green job is no proof of a backup.
"""


@pytest.mark.parametrize("name", TYPES)
def test_where_entries_are_sealed_what_is_made_of_every_type_checks_clean(project, run_govkb, name):
    made = project({"records/incidents/INC-20260418-A-a-job-was-green.md": LEARNED})
    sealed = run_govkb("seal", "INC-20260418-A", cwd=made.root)
    assert sealed.stdout == "INC-20260418-A: 1 entry sealed\n"
    created(run_govkb("new", name, TITLES[0], *DAY, cwd=made.root), made)
    assert made.report() == ""
    assert "INC-20260418-A" in made.load().ledgers


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('include = ["records/decisions/**"]\n', "`include` in govkb.toml leaves it out"),
        ('exclude = ["records/incidents/"]\n', "`exclude` in govkb.toml leaves it out"),
        ('exclude = ["INC-*"]\n', "`exclude` in govkb.toml leaves it out"),
    ],
)
def test_nothing_is_written_that_the_settings_leave_out(project, run_govkb, settings, words):
    made = project({"govkb.toml": settings})
    outcome = run_govkb("new", "incident", "T", *DAY, cwd=made.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert f"records/incidents/INC-20260421-A-t.md: {words}" in outcome.stderr
    assert list((made.root / "records").rglob("*")) == []


@pytest.mark.parametrize("arguments", [("types",), ("new",), ("new", "incident", "T")])
def test_settings_that_leave_no_type_are_named(project, run_govkb, arguments):
    made = project({"govkb.toml": "types = []\n"})
    outcome = run_govkb(*arguments, cwd=made.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert outcome.stderr.startswith("govkb: govkb.toml: `types` leaves no type in force\n")
    assert "adr, brief" in outcome.stderr


def test_an_id_that_another_type_has_is_told_with_its_file(project, run_govkb):
    made = project()
    created(run_govkb("new", "pitfall", "Same", cwd=made.root), made)
    outcome = run_govkb("new", "document", "Same", cwd=made.root)
    assert outcome.code == 2
    assert "same is there already: records/pitfalls/same.md (pitfall)" in outcome.stderr


@pytest.mark.parametrize(
    "template", ["{{ gone }}", "{% if %}", "{{ id.x.y }}", "{% include 'x' %}"]
)
def test_a_broken_template_ends_with_2_and_names_the_file(project, run_govkb, template):
    made = project({"templates/pitfall/record.md.j2": f"---\n{template}\n---\n"})
    outcome = run_govkb("new", "pitfall", "T", cwd=made.root)
    assert (outcome.code, outcome.stdout) == (2, ""), outcome
    assert "pitfall/record.md.j2" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_new_does_not_import_what_only_pages_need(project):
    import subprocess
    import sys

    program = (
        "import sys\nsys.argv = ['govkb', 'new', 'incident', 'T']\n"
        "from govkb.cli.main import main\n"
        "try:\n    main()\nfinally:\n    print('\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=project().root, capture_output=True, check=True
    )
    imported = {name.partition(".")[0] for name in done.stderr.decode().split()}
    assert imported.isdisjoint({"mkdocs", "networkx", "numpy"})
