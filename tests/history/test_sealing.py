"""The ledger of a project: what sealing writes, and what it refuses to cover up."""

from __future__ import annotations

import os
import shutil
import unicodedata

import pytest

FIRST = "Enabled by default is not the same as running."
SECOND = "A green job is no proof of a backup; look at the object, été comme hiver."
THIRD = "Probe before you classify."
FILE = "records/incidents/INC-20260418-B-zero-backups-for-74-days.md"
OTHER = "records/incidents/INC-20260419-A-second.md"
LEDGER = "records/.govkb/ledger/INC-20260418-B.ledger"


def incident(*entries, after="", record_id="INC-20260418-B"):
    day = f"{record_id[4:8]}-{record_id[8:10]}-{record_id[10:12]}"
    head = f"---\nid: {record_id}\ntitle: Zero backups\nseverity: high\ndetected: {day}\n---\n\n"
    body = "# Zero backups\n\n## Summary\n\nNone was written.\n\n## Learnings\n\n"
    listed = "".join(f"- {entry}\n" for entry in entries)
    return head + body + listed + after


@pytest.fixture
def sealed(project, run_govkb):
    """A project without git, with three sealed entries."""
    made = project({FILE: incident(FIRST, SECOND, THIRD)})
    outcome = run_govkb("seal", cwd=made.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert outcome.stdout == "INC-20260418-B: 3 entries sealed\n"
    return made


@pytest.fixture
def merged(sealed, git):
    """The same in git, committed on main."""
    repository = git(sealed.root)
    repository.commit()
    return sealed, repository


def lines(made):
    return (made.root / LEDGER).read_text("utf-8").splitlines()


# The tree, without git


def test_what_is_sealed_is_clean_and_sealing_again_does_nothing(sealed, run_govkb):
    assert sealed.codes() == []
    before = (sealed.root / LEDGER).read_bytes()
    assert run_govkb("seal", cwd=sealed.root).stdout == "every entry is sealed already\n"
    assert (sealed.root / LEDGER).read_bytes() == before


def test_row_1_one_word_changed_in_a_tarball_is_edited_with_its_name(sealed):
    sealed.write({FILE: incident(FIRST, SECOND.replace("no proof", "some proof"), THIRD)})
    (found,) = sealed.check()
    assert (found.code, found.span.start.line) == ("APP001", 17)
    name = f"L-{lines(sealed)[2].split()[1][:8]}"
    assert name in found.message


def test_row_2_one_entry_dropped_in_a_tarball(sealed):
    sealed.write({FILE: incident(FIRST, THIRD)})
    (found,) = sealed.check()
    assert found.code == "APP002"
    assert f"L-{lines(sealed)[2].split()[1][:8]}" in found.message


def test_row_3_a_deleted_record_names_every_entry_at_its_ledger(sealed):
    (sealed.root / FILE).unlink()
    assert [(d.code, d.path) for d in sealed.check()] == [("APP002", LEDGER)] * 3


def test_row_4_two_entries_swapped_in_a_tarball(sealed):
    sealed.write({FILE: incident(SECOND, FIRST, THIRD)})
    assert sealed.codes() == ["APP003"]


def test_row_5_a_renamed_file_needs_no_new_line(sealed):
    (sealed.root / FILE).rename(sealed.root / FILE.replace("zero-backups", "no-backups"))
    assert sealed.codes() == []


def test_row_7_an_entry_copied_into_another_record_is_a_duplicate(sealed, run_govkb):
    sealed.write({OTHER: incident(SECOND, record_id="INC-20260419-A")})
    assert sorted(sealed.codes()) == ["APP007", "APP008"]
    run_govkb("seal", cwd=sealed.root)
    (found,) = sealed.check()
    assert (found.code, found.path) == ("APP008", OTHER)
    assert "INC-20260418-B" in found.message


def test_row_10_a_new_entry_is_unsealed_until_it_is_sealed(sealed, run_govkb):
    sealed.write({FILE: incident(FIRST, SECOND, THIRD, "One more thing.")})
    (found,) = sealed.check()
    assert (found.code, found.hint) == ("APP007", "run `govkb seal`")
    assert run_govkb("seal", cwd=sealed.root).stdout == "INC-20260418-B: 1 entry sealed\n"
    assert sealed.codes() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: unicodedata.normalize("NFD", text).encode(),
        lambda text: text.replace(".\n", ".  \n").encode(),
        lambda text: text.replace("- ", "* ").encode(),
    ],
    ids=["CRLF", "BOM", "NFD", "blanks", "markers"],
)
def test_row_11_what_no_reader_sees_breaks_no_seal(sealed, change):
    text = incident(FIRST, SECOND, THIRD)
    sealed.write({FILE: change(text)})
    assert [code for code in sealed.codes() if code.startswith("APP")] == []


