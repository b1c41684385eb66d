"""A learning, once merged, is never edited, reordered or dropped without a report."""

from __future__ import annotations

import unicodedata

import pytest

from govkb.template_files import shipped_templates

FIRST = "Enabled by default is not the same as running. INC-20260418-B."
SECOND = "A green job is no proof of a backup; look at the object, été comme hiver."
THIRD = "Probe before you classify."
ENTRIES = [f"1. {FIRST}", f"2. {SECOND}", f"3. {THIRD}"]
HEAD = """\
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.

## Learnings

"""
FILE = "records/incidents/INC-20260418-B-zero-backups-for-74-days.md"


def incident(*entries, after=""):
    return HEAD + "\n".join(entries or ENTRIES) + "\n" + after


@pytest.fixture
def merged(project, git):
    """A project whose first commit, on main, is the base."""
    made = project({FILE: incident()})
    repository = git(made.root)
    repository.commit()
    return made, repository


@pytest.fixture
def changes(merged):
    """What is reported after this text was put for the incident, as (code, old, new)."""

    def of(text):
        made, _ = merged
        made.write({FILE: text})
        return [(d.code, d.old, d.new) for d in made.check("main")]

    return of


def test_nothing_changed_is_clean(changes):
    assert changes(incident()) == []


def test_row_1_one_word_changed_is_reported_with_both_texts(merged, run_govkb):
    made, _ = merged
    made.write({FILE: incident().replace("no proof", "some proof")})
    (found,) = made.check("main")
    assert (found.code, found.record) == ("APP001", "INC-20260418-B")
    assert (found.old, found.new) == (SECOND, SECOND.replace("no proof", "some proof"))
    assert (found.span.start.line, found.span.start.column) == (17, 1)
    outcome = run_govkb("check", "--base", "main", cwd=made.root)
    assert outcome.code == 1
    assert "[-no-]" in outcome.stdout
    assert "{+some+}" in outcome.stdout
    assert "Traceback" not in outcome.stderr


def test_without_a_base_nothing_is_compared(merged):
    made, _ = merged
    made.write({FILE: incident().replace("no proof", "some proof")})
    assert made.codes() == []


@pytest.mark.parametrize("number", [0, 1, 2])
def test_row_2_a_dropped_entry_is_reported(changes, number):
    kept = [entry for at, entry in enumerate(ENTRIES) if at != number]
    assert changes(incident(*kept)) == [("APP002", ENTRIES[number][3:], None)]


def test_a_section_that_is_gone_lost_every_entry(changes):
    text = HEAD.replace("## Learnings\n", "")
    assert {old for _, old, _ in changes(text)} == {FIRST, SECOND, THIRD}


def test_a_section_under_another_name_lost_every_entry(changes):
    assert [code for code, *_ in changes(incident().replace("## Learnings", "## Lessons"))] == [
        "APP002",
        "APP002",
        "APP002",
    ]


def test_row_3_of_a_deleted_file_every_entry_is_listed(merged):
    made, _ = merged
    (made.root / FILE).unlink()
    found = made.check("main")
    assert {(d.code, d.path) for d in found} == {("APP002", FILE)}
    assert sorted(d.old for d in found) == sorted([FIRST, SECOND, THIRD])
    assert all(text in made.report("main") for text in (FIRST, THIRD))


def test_row_4_swapped_entries_are_reported(changes):
    found = changes(incident(ENTRIES[1], ENTRIES[0], ENTRIES[2]))
    assert [code for code, *_ in found] == ["APP003"]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_an_entry_inserted_before_others_is_reported(changes, at):
    new = "9. Something else entirely was learned here."
    entries = [*ENTRIES[:at], new, *ENTRIES[at:]]
    assert changes(incident(*entries)) == [("APP004", None, new[3:])]


@pytest.mark.parametrize(
    "after", ["4. One more.\n", "\nA paragraph.\n", "\n### Later\n\n- An item.\n"]
)
def test_an_entry_at_the_end_is_welcome(changes, after):
    assert changes(incident(after=after)) == []


