"""The stories of the reference knowledge base: what is taken out of one is missed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from msgspec.structs import replace

from govkb import checking
from govkb.checking import Asked
from govkb.queries.items import item_states
from govkb.reading.items import items_of
from govkb.workspace import Workspace

DAY = date(2026, 5, 20)

TICKET = "tickets/ticket-297-terraform-state-drifted.md"
INVESTIGATION = "investigations/drift-investigation-2026-04-20.md"
ROUND_1 = "reviews/review-1064-2026-04-20.md"
ROUND_2 = "reviews/review-1064-2026-04-20-r2.md"
DRILL = "validations/validation-postgres-restore-2026-04-21.md"
PROTOCOL = "decisions/DEC-20260421-interim-target-only-apply.md"
GAP = "incidents/INC-20260418-B-zero-backups-for-74-days.md"
HANDOFF = "handoffs/HANDOFF-2026-04-21.md"
BRIEF = "briefs/BRIEF-20260421-decisions-sought.md"
D = "decisions/DEC-20260421-D-argocd-spot-check.md"
FULL = "changes/CHG-20260518-minio-init-one-shot-apply.md"
LITE = "changes/CHG-20260513-backup-before-apply.md"
EXCEPTION = "decisions/DEC-20260518-one-shot-exception.md"


class Story:
    """A copy of the records that is told otherwise."""

    def __init__(self, made):
        self.made = made

    def tell(self, path, *changes):
        """Replaces texts of a record, each of which must be there; the first of several."""
        file = self.made.root / "records" / path
        text = file.read_text("utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        file.write_text(text, "utf-8")
        return self

    def take(self, path, pattern, number=0):
        """Takes out the text that a pattern finds, of several the one with this number."""
        file = self.made.root / "records" / path
        text = file.read_text("utf-8")
        found = list(re.finditer(pattern, text, re.MULTILINE | re.DOTALL))[number]
        file.write_text(text[: found.start()] + text[found.end() :], "utf-8")
        return self

    def load(self):
        return Workspace.open(self.made.root).load(today=DAY)

    def faults(self):
        return [(d.code, d.message) for d in checking.check(self.load())]

    def codes(self):
        return [code for code, _ in self.faults()]


@pytest.fixture(scope="module")
def texts(checkout):
    files = (file for file in (checkout / "records").rglob("*") if file.is_file())
    return {str(file.relative_to(checkout)): file.read_bytes() for file in files}


@pytest.fixture
def story(project, texts):
    return Story(project(texts))


@pytest.fixture(scope="module")
def base(checkout):
    return Workspace.open(checkout).load(today=DAY)


def items(base, name, kind):
    return items_of(base.records_by_id[name], kind)


# The records of the stories that have sections which their types demand.
TOLD = (TICKET, INVESTIGATION, ROUND_1, ROUND_2, DRILL, GAP, BRIEF, FULL, LITE)
# Without these a record has no items either, though it should.
WITH_ITEMS = {"Acceptance criteria", "Decisions sought"}


@pytest.mark.parametrize("path", TOLD)
def test_no_required_section_can_go(story, path):
    (record,) = [r for r in story.load().records if r.path == f"records/{path}"]
    file = story.made.root / record.path
    text = file.read_text("utf-8")
    for section in required_sections(record):
        heading = f"\n{'###' if section.within else '##'} {section.name}"
        assert f"{heading}\n" in text
        file.write_text(text.replace(f"{heading}\n", f"{heading}, as it was\n"), "utf-8")
        ((first, message), *more) = reversed(story.faults())
        assert (first, f'"{section.name}"' in message) == ("SEC001", True)
        others = ["ITEM007"] * (section.name in WITH_ITEMS)
        # Without its criteria the ticket isn't too big, which need not be excused then.
        others += ["READ022"] * (path == TICKET and section.name == "Acceptance criteria")
        assert [code for code, _ in more] == others


def required_sections(record):
    for section in record.type.sections.values():
        values = section.required_for.items()
        if section.required or (values and all(record.metadata.get(f) in v for f, v in values)):
            yield section


# The drift of seed 000.


def test_the_drift_ticket_has_eight_open_criteria_and_a_hard_gate_that_a_drill_satisfied(base):
    criteria = items(base, "ticket-297", "criterion")
    assert [c.name for c in criteria if c.is_open] == [f"AC{n}" for n in range(1, 9)]
    gates = {gate.name: gate for gate in items(base, "ticket-297", "gate")}
    assert gates["restart"].value("satisfied_by") == "validation-postgres-restore-2026-04-21"
    assert (gates["restart"].is_open, gates["zero-diff"].is_open) == (False, True)


def test_ten_refinements_have_ten_answers_and_six_sub_tickets_are_recommended(base):
    first = base.records_by_id["review-1064-2026-04-20"]
    fixes = [state for state in item_states(first, base) if state.item.kind.kind == "fix"]
    answers = items(base, "review-1064-2026-04-20-r2", "answer")
    for found in ([state.item for state in fixes], answers):
        tags = [re.match(r"\*\*\[(\w+)]", item.text)[1] for item in found]
        assert sorted(tags) == ["BODY"] * 9 + ["LABEL"]
    assert {(state.state, state.by.id) for state in fixes} == {
        ("resolved", "review-1064-2026-04-20-r2")
    }
    assert len(items(base, first.id, "sub-ticket")) == 6


def test_each_resource_on_which_plan_and_cluster_differ_has_a_row(base):
    name = "drift-investigation-2026-04-20"
    assert [len(items(base, name, kind)) for kind in ("creation", "alteration")] == [5, 11]


@pytest.mark.parametrize("number", range(10))
def test_an_answer_that_is_missing_is_missed(story, number):
    answer = items(story.load(), "review-1064-2026-04-20-r2", "answer")[number].name
    story.take(ROUND_2, r"^- R\d+: [^\n]*\n", number)
    found = story.faults()
    assert sorted(code for code, _ in found) == ["ITEM010", "ITEM013"]
    assert any(f"fix {answer} of review-1064-2026-04-20 has no answer" in m for _, m in found)


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        (ROUND_1, r"^- R4: [^\n]*\n"),
        (ROUND_1, r"^4\. [^\n]*\n"),
        (INVESTIGATION, r"^\| C3 [^\n]*\n"),
        (INVESTIGATION, r"^\| U7 [^\n]*\n"),
    ],
)
def test_what_is_counted_and_missing_is_missed(story, path, pattern):
    assert story.take(path, pattern).codes() == ["ITEM013"]


def test_a_gate_says_what_satisfied_it(story):
    story.take(TICKET, r"^  - Satisfied by: [^\n]*\n")
    assert story.codes() == ["ITEM003"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("result: pass", "result: fail"),
        ("observed: 2026-04-21T17:53:00Z", "observed: 2026-04-20T17:53:00Z"),
    ],
)
def test_only_a_drill_that_passed_after_the_gate_was_set_up_satisfies_it(story, old, new):
    assert story.tell(DRILL, (old, new)).codes() == ["ITEM008"]


def test_work_on_the_drift_waits_for_the_hard_gate_and_not_for_the_soft_one(story):
    story.tell(TICKET, ("status: todo", "status: in-progress"))
    assert story.faults() == []
    story.tell(TICKET, ("[x] restart", "[ ] restart"))
    story.take(TICKET, r"^  - Satisfied by: [^\n]*\n")
    assert story.codes() == ["ITEM005"]


UNDIVIDED = r"^# govkb: ignore REL012[^\n]*\n"
CLOSED = ("status: todo", "status: closed\nclosed: 2026-05-19")
WAIVED = "waived:\n  - {item: AC8, by: Lucas, why: the realm went away}\n"


def close(story):
    """The ticket is closed, with seven criteria met and one waived; nothing is too big any more."""
    story.take(TICKET, UNDIVIDED)
    story.tell(TICKET, CLOSED, ("priority: p0\n", f"priority: p0\n{WAIVED}"))
    story.tell(TICKET, *[(f"[ ] AC{n}:", f"[x] AC{n}:") for n in range(1, 8)])
    return story


def test_each_criterion_is_met_or_waived_before_the_ticket_is_closed(story):
    assert close(story).faults() == []
    story.tell(TICKET, (WAIVED, ""))
    assert [code for code, message in story.faults() if "AC8" in message] == ["ITEM005"]
    assert story.codes() == ["ITEM005"]


PART = """\
---
id: ticket-298
title: Import of the CNPG cluster and its backup, alone
status: todo
kind: infra
parent: ticket-297
---