def test_row_11_a_lone_carriage_return_is_a_fault_of_the_file_and_of_no_entry(sealed):
    sealed.write({FILE: incident(FIRST, SECOND, THIRD).replace("\n", "\r")})
    assert "APP001" not in sealed.codes()


@pytest.mark.parametrize(
    ("new", "named"),
    [
        ("pro\u200bof", "U+200B ZERO WIDTH SPACE was put in"),
        ("pr\u043eof", "U+043E CYRILLIC SMALL LETTER O stands where U+006F"),
    ],
)
def test_row_12_what_can_not_be_seen_is_named(merged, new, named):
    made, _ = merged
    made.write({FILE: incident(FIRST, SECOND.replace("proof", new), THIRD)})
    (found,) = made.check("main")
    assert found.code == "APP001"
    assert named in found.message


@pytest.mark.parametrize(
    ("before", "after"), [("<!--\n", "\n-->"), ("```\n", "\n```"), ("<div hidden>\n", "\n</div>")]
)
def test_row_13_a_sealed_entry_in_a_fence_or_a_comment_is_hidden(sealed, before, after):
    sealed.write({FILE: incident(FIRST, SECOND, after=f"\n{before}- {THIRD}{after}\n")})
    assert sealed.codes() == ["APP006"]


def test_row_13_an_indented_entry_is_code_and_hidden(sealed):
    sealed.write({FILE: incident(FIRST, SECOND, after=f"\n<!-- -->\n\n    - {THIRD}\n")})
    assert sealed.codes() == ["APP006"]


def test_row_26_conflict_markers_in_record_and_ledger(sealed):
    text = (sealed.root / LEDGER).read_text("utf-8")
    sealed.write({LEDGER: f"{text}<<<<<<< HEAD\n"})
    assert sealed.codes() == ["APP011"]
    sealed.write({LEDGER: text, FILE: incident(FIRST, SECOND, THIRD, after="<<<<<<< HEAD\n")})
    assert "READ017" in sealed.codes() or "APP007" in sealed.codes()


def test_a_section_that_the_type_calls_append_only_no_longer_is_still_held_by_the_ledger(sealed):
    from govkb.template_files import shipped_templates

    declaration = (shipped_templates() / "incident" / "type.yaml").read_text("utf-8")
    loosened = declaration.replace(
        "Learnings: {append_only: true", "Learnings: {append_only: false"
    )
    assert loosened != declaration
    sealed.write({"templates/incident/type.yaml": loosened, FILE: incident(FIRST, THIRD)})
    assert "APP002" in sealed.codes()


def test_a_project_without_a_ledger_is_asked_for_none(project):
    assert project({FILE: incident(FIRST)}).codes() == []


# Redaction


@pytest.fixture
def redacted(merged, run_govkb):
    """The second entry of a committed record is redacted."""
    made, repository = merged
    name = f"L-{lines(made)[2].split()[1][:8]}"
    outcome = run_govkb("redact", name, "--reason", "names a customer", cwd=made.root)
    assert outcome.code == 0, outcome.stderr
    assert "history of git" in outcome.stderr
    return made, repository