def test_two_entries_exchanged_for_others_are_both_reported(changes):
    found = changes(incident(ENTRIES[0], "2. Nothing.", "3. Never mind the rest of it."))
    assert len(found) == 2


def test_text_outside_append_only_sections_may_change(changes):
    text = incident().replace("No backup was written", "Not one backup was written")
    assert changes(text.replace("severity: high", "severity: high\ndetected_by: DJ")) == []


@pytest.mark.parametrize(
    "place",
    [
        "records/incidents/INC-20260418-B-no-backups.md",
        "records/incidents/INC-20260418-B-zero-backups-for-74-days-and-more.md",
    ],
)
def test_row_5_a_renamed_file_is_fine(merged, place):
    made, _ = merged
    (made.root / FILE).rename(made.root / place)
    assert made.codes("main") == []


def test_a_moved_file_is_reported_for_its_place_only(merged):
    made, _ = merged
    (made.root / FILE).unlink()
    made.write({"records/archive/INC-20260418-B.md": incident()})
    assert made.codes("main") == ["ID003"]


def test_another_id_for_the_record_drops_its_entries(merged):
    made, _ = merged
    made.write({FILE: incident().replace("id: INC-20260418-B", "id: INC-20260418-C")})
    assert made.codes("main").count("APP002") == 3


def test_a_record_that_cannot_be_read_any_more_is_no_way_out(merged):
    made, _ = merged
    made.write({FILE: incident().replace("severity: high", "severity: [")})
    assert {"READ006", "APP002"} <= set(made.codes("main"))


def test_another_type_is_no_way_out(merged):
    made, _ = merged
    made.write({FILE: incident(*ENTRIES[:2]).replace("severity:", "type: pitfall\nseverity:")})
    assert "APP002" in made.codes("main")


def test_row_23_switching_the_promise_off_in_the_same_change_is_no_way_out(merged):
    made, _ = merged
    old, new = "Learnings: {append_only: true", "Learnings: {append_only: false"
    declaration = (shipped_templates() / "incident" / "type.yaml").read_text("utf-8")
    assert old in declaration
    made.write(
        {
            "templates/incident/type.yaml": declaration.replace(old, new),
            FILE: incident().replace("no proof", "some proof"),
        }
    )
    assert "APP001" in made.codes("main")


def test_row_23_moving_the_records_folder_in_the_same_change_is_no_way_out(merged):
    made, _ = merged
    moved = FILE.replace("records/", "docs/", 1)
    made.write({"govkb.toml": 'records = "docs"\n', moved: incident(*ENTRIES[:2])})
    assert "APP002" in made.codes("main")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!--\n", "\n-->"),
        ("```\n", "\n```"),
        ("~~~text\n", "\n~~~"),
        ("<div hidden>\n", "\n</div>"),
    ],
    ids=["comment", "code", "tildes", "html"],
)
def test_row_13_a_hidden_entry_is_reported(changes, before, after):
    hidden = incident(ENTRIES[0], ENTRIES[1], f"\n{before}{ENTRIES[2]}{after}")
    found = changes(hidden)
    assert [code for code, *_ in found] == ["APP006"]
    assert found[0][1] == THIRD


def test_row_13_all_entries_in_one_comment_are_reported(changes):
    found = changes(HEAD + "<!--\n" + "\n".join(ENTRIES) + "\n-->\n")
    assert [code for code, *_ in found] == ["APP006", "APP006", "APP006"]


