from __future__ import annotations

import shutil
from pathlib import Path

import pytest

PROJECTS = Path(__file__).parents[1] / "projects"
GUIDE = """\
---
id: G-{n:03}
title: Guide {n}
type: guide
owner: {owner}
relates_to: [{relates_to}]
---

# Guide {n}

## Purpose

How to do it.
"""


def guide(number, owner="platform", relates_to="G-001"):
    return GUIDE.format(n=number, owner=owner, relates_to=relates_to)


@pytest.fixture
def tree(tmp_path):
    """A repository of four guides, one of which cites what isn't there."""

    def write(files):
        for path, text in files.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        return tmp_path

    files = {f"guides/G-{n:03}.md": guide(n) for n in (2, 3)}
    files["guides/G-001.md"] = guide(1, relates_to="G-002")
    files["guides/G-004.md"] = guide(4, relates_to="G-999")
    write(files)
    return write


def snapshot(root):
    files = sorted(file for file in root.rglob("*") if file.is_file())
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def test_without_write_nothing_is_written(tree, run_govkb):
    root = tree({})
    before = snapshot(root)
    outcome = run_govkb("adopt", str(root), cwd=root.parent)
    assert outcome.code == 0
    assert snapshot(root) == before
    assert "# --- govkb.toml\n" in outcome.stdout
    assert "# --- templates/guide/type.yaml\n" in outcome.stdout
    assert "  guide     4 files  G-{seq:3}\n" in outcome.stdout
    assert "nothing was written" in outcome.stderr


def test_with_write_the_check_is_clean_and_nothing_else_is_touched(tree, run_govkb):
    root = tree({})
    before = snapshot(root)
    outcome = run_govkb("adopt", "--write", cwd=root)
    assert outcome.code == 0, outcome.stderr
    assert "1 known finding\n" in outcome.stderr
    after = snapshot(root)
    assert {path: after[path] for path in before} == before
    assert set(after) - set(before) == {
        "govkb.toml",
        "templates/baseline.json",
        "templates/guide/record.md.j2",
        "templates/guide/type.yaml",
    }
    check = run_govkb("check", cwd=root)
    assert (check.code, check.stdout) == (0, ""), check.stdout


def test_what_is_new_afterwards_is_told(tree, run_govkb):
    root = tree({})
    run_govkb("adopt", "--write", cwd=root)
    tree({"guides/G-005.md": guide(5, relates_to="G-998")})
    check = run_govkb("check", cwd=root)
    assert check.code == 1
    assert "'G-998'" in check.stdout
    assert "'G-999'" not in check.stdout


def test_a_new_record_of_an_adopted_type_is_in_order(tree, run_govkb):
    root = tree({})
    run_govkb("adopt", "--write", cwd=root)
    new = run_govkb("new", "guide", "Restart it", cwd=root)
    assert new.code == 0, new.stderr
    assert new.stdout.splitlines() == ["guides/G-005.md"]
    assert run_govkb("check", cwd=root).code == 0


def test_settings_that_are_there_are_shown_with_the_difference_and_kept(tree, run_govkb):
    root = tree({"govkb.toml": 'records = "guides"\n'})
    before = snapshot(root)
    outcome = run_govkb("adopt", "--write", cwd=root)
    assert outcome.code == 2
    assert '-records = "guides"\n' in outcome.stdout
    assert '+records = "."' in outcome.stdout
    assert "--force" in outcome.stderr
    assert snapshot(root) == before


def test_force_replaces_settings(tree, run_govkb):
    root = tree({"govkb.toml": 'records = "guides"\n'})
    assert run_govkb("adopt", "--write", "--force", cwd=root).code == 0
    assert 'records = "."' in (root / "govkb.toml").read_text("utf-8")
    assert run_govkb("check", cwd=root).code == 0


def test_doing_it_twice_changes_nothing(tree, run_govkb):
    root = tree({})
    run_govkb("adopt", "--write", cwd=root)
    before = snapshot(root)
    outcome = run_govkb("adopt", "--write", cwd=root)
    assert outcome.code == 0, outcome.stderr
    assert snapshot(root) == before


def test_types_go_elsewhere_where_templates_is_taken(tree, run_govkb):
    root = tree({"templates/mail.html": "<p>\n"})
    assert run_govkb("adopt", "--write", cwd=root).code == 0
    assert (root / "govkb" / "guide" / "type.yaml").is_file()
    assert snapshot(root)["templates/mail.html"] == b"<p>\n"
    other = run_govkb("adopt", "--templates", "tools/kb", cwd=root)
    assert "# --- tools/kb/guide/type.yaml\n" in other.stdout


@pytest.mark.parametrize("folder", ["../elsewhere", "/tmp", ".", "a\\b"])
def test_types_never_go_outside(tree, run_govkb, folder):
    root = tree({})
    before = snapshot(root.parent)
    outcome = run_govkb("adopt", "--write", "--templates", folder, cwd=root)
    assert outcome.code == 2
    assert "--templates" in outcome.stderr
    assert snapshot(root.parent) == before


def test_a_folder_without_markdown_is_answered_with_what_to_do(tmp_path, run_govkb):
    outcome = run_govkb("adopt", cwd=tmp_path)
    assert outcome.code == 2
    assert "no Markdown files" in outcome.stderr
    assert "govkb new" in outcome.stderr


def test_what_git_ignores_is_left_out(tree, run_govkb, git):
    root = tree(
        {"out/built.md": "# Built\n", "node_modules/x/y.md": "# Y\n", ".gitignore": "/out\n"}
    )
    git(root)
    outcome = run_govkb("adopt", "--write", cwd=root)
    assert outcome.code == 0, outcome.stderr
    settings = (root / "govkb.toml").read_text("utf-8")
    assert '"/out", # git ignores it' in settings
    assert '"**/node_modules/**"' in settings
    assert run_govkb("check", cwd=root).code == 0