def test_row_14_a_redaction_with_line_and_tombstone_passes(redacted):
    made, _ = redacted
    text = (made.root / FILE).read_text("utf-8")
    assert SECOND not in text
    assert "names a customer]" in text
    assert made.codes() == made.codes("main") == []


def test_row_15_a_redaction_without_its_tombstone(redacted):
    made, _ = redacted
    made.write({FILE: incident(FIRST, THIRD)})
    assert made.codes() == made.codes("main") == ["APP009"]
    assert SECOND not in made.report("main")
    made.write({FILE: incident(FIRST, SECOND, THIRD)})
    (found,) = made.check()
    assert (found.code, "still there" in found.message) == ("APP009", True)


def test_row_16_a_tombstone_that_names_another_entry(redacted):
    made, _ = redacted
    text = (made.root / FILE).read_text("utf-8")
    made.write({FILE: text.replace("[redacted L-", "[redacted L-0")})
    assert made.codes() == ["APP009"]


def test_row_17_taking_a_redaction_back_is_no_way(redacted):
    made, repository = redacted
    repository.commit("redacted")
    kept = (made.root / LEDGER).read_text("utf-8").splitlines(keepends=True)
    made.write({LEDGER: "".join(kept[:-1]), FILE: incident(FIRST, SECOND, THIRD)})
    assert made.codes() == []
    assert "APP010" in made.codes("main")


def test_row_18_a_redacted_entry_is_not_added_again(redacted, run_govkb):
    made, repository = redacted
    repository.commit("redacted")
    text = (made.root / FILE).read_text("utf-8")
    made.write({FILE: f"{text}- {SECOND}\n"})
    assert run_govkb("seal", cwd=made.root).code == 1
    assert "APP009" in made.codes()


def test_what_is_not_sealed_yet_is_not_redacted(sealed, run_govkb):
    sealed.write({FILE: incident(FIRST, SECOND, THIRD, "A word too many.")})
    from govkb.history import digest_of

    name = f"L-{digest_of('INC-20260418-B', 'Learnings', 'A word too many.')[:8]}"
    outcome = run_govkb("redact", name, "--reason", "x", cwd=sealed.root)
    assert (outcome.code, "isn't sealed" in outcome.stderr) == (2, True)


def test_a_row_of_a_table_and_a_paragraph_can_be_redacted(project, run_govkb):
    table = "| when | what |\n|---|---|\n| 08:00 | J. rang |\n\nA paragraph that names J.\n"
    made = project({FILE: incident(after=table)})
    run_govkb("seal", cwd=made.root)
    for line in lines(made)[2:]:
        name = f"L-{line.split()[1][:8]}"
        outcome = run_govkb("redact", name, "--reason", "names | J.", cwd=made.root)
        assert outcome.code == 0, outcome.stderr
    assert "J. rang" not in (made.root / FILE).read_text("utf-8")
    assert made.codes() == []


# Splits and moves


def test_row_6_a_split_passes_and_says_what_went_where(merged, run_govkb):
    made, _ = merged
    made.write({FILE: incident(FIRST), OTHER: incident(SECOND, THIRD, record_id="INC-20260419-A")})
    assert "APP002" in made.codes()
    outcome = run_govkb("seal", cwd=made.root)
    assert outcome.code == 0, outcome.stderr
    assert outcome.stdout.count("is in INC-20260419-A now") == 2
    assert made.codes() == []
    found = made.check("main")
    assert {(d.code, d.severity.value) for d in found} == {("APP013", "info")}
    assert run_govkb("check", "--base", "main", cwd=made.root).code == 0


def test_a_moved_entry_is_not_lost_in_the_record_that_has_it_now(merged, run_govkb):
    made, repository = merged
    made.write({FILE: incident(FIRST), OTHER: incident(SECOND, THIRD, record_id="INC-20260419-A")})
    run_govkb("seal", cwd=made.root)
    repository.commit("split")
    made.write({OTHER: incident(SECOND, record_id="INC-20260419-A")})
    assert made.codes() == ["APP002"]
    assert made.codes("main") == ["APP002"]


