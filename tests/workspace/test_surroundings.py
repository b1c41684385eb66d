"""What the repository holds besides records, and never anything outside of it."""

from __future__ import annotations

import pytest

from govkb.workspace.surroundings import DiskSurroundings


@pytest.fixture
def disk(tmp_path):
    (tmp_path / "project/docs").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("x\n")
    (tmp_path / "project/docs/notes.txt").write_bytes(b"one\r\ntwo")
    (tmp_path / "project/empty").write_bytes(b"")
    return DiskSurroundings(tmp_path / "project")


@pytest.mark.parametrize("path", ["docs/notes.txt", "docs", "docs/", "./docs", "empty"])
def test_files_and_folders_are_there(disk, path):
    assert disk.has(path)


@pytest.mark.parametrize(
    "path",
    [
        "gone", "docs/gone", "../secret.txt", "docs/../../secret.txt", "/etc/passwd", "a\0b",
        "a" * 300, "a/" * 600, "docs/notes.txt/x",
    ],
)  # fmt: skip
def test_nothing_else_is_there(disk, path):
    assert not disk.has(path)
    assert disk.line_count(path) is None


def test_lines_count_as_in_an_editor(disk):
    assert disk.line_count("docs/notes.txt") == 2
    assert disk.line_count("empty") == 0
    assert disk.line_count("docs") is None


def test_commits_are_unknown_where_the_repository_has_its_whole_history(tmp_path, git):
    repository = git(tmp_path / "one")
    sha = repository.commit()
    disk = DiskSurroundings(tmp_path / "one")
    assert disk.unknown_commits([sha, sha[:8], "abcdef1"]) == {"abcdef1"}
    repository.commit("second")
    repository.run("clone", "--quiet", "--depth=1", f"file://{tmp_path}/one", f"{tmp_path}/two")
    assert DiskSurroundings(tmp_path / "two").unknown_commits([sha]) is None


def test_commits_have_changed_files(tmp_path, git):
    repository = git(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "top.py").write_text("1\n")
    first = repository.commit()
    (tmp_path / "sub" / "é b.py").write_text("1\n")
    second = repository.commit()
    empty = repository.commit("nothing")
    repository.run("mv", "top.py", "moved.py")
    third = repository.commit()
    found = DiskSurroundings(tmp_path).files_of_commits([first[:7], second, third, empty])
    names = [sorted(found[name]) for name in (first[:7], second, third, empty)]
    assert names == [["top.py"], ["sub/é b.py"], ["moved.py", "top.py"], []]
    below = DiskSurroundings(tmp_path / "sub")
    assert below.files_of_commits(["abcdef1", second]) == {}
    assert below.files_of_commits([first, second]) == {first: set(), second: {"é b.py"}}


def test_without_a_repository_nothing_can_be_said(disk, monkeypatch, tmp_path):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert disk.unknown_commits(["abcdef1"]) is None
    assert disk.files_of_commits(["abcdef1"]) == {}