# Import of the CNPG cluster and its backup, alone

## Problem

The plan wants to create it anew.

## Acceptance criteria

- [ ] AC1: The plan leaves it as it is.
"""


DRIFTED = "incidents/INC-20260421-A-terraform-state-drift-around-prod-postgres.md"


def test_what_the_closed_ticket_says_it_closes_has_to_be_closed_and_to_say_so(story):
    close(story).tell(TICKET, ("\nresolves:\n", "\ncloses:\n"))
    ((code, message),) = story.faults()
    assert (code, message.endswith("which is still open")) == ("REL013", True)
    story.tell(DRIFTED, ("status: open", "status: closed\nresolved: 2026-05-19"))
    file = story.made.root / "records" / DRIFTED
    text = file.read_text("utf-8") + "\n## Learnings\n\n- Plan after each import (ticket-297).\n"
    file.write_text(text, "utf-8")
    assert "REL013" not in story.codes()
    file.write_text(text.replace("ticket-297", "a ticket").replace("pal-e-platform#297", "it"))
    ((_, message),) = [fault for fault in story.faults() if fault[0] == "REL013"]
    assert message.endswith("says `closes: INC-20260421-A`, which doesn't say so")


def test_an_open_question_without_an_owner_is_told(story):
    ((code, message),) = story.take(ROUND_1, r"^  - For: Ava\n").faults()
    assert (code, message.endswith('is open and doesn\'t say "Owner"')) == ("ITEM003", True)


def test_a_ticket_that_is_too_big_and_not_decomposed_is_told(story):
    ((code, message),) = story.take(TICKET, UNDIVIDED).faults()
    assert (code, message.startswith("ticket-297 has 2 execution repos and 8")) == ("REL012", True)


def test_a_parent_stays_open_while_one_of_its_children_is(story):
    part = "tickets/ticket-298-import-of-the-cnpg-cluster.md"
    story.made.write({f"records/{part}": PART})
    ((code, message),) = close(story).faults()
    assert (code, "ticket-297 is closed, but ticket-298" in message) == ("REL008", True)
    story.tell(part, CLOSED, ("[ ] AC1", "[x] AC1"))
    assert story.faults() == []


def test_a_waiver_that_has_expired_excuses_nothing_any_more(story):
    close(story).tell(TICKET, ("why: the realm went away", "why: it comes, expires: 2026-05-20"))
    assert story.faults() == []
    story.tell(TICKET, ("expires: 2026-05-20", "expires: 2026-05-19"))
    ((code, message),) = story.faults()
    assert code == "ITEM017"
    assert message.endswith("the record is closed: its waiver expired on 2026-05-19")


def test_a_waiver_names_a_criterion(story):
    assert close(story).tell(TICKET, ("item: AC8", "item: AC9")).codes() == ["ITEM006", "ITEM005"]


def test_a_decision_about_a_resource_has_a_reason_and_is_one_of_three(story):
    row = "serves traffic | | |"
    story.tell(INVESTIGATION, (row, "serves traffic | (a) | it must not be made twice |"))
    assert story.faults() == []
    story.tell(INVESTIGATION, ("it must not be made twice", ""))
    assert story.codes() == ["ITEM003"]
    story.tell(INVESTIGATION, ("| (a) |  |", "| (d) | why not |"))
    assert story.codes() == ["ITEM002"]


def test_the_investigation_is_published_when_every_resource_is_decided(story):
    story.tell(INVESTIGATION, ("status: draft", "status: published"))
    assert story.codes() == ["ITEM005"] * 16


def test_the_first_step_is_done_alone_and_each_is_verified(story):
    other = "[ ] What else is to be imported"
    verified = "\n  - Verified: the plan shows no diff"
    story.tell(
        TICKET,
        (other, other.replace("[ ]", "[x]")),
        ("a plan after each", f"a plan after each{verified}"),
    )
    assert story.codes() == ["ITEM016"]
    first = "[ ] The CNPG cluster is imported"
    story.tell(
        TICKET, (first, first.replace("[ ]", "[x]")), ("Alone: yes", f"Alone: yes{verified}")
    )
    assert story.faults() == []
    assert story.tell(TICKET, (verified, "")).codes() == ["ITEM003"]


ZERO_DIFF = """\
---
id: validation-zero-diff-2026-05-19
title: The plan is empty
status: completed
result: pass
observed: 2026-05-19
---