def test_a_move_line_alone_moves_nothing(merged):
    made, _ = merged
    ledger = lines(made)
    digest = ledger[-1].split()[1]
    ledger.append(f"move {digest} 2026-04-21 INC-20260419-A {'0' * 64} Learnings")
    made.write({FILE: incident(FIRST, SECOND), LEDGER: "\n".join(ledger) + "\n"})
    assert made.codes() == ["APP002"]
    assert "APP002" in made.codes("main")


def test_nothing_can_be_moved_out_of_a_cumulative_section(project, run_govkb):
    def handoff(day, *learnings, previous=""):
        head = f"---\nid: HANDOFF-{day}\ntitle: T\ndate: {day}\n{previous}---\n\n# T\n\n"
        listed = "".join(f"1. {text}\n" for text in learnings)
        return f"{head}## Key Learnings\n\n### 2026-04-18\n\n{listed}"

    files = {
        "records/handoffs/HANDOFF-2026-04-18.md": handoff("2026-04-18", FIRST, SECOND),
        "records/handoffs/HANDOFF-2026-04-21.md": handoff(
            "2026-04-21", FIRST, SECOND, previous="previous: HANDOFF-2026-04-18\n"
        ),
    }
    made = project(files)
    run_govkb("seal", cwd=made.root)
    path = "records/handoffs/HANDOFF-2026-04-21.md"
    made.write({path: files[path].replace(SECOND, "Nothing to see here, move along.")})
    outcome = run_govkb("seal", cwd=made.root)
    assert outcome.code == 1, outcome.stdout


# What may be written anew


def test_row_9_editing_an_entry_and_its_line_is_seen_from_the_base(merged):
    made, _ = merged
    made.write({FILE: incident(FIRST, SECOND.replace("no proof", "some proof"), THIRD)})
    (made.root / LEDGER).unlink()
    made.open()
    from govkb.history import Ledger, digest_of
    from govkb.history.ledger import LedgerLine

    new = [FIRST, SECOND.replace("no proof", "some proof"), THIRD]
    forged = Ledger(
        "INC-20260418-B",
        tuple(
            LedgerLine(
                "add", digest_of("INC-20260418-B", "Learnings", text), "2026-04-18", "Learnings"
            )
            for text in new
        ),
    )
    made.write({LEDGER: forged.text()})
    assert made.codes() == []
    assert sorted(made.codes("main")) == ["APP001", "APP010"]


def test_row_8_deleting_a_record_with_its_ledger_is_seen_from_the_base(merged):
    made, _ = merged
    (made.root / FILE).unlink()
    shutil.rmtree(made.root / "records/.govkb")
    assert made.codes() == []
    assert made.codes("main") == ["APP002"] * 3


def test_deleting_only_the_ledger_is_seen_from_the_base(merged):
    made, _ = merged
    shutil.rmtree(made.root / "records/.govkb")
    assert made.codes("main") == ["APP010"]


