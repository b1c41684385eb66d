"""The base is what git stores; where it isn't there the answer is "cannot verify", never "fine"."""

from __future__ import annotations

import pytest

TEXT = """\
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days.

## Learnings

1. A green job is no proof of a backup.
"""
EDITED = TEXT.replace("no proof", "some proof")
FILE = "records/incidents/INC-20260418-B-zero-backups-for-74-days.md"


@pytest.fixture
def merged(project, git):
    made = project({FILE: TEXT})
    repository = git(made.root)
    repository.commit()
    return made, repository


def assert_cannot_verify(outcome, *words):
    assert outcome.code == 3, outcome
    assert outcome.stdout == ""
    assert "Traceback" not in outcome.stderr
    assert all(word in outcome.stderr for word in words), outcome.stderr


def test_a_missing_base_is_exit_3_and_says_what_to_do(merged, run_govkb):
    made, _ = merged
    outcome = run_govkb("check", "--base", "origin/main", cwd=made.root)
    assert_cannot_verify(outcome, "'origin/main'", "git fetch origin")


@pytest.mark.parametrize("option", ["--base", "--changed"])
def test_the_advice_about_a_missing_base_names_the_option_that_was_given(merged, run_govkb, option):
    made, _ = merged
    outcome = run_govkb("check", option, "nope", cwd=made.root)
    assert_cannot_verify(outcome, f"then `{option} origin/BRANCH`")


@pytest.mark.parametrize("option", ["--base", "--changed"])
def test_without_a_commit_nobody_is_sent_to_fetch_one(project, git, run_govkb, option):
    made = project({FILE: TEXT})
    git(made.root)
    outcome = run_govkb("check", option, "HEAD", cwd=made.root)
    assert_cannot_verify(outcome, "there is no commit yet", f"or leave out {option}")
    assert "fetch" not in outcome.stderr


@pytest.mark.parametrize(
    "base", ["--output=x", "-", "main:records", "HEAD^{tree}", "a b", "~", "é"]
)
def test_a_base_that_is_no_commit_is_exit_3(merged, run_govkb, base):
    made, _ = merged
    outcome = run_govkb("check", f"--base={base}", cwd=made.root)
    assert_cannot_verify(outcome)
    assert not (made.root / "x").exists()


def test_an_empty_base_is_no_way_to_skip_the_comparison(merged, run_govkb):
    made, _ = merged
    made.write({FILE: EDITED})
    assert run_govkb("check", "--base", "", cwd=made.root).code == 3


def test_no_repository_is_exit_3(project, run_govkb):
    made = project({FILE: TEXT})
    outcome = run_govkb("check", "--base", "main", cwd=made.root)
    assert_cannot_verify(outcome, "not a git repository", "leave out --base")


def test_no_git_is_exit_3(merged, run_govkb):
    made, _ = merged
    outcome = run_govkb("check", "--base", "main", cwd=made.root, env={"PATH": ""})
    assert_cannot_verify(outcome, "git is not installed")


def test_a_repository_without_a_commit_is_exit_3(project, git, run_govkb):
    made = project({FILE: TEXT})
    git(made.root)
    assert_cannot_verify(run_govkb("check", "--base", "main", cwd=made.root), "no commit yet")


def test_row_20_a_shallow_clone_without_the_base_is_exit_3(merged, git, run_govkb, tmp_path):
    made, origin = merged
    origin.run("switch", "--quiet", "--create", "topic")
    made.write({FILE: EDITED})
    origin.commit()
    clone = tmp_path / "clone"
    origin.run("clone", "--quiet", "--depth=1", f"file://{made.root}", str(clone))
    outcome = run_govkb("check", "--base", "origin/main", cwd=clone)
    assert_cannot_verify(outcome, "shallow clone", "git fetch --unshallow")


def test_row_20_a_shallow_clone_with_a_base_but_no_common_history_is_exit_3(
    merged, run_govkb, tmp_path
):
    made, origin = merged
    origin.commit("second")
    origin.run("switch", "--quiet", "--create", "topic")
    made.write({FILE: EDITED})
    origin.commit()
    origin.run("switch", "--quiet", "main")
    origin.commit("third")
    origin.run("switch", "--quiet", "topic")
    clone = tmp_path / "clone"
    origin.run(
        "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{made.root}", str(clone)
    )
    outcome = run_govkb("check", "--base", "origin/main", cwd=clone)
    assert_cannot_verify(outcome, "no common history", "git fetch --unshallow")


def test_row_19_a_history_rewritten_as_a_whole_is_compared_with_its_end(merged):
    made, repository = merged
    repository.run("switch", "--quiet", "--orphan", "other")
    made.write({FILE: TEXT})
    repository.commit()
    assert made.codes("main") == []
    made.write({FILE: EDITED})
    repository.commit()
    assert made.codes("main") == ["APP001"]