# The plan is empty

## Scope

The plan of ticket-297.

## Execution log

- No changes.

## Verdict

It holds.
"""


def test_the_interim_protocol_lapses_with_its_gate(story):
    proof = "validation-zero-diff-2026-05-19"
    story.made.write({f"records/validations/{proof}.md": ZERO_DIFF})
    assert story.faults() == []
    story.tell(
        TICKET,
        ("[ ] zero-diff", "[x] zero-diff"),
        ("Kind: soft", f"Kind: soft\n  - Satisfied by: {proof}"),
    )
    ((code, message),) = story.faults()
    assert (code, "ticket-297#gate-zero-diff" in message) == ("REL011", True)


def test_the_interim_protocol_says_until_when_it_holds(story):
    assert story.take(PROTOCOL, r"^    until: [^\n]*\n").codes() == ["REL007"]


def test_branches_name_the_ticket_in_whichever_repository_they_are(story):
    story.tell(TICKET, ("297-tf-drift-sop-update]", "tf-drift-sop-update]"))
    said = "`branches[1]` is 'tf-drift-sop-update', which is not of the form 297-{slug}"
    assert story.faults() == [("FIELD008", said)]
    assert story.tell(TICKET, (", tf-drift", ", 298-tf-drift")).codes() == ["FIELD008"]


# The handoff of seed 002.


def test_the_handoff_has_three_actions_and_the_irreversible_one_waits_a_day(base):
    actions = items(base, "HANDOFF-2026-04-21", "action")
    assert [(a.value("merge_request"), a.value("phase")) for a in actions] == [
        ("!31", "1"),
        ("!31", "2"),
        ("!32", ""),
    ]
    assert {(a.value("authorised"), a.value("authorised_by")) for a in actions} == {
        ("α", "reviewer")
    }
    assert [a.value("delay") for a in actions if a.value("reversible") == "no"] == ["24h"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"!32", "!33"', '"!33", "!32"', "ITEM016"),
        ("| `!33` | branch of `!32` |", "| `!33` | branch of `!34` |", "ITEM016"),
        ("| `!34` | branch of `!33` |", "| `!34` | branch of `!35` |", "ITEM016"),
        ("merge_requests: 7", "merge_requests: 8", "ITEM013"),
    ],
)
def test_the_stack_and_its_order_agree(story, old, new, expected):
    assert set(story.tell(HANDOFF, (old, new)).codes()) == {expected}


@pytest.mark.parametrize("number", range(3))
def test_an_authorisation_says_by_whom(story, number):
    story.take(HANDOFF, r"^  - Authorised by: reviewer\n", number)
    assert story.codes() == ["ITEM003"]


def test_only_what_was_offered_can_be_authorised(story):
    assert story.tell(HANDOFF, ("Authorised: α", "Authorised: δ")).codes() == ["ITEM012"]


@pytest.mark.parametrize("value", ["Phase: 2", "Delay: 24h"])
def test_a_step_that_cannot_be_undone_has_a_phase_of_its_own_and_a_delay(story, value):
    assert story.take(HANDOFF, rf"^  - {value}\n").codes() == ["ITEM003"]


DELETED = "[x] `kubectl -n ge-gitlab delete pvc"
DONE = """\
  - Delay: 24h
  - Merged: 2026-04-22T09:00:00Z
  - Executed: 2026-04-23T09:30:00Z
  - Evidence: `persistentvolumeclaim "pg-emergency-dump" deleted`