def test_a_line_that_no_commit_has_follows_the_text(merged, run_govkb):
    made, _ = merged
    made.write({FILE: incident(FIRST, SECOND, THIRD, "A first try.")})
    run_govkb("seal", cwd=made.root)
    made.write({FILE: incident(FIRST, SECOND, THIRD, "A second try, better.")})
    assert made.codes() == ["APP001"]
    outcome = run_govkb("seal", cwd=made.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert made.codes() == made.codes("main") == []
    assert len(lines(made)) == 5


def test_a_committed_line_never_follows_the_text(merged, run_govkb):
    made, _ = merged
    before = (made.root / LEDGER).read_bytes()
    made.write({FILE: incident(FIRST, SECOND, "Something else.")})
    outcome = run_govkb("seal", cwd=made.root)
    assert outcome.code == 1
    assert "would be lost" in outcome.stderr
    assert (made.root / LEDGER).read_bytes() == before


def test_what_was_committed_but_never_merged_follows_the_text_if_one_says_so(merged, run_govkb):
    made, repository = merged
    repository.run("switch", "--quiet", "--create", "topic")
    made.write({FILE: incident(FIRST, SECOND, THIRD, "A first try.")})
    run_govkb("seal", cwd=made.root)
    repository.commit("first try")
    made.write({FILE: incident(FIRST, SECOND, THIRD, "A second try, better.")})
    assert run_govkb("seal", cwd=made.root).code == 1
    assert run_govkb("seal", "--base", "main", cwd=made.root).code == 0
    assert made.codes() == made.codes("main") == []


def test_without_git_no_line_is_ever_written_anew(sealed, run_govkb):
    sealed.write({FILE: incident(FIRST, SECOND, "Something else.")})
    assert run_govkb("seal", cwd=sealed.root).code == 1


def test_row_22_two_branches_append_and_keeping_both_passes(merged, run_govkb):
    made, repository = merged
    for branch, text in (("one", "Learned on one branch."), ("two", "Learned on the other one.")):
        repository.run("switch", "--quiet", "--create", branch, "main")
        made.write({FILE: incident(FIRST, SECOND, THIRD, text)})
        run_govkb("seal", cwd=made.root)
        repository.commit(branch)
    repository.run("switch", "--quiet", "main")
    repository.run("merge", "--quiet", "--ff-only", "one")
    with pytest.raises(AssertionError):
        repository.run("merge", "--quiet", "two")
    text, ledger = (made.root / FILE).read_text("utf-8"), (made.root / LEDGER).read_text("utf-8")
    assert "<<<<<<<" in text
    assert "<<<<<<<" in ledger
    keep = [line for line in text.splitlines(keepends=True) if line[:7] not in MARKS]
    sealed_lines = [line for line in ledger.splitlines(keepends=True) if line[:7] not in MARKS]
    made.write({FILE: "".join(keep), LEDGER: "".join(sealed_lines)})
    assert made.codes() == made.codes("main") == []


MARKS = ("<<<<<<<", "=======", ">>>>>>>")


def test_row_22_a_ledger_resolved_the_other_way_round_is_put_right_by_sealing(merged, run_govkb):
    made, _ = merged
    made.write({FILE: incident(FIRST, SECOND, THIRD, "One more.", "And another.")})
    run_govkb("seal", cwd=made.root)
    made.write({FILE: incident(FIRST, SECOND, THIRD, "And another.", "One more.")})
    assert made.codes() == ["APP003"]
    run_govkb("seal", cwd=made.root)
    assert made.codes() == made.codes("main") == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_row_64_a_read_only_ledger_is_exit_4_and_nothing_is_lost(sealed, run_govkb):
    folder = (sealed.root / LEDGER).parent
    folder.chmod(0o500)
    try:
        outcome = run_govkb("learn", "INC-20260418-B", "More.", cwd=sealed.root)
    finally:
        folder.chmod(0o700)
    assert outcome.code == 4
    assert sealed.codes() == []


# Learning


def test_learning_writes_entry_and_line_at_once(merged, run_govkb):
    made, _ = merged
    text = "Alarm  on what is\n missing."
    outcome = run_govkb("learn", "INC-20260418-B", text, "--date", "2026-04-21", cwd=made.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    name = f"L-{lines(made)[-1].split()[1][:8]}"
    assert outcome.stdout == f"{name} added to {FILE}\n"
    text = (made.root / FILE).read_text("utf-8")
    assert text.endswith(f"- {THIRD}\n- 2026-04-21: Alarm on what is missing.\n")
    assert made.codes() == made.codes("main") == []


def test_a_learning_that_is_there_already_is_not_added_again(sealed, run_govkb):
    before = (sealed.root / FILE).read_bytes()
    outcome = run_govkb("learn", "INC-20260418-B", THIRD, cwd=sealed.root)
    assert (outcome.code, "says so already" in outcome.stderr) == (2, True)
    assert (sealed.root / FILE).read_bytes() == before


def test_a_file_keeps_its_line_ends_and_byte_order_mark(sealed, run_govkb):
    windows = b"\xef\xbb\xbf" + incident(FIRST, SECOND, THIRD).replace("\n", "\r\n").encode()
    sealed.write({FILE: windows})
    assert run_govkb("learn", "INC-20260418-B", "More.", cwd=sealed.root).code == 0
    data = (sealed.root / FILE).read_bytes()
    assert data.startswith(windows.rstrip())
    assert data.count(b"\n") == data.count(b"\r\n")


def test_an_answer_names_the_entry_and_its_record(sealed, run_govkb):
    name = f"L-{lines(sealed)[2].split()[1][:8]}"
    said = ("learn", "INC-20260418-B", "Only a restore proves it.", "--supersedes", name)
    assert run_govkb(*said, cwd=sealed.root).code == 0
    assert f"(supersedes {name} of INC-20260418-B)" in (sealed.root / FILE).read_text("utf-8")
    assert sealed.codes() == []
    assert run_govkb(*said[:4], "L-00000000", cwd=sealed.root).code == 2


def test_an_answer_to_nothing_is_told_of(sealed, run_govkb):
    entry = "Only a restore proves it. (contradicts L-00000000)"
    sealed.write({FILE: incident(FIRST, SECOND, THIRD, entry)})
    run_govkb("seal", cwd=sealed.root)
    assert sealed.codes() == ["APP023"]


def test_a_broken_record_gets_no_learning(sealed, run_govkb):
    sealed.write({FILE: incident(FIRST, THIRD)})
    outcome = run_govkb("learn", "INC-20260418-B", "More.", cwd=sealed.root)
    assert outcome.code == 1
    assert "More." not in (sealed.root / FILE).read_text("utf-8")


def test_a_handoff_gets_its_learnings_under_the_day(project, run_govkb):
    made = project()
    run_govkb("new", "handoff", "--date", "2026-04-18", cwd=made.root)
    for text in ("First. INC-1", "Second. INC-1"):
        run_govkb("learn", "HANDOFF-2026-04-18", text, "--date", "2026-04-18", cwd=made.root)
    run_govkb("new", "handoff", "--date", "2026-04-21", cwd=made.root)
    assert made.codes() == []
    run_govkb("learn", "HANDOFF-2026-04-21", "Third.", "--date", "2026-04-22", cwd=made.root)
    text = (made.root / "records/handoffs/HANDOFF-2026-04-21.md").read_text("utf-8")
    assert "1. First. INC-1\n2. Second. INC-1\n" in text
    assert text.endswith("### 2026-04-22\n\n1. Third.\n")
    assert made.codes() == []


def test_show_lists_the_entries_with_their_names(sealed, run_govkb):
    shown = run_govkb("show", "INC-20260418-B", cwd=sealed.root).stdout
    for line in lines(sealed)[1:]:
        assert f"L-{line.split()[1][:8]}  {line.split()[2]}" in shown


def test_redacting_takes_out_every_copy(sealed, run_govkb):
    sealed.write({FILE: incident(FIRST, SECOND, THIRD, SECOND)})
    run_govkb("seal", cwd=sealed.root)
    assert sealed.codes() == ["APP008"]
    name = f"L-{lines(sealed)[2].split()[1][:8]}"
    run_govkb("redact", name, "--reason", "names a customer", cwd=sealed.root)
    assert SECOND not in (sealed.root / FILE).read_text("utf-8")
    assert sealed.codes() == []


# Policy


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("govkb.toml", '[rules]\nignore = ["APP"]\n', "switches APP off"),
        ("govkb.toml", '[rules]\nselect = ["REF"]\n', "fewer rules"),
        ("govkb.toml", 'exclude = ["records/pitfalls/**"]\n', "leaves out"),
        ("govkb.toml", '[rules.severity]\nAPP = "info"\n', "grades APP as info"),
        ("govkb.toml", '[rules.per_path]\n"records/**" = ["APP"]\n', "switches APP off for"),
        (".github/workflows/check.yml", "jobs: {}\n", "a workflow that runs govkb"),
        (".gitattributes", "records/.govkb/** export-ignore\n", "`export-ignore` hides"),
        (".gitattributes", "*.md working-tree-encoding=latin1\n", "`working-tree-encoding` h"),
        (".gitattributes", "*.ledger linguist-generated\n", "`linguist-generated` hides"),
        (".gitattributes", "*.md -diff\n", "`diff` hides"),
    ],
)
def test_rows_23_and_24_a_loosened_policy_is_told_of(project, git, run_govkb, file, text, said):
    files = {FILE: incident(FIRST), ".github/workflows/check.yml": "run: govkb check\n"}
    made = project({**files, "govkb.toml": ""})
    run_govkb("seal", cwd=made.root)
    repository = git(made.root)
    repository.commit()
    made.write({file: text})
    repository.commit("looser")
    found = [d for d in made.check("HEAD~1") if d.code == "APP012"]
    assert any(said in d.message for d in found), found
    assert run_govkb("check", "--base", "HEAD~1", cwd=made.root).code == 1


