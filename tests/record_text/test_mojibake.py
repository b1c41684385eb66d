from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from govkb.record_text.mojibake import misreadings

UNDEFINED = "\x81\x8d\x8f\x90\x9d"
# One character each that good text would hardly be mistaken for, and those that need company.
TELLING = "’“”–—…→←↓⇒≥≠✅❌⚠🔴🚀⭐─└€™"
COMPANY = " aZ.,\n-“”éüñçãÉłżαжא中か\xa0©°«»½\u200b\u200d\ufe0f𝒜👩🏽"
WORDS = ("résumé", "à", "MAÇÃ", "NÃO", "CAFÉ", "hâlâ", "Å", "MENÜ", "5×", "Ñ", "voilà", "©", "it")
BETWEEN = (" ", "\xa0», « ", "\xa0", "…” ", "’s ", "» ", "” – “", "— ", "®", "…\n", "", ", ", "!")


def misread(text, *, dropped=False):
    """What Windows-1252 makes of UTF-8; undefined bytes stay control characters, or are dropped."""
    read = "".join(_character(byte) for byte in text.encode())
    return read.translate(dict.fromkeys(map(ord, UNDEFINED))) if dropped else read


def _character(byte):
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def repaired(text):
    """The text with everything repaired that can be."""
    data = text.encode()
    pieces, at = [], 0
    for found in misreadings(data):
        assert data[found.start : found.end].decode() == found.text
        was = found.text if found.repaired is None else found.repaired
        pieces += [data[at : found.start].decode(), was]
        at = found.end
    return "".join(pieces) + data[at:].decode()


@pytest.mark.parametrize(
    "text",
    [
        "Commit → Deploy",
        "Don’t classify, “probe” first",
        "└── one\n│   └── two",
        "🔴 HV/HQ – 🔵 MV/HQ",
        "naïve café, São Paulo, Müller, ÉCOLE",
        "10 € for 5 ≥ 4 ⇒ done ✅",
        "a\xa0b",
        "Zażółć gęślą jaźń…",
        "日本語のテキスト",
        "Съешь же ещё",
        "\ufefffirst",
        "lost � for good",
    ],
)
def test_a_misread_text_is_given_back_exactly(text):
    assert misread(text) != text
    assert repaired(misread(text)) == text


def test_a_text_that_was_misread_twice_is_given_back():
    assert repaired(misread(misread("Don’t — “look”"))) == "Don’t — “look”"


@given(st.text(TELLING, min_size=1), st.text(COMPANY + TELLING, max_size=40))
def test_whatever_was_misread_with_its_whole_file_is_given_back_exactly(telling, rest):
    text = f"{telling} {rest}"
    assume(not misreadings(text.encode()))
    assert repaired(misread(text)) == text


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(BETWEEN)), max_size=12))
def test_words_of_many_languages_stay_as_they_are(pairs):
    text = "".join(word + mark for word, mark in pairs)
    assert misreadings(text.encode()) == ()


@given(st.text(COMPANY + TELLING, max_size=60), st.booleans())
def test_what_was_repaired_once_needs_no_repair_again(text, dropped):
    assume(not misreadings(text.encode()))
    once = repaired(misread(text, dropped=dropped))
    assert repaired(once) == once


@given(st.text(max_size=80))
def test_places_are_in_order_and_inside_the_text(text):
    data = text.encode("utf-8", "replace")
    at = 0
    for found in misreadings(data):
        assert at <= found.start < found.end <= len(data)
        at = found.end