"""


@pytest.fixture
def executed(story):
    """Phase 2 has been carried out."""
    return story.tell(
        HANDOFF,
        (DELETED.replace("[x]", "[ ]"), DELETED),
        ("  - Delay: 24h\n", DONE),
    )


def test_an_action_is_done_with_authorisation_merge_delay_and_evidence(executed):
    assert executed.faults() == []


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        (r"^  - Authorised by: reviewer\n", 1),
        (r"^  - Merged: [^\n]*\n", 0),
        (r"^  - Executed: [^\n]*\n", 0),
        (r"^  - Evidence: [^\n]*\n", 0),
    ],
)
def test_what_is_executed_has_each_of_them(executed, pattern, number):
    assert executed.take(HANDOFF, pattern, number).codes() == ["ITEM003"]


@pytest.mark.parametrize("moment", ["2026-04-23T08:30:00Z", "2026-04-22T08:59:00Z"])
def test_nothing_is_executed_before_the_merge_or_its_delay(executed, moment):
    executed.tell(HANDOFF, ("Executed: 2026-04-23T09:30:00Z", f"Executed: {moment}"))
    assert executed.codes() == ["ITEM011"]


@pytest.mark.parametrize(
    ("gate", "others"),
    [
        ("canary", "Gate-3 and AND-gate-2"),
        ("Gate-3", "canary and AND-gate-2"),
        ("AND-gate-2", "canary and Gate-3"),  # as the cold read of the source did
    ],
)
def test_an_evaluation_names_every_gate(story, gate, others):
    story.tell(GAP, ("Looked at: canary, Gate-3 and AND-gate-2", f"Looked at: {others}"))
    ((code, message),) = story.faults()
    assert (code, message.endswith(f"leaves out the gate {gate}")) == ("ITEM009", True)


@pytest.mark.parametrize("number", range(3))
def test_each_gate_of_the_gap_says_what_satisfied_it(story, number):
    story.take(GAP, r"^  - Satisfied by: [^\n]*\n", number)
    assert story.codes() == ["ITEM003"]


def test_the_gap_is_not_closed_with_an_open_gate(story):
    story.take(GAP, r"^  - Satisfied by: [^\n]*\n", 2)
    story.tell(GAP, ("[x] AND-gate-2", "[ ] AND-gate-2"))
    assert story.codes() == ["ITEM005"]


@pytest.mark.parametrize("number", range(12))
def test_no_learning_goes_missing(story, number):
    # The six numbered points before them are the top of the next session.
    story.take(HANDOFF, r"^\d+\. [^\n]*\n", number + 6)
    carried = ["APP019"] if number < 5 else []
    assert story.codes() == ["APP002", *carried]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-06-19", None),
        ("2026-06-20", "DUE003"),
        ("2026-07-20", "DUE003"),
        ("2026-07-21", "DUE001"),
    ],
)
def test_the_token_of_the_handoff_is_due_before_it_expires_and_an_error_when_past(
    base, day, expected
):
    asked = Asked(select=("DUE001", "DUE003"))
    found = checking.examine(replace(base, today=date.fromisoformat(day)), asked).diagnostics
    assert [d.code for d in found] == ([expected] if expected else [])


def test_a_bullet_of_the_brief_that_nothing_decides_is_missed(story):
    story.tell(BRIEF, ("| DEC-20260421-D |", "| |"))
    assert story.faults() == []
    assert story.take(D, r"^source: [^\n]*\n").codes() == ["ITEM014"]


def test_the_six_decisions_are_ratified_by_the_one_to_whom_the_brief_delegated_them(base, story):
    six = [base.records_by_id[f"DEC-20260421-{letter}"].metadata for letter in "ABCDEF"]
    assert {(six["ratified_by"], six["delegated_to"]) for six in six} == {("reviewer",) * 2}
    for file in sorted((story.made.root / "records/decisions").glob("DEC-20260421-[A-F]*")):
        story.take(f"decisions/{file.name}", r"^delegated_to: reviewer\n")
    assert story.faults() == []
    story.take(BRIEF, r"^delegated_to: reviewer\n")
    found = story.faults()
    assert [code for code, _ in found] == ["FIELD007"] * 7  # the brief itself is one of them
    assert "`ratified_by` names 'reviewer', whom nothing entitles" in found[1][1]


def test_a_ratifier_without_delegation_is_an_error(story):
    ((code, message),) = story.tell(D, ("ratified_by: reviewer", "ratified_by: executor")).faults()
    assert (code, "names 'executor', whom nothing entitles" in message) == ("FIELD007", True)


def test_a_decision_names_a_bullet_that_the_brief_has(story):
    assert story.take(BRIEF, r"^\| D \|[^\n]*\n").codes() == ["ITEM015"]


def test_what_was_ratified_and_not_executed_by_its_day_is_told(story):
    story.tell(D, ("execution: planned", "execution: planned\nexecute_by: 2026-05-20"))
    assert story.faults() == []
    story.tell(D, ("execute_by: 2026-05-20", "execute_by: 2026-05-01"))
    said = "the decision is ratified, and its `execution` is 'planned', 19 days after 2026-05-01"
    assert story.faults() == [("STATE014", said)]
    assert story.tell(D, ("execution: planned", "execution: done")).faults() == []


def test_what_is_said_to_be_executed_has_something_to_show_for_it(story):
    story.tell(
        D, ("execution: planned", "execution: done"), ("evidence: [HANDOFF-2026-04-21]\n", "")
    )
    said = "the decision has 'done' as `execution`, and nothing shows it"
    assert story.faults() == [("STATE015", said)]
    story.tell(D, ("## Consequences", "## Confirmation\n\nAll three.\n\n## Consequences"))
    assert story.faults() == []


# The changes of seeds 001 and 003.

PACK = (
    "Product story",
    "What changed",
    "Why it changed",
    "Files touched",
    "Relevant context",
    "Runtime evidence",
    "Known constraints",
    "Explicit out-of-scope",
    "Requested decision",
    "Merge blockers",
)


def pack_of(base, name):
    sections = base.records_by_id[name].outline.subsections(
        base.records_by_id[name].outline.section("Canary Context Pack")
    )
    return [section.name for section in sections]


def test_one_change_has_the_whole_pack_in_order_and_the_other_lacks_two_sections(base):
    assert pack_of(base, "CHG-20260518-minio-init-one-shot-apply") == list(PACK)
    lite = pack_of(base, "CHG-20260513-backup-before-apply")
    assert set(PACK) - set(lite) == {"Files touched", "Relevant context"}
    assert [name for name in lite if name not in PACK] == ["Class mapping table", "Test plan"]


def test_the_lite_change_would_be_two_sections_short_if_it_were_full(story):
    missing = [m for code, m in story.tell(LITE, ("tier: lite", "tier: full")).faults()]
    assert [re.search(r'"(.+?)"', message)[1] for message in missing] == [
        "Files touched",
        "Relevant context",
    ]


def test_a_required_check_that_was_red_is_told_unless_somebody_says_why(story):
    story.take(LITE, r"^  # govkb: ignore STATE007[^\n]*\n")
    said = "the change with status 'merged' must have 'pass' or 'skipped' as `checks[0].result`"
    assert story.faults() == [("STATE007", f"{said}; it has 'fail'")]


@pytest.mark.parametrize("dash", ["—", "-"])
def test_what_was_merged_with_a_canary_that_is_missing_is_told(story, dash):
    story.take(FULL, r"^# govkb: ignore STATE007[^\n]*\n")
    story.take(FULL, r"^canary: [^\n]*\n")
    line = f"Canary status: missing {dash} required checks before merge"
    story.tell(FULL, ("## Canary Context Pack", f"{line}\n\n## Canary Context Pack"))
    said = "the change with status 'merged' must have 'pass' as `canary.state`; it has 'missing'"
    assert story.faults() == [("STATE007", said)]
    assert story.tell(FULL, ("missing", "pass")).faults() == []


def test_no_blocker_is_something_else_than_no_word_about_blockers(story):
    story.take(LITE, r"(?<=### Merge blockers\n\n).*?(?=## Spec)")
    assert story.faults() == [("SEC002", 'the section "Merge blockers" is empty')]
    story.tell(LITE, ("### Merge blockers\n", "### Merge blockers\n\nNone recorded.\n"))
    assert story.faults() == []


def test_each_class_of_modules_has_a_procedure(base, story):
    classes = items(base, "CHG-20260513-backup-before-apply", "module-class")
    assert "".join(one.name for one in classes) == "ABCDEFG"
    story.tell(
        LITE, ("| Raft snapshot with `VAULT_TOKEN`; fallback: archive of the mounted data |", "| |")
    )
    assert story.codes() == ["ITEM003"]


def test_a_merge_blocker_that_was_found_stands_in_the_way(story):
    blocker = "- Any way for the script to run by itself."
    assert story.tell(LITE, (blocker, f"{blocker}\n  - State: found")).codes() == ["ITEM005"]


def test_a_class_that_names_a_module_wins_over_a_pattern(story):
    story.tell(LITE, ("modules: [", "modules: [agaria-postgres, "))
    assert story.faults() == []
    story.tell(LITE, ("| `agaria-postgres`, ", "| `agaria-*`, "))
    ((code, message),) = story.faults()
    said = "'agaria-postgres' fits two classes: '*postgres' of A, 'agaria-*' of G"
    assert (code, message) == ("ITEM020", said)


@pytest.mark.parametrize("value", ["Module", "Backup ref", "Stateful confirm", "Exception"])
def test_a_dispatch_says_all_that_it_needs(story, value):
    assert story.take(FULL, rf"^  - {value}: [^\n]*\n").codes() == ["ITEM003"]


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (FULL, "`BACKUP_DONE_F3`\n  - Drift", "`DONE`\n  - Drift", "ITEM002"),
        (
            FULL,
            "Exception: DEC-20260518-one-shot-exception",
            "Exception: INC-20260518-A",
            "ITEM008",
        ),
        (EXCEPTION, "status: ratified", "status: rejected", "ITEM008"),
    ],
)
def test_a_dispatch_is_confirmed_and_its_exception_is_in_force(story, path, old, new, expected):
    assert story.tell(path, (old, new)).codes() == [expected]


DRIFT = "Drift: `container.state.exited_success`"


@pytest.mark.parametrize("drift", ["container.image", "container.state", "service.replicas"])
def test_an_exception_used_outside_of_what_it_allows_is_an_error(story, drift):
    ((code, message),) = story.tell(FULL, (DRIFT, f"{DRIFT}, `{drift}`")).faults()
    assert (code, f"which doesn't allow `{drift}`: drift of" in message) == ("ITEM018", True)


def test_an_exception_used_after_it_expired_is_an_error_and_before_is_fine(story):
    evidence = "  - Evidence: a synthetic"
    story.tell(EXCEPTION, (evidence, f"  - Expires: 2026-05-19\n{evidence}"))
    ((code, message),) = story.faults()
    assert (code, message.endswith("which expired on 2026-05-19")) == ("ITEM018", True)
    use = "  - Executed: 2026-05-19T09:00:00Z\n  - Evidence: `exited 0`\n"
    story.tell(FULL, ("[ ] Start `platformctl", "[x] Start `platformctl"))
    story.tell(FULL, (f"  - {DRIFT}\n", f"  - {DRIFT}\n{use}"))
    assert story.faults() == []


BLOCK = """\
```text
module=minio-init
backup_ref_modules=minio
allow_stateful=true
backup_ref=/opt/pdurlej-platform/backups/minio-20260517T010847Z.tar.gz
stateful_confirm=BACKUP_DONE_F3
```
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("", "", None, ""),
        ("_modules=minio", "_modules=redis", "ITEM019", "neither 'minio-init' nor 'redis'"),
        ("backups/minio-", "backups/vault-", "ITEM019", "neither 'minio-init' nor 'minio'"),
        ("DONE_F3", "DONE", "ITEM002", "\"Stateful confirm\" is 'BACKUP_DONE'"),
        ("backup_ref=", "backup=", "ITEM003", 'doesn\'t say "Backup ref"'),
        ("module=minio-init\n", "", "ITEM003", 'doesn\'t say "Module"'),
    ],
)
def test_a_dispatch_may_be_a_block_as_in_the_source(story, old, new, code, said):
    story.take(FULL, r"^- \[ \] Start .*?(?=\nExpected:)")
    story.tell(FULL, ("Expected:", f"{BLOCK.replace(old, new)}\nExpected:"))
    found = story.faults()
    assert [c for c, _ in found] == ([code] if code else [])
    assert all(said in message for _, message in found)


def test_the_backup_of_a_dispatch_is_of_the_module_or_of_its_sibling(story):
    story.take(FULL, r"^  - Backup ref modules: [^\n]*\n")
    ((code, message),) = story.faults()
    assert (code, message.endswith("which doesn't name 'minio-init'")) == ("ITEM019", True)


@pytest.mark.parametrize("value", ["Rule", "Scope", "Allows", "Precondition"])
def test_an_exception_says_what_it_allows_and_where(story, value):
    ((code, message),) = story.take(EXCEPTION, rf"^  - {value}: [^\n]*\n").faults()
    assert (code, message.endswith(f'doesn\'t say "{value}"')) == ("ITEM003", True)
