from __future__ import annotations

import pytest

from govkb.errors import CannotVerifyError
from govkb.history import open_repository


@pytest.fixture
def made(project, git):
    """A project in git with three files and a file that git ignores."""
    made = project(
        {"records/a.md": "a\n", "records/b c.md": "b\n", "é.txt": "e\n", ".gitignore": "x/\n"}
    )
    git(made.root).commit()
    return made.write({"x/y.md": "ignored\n"})


@pytest.fixture
def changed(made):
    def paths(folder="", ref="main"):
        repository = open_repository(made.root / folder)
        return sorted(repository.changed_files(repository.base_of(ref)))

    return paths


def test_without_a_change_there_is_none(changed):
    assert changed() == []


def test_every_kind_of_change_counts(made, changed, git):
    made.write({"records/a.md": "changed\n", "records/new é.md": "new\n", "odd\nname.md": "x"})
    (made.root / "é.txt").unlink()
    assert changed() == ["odd\nname.md", "records/a.md", "records/new é.md", "é.txt"]
    git(made.root).run("add", "--all")
    assert changed() == ["odd\nname.md", "records/a.md", "records/new é.md", "é.txt"]
    git(made.root).run("switch", "--quiet", "--create", "topic")
    git(made.root).commit()
    assert changed() == ["odd\nname.md", "records/a.md", "records/new é.md", "é.txt"]


def test_of_a_renamed_file_both_names_count(made, changed, git):
    git(made.root).run("mv", "records/a.md", "records/z.md")
    assert changed() == ["records/a.md", "records/z.md"]


def test_a_change_that_was_taken_back_is_none(made, changed, git):
    repository = git(made.root)
    repository.run("switch", "--quiet", "--create", "topic")
    made.write({"records/a.md": "changed\n"})
    repository.commit()
    made.write({"records/a.md": "a\n"})
    assert changed() == []


def test_in_a_folder_of_the_repository_paths_are_below_it(made, changed):
    made.write({"records/a.md": "changed\n", "records/d.md": "d\n", "é.txt": "changed\n"})
    assert changed("records") == ["a.md", "d.md"]


def test_settings_of_the_user_make_no_difference(made, changed, git):
    repository = git(made.root)
    for setting in ("diff.noprefix", "diff.relative", "status.showUntrackedFiles", "diff.renames"):
        repository.run("config", setting, "no" if "show" in setting else "true")
    repository.run("config", "diff.external", "false")
    made.write({"records/a.md": "changed\n", "records/d.md": "d\n"})
    assert changed() == ["records/a.md", "records/d.md"]


def test_a_base_that_is_not_there_is_no_empty_change(changed):
    with pytest.raises(CannotVerifyError):
        changed(ref="nowhere")


def test_the_names_in_a_commit_are_those_of_all_its_files(made, git):
    (made.root / "link").symlink_to("é.txt")
    commit = git(made.root).commit()
    names = open_repository(made.root).names(commit)
    assert sorted(names) == [".gitignore", "link", "records/a.md", "records/b c.md", "é.txt"]
    assert sorted(open_repository(made.root / "records").names(commit)) == ["a.md", "b c.md"]
