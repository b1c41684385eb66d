import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govkb.reading.body import read_body
from govkb.reading.plain_lists import plain_items

PIECES = [
    *("- ", "  - ", "    - ", "* ", "1. ", "- [ ] ", "- [x] ", "- [X] ", "  - [x] ", "[x](y) "),
    *("\n", "\n\n", "   ", "\t", "\r", " ", "a", "AC1: done.", "By: Ava", "é", "\u00a0", "`code`"),
    *("```", "~~~", "---", "===", "***", "- - -", "# Heading", "> quote", "| a | b |", "|---|---|"),
    *(
        "<!-- x -->",
        "<div>",
        "</div>",
        "[^1]: note",
        "[l]: /x",
        "\\",
        "$$",
        "**bold**",
        "_i_",
        "+ ",
    ),
]
HEADING = b"## Acceptance criteria\n"


def slowly(text):
    return read_body(HEADING + text, len(HEADING)).blocks


@settings(max_examples=1_000)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
@example("- a\n  - - -\n- b")
@example("- [ ] a\n  - b\n\n\n- [x] c\n\n")
@example("- a | b\n  - c | d\n")
@example("- a\n - b\n")
def test_the_quick_way_finds_what_the_parser_finds(text):
    data = HEADING + text.encode()
    found = plain_items(data, len(HEADING), len(data))
    assert found is None or found == slowly(text.encode())


LINES = st.sampled_from(
    ["- AC1: done", "- [ ] not yet", "- [x] **yes**, `x`", "- [X] é", "- 1. a", "- * a", ""]
)
BELOW = st.sampled_from(["  - By: Ava", "  - Seen: 2026-04-21", "  - `code` | x", "  - a\\", ""])


@given(
    st.lists(st.tuples(LINES, st.lists(BELOW, max_size=3)), min_size=1, max_size=8), st.booleans()
)
def test_plain_lists_are_found_the_quick_way(points, is_ended):
    lines = [line for point, below in points for line in (point, *(below if point else ()))]
    text = "\n".join(["", *lines]) + "\n" * is_ended
    data = HEADING + text.encode()
    found = plain_items(data, len(HEADING), len(data))
    assert found == (slowly(text.encode()) if any(lines) else None)


@pytest.mark.parametrize("last", ["", "<", "- <", "-"])
def test_a_long_list_takes_no_longer_for_a_mistake_at_its_end(last):
    text = (b"- AC1: done\n\n  - By: Ava\n" * 40_000) + last.encode()
    data = HEADING + text
    found = plain_items(data, len(HEADING), len(data))
    assert (found is None) == bool(last)
    assert found is None or len(found) == 40_000
