from __future__ import annotations

from datetime import date

import pytest

from govkb.workspace.reviewing import review_since

INCIDENT_PATH = "records/incidents/INC-20260418-B-zero-backups.md"
PITFALL_PATH = "records/pitfalls/probe.md"
TODAY = date(2026, 4, 22)
NEW_PATH = "records/pitfalls/count.md"


def ids(records):
    return [record.id for record in records]


def told(review):
    """The parts of a review that there is something in."""
    names = ("new", "gone", "renamed", "retitled", "moves", "entries", "gained", "lost", "policy")
    return {name for name in (*names, "edited") if getattr(review, name)} | {
        name for name in ("added", "cured") if getattr(review.findings, name)
    }


@pytest.fixture
def pitfall(files):
    return files[PITFALL_PATH]


def test_without_a_change_there_is_nothing_to_tell(change):
    found = change({})
    assert found.forth.is_empty
    assert told(found.forth) == set()


def test_a_file_that_is_no_record_is_nothing_to_tell(change):
    assert change({"README.md": "Words.\n"}).forth.is_empty


def test_a_new_record_and_one_that_is_gone(change, pitfall):
    found = change({NEW_PATH: pitfall.replace("id: probe", "id: count").replace("memory", "ear")})
    assert (ids(found.forth.new), told(found.forth)) == (["count"], {"new"})
    assert (ids(found.back.gone), told(found.back)) == (["count"], {"gone"})
    assert found.forth.new[0].title == "Probe before you classify"
    assert (found.forth.new[0].type, found.forth.new[0].status) == ("pitfall", "active")


def test_a_file_that_only_moves_is_all_there_is_to_tell(change, incident):
    path = "records/incidents/INC-20260418-B-no-backups.md"
    found = change({INCIDENT_PATH: None, path: incident})
    for review, ends in ((found.forth, (INCIDENT_PATH, path)), (found.back, (path, INCIDENT_PATH))):
        assert told(review) == {"renamed"}
        (rename,) = review.renamed
        assert (rename.before.path, rename.after.path) == ends


@pytest.mark.parametrize("how", ["same path", "alias", "same text"])
def test_a_record_with_another_id_is_the_same_one(change, pitfall, how):
    text = pitfall.replace("id: probe", "id: probe-first")
    path = PITFALL_PATH if how == "same path" else "records/pitfalls/probe-first.md"
    if how == "alias":
        text = text.replace("enforcement", "aliases: [probe]\nenforcement")
        text = text.replace("A severity", "Ignorance").replace("Look at", "See, or ask for,")
    review = change({PITFALL_PATH: None, path: text}).forth
    (rename,) = review.renamed
    assert (rename.before.id, rename.after.id) == ("probe", "probe-first")
    assert (review.new, review.gone) == ((), ())


def test_a_record_with_other_words_is_another_one(change, pitfall):
    text = pitfall.replace("A severity is set from memory.", "Nobody counts what is there already.")
    text = text.replace("Look at the current state first.", "Write the number down, each time.")
    text = text.replace("id: probe", "id: count").replace("Probe before you classify", "Count")
    review = change({PITFALL_PATH: None, NEW_PATH: text}).forth
    assert (ids(review.new), ids(review.gone), review.renamed) == (["count"], ["probe"], ())


def test_relations_of_a_renamed_record_are_the_same_ones(review, files, incident):
    named = files[PITFALL_PATH].replace("enforcement", "relates_to: INC-20260418-B\nenforcement")
    then = {**files, PITFALL_PATH: named}
    now = {
        PITFALL_PATH: named.replace("-B", "-A"),
        "records/incidents/INC-20260418-A-zero-backups.md": incident.replace("-B", "-A"),
    }
    found = review(then, now)
    assert (found.gained, found.lost) == ((), ())
    assert len(found.renamed) == 1


