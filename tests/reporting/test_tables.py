from __future__ import annotations

from govkb.reporting.tables import aligned, comma_separated, divided, shown


def test_a_table_fits_the_terminal_and_cuts_the_last_column_first():
    rows = [("INC-1", "A title that is rather long"), ("INC-22", "短い題名です")]
    assert aligned(("id", "title"), rows, 33) == (
        "id      title\nINC-1   A title that is rather l…\nINC-22  短い題名です\n"
    )
    assert max(map(len, aligned(("id", "title"), rows, 5).splitlines())) <= 6 + 2 + 24


def test_ids_stay_whole_and_what_is_spare_goes_first():
    rows = [("INC-20260418-B", "incident", "open", "A title of its own that is long")]
    headings = ("id", "type", "status", "title")
    spare = ("type", "status")
    assert aligned(headings, rows, 60, spare) == (
        "id              type      status  title\n"
        "INC-20260418-B  incident  open    A title of its own that i…\n"
    )
    assert aligned(headings, rows, 50, spare) == (
        "id              status  title\nINC-20260418-B  open    A title of its own that i…\n"
    )
    assert aligned(headings, rows, 20, spare) == (
        "id              title\nINC-20260418-B  A title of its own that…\n"
    )


def test_tabs_divide_cells_and_are_never_in_one():
    assert divided([("a\tb", "c\nd"), ("", "e")]) == "a b\tc\\x0ad\n\te\n"


def test_csv_quotes_what_a_spreadsheet_would_run():
    rows = [("=cmd|'/c calc'!A1", "+1-2", "-12", "@x", "a,b")]
    assert comma_separated(("a", "b", "c", "d", "e"), rows) == (
        "a,b,c,d,e\n'=cmd|'/c calc'!A1,'+1-2,-12,'@x,\"a,b\"\n"
    )


def test_values_are_shown_as_people_write_them():
    assert shown(["a", {"ref": "INC-1", "note": "why"}, {"k": 1}]) == 'a, INC-1 (why), {"k": 1}'
    assert (shown(None), shown(True), shown(3)) == ("", "true", "3")
