from __future__ import annotations

import pytest

from govkb.queries.excerpts import excerpt
from govkb.queries.text_index import TextIndex, Texts


def test_an_index_that_was_changed_often_is_made_anew(tmp_path):
    file = tmp_path / "words.sqlite"
    for number in range(400):
        index = TextIndex(file, "same")
        digest = str(number).encode()
        index.bring_up_to_date({"a.md": digest}, lambda path, n=number: Texts("a", f"word{n}"))
        index.close()
    index = TextIndex(file, "same")
    assert [found.path for found in index.find(["word399"])] == ["a.md"]
    assert index.find(["word398"]) == []
    ((places,),) = index._connection.execute("SELECT max(place) FROM files")
    assert places < 200


def test_another_fingerprint_is_another_index(tmp_path):
    file = tmp_path / "words.sqlite"
    index = TextIndex(file, "one")
    index.bring_up_to_date({"a.md": b"1"}, lambda path: Texts("a", "old"))
    index.close()
    other = TextIndex(file, "two")
    other.bring_up_to_date({"a.md": b"1"}, lambda path: Texts("a", "new"))
    assert other.find(["old"]) == []
    assert len(other.find(["new"])) == 1


def test_a_folder_that_cannot_be_written_to_is_no_reason_to_fail(tmp_path):
    (tmp_path / "file").write_text("")
    index = TextIndex(tmp_path / "file" / "words.sqlite", "")
    index.bring_up_to_date({"a.md": b"1"}, lambda path: Texts("a", "word"))
    assert len(index.find(["word"])) == 1


@pytest.mark.parametrize("word", ['"', "*", "NEAR(", "a:b", "\x00", "AND", "(((", "'", "{}", "^x"])
def test_no_word_is_a_command_to_the_index(word):
    index = TextIndex(None)
    index.bring_up_to_date({"a.md": b"1"}, lambda path: Texts("a", "title"))
    index.find([word, "title"])
    index.find([word], any_of=True)


def test_an_excerpt_is_the_line_with_most_of_the_words():
    text = "# A\n\nThe restore failed.\n- the **backups** were [restored](x.md) late\n"
    assert excerpt(text, ["backup", "restore"], 80) == "the backups were restored late"
    assert excerpt(text, ["zanzibar"], 80) == ""
    long = f"{'x ' * 100}needle{' y' * 100}"
    shown = excerpt(long, ["needle"], 40)
    assert "needle" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= 42