def test_commits_of_the_base_after_the_branch_left_do_not_count(merged):
    made, repository = merged
    repository.run("switch", "--quiet", "--create", "topic")
    repository.run("switch", "--quiet", "main")
    made.write({FILE: TEXT + "2. Learned on main later.\n"})
    repository.commit()
    repository.run("switch", "--quiet", "topic")
    assert made.codes("main") == []
    made.write({FILE: EDITED})
    assert made.codes("main") == ["APP001"]


@pytest.mark.parametrize("revision", ["HEAD", "HEAD~1", "v1", "refs/heads/main", "COMMIT"])
def test_every_way_to_name_a_commit_is_a_base(merged, revision):
    made, repository = merged
    repository.run("tag", "v1")
    commit = repository.run("rev-parse", "HEAD")
    repository.commit("second")
    made.write({FILE: EDITED})
    assert made.codes(revision.replace("COMMIT", commit[:10])) == ["APP001"]


def test_a_project_in_a_subfolder_of_the_repository_is_compared(project, git, run_govkb):
    made = project({f"services/vault/{FILE}": TEXT, FILE: TEXT})
    git(made.root).commit()
    made.write({f"services/vault/{FILE}": EDITED})
    outcome = run_govkb("check", "--base", "main", cwd=made.root / "services" / "vault")
    assert (outcome.code, outcome.stdout.count("APP001")) == (1, 1)
    assert run_govkb("check", "--base", "main", cwd=made.root).code == 0


@pytest.mark.parametrize(
    ("folder", "settings"),
    [
        ("my records", 'records = "my records"'),
        ("запись/été 備", 'records = "запись/été 備"'),
        ("records", ""),
        ("rec*rds", 'records = "rec*rds"'),
        (":records", 'records = ":records"'),
    ],
)
@pytest.mark.parametrize("name", ["zero backups", "été 備 🚒", 'quo"te', "tab\there"])
def test_paths_with_blanks_and_other_scripts_are_compared(project, git, folder, settings, name):
    file = f"{folder}/incidents/{name}.md"
    made = project({"govkb.toml": settings, file: TEXT})
    git(made.root).commit()
    assert "APP001" not in made.codes("main")
    made.write({file: EDITED})
    assert "APP001" in made.codes("main")


def test_a_line_end_in_a_path_keeps_no_change_from_being_seen(project, git):
    file = "records/incidents/two\nlines.md"
    made = project({file: TEXT})
    git(made.root).commit()
    made.write({file: EDITED})
    assert "APP001" in made.codes("main")


def test_a_path_that_is_no_utf_8_is_compared(project, git):
    made = project()
    folder = made.root / "records" / "incidents"
    folder.mkdir()
    file = folder / "caf\udce9.md"
    file.write_text(TEXT)
    git(made.root).commit()
    file.write_text(EDITED)
    assert "APP001" in made.codes("main")


def test_row_25_a_replacement_changes_nothing_that_is_read(merged):
    made, repository = merged
    blob = repository.run("rev-parse", f"main:{FILE}")
    made.write({FILE: EDITED})
    replacement = repository.run("hash-object", "-w", FILE)
    repository.run("replace", blob, replacement)
    assert repository.run("cat-file", "blob", blob) == EDITED.strip()
    assert made.codes("main") == ["APP001"]


def test_row_24_attributes_change_nothing_that_is_read(merged):
    made, _ = merged
    made.write(
        {
            ".gitattributes": "*.md working-tree-encoding=UTF-16LE export-ignore ident\n",
            FILE: EDITED,
        }
    )
    assert made.codes("main") == ["APP012", "APP012", "APP012", "APP001"]


def test_a_link_in_the_base_is_not_read(project, git):
    made = project({"elsewhere.md": TEXT})
    (made.root / "records" / "incidents").mkdir()
    (made.root / FILE).symlink_to("../../elsewhere.md")
    git(made.root).commit()
    (made.root / FILE).unlink()
    assert made.codes("main") == []


def test_a_variable_that_leads_git_elsewhere_is_not_followed(merged, project, git, run_govkb):
    made, _ = merged
    other = project({FILE: EDITED})
    git(other.root).commit()
    made.write({FILE: EDITED})
    lead = {"GIT_DIR": str(other.root / ".git")}
    assert run_govkb("check", "--base", "main", cwd=made.root, env=lead).code == 1


def test_a_squash_merge_that_keeps_the_content_is_fine(merged):
    made, repository = merged
    made.write({FILE: TEXT + "2. One more.\n"})
    repository.commit()
    repository.run("reset", "--quiet", "--soft", "HEAD~1")
    repository.commit("squashed")
    assert made.codes("HEAD~1") == []