def test_a_title(change, incident):
    found = change({INCIDENT_PATH: incident.replace("Zero backups", "No backup")})
    assert [(r.before, r.record.title) for r in found.forth.retitled] == [
        ("Zero backups for 74 days", "No backup for 74 days")
    ]
    assert found.back.retitled[0].before == "No backup for 74 days"


def test_a_severity_with_its_evidence(change, incident):
    step = (
        "severity: medium\nclassification:\n- at: 2026-04-21\n  from: high\n  to: medium\n"
        "  by: reviewer\n  probe: {what: the disk, observed_at: 2026-04-20, result: all there}\n"
    )
    found = change({INCIDENT_PATH: incident.replace("severity: high\n", step)})
    (move,) = found.forth.moves
    assert (move.field, move.before, move.after) == ("severity", "high", "medium")
    assert (move.record.id, move.needs_steps) == ("INC-20260418-B", True)
    assert move.steps[0]["probe"]["result"] == "all there"
    (move,) = found.back.moves
    assert (move.before, move.after, move.steps) == ("medium", "high", ())


def test_a_status_with_its_step(change, incident):
    said = (
        "status: mitigated\nstatus_history:\n"
        "- {at: 2026-04-20, from: open, to: mitigated, by: me, note: restored}\n"
    )
    found = change({INCIDENT_PATH: incident.replace("severity:", f"{said}severity:")})
    (move,) = found.forth.moves
    assert (move.field, move.before, move.after) == ("status", "open", "mitigated")
    assert move.steps[0]["note"] == "restored"
    assert found.back.moves[0].after == "open"


def test_another_look_at_a_severity_is_told_though_nothing_moved(change, incident):
    step = (
        "severity: high\nclassification:\n- at: 2026-04-21\n  from: high\n  to: high\n"
        "  by: reviewer\n  probe: {what: the disk, observed_at: 2026-04-20, result: gone}\n"
    )
    found = change({INCIDENT_PATH: incident.replace("severity: high\n", step)})
    (move,) = found.forth.moves
    assert (move.before, move.after) == ("high", "high")
    assert found.back.moves == ()


def test_a_learning_that_is_added_is_lost_on_the_way_back(change, incident):
    found = change({INCIDENT_PATH: f"{incident}- Restore one a month.\n"})
    (news,) = found.forth.entries
    assert (news.fate, news.text, news.section) == ("added", "Restore one a month.", "Learnings")
    assert (news.is_learning, news.is_breach) == (True, False)
    (news,) = found.back.entries
    assert (news.fate, news.before, news.is_breach) == ("lost", "Restore one a month.", True)


def test_an_entry_of_another_section_is_no_learning(change, incident):
    more = "somebody looked.\n- 2026-04-19T08:00:00Z somebody restored."
    (news,) = change({INCIDENT_PATH: incident.replace("somebody looked.", more)}).forth.entries
    assert (news.fate, news.section, news.is_learning) == ("added", "Timeline", False)


def test_an_edited_entry_is_a_breach_with_both_texts(change, incident):
    found = change({INCIDENT_PATH: incident.replace("restores is none", "restores is half of one")})
    (news,) = found.forth.entries
    assert (news.fate, news.is_breach) == ("edited", True)
    assert "is none" in news.before
    assert "is half of one" in news.text


def test_an_entry_that_stands_before_older_ones_is_a_breach_and_not_added_as_well(change, incident):
    more = "- A first one.\n- A backup"
    (news,) = change({INCIDENT_PATH: incident.replace("- A backup", more)}).forth.entries
    assert (news.fate, news.is_breach) == ("inserted before older ones", True)


def test_learnings_of_a_record_that_is_gone_are_lost(change):
    found = change({INCIDENT_PATH: None})
    assert ids(found.forth.gone) == ["INC-20260418-B"]
    assert {(news.fate, news.is_breach) for news in found.forth.entries} == {("lost", True)}
    assert len(found.forth.entries) == 3


def test_of_a_new_record_only_what_it_teaches_counts(change):
    entries = change({INCIDENT_PATH: None}).back.entries
    assert [(news.fate, news.is_learning) for news in entries] == [("added", True)] * 2


