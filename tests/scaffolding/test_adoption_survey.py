from __future__ import annotations

import pytest

from govkb.scaffolding.adoption import survey
from govkb.scaffolding.adoption.inventory import Inventory


@pytest.fixture
def tree(tmp_path):
    def make(*paths):
        for path in paths:
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("# Text\n", "utf-8")
        return tmp_path

    return make


def test_markdown_and_yaml_are_read_and_other_files_are_named(tree):
    found = survey(tree("docs/a.md", "B.MD", "meta.yaml", "x/y.yml", "main.tf"))
    assert set(found.texts) == {"docs/a.md", "B.MD", "meta.yaml", "x/y.yml"}
    assert found.others == {"main.tf"}
    assert found.markdown() == ["B.MD", "docs/a.md"]
    assert not found.is_cut_off


def test_hidden_files_and_folders_are_not_looked_at(tree):
    assert survey(tree(".git/a.md", ".github/b.md", "docs/.c.md")) == Inventory()


def test_folders_that_tools_fill_are_counted_and_not_entered(tree):
    found = survey(tree("node_modules/x/a.md", "app/node_modules/b.md", "vendor/c.md", "d.md"))
    assert set(found.texts) == {"d.md"}
    assert found.skipped == {"node_modules": 2, "vendor": 1}


def test_what_git_ignores_is_named_where_it_holds_markdown(tree, git):
    root = tree("out/deep/a.md", "bin/b.txt", "notes.md", "kept.md")
    (root / ".gitignore").write_text("/out\n/bin\n/notes.md\n", "utf-8")
    git(root)
    found = survey(root)
    assert set(found.texts) == {"kept.md"}
    assert found.ignored == ("notes.md", "out")


def test_a_folder_of_a_repository_is_surveyed_by_its_own_paths(tree, git):
    root = tree("docs/out/a.md", "docs/kept.md")
    (root / ".gitignore").write_text("out\n", "utf-8")
    git(root)
    found = survey(root / "docs")
    assert set(found.texts) == {"kept.md"}
    assert found.ignored == ("out",)


def test_links_are_named_and_never_followed(tree):
    root = tree("docs/a.md")
    (root / "link.md").symlink_to("/etc/passwd")
    (root / "loop").symlink_to(root, target_is_directory=True)
    found = survey(root)
    assert set(found.texts) == {"docs/a.md"}
    assert found.others == {"link.md", "loop"}


def test_enormous_files_are_not_read(tree):
    root = tree("a.md")
    (root / "big.md").write_bytes(b"x" * (1024 * 1024 + 1))
    assert set(survey(root).texts) == {"a.md"}


def test_an_enormous_tree_is_cut_off_and_says_so(tree, monkeypatch):
    root = tree(*(f"{n}.md" for n in range(9)))
    monkeypatch.setattr("govkb.scaffolding.adoption.disk._MAX_READ", 5)
    found = survey(root)
    assert len(found.texts) == 5
    assert found.is_cut_off


def test_names_of_any_bytes_are_survived(tree):
    root = tree("a.md")
    with open(bytes(root) + b"/\xff.md", "wb") as stream:  # noqa: PTH123 - no str has this name
        stream.write(b"# Odd\n")
    assert len(survey(root).texts) == 2
