"""What a ledger file says, and what is no ledger."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govkb.errors import FindingsError
from govkb.history import Ledger, LedgerLine, read_ledger
from govkb.history.ledger import (
    entries_by_section,
    file_name,
    first_difference,
    id_of_file,
    parse_line,
)
from govkb.history.log import (
    LogEvent,
    checkpoint_of,
    log_of,
    log_text,
    missing_from,
    read_checkpoint,
    read_log,
)
from govkb.history.merkle import root_of

ONE, TWO = "1" * 64, "2" * 64
NAME = "INC-20260418-B.ledger"
HEAD = "govkb-ledger 1 INC-20260418-B\n"
DAY = "2026-04-18"


@pytest.fixture(scope="module")
def vectors(checkout):
    return json.loads((checkout / "docs" / "ledger-vectors.json").read_text("utf-8"))


def faults(text, name=NAME):
    return [(fault.line, fault.message) for fault in read_ledger(name, text).faults]


def test_the_published_ledger_is_read_and_written_byte_by_byte(vectors):
    text = vectors["ledger"]["text"]
    ledger = read_ledger(vectors["ledger"]["file"], text)
    assert ledger.faults == ()
    assert [line.event for line in ledger.lines] == ["add", "add", "redact", "move"]
    assert ledger.text() == text
    first, second = ledger.sealed()
    assert (first.redacted, first.moved_to) == (True, None)
    assert (second.redacted, second.moved_to) == (False, "INC-20260419-A")


@settings(max_examples=300, deadline=None)
@given(st.text("add 01\n\r-L", max_size=40), st.integers(0, 200), st.booleans())
def test_the_quick_way_says_what_the_slow_one_does(junk, at, replaces):
    from govkb.history import ledger

    lines = "".join(f"add {digest} {DAY} Learnings\n" for digest in (ONE, TWO))
    text = HEAD + lines
    text = text[:at] + junk + text[at + (len(junk) if replaces else 0) :]
    quick = ledger._only_added("INC-20260418-B", text)
    if quick is not None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ledger, "_only_added", lambda *_: None)
            assert read_ledger(NAME, text) == quick


def test_the_published_log_has_the_published_tree_hashes(vectors):
    log = read_log(vectors["log"]["text"])
    assert log_text(log) == vectors["log"]["text"]
    for point in vectors["checkpoints"]:
        root = checkpoint_of("o", log[: point["size"]]).root
        assert base64.b64encode(root).decode() == point["root"]


def test_the_published_log_is_that_of_its_ledgers(vectors):
    log = read_log(vectors["log"]["text"])
    ledgers = {}
    for event in log:
        old = ledgers.get(event.record_id, Ledger(event.record_id))
        ledgers[event.record_id] = old.with_lines([event.line])
    assert ledgers["INC-20260418-B"].text() == vectors["ledger"]["text"]
    # The move and what it leads to are of one day, and A comes after B only by its record.
    assert sorted(map(str, log_of(ledgers))) == sorted(map(str, log))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "empty"),
        ("govkb-ledger 2 INC-20260418-B\n", 1, "begins with"),
        ("govkb-ledger 1 INC-20260418-C\n", 1, "named as"),
        (f"{HEAD}add {ONE} {DAY} Learnings", 2, "cut off"),
        (f"{HEAD}add {ONE[1:]} {DAY} Learnings\n", 2, "no line"),
        (f"{HEAD}add {ONE.replace('1', 'A')} {DAY} Learnings\n", 2, "no line"),
        (f"{HEAD}add {ONE} 2026-02-30 Learnings\n", 2, "no line"),
        (f"{HEAD}add {ONE} ２０２６-04-18 Learnings\n", 2, "no line"),
        (f"{HEAD}add {ONE} {DAY}\n", 2, "no line"),
        (f"{HEAD}drop {ONE} {DAY} Learnings\n", 2, "no line"),
        (f"{HEAD}\n", 2, "no line"),
        (f"{HEAD}redact {ONE} {DAY} Learnings\n", 2, "no line above adds it"),
        (f"{HEAD}move {ONE} {DAY} X {TWO} Learnings\n", 2, "no line above adds it"),
        (f"{HEAD}add {ONE} {DAY} X {TWO} Learnings\n", 2, "no line"),
        (f"{HEAD}<<<<<<< HEAD\n", 2, "merge conflict"),
        (f"{HEAD}=======\n", 2, "merge conflict"),
    ],
)
def test_what_is_no_ledger_is_told_of_with_its_line(text, line, said):
    ((found, message),) = faults(text)
    assert found == line
    assert said in message


def test_row_18_what_was_redacted_is_never_added_again():
    lines = [f"{event} {ONE} {DAY} Learnings\n" for event in ("add", "redact", "add")]
    ((line, message),) = faults(HEAD + "".join(lines))
    assert line == 4
    assert "was redacted" in message


def test_row_16_a_redaction_of_what_was_never_sealed_is_no_redaction():
    text = f"{HEAD}add {ONE} {DAY} Learnings\nredact {TWO} {DAY} Learnings\n"
    ledger = read_ledger(NAME, text)
    assert [fault.line for fault in ledger.faults] == [3]
    assert not any(entry.redacted for entry in ledger.sealed())


def test_row_26_conflict_markers_are_told_of_and_the_other_lines_count():
    ours, theirs = (f"add {digest} {DAY} Learnings\n" for digest in (ONE, TWO))
    text = f"{HEAD}<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n"
    ledger = read_ledger(NAME, text)
    assert [fault.line for fault in ledger.faults] == [2, 4, 6]
    assert [line.digest for line in ledger.lines] == [ONE, TWO]


def test_row_11_line_ends_and_a_byte_order_mark_make_no_difference():
    text = f"{HEAD}add {ONE} {DAY} Learnings\n"
    assert read_ledger(NAME, "\ufeff" + text.replace("\n", "\r\n")) == read_ledger(NAME, text)


@pytest.mark.parametrize(
    ("events", "line", "said"),
    [
        (["add 1", "redact 1", "redact 1"], 4, "redacted twice"),
        (["add 1", "redact 1", "move 1"], 4, "is moved, and it was redacted"),
        (["add 1", "move 1", "move 1"], 4, "moves L-11111111, and it was moved away above"),
        (["add 1", "move 1", "redact 1"], 4, "redacts L-11111111, and it was moved away"),
        (["add 1", "add 1", "move 1", "move 1", "move 1"], 6, "moved away above"),
        (["add 1", "move 2"], 3, "moves L-22222222, and no line above adds it"),
        (["add 1", "redact 2"], 3, "redacts L-22222222, and no line above adds it"),
        (["add 1", "redact 1", "add 1"], 4, "L-11111111 is added again"),
    ],
)
def test_what_can_not_have_happened_is_told_of(events, line, said):
    ledger = read_ledger(NAME, "".join([HEAD, *map(written, events)]))
    ((found, message),) = [(fault.line, fault.message) for fault in ledger.faults]
    assert found == line
    assert said in message
    assert len(ledger.lines) == len(events) - 1


@pytest.mark.parametrize(
    "events",
    [
        ["add 1", "add 1"],
        ["add 1", "redact 1", "add 2", "redact 2"],
        ["add 1", "add 2", "move 1", "redact 2"],
        ["add 1", "move 1", "add 1"],
        ["add 1", "move 1", "add 1", "move 1"],
        ["add 1", "move 1", "add 1", "redact 1"],
        ["add 1", "add 1", "move 1", "redact 1"],
    ],
)
def test_what_may_happen_is_no_fault(events):
    ledger = read_ledger(NAME, "".join([HEAD, *map(written, events)]))
    assert ledger.faults == ()
    assert [f"{line.event} {line.digest[0]}" for line in ledger.lines] == events


def written(event):
    """A line from `add 1` and the like."""
    verb, digit = event.split()
    target = f" X/y%20z {TWO}" if verb == "move" else ""
    return f"{verb} {digit * 64} {DAY}{target} Learnings\n"


def test_a_redaction_covers_all_that_are_alike_and_a_move_the_last_that_is_there():
    def became(*events):
        sealed = read_ledger(NAME, "".join([HEAD, *map(written, events)])).sealed()
        return ["".join((e.digest[0], "r" * e.redacted, "m" * bool(e.moved_to))) for e in sealed]

    assert became("add 1", "add 2", "add 1", "redact 1") == ["1r", "2", "1r"]
    assert became("add 1", "add 2", "add 1", "move 1") == ["1", "2", "1m"]
    assert became("add 1", "add 2", "add 1", "move 1", "move 1") == ["1m", "2", "1m"]
    assert became("add 1", "move 1", "add 1") == ["1m", "1"]
    assert became("add 2", "add 1", "redact 2", "move 1") == ["2r", "1m"]


def test_an_event_says_all_that_its_line_says():
    line = parse_line(f"move {ONE} {DAY} X/y%20z {TWO} Key Learnings")
    assert line == LedgerLine("move", ONE, DAY, "Key Learnings", "X/y z", TWO)
    assert str(line) == f"move {ONE} {DAY} X/y%20z {TWO} Key Learnings"
    assert parse_line(f"add {ONE} {DAY} \u00a0x").section == "\u00a0x"
    line = parse_line(f"add {ONE} {DAY} *")
    assert line == LedgerLine("add", ONE, DAY, "*")
    assert (line.target, line.moved_as) == (None, None)
    assert str(line) == f"add {ONE} {DAY} *"


@pytest.mark.parametrize(
    "text",
    [
        f"add {ONE}1 {DAY} Learnings",
        f"add {ONE[1:]} {DAY} Learnings",
        f"add {ONE}  {DAY} Learnings",
        f"add {ONE} {DAY}  Learnings",
        f"add {ONE} {DAY} ",
        f" add {ONE} {DAY} Learnings",
        f"add {ONE} 02026-04-18 Learnings",
        f"add {ONE} 2026-4-18 Learnings",
        f"add {ONE} 2026-04-8 Learnings",
        f"add {ONE} 2026-13-01 Learnings",
        f"add {ONE.replace('1', 'g')} {DAY} Learnings",
        f"redact {ONE} {DAY} X {TWO} Learnings",
        f"move {ONE} {DAY} Learnings",
        f"move {ONE} {DAY} X {TWO[1:]} Learnings",
        f"move {ONE} {DAY} X {TWO}2 Learnings",
        f"move {ONE} {DAY} X {TWO} ",
        f"move {ONE} {DAY}  {TWO} Learnings",
        f"add {ONE} {DAY} Learnings\n",
    ],
)
def test_a_line_that_is_nearly_one_is_none(text):
    assert parse_line(text) is None


def test_a_record_and_a_section_may_have_a_single_letter():
    text = f"govkb-ledger 1 a\nadd {ONE} {DAY} b\nredact {ONE} {DAY} b\n"
    ledger = read_ledger("a.ledger", text)
    assert (ledger.faults, ledger.record_id, ledger.text()) == ((), "a", text)


@pytest.mark.parametrize("mark", ["<<<<<<<", "|||||||", "=======", ">>>>>>>"])
def test_every_mark_of_a_conflict_is_known_in_every_line(mark):
    ((_, message),) = faults(f"{HEAD}{mark} x\n")
    assert f"merge conflict was left in it: {mark!r}" in message
    ((line, message),) = faults(f"{mark} x\n")
    assert (line, "merge conflict" in message) == (1, True)
    ((_, message),) = faults(f"{HEAD}{mark[1:]} x\n")
    assert "no line" in message


def test_of_a_faulty_line_its_beginning_is_shown():
    ((_, message),) = faults(f"{HEAD}{'x' * 99}\n")
    assert message == f"{'x' * 80!r} is no line of a ledger"
    ((_, message),) = faults(f"{'x' * 99}\n")
    assert message == f"it begins with {'x' * 80!r} instead of {HEAD.strip()!r}"


def test_a_fault_says_what_to_do():
    (fault,) = read_ledger(NAME, f"{HEAD}x\n").faults
    assert "restore the file from git" in fault.hint
    (fault,) = read_ledger(NAME, f"{HEAD}=======\n").faults
    assert "keep the lines of both sides" in fault.hint
    for event, hint in (("redact 1", "name it as it is called"), ("move 1", "remove the second")):
        text = "".join([HEAD, *map(written, ["add 1", "move 1", event])])
        (fault,) = read_ledger(NAME, text).faults
        assert hint in fault.hint


def test_a_file_that_was_cut_off_within_its_header_is_told_of():
    assert [line for line, _ in faults(HEAD.strip())] == [1]


def test_the_first_line_that_differs_is_named_with_what_is_there_now():
    one, two, three = (LedgerLine("add", digit * 64, DAY, "Learnings") for digit in "123")
    base = Ledger("a", (one, two))
    assert first_difference(base, Ledger("a", (one, two, three))) is None
    assert first_difference(base, Ledger("a", (one,))) == (1, two, None)
    assert first_difference(base, Ledger("a", (one, three))) == (1, two, three)
    assert first_difference(base, Ledger("a", (two, one))) == (0, one, two)


def test_what_a_record_must_show_is_without_what_was_moved_and_knows_its_sections():
    lines = (
        f"{written('add 1')}{written('add 2')}{written('move 1')}add {'3' * 64} {DAY} Timeline\n"
    )
    shown = entries_by_section(read_ledger(NAME, HEAD + lines).sealed())
    assert {name: [entry.digest[0] for entry in of] for name, of in shown.items()} == {
        "Learnings": ["2"],
        "Timeline": ["3"],
    }
    shown = entries_by_section(read_ledger(NAME, HEAD + lines.replace("2" * 64, ONE)).sealed())
    assert list(shown) == ["Learnings", "Timeline"]


ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
events = st.builds(
    LedgerLine,
    st.just("add"),
    st.text("0123456789abcdef", min_size=64, max_size=64),
    st.dates().map(str),
    st.sampled_from(["Learnings", "Key Learnings", "*", "Été"]),
    st.none(),
    st.none(),
)


@settings(max_examples=200, deadline=None)
@given(ids)
def test_a_file_name_says_its_id_and_is_safe_everywhere(record_id):
    name = file_name(record_id)
    assert id_of_file(name) == record_id
    assert name.isascii()
    assert not set(name) & set('/\\:*?"<>| \n')


@settings(max_examples=200, deadline=None)
@given(st.lists(events, max_size=6))
def test_a_ledger_is_read_as_it_was_written(lines):
    ledger = Ledger("INC-20260418-B", tuple(lines))
    assert read_ledger(NAME, ledger.text()) == ledger


parts = st.sampled_from(
    [
        *(
            HEAD,
            "govkb-ledger 1 x\n",
            "add",
            "redact",
            "move",
            " ",
            "\n",
            "\r\n",
            "\r",
            "=======\n",
        ),
        *(ONE, TWO, "1", DAY, "2026-02-30", "Learnings", "Été", "*", "\u2028", "\x85", "\v"),
        *(f"add {ONE} {DAY} Learnings\n", f"add {TWO} {DAY} Timeline\n", f" X {TWO} Learnings\n"),
        *(f"redact {ONE} {DAY} Learnings\n", f"add {ONE} 2026-02-30 Learnings\n"),
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from([HEAD, ""]), st.lists(parts, max_size=8).map("".join))
@example(HEAD, f"add {ONE} {DAY} X {TWO} Learnings\n")
@example(HEAD, f"add {ONE} {DAY} X {'a' * 64} Learnings\n")
@example(HEAD, f"add {ONE} {DAY} X\u00a0Y {TWO} Learnings\n")
@example(HEAD, f"add {ONE} {DAY} \u00a0Learnings\n")
@example(HEAD, f"add {ONE} 2026-02-30 Learnings\n")
@example(HEAD, f"add {ONE} {DAY} Learnings\nadd {TWO} 2026-02-30 Learnings\n")
@example(HEAD, f"add {ONE} {DAY} Learn\rings\n")
@example(HEAD, f"add {ONE} {DAY} Learnings\r\n")
@example(HEAD, f"add {ONE} {DAY} Learnings\u2028\n")
@example("govkb-ledger 1 INC-20260418-C\n", f"add {ONE} {DAY} Learnings\n")
@example(HEAD, f"x\nadd {ONE} {DAY} Learnings\n")
def test_a_ledger_that_is_read_at_once_says_what_it_says_line_by_line(head, text):
    """A byte order mark says nothing, but nothing that has one is read at once."""
    assert read_ledger(NAME, head + text) == read_ledger(NAME, f"\ufeff{head}{text}")


def test_a_record_whose_id_reads_like_a_line_has_no_entry_for_that():
    record_id = f"add {ONE} {DAY} Learnings"
    found = read_ledger(
        file_name(record_id), f"govkb-ledger 1 {record_id}\n{'x' * len(record_id)}\n"
    )
    assert [fault.line for fault in found.faults] == [2]
    assert found.lines == ()


@pytest.mark.parametrize("lines", [0, 1, 3])
def test_a_ledger_to_which_entries_were_only_added_is_read_at_once(lines, monkeypatch):
    added = "".join(
        f"add {digits * 4} {2026 - number}-04-18 Key Learnings\n"
        for number, digits in enumerate(("0123456789abcdef", "f" * 16, "0" * 16)[:lines])
    )
    monkeypatch.setattr("govkb.history.ledger._Reader", None)
    assert len(read_ledger(NAME, HEAD + added).lines) == lines
    with pytest.raises(TypeError):
        read_ledger(NAME, f"{HEAD}{added}redact {ONE} {DAY} Learnings\n")


@settings(max_examples=200, deadline=None)
@given(st.lists(events, max_size=5), st.lists(events, max_size=5))
def test_a_difference_is_found_unless_one_is_the_beginning_of_the_other(one, other):
    found = first_difference(Ledger("a", tuple(one)), Ledger("a", tuple(other)))
    assert (found is None) == (other[: len(one)] == one)


logs = st.dictionaries(
    st.sampled_from(["INC-1", "F-2", "pitfalls/x", "é"]), st.lists(events, max_size=4), max_size=4
)


@settings(max_examples=200, deadline=None)
@given(logs, logs)
def test_a_log_that_goes_on_begins_with_the_earlier_one_and_misses_nothing(then, more):
    before = {key: Ledger(key, tuple(lines)) for key, lines in then.items()}
    now = dict(before)
    for key, lines in more.items():
        now[key] = now.get(key, Ledger(key)).with_lines(lines)
    earlier = log_of(before)
    later = log_of(now, earlier)
    assert later[: len(earlier)] == earlier
    assert missing_from(now, later) == []
    assert sum(len(ledger.lines) for ledger in now.values()) == len(later)
    assert read_log(log_text(later)) == later


@settings(max_examples=200, deadline=None)
@given(logs, st.data())
def test_every_event_that_is_gone_or_changed_is_missing(then, data):
    before = {key: Ledger(key, tuple(lines)) for key, lines in then.items() if lines}
    if not before:
        return
    log = log_of(before)
    key = data.draw(st.sampled_from(sorted(before)))
    at = data.draw(st.integers(0, len(before[key].lines) - 1))
    kept = before[key].lines[:at]
    lost = missing_from({**before, key: Ledger(key, kept)}, log)
    assert lost == [LogEvent(key, line) for line in before[key].lines[at:]]
    with pytest.raises(FindingsError, match="lack"):
        log_of({**before, key: Ledger(key, kept)}, log)


@pytest.mark.parametrize(
    "text", ["", "o\n1\n", "o\nx\nAAAA\n", "o\n1\nAAAA\n", f"o\n01\n{'A' * 43}=\n", "o\n1\n!\n"]
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(FindingsError, match="three lines"):
        read_checkpoint(text)


def test_a_checkpoint_reads_back():
    point = checkpoint_of("https://example.org/records/", [])
    assert read_checkpoint(point.text()) == point


@pytest.mark.parametrize("text", ["", "govkb-log 2\n", "govkb-log 1\nadd x\n", "govkb-log 1\n\n"])
def test_what_is_no_log_is_refused(text):
    with pytest.raises(FindingsError):
        read_log(text)


def test_the_tree_hash_of_rfc_6962():
    # Its own test vectors, from the reference implementation of Certificate Transparency.
    leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    leaves.append("606162636465666768696a6b6c6d6e6f")
    roots = {
        0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    for size, root in roots.items():
        assert root_of(bytes.fromhex(leaf) for leaf in leaves[:size]).hex() == root