NEW = {
    "adr-tools": (
        "doc/adr/0008-use-redis-a-cache.md",
        "# 8. Use Redis: a cache?\n\nDate: 2026-04-22\n\n## Status\n\nProposed\n\n## Context\n",
    ),
    "madr": (
        "docs/decisions/0006-use-redis-a-cache.md",
        "---\nstatus: proposed\ndate: 2026-04-22\ndecision-makers: []\n---\n\n"
        "# Use Redis: a cache?\n\n## Context and Problem Statement\n",
    ),
    "log4brains": (
        "docs/adr/20260422-use-redis-a-cache.md",
        "# Use Redis: a cache?\n\n- Status: proposed\n- Date: 2026-04-22\n\n## Context and Problem",
    ),
}


@pytest.fixture(params=NEW)
def adopted_tool(request, tmp_path, run_govkb):
    """The decisions of another tool, adopted; with its name and what there was before."""
    root = tmp_path / request.param
    shutil.copytree(PROJECTS / request.param, root)
    before = snapshot(root)
    outcome = run_govkb("adopt", "--write", cwd=root)
    assert outcome.code == 0, outcome.stderr
    return request.param, root, before


def test_decision_records_of_other_tools_are_in_order(adopted_tool, run_govkb):
    _, root, before = adopted_tool
    after = snapshot(root)
    assert set(after) - set(before) == {
        "govkb.toml",
        "templates/adr/record.md.j2",
        "templates/adr/type.yaml",
        "templates/baseline.json",
    }
    assert {path: after[path] for path in before} == before
    assert after["templates/baseline.json"].count(b"\n") == 1
    check = run_govkb("check", cwd=root)
    assert (check.code, check.stdout) == (0, ""), check.stdout


def test_new_decisions_are_like_those_of_the_other_tool(adopted_tool, run_govkb):
    name, root, _ = adopted_tool
    place, beginning = NEW[name]
    new = run_govkb("new", "adr", "Use Redis: a cache?", "--date", "2026-04-22", cwd=root)
    assert (new.code, new.stdout) == (0, f"{place}\n"), new.stderr
    assert (root / place).read_text("utf-8").startswith(beginning)
    check = run_govkb("check", cwd=root)
    assert (check.code, check.stdout) == (0, ""), check.stdout


def test_files_that_are_no_records_are_left_alone_afterwards(adopted_tool, run_govkb):
    _, root, _ = adopted_tool
    (root / "CONTRIBUTING.md").write_text("# How to contribute\n", "utf-8")
    check = run_govkb("check", cwd=root)
    assert (check.code, check.stdout) == (0, ""), check.stdout


def test_a_site_can_be_built_afterwards(adopted_tool, run_govkb):
    _, root, _ = adopted_tool
    for _ in range(2):
        assert run_govkb("build", cwd=root).code == 0
    records = [file.stem for file in root.glob("doc*/*/[0-9]*.md")]
    files = (root / "site").rglob("index.html")
    # In `r` are the short addresses.
    pages = [file.parent.name for file in files if file.parent.parent.name != "r"]
    assert records and all(pages.count(record) == 1 for record in records)


def test_months_in_file_names_are_no_running_numbers(tmp_path, run_govkb):
    text = "# Use it\n\n## Context\n\nWe choose.\n\n## Decision\n\nThis one.\n"
    names = ("2026-01-use-x", "2026-02-use-y", "2026-02-use-z", "2026-04-use-w")
    (tmp_path / "decisions").mkdir()
    for name in names:
        (tmp_path / "decisions" / f"{name}.md").write_text(text, "utf-8")
    assert "0 known findings" in run_govkb("adopt", "--write", cwd=tmp_path).stderr
    new = run_govkb("new", "adr", "Drop it", "--date", "2026-04-22", cwd=tmp_path)
    assert new.stdout == "decisions/2026-04-drop-it.md\n", new.stderr
    check = run_govkb("check", cwd=tmp_path)
    assert (check.code, check.stdout) == (0, ""), check.stdout


def test_fields_in_toml_are_named_and_not_taken_for_text(tree, run_govkb):
    root = tree({"guides/hugo.md": '+++\ntitle = "Hugo"\n+++\n\n# Hugo\n'})
    outcome = run_govkb("adopt", "--write", cwd=root)
    assert "guides/hugo.md: the file begins with `+++`: TOML" in outcome.stdout
    assert "2 known findings" in outcome.stderr


def test_a_folder_of_plain_documents_checks_clean(tmp_path, run_govkb):
    for path in ("index.md", "guide/index.md", "guide/start here.md"):
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"# {path}\n\nSee [the start](/index.md).\n", "utf-8")
    assert run_govkb("adopt", "--write", cwd=tmp_path).code == 0
    assert run_govkb("check", cwd=tmp_path).code == 0


def test_a_type_that_is_asked_for_besides_is_there(tree, run_govkb):
    root = tree({f"guides/g{n}.md": guide(n) for n in range(1, 5)})
    mistyped = run_govkb("adopt", "--also", "incdent", cwd=root)
    assert (mistyped.code, mistyped.stdout) == (2, "")
    assert "did you mean 'incident'?" in mistyped.stderr
    outcome = run_govkb("adopt", "--also", "incident", "--write", cwd=root)
    assert outcome.code == 0
    assert outcome.stdout.endswith("next:\n  govkb init\n  govkb check\n  govkb serve\n")
    assert run_govkb("new", "incident", "Vault sealed", cwd=root).code == 0
    refused = run_govkb("new", "pitfall", "x", cwd=root)
    assert refused.code == 2
    assert 'types = ["incident", "pitfall"]' in refused.stderr
