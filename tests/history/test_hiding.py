"""What code, comments and HTML would show if they weren't."""

from __future__ import annotations

import pytest

from govkb.history import digest_of
from govkb.history.hiding import hidden_entries

ONE, TWO = "A green job is no proof.", "Probe before you classify."


@pytest.fixture
def hidden(incident):
    """The texts that this text after the first entry hides."""

    def find(text):
        return [entry.text for entry in hidden_entries(incident(ONE, after=text), "Learnings")]

    return find


@pytest.mark.parametrize(
    "text",
    [
        f"\n```\n- {TWO}\n```\n",
        f"\n```text copy\n- {TWO}\n```\n",
        f"\n# H\n\n   `````\n- {TWO}\n   `````\n",
        f"\n~~~\n- {TWO}\n~~~\n",
        f"\n~~~~ x\n- {TWO}\n~~~~\n",
        f"\n<!--\n- {TWO}\n-->\n",
        f"\n<!-- - {TWO} -->\n",
        f"\n<!-- {TWO} -->\n",
        f"\n<div hidden>\n- {TWO}\n</div>\n",
        f"\n<DIV>{TWO}</DIV>\n",
        f"\n<div><p>{TWO}</p></div>\n",
        f"\n<![CDATA[\n- {TWO}\n]]>\n",
        f"\n# H\n\n    - {TWO}\n",
        f"\n# H\n\n\t- {TWO}\n",
        f"\n# H\n\n    -   {TWO}\n",
    ],
)
def test_an_entry_is_found_in_whatever_hides_it(hidden, text):
    assert TWO in hidden(text)


def test_what_a_reader_sees_is_not_hidden(hidden):
    assert hidden(f"- {TWO}\n\n> {TWO}\n\n| {TWO} |\n|---|\n") == []


def test_every_line_of_an_indented_block_counts(hidden):
    assert {ONE, TWO} <= set(hidden(f"\n# H\n\n    - {ONE}\n    - {TWO}\n"))
    assert {ONE, TWO} <= set(hidden(f"\n# H\n\n\t- {ONE}\n\t- {TWO}\n"))


def test_an_entry_of_several_lines_keeps_its_shape(hidden):
    assert f"{ONE}\n- x\n- y" in hidden(f"\n```\n- {ONE}\n  - x\n  - y\n```\n")


def test_rows_of_a_table_are_found(hidden):
    assert "08:00|it rang" in hidden(
        "\n```\n| when | what |\n|---|---|\n| 08:00 | it rang |\n```\n"
    )


def test_tildes_and_backticks_within_a_line_are_no_fences(hidden):
    assert "it is ```code``` here" in hidden("\n<!--\nit is ```code``` here\n-->\n")
    assert "use ~~~ for it" in hidden("\n```\nuse ~~~ for it\n```\n")
    assert "``two``" in hidden("\n```\n- ``two``\n```\n")
    assert "a < b, 2 > 1" in hidden("\n<!--\na < b, 2 > 1\n-->\n")


def test_each_has_the_place_of_what_hides_it_and_its_own_digest(incident):
    record = incident(ONE, after=f"\n<!--\n- {ONE}\n- {TWO}\n-->\n")
    found = {entry.text: entry for entry in hidden_entries(record, "Learnings")}
    data = record.source.data
    for text in (ONE, TWO):
        entry = found[text]
        assert data[entry.block.start : entry.block.end].startswith(b"<!--")
        assert entry.digest == digest_of(record.id, "Learnings", text)
        assert entry.section == "Learnings"


def test_nothing_is_hidden_but_what_is_in_the_block(hidden):
    assert set(hidden(f"\n```\n- {TWO}\n```\n\n- Another.\n")) == {TWO}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\n<!--\n``two`` words\n-->\n", "``two`` words"),
        ("\n<!--\n~~two~~ words\n-->\n", "~~two~~ words"),
        ("\n~~~~\n- do\n\n    ```\n    x\n    ```\n~~~~\n", "do\n\n  ```\n  x\n  ```"),
        ("\n<p>2 > 1 is always so</p>\n", "2 > 1 is always so"),
        ("\n<!--\nif a <b then <b>c</b> is so\n-->\n", "if a <b then c is so"),
        ("\n# H\n\n    - a    b\n", "a    b"),
        ("\n# H\n\n\t- a\tb\n", "a\tb"),
        ("\n# H\n\n       - a\n", "a"),
        ("\n```\n``two`` words\n```\n", "``two`` words"),
        ("\n~~~\n~~two~~ words\n~~~\n", "~~two~~ words"),
        ("\n```\n    - a    b\n```\n", "a    b"),
        ("\n```\n\t- a\tb\n```\n", "a\tb"),
        ("\n```\n       - a\n```\n", "a"),
    ],
)
def test_only_what_hides_an_entry_is_taken_away_from_it(hidden, text, shown):
    assert shown in hidden(text)
