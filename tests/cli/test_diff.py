from __future__ import annotations

import json

import pytest

PATH = "records/pitfalls/probe.md"
TEXT = """\
---
id: probe
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
"""


@pytest.fixture
def made(project, git):
    made = project({PATH: TEXT})
    git(made.root).commit()
    return made


def retitled(made):
    made.write({PATH: TEXT.replace("Probe before", "Look before")})


def test_rows_go_to_standard_output_and_the_counts_beside_it(made, run_govkb):
    retitled(made)
    outcome = run_govkb("diff", "main", cwd=made.root)
    assert outcome.code == 0
    assert outcome.stdout.splitlines()[0] == (
        "title\tprobe\tProbe before you classify → Look before you classify"
    )
    assert outcome.stderr.startswith("1 title changed, 1 record edited, since main (")


def test_nothing_changed(made, run_govkb):
    outcome = run_govkb("diff", "main", cwd=made.root)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert outcome.stderr.startswith("nothing changes in the records")


def test_findings_do_not_fail_it(made, run_govkb):
    made.write({PATH: TEXT.replace("enforcement: none", "enforcement: nobody")})
    outcome = run_govkb("diff", "main", cwd=made.root)
    assert outcome.code == 0
    assert f"error added\t{PATH}:4\tFIELD" in outcome.stdout


def test_json_and_markdown(made, run_govkb):
    retitled(made)
    outcome = run_govkb("diff", "main", "--format", "json", cwd=made.root)
    assert json.loads(outcome.stdout)["retitled"][0]["to"] == "Look before you classify"
    outcome = run_govkb("diff", "main", "--format", "markdown", cwd=made.root)
    assert (outcome.code, outcome.stderr) == (0, "")
    assert "| `probe` | Probe before you classify | Look before you classify |" in outcome.stdout
    assert run_govkb("diff", "main", "--format", "md", cwd=made.root).stdout == outcome.stdout


def test_later_commits_of_the_base_do_not_count(made, git, run_govkb):
    repository = git(made.root)
    repository.run("switch", "--quiet", "--create", "topic")
    retitled(made)
    repository.commit()
    repository.run("switch", "--quiet", "main")
    made.write({"records/pitfalls/new.md": TEXT.replace("id: probe", "id: new")})
    repository.commit()
    repository.run("switch", "--quiet", "topic")
    changes = {
        line.split("\t")[0] for line in run_govkb("diff", "main", cwd=made.root).stdout.splitlines()
    }
    assert changes == {"title", "edited"}


def test_a_detached_head_is_as_good_as_any(made, git, run_govkb):
    repository = git(made.root)
    repository.run("switch", "--quiet", "--detach")
    retitled(made)
    repository.commit()
    outcome = run_govkb("diff", "main", cwd=made.root)
    assert (outcome.code, outcome.stdout.startswith("title\tprobe")) == (0, True)


def test_a_project_in_a_folder_of_its_repository(project, git, run_govkb):
    made = project({f"team/{PATH}": TEXT, f"team/{PATH}.txt": "", "team/govkb.toml": ""})
    git(made.root).commit()
    made.write({f"team/{PATH}": TEXT.replace("Probe before", "Look before"), "other.md": "x"})
    outcome = run_govkb("diff", "main", cwd=made.root / "team/records")
    assert outcome.code == 0
    assert [line.split("\t")[:2] for line in outcome.stdout.splitlines()] == [
        ["title", "probe"],
        ["edited", "probe"],
    ]


def test_a_record_that_can_not_be_read_any_more_is_not_called_gone(made, run_govkb):
    made.write({PATH: TEXT.replace("title:", "title: [")})
    lines = run_govkb("diff", "main", cwd=made.root).stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["unreadable", "error added"]


def test_a_shallow_clone_is_exit_3(made, git, run_govkb, tmp_path):
    repository = git(made.root)
    repository.run("switch", "--quiet", "--create", "topic")
    retitled(made)
    repository.commit()
    clone = tmp_path / "clone"
    repository.run("clone", "--quiet", "--depth=1", f"file://{made.root}", str(clone))
    outcome = run_govkb("diff", "origin/main", cwd=clone)
    assert (outcome.code, outcome.stdout) == (3, "")
    assert "git fetch --unshallow" in outcome.stderr


def test_no_repository_is_exit_3(project, run_govkb):
    outcome = run_govkb("diff", "main", cwd=project({PATH: TEXT}).root)
    assert (outcome.code, outcome.stdout) == (3, "")
    assert "not a git repository" in outcome.stderr
    assert "run this in a git work tree" in outcome.stderr


def test_an_unknown_base_is_exit_3_with_advice(made, run_govkb):
    outcome = run_govkb("diff", "origin/main", cwd=made.root)
    assert (outcome.code, "git fetch origin" in outcome.stderr) == (3, True)
    assert "--base" not in outcome.stderr


def test_settings_of_the_base_that_can_not_be_used_are_exit_3(project, git, run_govkb):
    made = project({PATH: TEXT, "govkb.toml": "nonsense = 1\n"})
    git(made.root).commit()
    made.write({"govkb.toml": ""})
    outcome = run_govkb("diff", "main", cwd=made.root)
    assert (outcome.code, "nonsense" in outcome.stderr) == (3, True)


def test_settings_of_now_that_can_not_be_used_are_exit_2(made, run_govkb):
    made.write({"govkb.toml": "nonsense = 1\n"})
    assert run_govkb("diff", "main", cwd=made.root).code == 2


def test_a_type_of_the_base_that_can_not_be_used_is_exit_3(project, git, run_govkb):
    made = project({PATH: TEXT, "templates/pitfall/type.yaml": "type: pitfall\nnonsense: 1\n"})
    git(made.root).commit()
    (made.root / "templates/pitfall/type.yaml").unlink()
    outcome = run_govkb("diff", "main", cwd=made.root)
    assert (outcome.code, outcome.stdout) == (3, "")
    assert "types of 'main' can't be used" in outcome.stderr


def test_without_a_base_it_is_misused(made, run_govkb):
    assert run_govkb("diff", cwd=made.root).code == 2