def test_row_13_a_heading_put_into_a_code_fence_is_reported(changes):
    text = incident().replace("## Learnings", "```\n## Learnings") + "```\n"
    assert [code for code, *_ in changes(text)] == ["APP006", "APP006", "APP006"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("été", unicodedata.normalize("NFD", "été")),
        lambda text: text.replace("\n", "  \n").replace("---  \n", "---\n"),
        lambda text: text.replace("1. ", "- ").replace("2. ", "- ").replace("3. ", "- "),
        lambda text: text.replace("1. ", "1) ").replace("2. ", "2) ").replace("3. ", "3) "),
        lambda text: text.replace("3. ", "7. "),
        lambda text: text.replace("## Learnings", "## LEARNINGS"),
        lambda text: text + "\n\n\n",
    ],
    ids=["CRLF", "BOM", "NFD", "one NFD", "blanks", "dashes", "parens", "number", "case", "end"],
)
def test_row_11_what_no_reader_sees_may_change(changes, change):
    assert changes(change(incident())) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("proof", "pro\u200bof"),
        ("proof", "pr\u043eof"),
        ("proof", "proo\uff46"),
        ("no proof", "no  proof"),
        ("proof", "PROOF"),
        ("backup;", "backup"),
        ("INC-20260418-B.", "INC-20260418-C."),
    ],
    ids=["zero width", "Cyrillic", "full width", "two blanks", "case", "punctuation", "id"],
)
def test_row_12_a_change_that_is_hard_to_see_is_reported(changes, old, new):
    found = changes(HEAD + "\n".join(ENTRIES).replace(old, new, 1) + "\n")
    assert [code for code, *_ in found if code.startswith("APP")] == ["APP001"]


def test_row_12_an_invisible_character_is_shown(merged):
    made, _ = merged
    made.write({FILE: incident().replace("proof", "pro\u200bof")})
    assert r"pro\u200bof" in made.report("main")


def test_a_new_record_has_nothing_to_compare(merged):
    made, _ = merged
    place = FILE.replace("18-B-zero-backups-for-74-days", "19-A-new")
    made.write({place: incident().replace("INC-20260418-B\n", "INC-20260419-A\n")})
    assert made.codes("main") == []


def test_an_append_only_section_of_every_kind_of_block_is_compared(project, git):
    body = (
        "- an item\n\n| column |\n|---|\n| one cell |\n\n> a quote\n\n### Heading\n\nSome text.\n"
    )
    made = project({FILE: incident(body)})
    git(made.root).commit()
    for old in ("item", "column", "cell", "quote", "Heading", "text"):
        made.write({FILE: incident(body.replace(old, f"{old} 2"))})
        assert [d.code for d in made.check("main")] == ["APP001"], old


def test_row_23_rules_that_the_base_has_stay_in_force(project, git):
    declaration = (shipped_templates() / "pitfall" / "type.yaml").read_text("utf-8")
    own = declaration.replace("Pattern: {required: true}", "Pattern: {append_only: true}")
    assert own != declaration
    fields = "---\nid: one\ntitle: One\nenforcement: none\n---\n\n"
    pitfall = fields + "## Pattern\n\nA long one.\n\n## Rule\n\nB.\n"
    path = "records/pitfalls/one.md"
    made = project({"templates/pitfall/type.yaml": own, path: pitfall})
    git(made.root).commit()
    made.write({"templates/pitfall/type.yaml": declaration})
    made.write({path: pitfall.replace("long", "wrong")})
    assert made.codes("main") == ["APP001", "APP012"]


def test_row_23_a_temporary_folder_inside_the_project_changes_nothing(merged, monkeypatch):
    made, _ = merged
    moved = FILE.replace("records/", "docs/", 1)
    made.write({"govkb.toml": 'records = "docs"\n', moved: incident(*ENTRIES[:2]), "tmp/x": ""})
    monkeypatch.setattr("tempfile.tempdir", str(made.root / "tmp"))
    assert "APP002" in made.codes("main")


@pytest.mark.parametrize(
    ("file", "content"), [("govkb.toml", "records = 3\n"), ("templates/x/type.yaml", "a: [\n")]
)
def test_a_base_whose_settings_or_types_are_unusable_is_exit_3(
    project, git, run_govkb, file, content
):
    made = project({FILE: incident(), file: content})
    git(made.root).commit()
    (made.root / file).unlink()
    outcome = run_govkb("check", "--base", "main", cwd=made.root)
    assert (outcome.code, outcome.stdout) == (3, "")
    assert "of 'main' can't be used" in outcome.stderr
