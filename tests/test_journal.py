"""Several files are written all or not at all, and what was begun is finished."""

from __future__ import annotations

import contextlib
import errno
import json
import stat
from pathlib import Path

import pytest

from govkb import journal as journals
from govkb.errors import StorageError
from govkb.journal import alone, finish, journal_of, refuse_unfinished, replace_together

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


def test_the_new_contents_are_durable_before_the_journal_names_them(tmp_path, monkeypatch):
    synced, journal = [], tmp_path / "journal"

    def sync(folder):
        if not journal.exists():
            synced.append(folder)

    monkeypatch.setattr(journals, "sync_folder", sync)
    replace_together(tmp_path, journal, {"a": b"new", "x/y/b": b"new"})
    assert {tmp_path, tmp_path / "x", tmp_path / "x" / "y"} <= set(synced)


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


def test_folders_made_for_what_was_not_written_are_gone_again(tmp_path):
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "old").mkdir()
    with pytest.raises(StorageError):
        replace_together(tmp_path, tmp_path / "j", {"old/x/y/b": b"new", "file/b": b"new"})
    assert sorted(f.name for f in tmp_path.iterdir()) == ["file", "old"]
    assert list((tmp_path / "old").iterdir()) == []


def test_a_new_folder_into_which_somebody_else_put_something_stays(tmp_path, monkeypatch):
    def refuse(file, data):
        (tmp_path / "x" / "theirs").write_text("not ours")
        raise StorageError("no space is left")

    monkeypatch.setattr(journals, "replace_bytes", refuse)
    with pytest.raises(StorageError, match="no space"):
        replace_together(tmp_path, tmp_path / "j", {"x/y/b": b"new", "z/c": b"new"})
    assert files(tmp_path) == ["x/theirs"]
    assert not (tmp_path / "z").exists()
    assert not (tmp_path / "x" / "y").exists()


def test_two_never_write_at_once_and_the_next_may_after_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr(journals, "_PATIENCE", 0.1)
    monkeypatch.setattr(journals.time, "sleep", lambda seconds: None)
    with alone(tmp_path):
        with pytest.raises(StorageError, match=r"another govkb has been writing for 0 s"):
            alone(tmp_path).__enter__()
        with alone(tmp_path.parent):
            pass
    with pytest.raises(KeyError), alone(tmp_path):
        raise KeyError
    with alone(tmp_path):
        pass


def test_who_finds_another_one_writing_waits_for_it(tmp_path, monkeypatch):
    first = contextlib.ExitStack()
    first.enter_context(alone(tmp_path))
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) == 3:
            first.close()

    monkeypatch.setattr(journals.time, "sleep", sleep)
    with alone(tmp_path):
        assert len(slept) == 3
    assert max(slept) < 1


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_where_no_folder_can_be_locked_one_writes_all_the_same(tmp_path, monkeypatch, number):
    def refuse(descriptor, operation):
        raise OSError(number, "no locks here")

    monkeypatch.setattr("fcntl.flock", refuse)
    descriptors = Path("/proc/self/fd")
    opened = len(list(descriptors.iterdir())) if descriptors.exists() else None
    with alone(tmp_path):
        pass
    with alone(tmp_path / "nowhere"):
        pass
    assert opened is None or len(list(descriptors.iterdir())) == opened


def test_some_systems_say_of_a_locked_folder_that_it_is_not_allowed(tmp_path, monkeypatch):
    def refuse(descriptor, operation):
        raise OSError(errno.EACCES, "locked")

    monkeypatch.setattr("fcntl.flock", refuse)
    monkeypatch.setattr(journals, "_PATIENCE", 0.0)
    with pytest.raises(StorageError, match="another govkb"):
        alone(tmp_path).__enter__()


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


def test_a_file_can_go_together_with_what_is_written(tmp_path):
    (tmp_path / "old").write_text("old")
    replace_together(tmp_path, tmp_path / "journal", {"old": None, "new": b"new"})
    assert files(tmp_path) == ["new"]


def test_a_file_that_was_to_go_is_taken_away_when_what_was_begun_is_finished(begun):
    folder, journal = begun
    journal.write_text(json.dumps({"a": None, "sub/b": ".b.1", "gone already": None}))
    assert finish(folder, journal) == ["a", "gone already", "sub/b"]
    assert files(folder) == [".a.1", "sub/b"]
