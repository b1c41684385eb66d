"""Which entries stand word for word in two places, and which of them is the copy."""

from __future__ import annotations

import pytest

from govkb.history import Ledger, LedgerLine, digest_of, tombstone
from govkb.history.copies import contents_of, copies_among

ONE, TWO = "A green job is no proof of a backup.", "Look at the object, not at the log."


def copies(*records, ledgers=None):
    """Every copy as ids and texts."""
    found = copies_among(records, ledgers or {}, contents_of)
    return [(c.record.id[-1], c.original.id[-1], c.entry.text) for c in found]


def test_different_entries_are_no_copies(incident):
    assert copies(incident(ONE), incident(TWO, name="B")) == []


def test_a_copy_is_told_of_with_both_its_places(incident):
    first, second = incident(TWO, ONE), incident(ONE, name="B")
    (found,) = copies_among([first, second], {}, contents_of)
    assert (found.record, found.original) == (second, first)
    assert found.entry.text == found.original_entry.text == ONE
    assert found.entry.block.start != found.original_entry.block.start
    assert found.entry.digest == digest_of(second.id, "Learnings", ONE)


def test_without_ledgers_the_first_by_path_is_the_original(incident):
    first, second = incident(ONE), incident(ONE, name="B")
    assert copies(first, second) == copies(second, first) == [("B", "A", ONE)]


def test_what_was_sealed_first_is_the_original(incident, ledger_of):
    first, second = incident(ONE), incident(ONE, name="B")
    early, late = "2026-04-18", "2026-04-19"
    ledgers = {first.id: ledger_of(first, late), second.id: ledger_of(second, early)}
    assert copies(first, second, ledgers=ledgers) == [("A", "B", ONE)]
    del ledgers[first.id]
    assert copies(first, second, ledgers=ledgers) == [("A", "B", ONE)]
    ledgers = {first.id: ledger_of(first, early), second.id: ledger_of(second, late)}
    assert copies(first, second, ledgers=ledgers) == [("B", "A", ONE)]


def test_it_is_the_line_of_the_entry_itself_that_says_when(incident, ledger_of):
    first, second = incident(ONE), incident(TWO, ONE, name="B")
    other = LedgerLine("add", digest_of(second.id, "Learnings", TWO), "2026-01-01", "Learnings")
    ledgers = {first.id: ledger_of(first), second.id: Ledger(second.id, (other,))}
    assert copies(second, first, ledgers=ledgers) == [("B", "A", ONE)]
    first_day = ledger_of(first, "2026-04-01")
    again = [LedgerLine("redact", first_day.lines[0].digest, "2026-04-30", "Learnings")]
    ledgers = {first.id: first_day.with_lines(again), second.id: ledger_of(second, "2026-04-20")}
    assert copies(second, first, ledgers=ledgers) == [("B", "A", ONE)]


def test_of_three_two_are_copies_and_other_entries_are_told_of_besides(incident):
    records = [incident(ONE), incident(ONE, TWO, name="B"), incident(TWO, ONE, name="C")]
    assert copies(*records) == [("B", "A", ONE), ("C", "A", ONE), ("C", "B", TWO)]


def test_a_copy_may_be_in_the_same_record(incident):
    record = incident(ONE, TWO, ONE)
    (found,) = copies_among([record], {}, contents_of)
    assert (found.record, found.original) == (record, record)
    assert found.original_entry.block.start < found.entry.block.start
    assert copies(incident(ONE, timeline=[ONE])) == [("A", "A", ONE)]


def test_what_is_said_in_few_words_may_be_said_again(incident):
    few, enough = "Nothing was learned yet.", "Nothing at all was learned."
    assert copies(incident(few), incident(few, name="B")) == []
    assert copies(incident(enough), incident(enough, name="B")) == [("B", "A", enough)]


@pytest.mark.parametrize(
    "text",
    [
        "\n| when was it | what was it that rang |\n|---|---|\n",
        f"\n{tombstone('0' * 64, '2026-04-18', 'names a customer of ours')}\n",
    ],
    ids=["head", "tombstone"],
)
def test_the_head_of_a_table_and_a_tombstone_are_no_copies(incident, text):
    assert copies(incident(after=text), incident(name="B", after=text)) == []


def test_a_cumulative_section_repeats_what_others_have(incident, handoff):
    assert copies(incident(ONE), handoff(ONE)) == []


def test_a_record_of_no_type_promises_nothing(incident, record_of):
    other = record_of("x", f"## Learnings\n\n- {ONE}\n", "nowhere/x.md")
    assert copies(incident(ONE), other) == []
    assert contents_of(other) == b""


def test_contents_are_of_one_width_in_the_order_of_the_text(incident):
    one, two = contents_of(incident(ONE)), contents_of(incident(TWO, name="B"))
    assert one != two
    assert len(one) == len(two) == 16
    assert contents_of(incident(ONE, "Yes.", TWO)) == one + two
