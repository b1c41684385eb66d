"""What a ledger should say, asked of the sealer alone."""

from __future__ import annotations

import pytest

from govkb.history import Ledger, LedgerLine, digest_of, tombstone
from govkb.history.ledger import LedgerFault
from govkb.history.sealing import Sealer
from govkb.history.sequences import ChangeKind

ONE, TWO, THREE = (
    "A green job is no proof of a backup.",
    "Look at the object, not at the log.",
    "Probe before you classify.",
)
A, B = "INC-20260418-A", "INC-20260418-B"
DAY, TODAY = "2026-04-18", "2026-04-22"


def of(*records):
    return {record.id: record for record in records}


def digest(text, record_id=A, section="Learnings"):
    return digest_of(record_id, section, text)


def line(text, event="add", day=DAY, record_id=A, section="Learnings"):
    return LedgerLine(event, digest(text, record_id, section), day, section)


def sealing(records, ledger, protected=None, ledgers=None):
    sealer = Sealer(of(*records), ledgers or {}, TODAY)
    return sealer.seal(ledger, protected if protected is not None else ledger, "the ledger")


def test_what_is_new_is_added_in_the_order_of_the_text_on_the_day(incident):
    record = incident(ONE, TWO, timeline=["08:00 it rang"])
    made = sealing([record], Ledger(A))
    expected = (
        line("08:00 it rang", day=TODAY, section="Timeline"),
        line(ONE, day=TODAY),
        line(TWO, day=TODAY),
    )
    assert made.ledger == Ledger(A, expected)
    assert (made.added, made.moved, made.refused) == (expected, (), ())
    assert not made.is_rewritten


def test_the_order_of_the_text_counts_and_not_that_of_the_type(record_of):
    body = f"## Learnings\n\n- {ONE}\n\n## Timeline\n\n- 08:00 it rang\n"
    made = sealing([record_of(A, body)], Ledger(A))
    assert [added.section for added in made.added] == ["Learnings", "Timeline"]


def test_what_is_sealed_stays_with_its_day_and_is_not_told_of(incident, ledger_of):
    ledger = ledger_of(incident(ONE))
    made = sealing([incident(ONE, TWO)], ledger)
    assert made.ledger == ledger.with_lines([line(TWO, day=TODAY)])
    assert made.added == (line(TWO, day=TODAY),)
    again = sealing([incident(ONE, TWO)], made.ledger)
    assert (again.ledger, again.added, again.moved) == (made.ledger, (), ())


def test_a_ledger_that_does_not_go_on_from_what_is_protected_is_left_alone(incident, ledger_of):
    ledger, protected = ledger_of(incident(ONE)), ledger_of(incident(TWO))
    made = sealing([incident(ONE, THREE)], ledger, protected)
    assert (made.ledger, made.added, made.is_rewritten) == (ledger, (), True)


def test_a_ledger_that_can_not_be_believed_is_left_alone(incident):
    ledger = Ledger(A, (), (LedgerFault(2, "it is broken", ""),))
    made = sealing([incident(ONE)], ledger, Ledger(A))
    assert (made.ledger, made.added, made.is_rewritten) == (ledger, (), True)


def test_lines_that_nothing_protects_follow_the_text_and_keep_their_days(incident, ledger_of):
    protected = ledger_of(incident(ONE))
    ledger = protected.with_lines([line(TWO, day="2026-04-20"), line(THREE, day="2026-04-21")])
    made = sealing([incident(ONE, "New.", THREE)], ledger, protected)
    assert not made.refused
    assert made.ledger.lines == (
        line(ONE),
        line("New.", day=TODAY),
        line(THREE, day="2026-04-21"),
    )
    assert made.added == (line("New.", day=TODAY),)


def test_a_protected_entry_that_is_gone_is_refused_and_nothing_written(incident, ledger_of):
    ledger = ledger_of(incident(ONE, TWO))
    made = sealing([incident(ONE, "New.")], ledger)
    assert (made.ledger, made.added, made.moved, made.is_rewritten) == (ledger, (), (), False)
    assert [(c.kind, c.sealed.digest) for c in made.refused] == [(ChangeKind.EDITED, digest(TWO))]
    lost = sealing([], ledger)
    assert [c.path for c in lost.refused] == ["the ledger"] * 2


def test_an_entry_in_another_record_was_moved_there(incident, ledger_of):
    ledger = ledger_of(incident(ONE, TWO))
    made = sealing([incident(ONE), incident(TWO, name="B")], ledger)
    move = LedgerLine("move", digest(TWO), TODAY, "Learnings", B, digest(TWO, B))
    assert made.moved == (move,)
    assert made.ledger == ledger.with_lines([move])
    assert (made.added, made.refused) == ((), ())


def test_an_entry_whose_place_another_one_has_was_moved_as_well(incident, ledger_of):
    ledger = ledger_of(incident(ONE, TWO))
    records = [incident(ONE, "See the other incident."), incident(timeline=[TWO], name="B")]
    made = sealing(records, ledger)
    moved_as = digest(TWO, B, "Timeline")
    assert made.moved == (LedgerLine("move", digest(TWO), TODAY, "Learnings", B, moved_as),)
    assert made.added == (line("See the other incident.", day=TODAY),)
    assert made.ledger.lines[2:] == (*made.moved, *made.added)


