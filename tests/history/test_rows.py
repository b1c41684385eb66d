from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.history.rows import read_rows, text_of
from govkb.settings import RowFormat

cells = st.text(st.characters(codec="utf-8", exclude_characters="\r\0")).map(
    lambda text: text_of(text.encode())
)
records = st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=8)


def read(text, form=RowFormat.CSV, **options):
    rows = read_rows(text, form, **options)
    header = [rows.header] if rows.header else []
    return [
        (row.line, row.value if row.fault is None else row.fault) for row in (*header, *rows.rows)
    ]


@given(records, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from("\t,"))
def test_what_a_writer_of_csv_writes_is_read_as_it_was(table, quoting, delimiter):
    stream = io.StringIO()
    csv.writer(stream, quoting=quoting, delimiter=delimiter, lineterminator="\n").writerows(table)
    found = read(stream.getvalue(), tabs=delimiter == "\t")
    assert [value for _, value in found] == table


@given(records)
def test_each_row_knows_its_lines(table):
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(table)
    rows = read_rows(stream.getvalue(), RowFormat.CSV)
    texts = [rows.text(row) for row in (rows.header, *rows.rows)]
    assert "\n".join(texts) + "\n" == stream.getvalue()
    assert rows.header.line == 1
    ends = [row.end for row in (rows.header, *rows.rows)]
    assert [row.line for row in rows.rows] == ends[:-1]


@given(
    st.text(st.sampled_from('a,"\n\r\t<>={}[]:1 é\udce9'), max_size=60), st.sampled_from(RowFormat)
)
def test_no_text_is_too_broken_to_be_read_and_none_of_it_is_passed_over(text, form):
    rows = read_rows(text, form)
    header = [rows.header] if rows.header else []
    found = sorted([*header, *rows.rows, *rows.markers])
    covered = [line for row in found for line in range(row.line, row.end)]
    assert len(covered) == len(set(covered))
    others = set(range(1, len(rows.lines) + 1)) - set(covered)
    assert all(not rows.lines[line - 1].strip("\r\t ") for line in others)


def test_a_byte_order_mark_line_ends_and_unicode_form_do_not_count():
    plain = text_of("a,b\n1,é\n".encode())
    assert text_of(b"\xef\xbb\xbfa,b\r\n1,e\xcc\x81\r\n") == plain
    assert read(plain) == [(1, ["a", "b"]), (2, ["1", "é"])]


def test_blank_lines_are_no_rows():
    assert read("\na,b\n\n1,2\n\n") == [(2, ["a", "b"]), (4, ["1", "2"])]
    assert read('\n{"a": 1}\n \n[2]\n', RowFormat.JSONL) == [(2, {"a": 1}), (4, [2])]


def test_an_open_quote_spoils_its_own_row_and_no_other():
    assert read('a,b\n1,"2\n3,4\n5,6\n') == [
        (1, ["a", "b"]),
        (2, "a quote in it is opened and never closed"),
        (3, ["3", "4"]),
        (4, ["5", "6"]),
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('"1"x,2', "text after a closing quote"),
        ("1\r2,3", "lone carriage return"),
        ("1," + "x" * 140_000, "longer than 131,072 characters"),
    ],
)
def test_a_row_that_is_no_csv_says_why(row, words):
    first, broken, last = read(f"a,b\n{row}\n1,2\n")
    assert (first, last) == ((1, ["a", "b"]), (3, ["1", "2"]))
    assert broken[0] == 2
    assert words in broken[1]


def test_the_same_row_has_the_same_key_however_it_is_written():
    rows = read_rows('a,b\n"1",2\n1,2\n1, 2\n', RowFormat.CSV)
    one, same, other = map(rows.key, rows.rows)
    assert one == same != other


def test_a_broken_row_has_the_key_of_no_other():
    rows = read_rows('a\n"x\n"""x"\n', RowFormat.CSV)
    keys = [rows.key(row) for row in rows.rows]
    assert len(set(keys)) == len(keys) == 2


def test_a_line_of_equals_signs_is_a_row_where_no_merge_began():
    rows = read_rows("a\n=======\n", RowFormat.CSV)
    assert ([row.value for row in rows.rows], rows.markers) == ([["======="]], [])
    rows = read_rows("a\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> b\n", RowFormat.CSV)
    assert [row.value for row in rows.rows] == [["1"], ["2"]]
    assert [row.line for row in rows.markers] == [2, 4, 6]


def test_what_looks_like_a_marker_inside_of_a_cell_is_text():
    rows = read_rows('a,b\n1,"x\n<<<<<<< HEAD\n"\n', RowFormat.CSV)
    assert (rows.markers, rows.rows[0].value) == ([], ["1", "x\n<<<<<<< HEAD\n"])


def test_bytes_that_are_no_utf8_spoil_their_own_row_and_no_other():
    text = text_of("a,b\n1,é\n".encode() + b"2,\xe9\n3,4\n")
    assert read(text) == [(1, ["a", "b"]), (2, ["1", "é"]), (3, "it is not UTF-8"), (4, ["3", "4"])]
    lines = text_of(b'{"a": "\xe9"}\n{"a": 1}\n')
    assert [fault for _, fault in read(lines, RowFormat.JSONL)] == ["it is not UTF-8", {"a": 1}]
