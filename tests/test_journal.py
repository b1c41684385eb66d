"""Several files are written all or not at all, and what was begun is finished."""

from __future__ import annotations

import json
import stat

import pytest

from govkb import journal as journals
from govkb.errors import StorageError
from govkb.journal import finish, journal_of, refuse_unfinished, replace_together

LEDGERS = "records/.govkb/ledger"


@pytest.fixture
def begun(tmp_path):
    """A folder in which `a` and `sub/b` were to be written when the machine stopped."""
    journal = journal_of(tmp_path, LEDGERS)
    journal.parent.mkdir(parents=True)
    (tmp_path / "sub").mkdir()
    (tmp_path / "a").write_text("old a")
    (tmp_path / ".a.1").write_text("new a")
    (tmp_path / "sub" / ".b.1").write_text("new b")
    journal.write_text(json.dumps({"sub/b": ".b.1", "a": ".a.1"}))
    return tmp_path, journal


def files(folder):
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())


def test_the_journal_lies_beside_the_ledgers(tmp_path):
    assert journal_of(tmp_path, LEDGERS) == tmp_path / "records/.govkb/unfinished.json"


def test_files_are_written_into_new_folders_and_nothing_else_is_left(tmp_path):
    journal = journal_of(tmp_path, LEDGERS)
    (tmp_path / "a").write_text("old")
    contents = {"a": b"new a", "x/y/b": b"new b", f"{LEDGERS}/c.ledger": b"c"}
    replace_together(tmp_path, journal, contents)
    assert {path: (tmp_path / path).read_bytes() for path in contents} == contents
    assert files(tmp_path) == sorted(contents)
    replace_together(tmp_path, journal, {"x/y/b": b"newer"})
    assert (tmp_path / "x/y/b").read_bytes() == b"newer"


def test_a_file_that_was_there_keeps_its_permissions(tmp_path):
    file = tmp_path / "a"
    file.write_text("old")
    file.chmod(0o640)
    replace_together(tmp_path, tmp_path / "journal", {"a": b"new", "b": b"new"})
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert file.read_bytes() == b"new"


def test_where_one_file_can_not_be_written_none_is(tmp_path):
    (tmp_path / "a").write_text("old")
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError, match=r"file.*: can't be written: "):
        replace_together(tmp_path, tmp_path / "journal", {"a": b"new", "file/b": b"new"})
    assert (tmp_path / "a").read_text() == "old"
    assert files(tmp_path) == ["a", "file"]


def test_where_the_journal_can_not_be_written_no_file_is(tmp_path):
    (tmp_path / "a").write_text("old")
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageError):
        replace_together(tmp_path, tmp_path / "file" / "journal", {"a": b"new", "b": b"new"})
    assert (tmp_path / "a").read_text() == "old"
    assert files(tmp_path) == ["a", "file"]


def test_what_somebody_else_has_removed_meanwhile_hides_no_error(tmp_path, monkeypatch):
    def refuse(file, data):
        for temporary in tmp_path.glob(".a.*"):
            temporary.unlink()
        raise StorageError("no space is left")

    monkeypatch.setattr(journals, "replace_bytes", refuse)
    with pytest.raises(StorageError, match="no space"):
        replace_together(tmp_path, tmp_path / "journal", {"a": b"new", "b": b"new"})
    assert files(tmp_path) == []


def test_a_crash_after_the_journal_is_repaired_by_finishing(tmp_path, monkeypatch):
    def crash(root, journal):
        raise KeyboardInterrupt

    (tmp_path / "a").write_text("old")
    journal = tmp_path / "journal.json"
    with monkeypatch.context() as patch:
        patch.setattr(journals, "finish", crash)
        with pytest.raises(KeyboardInterrupt):
            replace_together(tmp_path, journal, {"a": b"new", "x/b": b"new"})
    assert (tmp_path / "a").read_text() == "old"
    said = journal.read_text()
    assert said == json.dumps(json.loads(said), indent=2) + "\n"
    assert finish(tmp_path, journal) == ["a", "x/b"]
    assert files(tmp_path) == ["a", "x/b"]
    assert (tmp_path / "x/b").read_bytes() == b"new"


def test_what_was_begun_is_finished_once(begun):
    root, journal = begun
    assert finish(root, journal) == ["a", "sub/b"]
    assert (root / "a").read_text() == "new a"
    assert (root / "sub" / "b").read_text() == "new b"
    assert files(root) == ["a", "sub/b"]
    assert finish(root, journal) == []


def test_a_file_that_is_in_place_already_stays_and_the_others_follow(begun):
    root, journal = begun
    (root / "sub" / ".b.1").replace(root / "sub" / "b")
    assert finish(root, journal) == ["a", "sub/b"]
    assert (root / "a").read_text() == "new a"
    assert (root / "sub" / "b").read_text() == "new b"


def test_new_names_are_made_durable(begun, monkeypatch):
    root, journal = begun
    synced = []
    monkeypatch.setattr(journals, "sync_folder", synced.append)
    finish(root, journal)
    assert synced == [root / "sub", root, journal.parent]


def test_a_file_that_can_not_be_put_in_place_is_named_and_the_journal_stays(begun):
    root, journal = begun
    (root / "sub" / "b").mkdir()
    with pytest.raises(StorageError, match=r"b.*: can't be written: "):
        finish(root, journal)
    assert journal.exists()
    (root / "sub" / "b").rmdir()
    assert finish(root, journal) == ["a", "sub/b"]


def test_an_unfinished_writing_is_refused_by_whoever_asks(begun, tmp_path_factory):
    root, _ = begun
    with pytest.raises(StorageError, match="interrupted"):
        refuse_unfinished(root, LEDGERS)
    refuse_unfinished(tmp_path_factory.mktemp("other"), LEDGERS)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "\ud800"])
def test_a_journal_that_can_not_be_read_is_refused(begun, text):
    root, journal = begun
    journal.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(StorageError, match="can't be read"):
        finish(root, journal)
    assert (root / "a").read_text() == "old a"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("", ".a.1"),
        ("/etc/a", ".a.1"),
        ("../a", ".a.1"),
        ("sub/../../a", ".a.1"),
        ("C:/a", ".a.1"),
        ("C:a", ".a.1"),
        ("a", "a.1"),
        ("a", ""),
        ("a", "./a"),
        ("a", ".\\a"),
        ("a", "../a"),
    ],
)
def test_a_journal_that_names_anything_else_is_refused_and_nothing_touched(begun, path, name):
    root, journal = begun
    journal.write_text(json.dumps({"sub/b": ".b.1", path: name}))
    with pytest.raises(StorageError, match="nobody writes together") as caught:
        finish(root, journal)
    assert repr(path) in str(caught.value)
    assert "a" in files(root)
    assert (root / "a").read_text() == "old a"
    assert not (root / "sub" / "b").exists()


def test_a_colon_and_dots_within_a_path_are_nothing_special(begun):
    root, journal = begun
    journal.write_text(json.dumps({"sub/b:c..d": ".b.1"}))
    assert finish(root, journal) == ["sub/b:c..d"]