def test_a_superseded_learning_is_named_by_the_one_that_supersedes_it(project, git, run_govkb):
    made = project({})
    assert run_govkb("new", "incident", "Zero backups", cwd=made.root).code == 0
    name = next((made.root / "records/incidents").iterdir()).name[:14]
    assert run_govkb("learn", name, "Count the days.", cwd=made.root).code == 0
    git(made.root).commit()
    old = next(iter(made.load().ledgers.values())).lines[0].digest[:8]
    answer = ("learn", name, "Count the hours.", "--supersedes", f"L-{old}")
    assert run_govkb(*answer, cwd=made.root).code == 0
    review = review_since(made.open(), "main", made.load().today)
    (news,) = review.entries
    assert (news.fate, news.answers) == ("added", (("supersedes", f"L-{old}"),))
    git(made.root).commit("answered")
    redact = ("redact", f"L-{old}", "--reason", "names a customer")
    assert run_govkb(*redact, cwd=made.root).code == 0
    (news,) = review_since(made.open(), "HEAD", made.load().today).entries
    assert (news.fate, news.name, news.is_breach) == ("redacted", f"L-{old}", False)
    assert "names a customer" in news.text
    git(made.root).run("restore", "--source", "HEAD~1", ".")
    git(made.root).commit("back")
    kinds = {news.is_breach for news in review_since(made.open(), "HEAD~1", TODAY).entries}
    assert kinds == {True}


def test_relations_gained_and_lost(change, pitfall):
    named = pitfall.replace("enforcement", "relates_to: INC-20260418-B\nenforcement")
    found = change({PITFALL_PATH: named})
    (gained,) = found.forth.gained
    (lost,) = found.back.lost
    assert gained == lost
    assert (gained.kind, {gained.source.id, gained.target.id}) == (
        "relates_to",
        {"probe", "INC-20260418-B"},
    )
    assert {gained.source.title, gained.target.title} == {
        "Probe before you classify",
        "Zero backups for 74 days",
    }
    assert (found.forth.lost, found.back.gained) == ((), ())


def test_mentions_are_only_counted(change, pitfall):
    found = change({PITFALL_PATH: pitfall.replace("first.", "first: INC-20260418-B.")})
    assert (found.forth.mentions_gained, found.forth.mentions_lost) == (1, 0)
    assert (found.back.mentions_gained, found.back.mentions_lost) == (0, 1)
    assert found.forth.gained == ()


def test_findings_added_and_cured(change, pitfall):
    found = change({PITFALL_PATH: pitfall.replace("enforcement", "extra: x\nenforcement")})
    assert [(f.code, f.path) for f in found.forth.findings.added] == [("FIELD004", PITFALL_PATH)]
    assert [(f.code, f.path) for f in found.back.findings.cured] == [("FIELD004", PITFALL_PATH)]
    assert (found.forth.findings.cured, found.back.findings.added) == ((), ())


def test_a_finding_that_only_changes_its_line_or_file_was_there_before(review, files, pitfall):
    bad = pitfall.replace("enforcement", "extra: x\nenforcement")
    lower = bad.replace("extra", "summary: In short.\nextra")
    for path in (PITFALL_PATH, "records/pitfalls/probing.md"):
        now = {INCIDENT_PATH: files[INCIDENT_PATH], path: lower}
        found = review({**files, PITFALL_PATH: bad}, now)
        codes = {f.code for f in (*found.findings.added, *found.findings.cured)}
        assert "FIELD004" not in codes


def test_loosened_settings_are_told_apart(change):
    found = change({"govkb.toml": '[rules]\nignore = ["REF"]\n'})
    assert [(c.path, c.is_loosened) for c in found.forth.policy] == [
        ("govkb.toml", False),
        ("govkb.toml", True),
    ]
    assert [(c.path, c.is_loosened) for c in found.back.policy] == [("govkb.toml", False)]


