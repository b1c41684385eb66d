"""What a commit had, read from disk as far as it is the same there."""

from __future__ import annotations

import pytest

from govkb.history import open_repository
from govkb.workspace.earlier_tree import EarlierTree
from govkb.workspace.selection import Selector
from govkb.workspace.trees import DiskTree

SAME, EDITED, LOST, NEW, HIDDEN = (f"records/{name}.md" for name in "abcde")


@pytest.fixture
def made(project, git):
    made = project({SAME: "a\n", EDITED: "b\n", LOST: "c\n", ".gitignore": "e.md\n"})
    git(made.root).commit()
    made.write({EDITED: "other\n", NEW: "d\n", HIDDEN: "e\n"})
    (made.root / LOST).unlink()
    return made


def tree_of(made):
    repository = open_repository(made.root)
    commit = repository.base_of("HEAD")
    changed = repository.changed_files(commit)
    selector = Selector(made.open().config)
    return EarlierTree.at(repository, commit, changed, DiskTree(made.root), selector)


def test_it_has_what_the_commit_had_and_nothing_else(made):
    tree = tree_of(made)
    files = tree.files("records", lambda _: True)
    assert {file.path: tree.read(file.path) for file in files} == {
        SAME: b"a\n",
        EDITED: b"b\n",
        LOST: b"c\n",
    }


def test_only_what_is_the_same_on_disk_is_known_by_its_stamp(made):
    found = {f.path: f.stamp is not None for f in tree_of(made).files("records", lambda _: True)}
    assert found == {SAME: True, EDITED: False, LOST: False}


def test_a_link_is_none_of_the_files_that_are_the_same(made, git):
    (made.root / "records/link.md").symlink_to("a.md")
    git(made.root).commit()
    found = {f.path: f for f in tree_of(made).files("records", lambda _: True)}
    assert (found["records/link.md"].is_link, found["records/link.md"].stamp) == (True, None)