def test_a_move_that_was_written_already_is_kept_and_not_told_of(incident, ledger_of, with_move):
    there = incident(TWO, name="B")
    protected = ledger_of(incident(ONE, TWO))
    ledger = with_move(protected, TWO, B)
    ledgers = {A: ledger, B: ledger_of(there)}
    made = sealing([incident(ONE), there], ledger, protected, ledgers)
    assert (made.ledger, made.added, made.moved, made.refused) == (ledger, (), (), ())


def test_a_move_of_what_nothing_protects_is_forgotten(incident, ledger_of, with_move):
    protected = ledger_of(incident(ONE))
    ledger = with_move(protected.with_lines([line(TWO)]), TWO, B)
    there = incident(TWO, name="B")
    made = sealing([incident(ONE), there], ledger, protected, {B: ledger_of(there)})
    assert (made.ledger, made.refused) == (protected, ())


def test_only_some_of_what_is_gone_found_elsewhere_is_refused(incident, ledger_of):
    ledger = ledger_of(incident(ONE, TWO))
    made = sealing([incident(), incident(TWO, name="B")], ledger)
    assert [c.sealed.digest for c in made.refused] == [digest(ONE)]
    assert (made.ledger, made.moved) == (ledger, ())


@pytest.mark.parametrize(
    "learnings", [(TWO, ONE), ("New.", ONE, TWO)], ids=["reordered", "inserted"]
)
def test_what_is_out_of_order_was_not_moved_to_whoever_has_it(incident, ledger_of, learnings):
    ledger = ledger_of(incident(ONE, TWO))
    there = incident(ONE, TWO, "New.", name="B")
    made = sealing([incident(*learnings), there], ledger)
    assert len(made.refused) == 1
    assert made.ledger == ledger


def test_a_redacted_entry_that_stands_nowhere_was_not_moved(incident, ledger_of):
    ledger = ledger_of(incident(ONE, TWO)).with_lines([line(TWO, "redact")])
    made = sealing([incident(ONE), incident(TWO, name="B")], ledger)
    assert [c.kind for c in made.refused] == [ChangeKind.UNMARKED]


def test_the_record_itself_and_a_cumulative_section_are_no_other_record(
    incident, handoff, ledger_of
):
    ledger = ledger_of(incident(ONE, TWO))
    for others in ([incident(ONE, timeline=[TWO])], [incident(ONE), handoff(TWO)]):
        made = sealing(others, ledger)
        assert [c.sealed.digest for c in made.refused] == [digest(TWO)]


def test_nothing_is_moved_out_of_a_cumulative_section(incident, handoff, ledger_of):
    ledger = ledger_of(handoff(ONE, TWO))
    made = sealing([handoff(ONE), incident(TWO)], ledger)
    assert len(made.refused) == 1


def test_a_record_of_no_type_has_nothing_that_was_moved(incident, record_of, ledger_of):
    ledger = ledger_of(incident(ONE))
    other = record_of("x", f"## Learnings\n\n- {ONE}\n", "nowhere/x.md")
    assert len(sealing([incident(), other], ledger).refused) == 1


def stone(text):
    return tombstone(digest(text), DAY, "names a customer")


def test_what_was_redacted_before_anything_protected_it_keeps_both_lines(incident, ledger_of):
    protected = ledger_of(incident(ONE))
    own = [line(TWO, day="2026-04-20"), line(TWO, "redact", "2026-04-21"), line(THREE)]
    made = sealing([incident(ONE, stone(TWO), THREE)], protected.with_lines(own), protected)
    assert made.refused == ()
    assert made.ledger.lines == (line(ONE), own[0], own[2], own[1])
    assert made.added == ()


def test_a_redaction_of_a_protected_entry_is_kept(incident, ledger_of):
    protected = ledger_of(incident(ONE, TWO))
    ledger = protected.with_lines([line(TWO, "redact")])
    made = sealing([incident(ONE, stone(TWO))], ledger, protected)
    assert (made.ledger, made.added, made.refused) == (ledger, (), ())


def test_a_protected_redaction_is_not_written_again(incident, ledger_of):
    protected = ledger_of(incident(ONE, TWO)).with_lines([line(TWO, "redact")])
    ledger = protected.with_lines([line(THREE)])
    made = sealing([incident(ONE, stone(TWO), THREE)], ledger, protected)
    assert (made.ledger, made.refused) == (ledger, ())


def test_of_two_alike_the_one_that_nothing_protects_may_go(incident, ledger_of):
    protected = ledger_of(incident(ONE, TWO))
    ledger = protected.with_lines([line(ONE)])
    made = sealing([incident(ONE, TWO)], ledger, protected)
    assert (made.ledger, made.refused) == (protected, ())
    made = sealing([incident(ONE, TWO, ONE)], ledger, protected)
    assert (made.ledger, made.added) == (ledger, ())


def test_what_stands_before_older_entries_is_not_sealed_behind_them(incident, ledger_of):
    """It took the place of one that was moved; the check goes on telling of it."""
    ledger = ledger_of(incident(ONE, TWO, THREE))
    there = incident(TWO, name="B")
    made = sealing([incident(ONE, "See the other incident.", THREE), there], ledger)
    assert made.ledger == ledger.with_lines(made.moved)
    assert (len(made.moved), made.added, made.refused) == (1, (), ())


def test_a_tombstone_that_no_line_redacts_is_an_entry_like_any_other(incident, ledger_of):
    protected = ledger_of(incident(ONE))
    own = [line(THREE), line(THREE, "redact")]
    made = sealing([incident(ONE, stone(TWO))], protected.with_lines(own), protected)
    assert made.ledger.lines == (line(ONE), line(stone(TWO), day=TODAY))