def test_settings_of_other_programs_are_no_policy(change):
    assert change({"pyproject.toml": "[tool.other]\na = 1\n"}).forth.is_empty
    found = change({"pyproject.toml": '[tool.govkb]\nexclude = ["pitfalls/**"]\n'}).forth
    assert [c.path for c in found.policy if not c.is_loosened] == ["pyproject.toml"]


def test_types_and_templates(change, shipped_incident):
    loose = shipped_incident.replace("append_only: true, holds", "holds")
    found = change({"templates/incident/type.yaml": loose}).forth
    assert ("the type 'incident' has changed", False) in [
        (c.what, c.is_loosened) for c in found.policy
    ]
    assert [c.what for c in found.loosened] == ['the section "Learnings" is no longer append-only']


def test_a_workflow_that_runs_govkb(review, files):
    path = ".github/workflows/check.yml"
    then = {**files, path: "run: govkb check --base origin/main\n"}
    assert {c.path for c in review(then, {**then, path: "run: true\n"}).loosened} == {path}


def test_attributes_that_hide_records(change):
    found = change({".gitattributes": "records/** -diff\n"}).forth
    assert {c.path for c in found.policy} == {".gitattributes"}
    assert change({".gitattributes": "* text=auto\n"}).forth.is_empty


def test_the_parts_of_a_record_that_were_edited(change, incident):
    text = incident.replace("No backup was written", "Not one backup was written")
    text = text.replace("detected: 2026-04-18", "detected: 2026-04-18\nowner: me")
    found = change({INCIDENT_PATH: text})
    for review in (found.forth, found.back):
        assert [(e.fields, e.sections) for e in review.edited] == [(("owner",), ("Summary",))]


def test_a_change_of_form_is_told_as_such(change, incident):
    text = incident.replace("severity: high", "severity: high # for now")
    (edit,) = change({INCIDENT_PATH: text}).forth.edited
    assert (edit.fields, edit.sections) == ((), ())


def test_of_a_new_handoff_only_what_it_adds_is_learned(change):
    one = (
        "---\nid: HANDOFF-2026-04-20\ntype: handoff\ntitle: Monday\ndate: 2026-04-20\n---\n\n"
        "# Monday\n\n## Key Learnings\n\n### 2026-04-20\n\n1. Count the days.\n"
    )
    two = one.replace("HANDOFF-2026-04-20", "HANDOFF-2026-04-21").replace("Monday", "Tuesday")
    two = two.replace("date: 2026-04-20", "date: 2026-04-21\nprevious: HANDOFF-2026-04-20")
    two += "\n### 2026-04-21\n\n1. Count the hours too.\n"
    found = change(
        {
            "records/handoffs/HANDOFF-2026-04-20.md": one,
            "records/handoffs/HANDOFF-2026-04-21.md": two,
        }
    )
    assert [(news.record.id, news.text) for news in found.forth.entries] == [
        ("HANDOFF-2026-04-20", "Count the days."),
        ("HANDOFF-2026-04-21", "Count the hours too."),
    ]


def test_an_entry_that_moved_is_neither_lost_nor_added(project, git, run_govkb, incident, files):
    other = "records/incidents/INC-20260418-C-more.md"
    made = project({**files, other: incident.replace("-B", "-C").split("## Learnings")[0]})
    assert run_govkb("seal", cwd=made.root).code == 0
    git(made.root).commit()
    learning = "- Count the days since the last one.\n"
    (made.root / INCIDENT_PATH).write_text(incident.replace(learning, ""))
    file = made.root / other
    file.write_text(f"{file.read_text()}## Learnings\n\n{learning}")
    outcome = run_govkb("seal", cwd=made.root)
    assert outcome.code == 0, outcome.stderr
    (news,) = review_since(made.open(), "main", TODAY).entries
    assert (news.fate, news.record.id, news.to) == ("moved", "INC-20260418-B", "INC-20260418-C")
    assert news.text == "Count the days since the last one."