LOOSE = 'records = "."\ninclude = ["docs/adr/"]\ntypes = ["adr"]\n'


def test_who_begins_with_govkb_loosens_nothing(project, git, run_govkb):
    made = project({"docs/adr/0001-use-git.md": "# 1. Use git\n"})
    repository = git(made.root)
    repository.commit()
    made.write({"govkb.toml": LOOSE})
    for option in ("--base", "--changed"):
        outcome = run_govkb("check", option, "HEAD", "--select", "APP012", cwd=made.root)
        assert (outcome.code, outcome.stdout) == (0, "")


@pytest.mark.parametrize("option", ["--base", "--changed"])
@pytest.mark.parametrize("settings", [LOOSE, LOOSE + 'exclude = ["records/"]\n'])
def test_records_without_settings_have_a_policy_too(project, git, run_govkb, option, settings):
    made = project({FILE: incident(FIRST)})
    git(made.root).commit()
    made.write({"govkb.toml": settings, "docs/adr/0001-use-git.md": "# 1. Use git\n"})
    outcome = run_govkb("check", option, "HEAD", "--select", "APP012", cwd=made.root)
    assert outcome.code == 1
    assert "`records` was 'records'" in outcome.stdout


def test_row_23_the_bases_settings_judge_the_promise(merged):
    made, _ = merged
    made.write({"govkb.toml": '[rules]\nignore = ["APP"]\n', FILE: incident(FIRST, THIRD)})
    assert {"APP002", "APP012"} <= set(made.codes("main"))


