"""In which order the log has its events, and what is no log."""

from __future__ import annotations

import base64
import hashlib

import pytest

from govkb.errors import FindingsError
from govkb.history import Ledger, LedgerLine
from govkb.history.log import (
    Checkpoint,
    LogEvent,
    checkpoint_of,
    is_log,
    log_of,
    log_text,
    missing_from,
    read_checkpoint,
    read_log,
)

ROOT = base64.b64encode(bytes(range(32))).decode()


def line(number, day="2026-04-18"):
    return LedgerLine("add", f"{number:064x}", day, "Learnings")


def ledgers(**lines):
    return {key: Ledger(key, tuple(of)) for key, of in lines.items()}


def shown(log):
    return [(event.record_id, int(event.line.digest, 16)) for event in log]


def test_events_come_by_day_then_by_record_then_in_their_order():
    made = ledgers(
        b=[line(9, "2026-04-18"), line(1, "2026-04-18"), line(2, "2026-04-20")],
        a=[line(3, "2026-04-18"), line(4, "2026-04-19")],
        Z=[line(5, "2026-04-18")],
    )
    expected = [("Z", 5), ("a", 3), ("b", 9), ("b", 1), ("a", 4), ("b", 2)]
    assert shown(log_of(made)) == expected


def test_the_tenth_line_of_a_ledger_comes_after_the_ninth():
    made = ledgers(a=[line(number) for number in range(30, 18, -1)])
    assert shown(log_of(made)) == [("a", number) for number in range(30, 18, -1)]


def test_an_event_dated_before_one_above_it_comes_on_the_later_day():
    made = ledgers(
        a=[line(1, "2026-04-20"), line(2, "2026-04-18"), line(3, "2026-04-21")],
        b=[line(4, "2026-04-19"), line(5, "2026-04-20")],
    )
    assert shown(log_of(made)) == [("b", 4), ("a", 1), ("a", 2), ("b", 5), ("a", 3)]


def test_a_log_goes_on_from_an_earlier_one_with_what_that_one_lacks():
    early = log_of(ledgers(a=[line(1)], b=[line(2)]))
    made = ledgers(a=[line(1), line(3, "2026-04-17")], b=[line(2)], c=[line(4, "2026-04-17")])
    assert shown(log_of(made, early)) == [("a", 1), ("b", 2), ("c", 4), ("a", 3)]


def test_what_the_ledgers_lack_of_an_earlier_log_is_counted_and_the_first_is_named():
    early = log_of(ledgers(a=[line(1), line(2)], b=[line(3)]))
    with pytest.raises(FindingsError, match=rf"2 events .* first a {line(2)}$"):
        log_of(ledgers(a=[line(1)]), early)
    with pytest.raises(FindingsError, match=rf"1 event .* first b {line(3)}$"):
        log_of(ledgers(a=[line(1), line(2)]), early)
    many = [LogEvent("a", line(number)) for number in range(1_200)]
    with pytest.raises(FindingsError, match="1,200 events"):
        log_of({}, many)


def test_an_event_in_another_place_is_missing():
    log = log_of(ledgers(a=[line(1), line(2)]))
    assert missing_from(ledgers(a=[line(1), line(2), line(3)]), log) == []
    assert missing_from(ledgers(a=[line(2), line(1)]), log) == log
    assert missing_from(ledgers(b=[line(1), line(2)]), log) == log


def test_an_id_is_written_so_that_it_holds_no_blank_and_a_slash_stays():
    event = LogEvent("pitfalls/a b é", line(1))
    assert str(event).startswith("pitfalls/a%20b%20%C3%A9 add ")
    assert read_log(log_text([event])) == [event]


def test_a_log_is_read_with_the_line_ends_of_windows():
    log = log_of(ledgers(a=[line(1), line(2)]))
    assert read_log(log_text(log).replace("\n", "\r\n")) == log
    assert read_log("govkb-log 1\n") == read_log("govkb-log 1") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("govkb-log 2\n", "begins with 'govkb-log 1', and this is 'govkb-log 2'"),
        ("x" * 99, f"this is '{'x' * 60}'"),
        (f"govkb-log 1\na {line(1)}\na nothing\n", "line 3 of the log is 'a nothing'"),
        (f"govkb-log 1\n {line(1)}\n", "line 2 "),
        (f"govkb-log 1\n\na {line(1)}\n", "line 2 "),
        (f"govkb-log 1\na {line(1)}\n\n", "line 3 "),
        (f"govkb-log 1\n{'y' * 99}\n", f"'{'y' * 80}'"),
    ],
)
def test_what_is_no_log_is_refused_with_its_line(text, said):
    with pytest.raises(FindingsError) as caught:
        read_log(text)
    assert said in str(caught.value)


def test_a_log_and_a_checkpoint_are_told_apart():
    assert is_log(log_text([]))
    assert not is_log(checkpoint_of("o", []).text())


def test_a_checkpoint_says_where_it_is_from_how_many_events_and_their_hash():
    log = log_of(ledgers(a=[line(1)]))
    leaf = f"a {line(1)}".encode()
    root = hashlib.sha256(b"\0" + leaf).digest()
    assert checkpoint_of("https://example.org/", log) == Checkpoint("https://example.org/", 1, root)
    text = f"https://example.org/\n1\n{base64.b64encode(root).decode()}\n"
    assert checkpoint_of("https://example.org/", log).text() == text


@pytest.mark.parametrize("size", [0, 7, 10, 1_204])
def test_a_checkpoint_is_read_with_any_line_end_and_whatever_signs_it(size):
    point = Checkpoint("an origin, with blanks", size, bytes(range(32)))
    for text in (
        point.text(),
        point.text().replace("\n", "\r\n"),
        f"{point.text()}\n— example signature\n",
    ):
        assert read_checkpoint(text) == point


@pytest.mark.parametrize(
    "text",
    [
        f"\n1\n{ROOT}\n",
        f"o\n-1\n{ROOT}\n",
        f"o\n01\n{ROOT}\n",
        f"o\n\n{ROOT}\n",
        f"o\n1 \n{ROOT}\n",
        f"o\n1\n{ROOT}",
        f"o\n1\n{ROOT[:-1]}\n",
        f"o\n1\n={ROOT}\n",
        f"o\n1\n{ROOT[:20]}={ROOT[20:]}\n",
        f"o\n1\n{ROOT[:20]} {ROOT[20:]}\n",
        f"o\n1\n{base64.b64encode(bytes(31)).decode()}\n",
        f"o\n1\n{base64.b64encode(bytes(33)).decode()}\n",
        f"x\no\n1\n{ROOT}\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(FindingsError, match="three lines"):
        read_checkpoint(text)


def test_every_letter_of_base64_may_be_in_a_hash():
    for byte in range(256):
        point = Checkpoint("o", 1, bytes([byte, 255 - byte]) * 16)
        assert read_checkpoint(point.text()) == point
