"""Whatever is lost, changed or moved in a data file is named; whatever is appended is fine."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from govkb.history.data_files import DataFile
from govkb.history.row_changes import RowChangeKind, is_extended, row_changes
from govkb.history.rows import read_rows
from govkb.settings import RowFormat

HEADER = ["date", "step", "note"]
cells = st.text(st.sampled_from('ab1é,"\n '), max_size=4)
csv_rows = st.lists(st.tuples(cells, cells, cells).map(list).filter(any), max_size=8)
json_values = st.dictionaries(st.sampled_from("abc"), st.integers(0, 3) | cells, min_size=1)
json_rows = st.lists(json_values, max_size=8)


def written(form, rows, style=0):
    if form is RowFormat.JSONL:
        indent = [None, (" ,", " : "), (",", ":")][style]
        texts = [json.dumps(row, sort_keys=style > 0, separators=indent) for row in rows]
        return "".join(f"{text}\n" for text in texts)
    stream = io.StringIO()
    quoting = [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC][style]
    csv.writer(stream, quoting=quoting, lineterminator="\n").writerows([HEADER, *rows])
    return stream.getvalue()


def changes(form, before, now):
    return DataFile("x", form, now.encode(), None, form, before.encode()).changes()


@st.composite
def tables(draw, least=0):
    """A format with rows, and as many others as one likes."""
    form = draw(st.sampled_from(RowFormat))
    rows = csv_rows if form is RowFormat.CSV else json_rows
    old = draw(rows.filter(lambda found: len(found) >= least))
    return form, old, draw(rows)


def lost(found):
    return sorted(change.old for change in found if change.old is not None)


@given(tables(), st.integers(0, 2), st.sampled_from(["\n", "\r\n"]))
def test_any_rows_may_be_appended_in_any_spelling(table, style, end):
    form, old, new = table
    now = written(form, [*old, *new], style).replace("\n", end)
    assert changes(form, written(form, old), now) == []


@given(tables(), st.booleans())
def test_a_last_row_without_a_line_end_is_the_same_row(table, is_before):
    form, old, new = table
    assume(old)
    before, now = written(form, old), written(form, [*old, *new] if is_before else old)
    if is_before:
        assert changes(form, before.removesuffix("\n"), now) == []
    else:
        assert changes(form, before, now.removesuffix("\n")) == []


@given(tables(least=1), st.data())
def test_every_lost_row_is_named(table, data):
    form, old, new = table
    at = data.draw(st.sets(st.integers(0, len(old) - 1), min_size=1))
    kept = [row for n, row in enumerate(old) if n not in at]
    assume(all(row not in new and row not in kept for n, row in enumerate(old) if n in at))
    found = changes(form, written(form, old), written(form, [*kept, *new]))
    told = "\n".join(lost(found))
    assert all(written(form, [old[n]]).split("note\n")[-1].rstrip("\n") in told for n in at)
    assert RowChangeKind.MOVED not in {change.kind for change in found}


@given(tables(least=1), st.data())
def test_every_changed_row_is_named_with_its_line(table, data):
    form, old, _ = table
    at = data.draw(st.integers(0, len(old) - 1))
    assume(old.count(old[at]) == 1)
    changed = {**old[at], "new": 1} if form is RowFormat.JSONL else [*old[at][:2], "changed"]
    found = changes(form, written(form, old), written(form, [*old[:at], changed, *old[at + 1 :]]))
    (gone,) = [change for change in found if change.old is not None]
    assert gone.line == written(form, old[:at]).count("\n") + 1


@given(tables(least=2), st.data())
def test_rows_in_another_order_are_named(table, data):
    form, old, new = table
    one, other = sorted(data.draw(st.sets(st.integers(0, len(old) - 1), min_size=2, max_size=2)))
    assume(old[one] != old[other])
    now = list(old)
    now[one], now[other] = now[other], now[one]
    assert changes(form, written(form, old), written(form, [*now, *new]))


@given(tables(least=1), st.data())
def test_a_row_put_before_others_is_named(table, data):
    form, old, new = table
    assume(new)
    at = data.draw(st.integers(0, len(old) - 1))
    now = [*old[:at], new[0], *old[at:]]
    assume(now[: len(old)] != old)
    assert changes(form, written(form, old), written(form, now))


pieces = st.text(st.sampled_from('a1,"\n<= {}[]:'), max_size=30)


@given(st.sampled_from(RowFormat), pieces, pieces)
def test_the_short_way_says_what_the_long_one_says(form, before, added):
    for now in (before, before + added, f"{before}\n{added}"):
        if is_extended(before, now, form):
            assert row_changes(read_rows(before, form), read_rows(now, form)) == []


def test_rows_that_an_open_quote_takes_in_later_are_lost():
    before = 'a,b\n1,"x\n2,3\n'
    found = changes(RowFormat.CSV, before, before + 'y",4\n')
    assert {change.line for change in found} == {2, 3}


def test_numbers_of_any_length_are_compared():
    long = "7" * 6_000
    before, now = f'{{"a": {long}, "b": 1, "c": 2}}\n', f'{{"a": {long}, "b": 1, "c": 3}}\n'
    assert [c.kind for c in changes(RowFormat.JSONL, before, now)] == ["changed"]


ROWS = [
    ["2026-01-16", "teardown", "431"],
    ["2026-01-17", "teardown", "398"],
    ["2026-01-18", "up", ""],
]
CSV = written(RowFormat.CSV, ROWS)


def told(now, before=CSV):
    return [(c.kind.value, c.line, c.place) for c in changes(RowFormat.CSV, before, now)]


def test_where_a_lost_row_was_and_where_its_neighbour_is_now():
    assert told(written(RowFormat.CSV, ROWS[:1])) == [("lost", 3, 2), ("lost", 4, 2)]
    assert told(written(RowFormat.CSV, ROWS[1:])) == [("lost", 2, 1)]
    assert told(written(RowFormat.CSV, [["0", "0", "0"], ROWS[2]])) == [
        ("lost", 2, 1),
        ("lost", 3, 1),
        ("inserted", None, 2),
    ]


def test_where_a_row_is_that_changed_or_moved_or_stands_before_others():
    other = ["2026-01-17", "teardown", "999"]
    assert told(written(RowFormat.CSV, [ROWS[0], other, ROWS[2]])) == [("changed", 3, 3)]
    assert told(written(RowFormat.CSV, [ROWS[0], ["x", "y", "z"], *ROWS[1:]])) == [
        ("inserted", None, 3)
    ]
    assert told(written(RowFormat.CSV, [ROWS[2], *ROWS[:2]])) == [("moved", 4, 2)]


def test_a_header_stays():
    assert told(CSV.replace("step", "Step")) == [("header", 1, 1)]
    assert told(CSV.replace("note", "note,more"))[0] == ("header", 1, 1)
    assert told("") == [("header", 1, 0), ("lost", 2, 0), ("lost", 3, 0), ("lost", 4, 0)]
    assert told(CSV.replace("step", '"step"')) == []


def test_a_row_that_stood_twice_has_to_stand_twice():
    twice = CSV + CSV.splitlines()[-1] + "\n"
    assert told(CSV, twice) == [("lost", 5, 4)]


@pytest.mark.parametrize("before", ["a,b\n1,2", "a,b\n1,2\n"])
def test_a_longer_last_cell_is_no_appended_row(before):
    assert told("a,b\n1,23\n", before) != []
    assert told("a,b\n1,2\n3\n", before) == []


def test_a_row_that_an_open_quote_swallows_now_is_still_there():
    assert told(f'{CSV}2026-01-19,"open,1\n') == []
    assert told(CSV.replace(",teardown,431", ',"teardown,431')) == [("changed", 2, 2)]


def test_nothing_is_said_of_a_file_that_cannot_be_read():
    file = DataFile("x", RowFormat.CSV, None, "no", RowFormat.CSV, CSV.encode())
    assert file.changes() == []
