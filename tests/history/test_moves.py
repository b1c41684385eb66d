"""When an entry that a record no longer shows may be said to be in another one."""

from __future__ import annotations

import pytest

from govkb.history import Ledger, LedgerLine, compare_with_base, digest_of, tombstone

ONE, TWO = "A green job is no proof of a backup.", "Look at the object, not at the log."
SHORT = "Nothing yet."
A, B = "INC-20260418-A", "INC-20260418-B"
DAY = "2026-04-18"


@pytest.fixture
def lost(incident, ledger_of, with_move):
    """What is lost of A's last entry, which its ledger says is in B now.

    `there` is what B shows, `ledger` its own one, `earlier` that which it had in the base.
    """

    def texts(text, there, earlier=None, ledger=None):
        before, target = incident(ONE, text), incident(*there, name="B")
        now = ledger if ledger is not None else ledger_of(target)
        ledgers = {A: with_move(ledger_of(before), text, B), B: now}
        head = {A: incident(ONE), B: target}
        changes = compare_with_base({A: before}, head, ledgers, {B: earlier}.get)
        return [change.before.text for change in changes]

    return texts


def line(event, text):
    return LedgerLine(event, digest_of(B, "Learnings", text), DAY, "Learnings")


def stone(text):
    return tombstone(digest_of(B, "Learnings", text), DAY, "names a customer")


def test_what_anybody_may_say_is_moved_by_adding_it(lost):
    assert lost(SHORT, (SHORT,)) == []
    assert lost(SHORT, (TWO, SHORT), Ledger(B, (line("add", TWO),))) == []


def test_what_anybody_may_say_is_lost_where_the_other_record_said_it_before(lost):
    assert lost(SHORT, (SHORT,), Ledger(B, (line("add", SHORT),))) == [SHORT]


def test_what_anybody_may_say_is_moved_to_who_said_it_before_by_saying_it_again(lost):
    earlier = Ledger(B, (line("add", SHORT),))
    assert lost(SHORT, (SHORT, SHORT), earlier) == []
    assert lost(SHORT, (SHORT, SHORT, SHORT), Ledger(B, earlier.lines * 2)) == []
    assert lost(SHORT, (SHORT, SHORT), Ledger(B, earlier.lines * 2)) == [SHORT]


def test_adding_something_else_moves_nothing(lost):
    assert lost(SHORT, (SHORT, TWO), Ledger(B, (line("add", SHORT),))) == [SHORT]


def test_redacting_what_the_other_record_said_before_moves_nothing(lost):
    earlier = Ledger(B, (line("add", SHORT),))
    assert lost(SHORT, (stone(SHORT),), earlier, earlier.with_lines([line("redact", SHORT)])) == [
        SHORT
    ]


def test_a_text_that_only_one_can_have_written_may_have_been_there_before(lost):
    """That it stood in both is told of where it does."""
    assert lost(TWO, (TWO,), Ledger(B, (line("add", TWO),))) == []


def test_a_tombstone_counts_for_what_was_moved_only_where_the_ledger_redacts_it(lost):
    added, redacted = line("add", TWO), line("redact", TWO)
    assert lost(TWO, (stone(TWO),), None, Ledger(B, (added, redacted))) == []
    assert lost(TWO, (stone(TWO),), None, Ledger(B, (added,))) == [TWO]
    assert lost(TWO, (stone(TWO),), Ledger(B, (added,)), Ledger(B, (added,))) == [TWO]
    other = (added, line("add", ONE), line("redact", ONE))
    assert lost(TWO, (stone(TWO), stone(ONE)), None, Ledger(B, other)) == [TWO]


def test_what_was_redacted_since_it_was_added_in_the_base_may_have_been_moved(lost):
    added, redacted = line("add", TWO), line("redact", TWO)
    assert lost(TWO, (stone(TWO),), Ledger(B, (added,)), Ledger(B, (added, redacted))) == []
    assert lost(TWO, (stone(TWO),), Ledger(B, (added, redacted)), Ledger(B, (added, redacted))) == [
        TWO
    ]