@pytest.mark.parametrize(
    "text",
    [
        "SÃO PAULO, MAÇÃ, NÃO, C O N C L U S Ã O",
        "Ele disse “MAÇÔ e “AMANHÔ…",
        "AMANHÃ— disse ela, IRMû e MAÇÃ…",
        "« résumé\xa0» et « déjà\xa0», café…”",
        "LE CAFÉ» et CAFɒs et CAFÉ…",
        "„MENÜ“ und „SCHÖ”",
        "hâlâ…” dedi, hâlâ’",
        "NESTLÉ® und GRÅ\xa0STEN",
        "5×£35, 4288×…, “×” curves",
        "©2026, 20\xa0°C, ½, naïve, Ångström",
        "o¬ô, `¬´, ∆°, √π, ´´lá´´",
        "MÄ£ÄM ÌÑÌ £ÄGÌ",
        "→ ← ✅ “quoted” — it’s",
        "Η ¨ανατροφή¨, SENSЕ",
    ],
)
def test_good_text_that_has_the_shape_of_a_misreading_stays_as_it_is(text):
    assert misreadings(text.encode()) == ()


@pytest.mark.parametrize("quoted", ["`â€™`", '"â†’"', "'Ã©'"])
def test_a_misreading_that_is_only_spoken_of_is_none(quoted):
    assert misreadings(f"It shows {quoted} there.".encode()) == ()


def test_what_only_might_be_misread_counts_in_a_file_where_all_else_was():
    doubtful = "SÓ `→`"
    assert misreadings(misread(doubtful).encode()) == ()
    assert repaired(misread(f"{doubtful} — so")) == f"{doubtful} — so"
    mixed = f"{misread(doubtful)} {misread('—')} but é"
    assert repaired(mixed) == f"{misread(doubtful)} — but é"


class TestDroppedBytes:
    def test_a_closing_quotation_mark_is_put_back_where_one_is_open(self):
        damaged = misread("He said “no” and “never”.", dropped=True)
        assert "”" not in damaged
        assert repaired(damaged) == "He said “no” and “never”."

    def test_it_may_be_some_lines_further_on(self):
        assert repaired(misread("“one\ntwo”", dropped=True)) == "“one\ntwo”"

    @pytest.mark.parametrize("before", ["", "“closed” ", "“left open\n\n"])
    def test_without_an_open_one_nobody_can_tell(self, before):
        text = before + misread("no”", dropped=True)
        (found,) = misreadings(text.encode())
        assert (found.text, found.repaired) == ("â€", None)
        assert repaired(text) == text

    def test_the_emoji_style_is_put_back_after_a_symbol(self):
        assert repaired(misread("⚠️ careful", dropped=True)) == "⚠️ careful"

    @pytest.mark.parametrize("lost", ["🐍", "👍", "❌", "left ←"])
    def test_another_character_is_reported_and_left(self, lost):
        text = misread(f"{lost} there", dropped=True)
        (found,) = misreadings(text.encode())
        assert found.repaired is None
        assert repaired(text) == text

    def test_a_replacement_character_stands_for_a_dropped_byte(self):
        assert repaired("â€œnoâ€\ufffd") == "“no”"

    def test_a_run_with_a_doubtful_byte_is_left_as_a_whole(self):
        text = misread("→🐍", dropped=True)
        assert [found.repaired for found in misreadings(text.encode())] == [None]


def test_a_real_document_is_given_back_byte_for_byte(source_documents):
    damaged = next((source_documents / "seeds").glob("004_*.txt")).read_bytes()
    name = re.search(rb"^id: (\S+)$", damaged, re.MULTILINE)[1].decode()
    (original,) = (source_documents / "corpora").glob(f"*/session_capture/{name}.md")
    found = misreadings(damaged)
    assert repaired(damaged.decode()).encode() == original.read_bytes()
    assert len({damaged.count(b"\n", 0, run.start) for run in found}) == 54
    # A run may be several characters: of a tree that is drawn, say.
    assert sum(len(run.repaired) for run in found) == 100
    assert sum(run.text == "â€" for run in found) == 8


def test_a_corpus_of_good_texts_has_none(source_documents):
    files = sorted((source_documents / "corpora").rglob("*.md"))
    assert len(files) > 100
    assert [file.name for file in files if misreadings(file.read_bytes())] == []