def test_row_25_replacement_refs_are_not_followed(merged):
    made, repository = merged
    made.write({FILE: incident(FIRST, THIRD)})
    other = repository.run("hash-object", "-w", FILE)
    blob = repository.run("rev-parse", f"HEAD:{FILE}")
    repository.run("replace", blob, other)
    assert made.codes("main") == ["APP002"]


def test_row_21_a_branch_behind_its_base_is_compared_with_where_it_left(merged, run_govkb):
    made, repository = merged
    repository.run("switch", "--quiet", "--create", "topic")
    repository.run("switch", "--quiet", "main")
    run_govkb("learn", "INC-20260418-B", "Learned on main.", cwd=made.root)
    repository.commit("main goes on")
    repository.run("switch", "--quiet", "topic")
    assert made.codes("main") == []


def test_row_19_squashing_and_forcing_keep_the_promise_where_the_content_stays(merged, run_govkb):
    made, repository = merged
    repository.run("switch", "--quiet", "--create", "topic")
    for number in range(3):
        run_govkb("learn", "INC-20260418-B", f"Learned {number}.", cwd=made.root)
        repository.commit(str(number))
    repository.run("reset", "--quiet", "--soft", "main")
    repository.commit("squashed")
    assert made.codes("main") == []
    repository.run("checkout", "--quiet", "--orphan", "rewritten")
    repository.commit("rewritten")
    assert made.codes("main") == []
