from __future__ import annotations

import json

import pytest

INCIDENT_PATH = "records/incidents/INC-20260418-B-zero-backups.md"
INCIDENT = """\
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written for 74 days. See [the job](../../jobs/backup.sh).
"""
PITFALL_PATH = "records/pitfalls/probe.md"
PITFALL = """\
---
id: probe
title: Probe before you classify
enforcement: none
relates_to: INC-20260418-B
extra: x
---

# Probe before you classify

## Pattern

A severity is set from memory.

## Rule

Look at the current state first.
"""


@pytest.fixture
def made(project, git):
    """Two records in git, one with a finding that is older than every change."""
    made = project({INCIDENT_PATH: INCIDENT, PITFALL_PATH: PITFALL, "jobs/backup.sh": "true\n"})
    git(made.root).commit()
    return made


@pytest.fixture
def found(made, run_govkb):
    """What a check of the changes since `main` finds: codes with paths, and the outcome."""

    def check(*options, ref="main"):
        options = ("--changed", ref, "--format", "json", *options)
        outcome = run_govkb("check", *options, cwd=made.root)
        assert outcome.code in (0, 1), outcome.stderr
        return [(d["code"], d["path"]) for d in json.loads(outcome.stdout)["diagnostics"]]

    return check


def test_without_a_change_nothing_is_found_and_the_rest_is_counted(made, found, run_govkb):
    assert found() == []
    outcome = run_govkb("check", "--changed", "main", cwd=made.root)
    assert (outcome.code, outcome.stderr) == (
        0,
        "2 records checked: all is well; 1 finding elsewhere was there before\n",
    )


def test_everything_in_a_changed_file_is_found(made, found):
    file = made.root / PITFALL_PATH
    file.write_text(file.read_text() + "\nMore.\n")
    assert found() == [("FIELD004", PITFALL_PATH)]


def test_a_new_file_counts_before_git_is_told_of_it(made, found):
    made.write({"records/pitfalls/new.md": PITFALL.replace("id: probe", "id: new")})
    assert found() == [("FIELD004", "records/pitfalls/new.md")]


def test_a_record_that_goes_leaves_dangling_references_elsewhere(made, found, git):
    (made.root / INCIDENT_PATH).unlink()
    assert found() == [("REF002", PITFALL_PATH)]
    git(made.root).run("switch", "--quiet", "--create", "topic")
    git(made.root).commit()
    assert found() == [("REF002", PITFALL_PATH)]


def test_a_renamed_record_breaks_what_named_it_elsewhere(made, found, git):
    new = "records/incidents/INC-20260418-C-zero-backups.md"
    git(made.root).run("mv", INCIDENT_PATH, new)
    (made.root / new).write_text(INCIDENT.replace("-B", "-C"))
    assert found() == [("REF002", PITFALL_PATH)]


def test_a_second_record_with_an_id_is_a_finding_about_the_first(made, found):
    made.write({"records/incidents/INC-20260418-B-again.md": INCIDENT})
    assert set(found()) >= {
        ("ID002", INCIDENT_PATH),
        ("ID002", "records/incidents/INC-20260418-B-again.md"),
    }


def test_a_file_that_is_no_record_can_break_one(made, found):
    (made.root / "jobs/backup.sh").unlink()
    assert [path for _, path in found()] == [INCIDENT_PATH]


def test_a_change_of_the_settings_is_answerable_for_what_it_finds(made, found):
    made.write({"govkb.toml": '[rules.severity]\nunknown-field = "error"\n'})
    assert found() == [("FIELD004", PITFALL_PATH)]
    made.write({"govkb.toml": '[rules]\nselect = ["REF"]\n'})
    assert found() == [("APP012", "govkb.toml")]


def test_a_change_of_a_type_is_answerable_for_what_it_finds(made, found):
    shipped = made.open().templates.find("pitfall/type.yaml")
    text = shipped.read_text().replace("required: [title", "required: [owner, title")
    made.write({"templates/pitfall/type.yaml": text})
    assert found() == [("FIELD001", PITFALL_PATH)]


def test_what_the_other_side_has_done_since_does_not_count(made, found, git):
    repository = git(made.root)
    repository.run("switch", "--quiet", "--create", "topic")
    repository.commit("mine")
    repository.run("switch", "--quiet", "main")
    file = made.root / PITFALL_PATH
    file.write_text(file.read_text().replace("extra: x\n", ""))
    repository.commit("theirs")
    repository.run("switch", "--quiet", "topic")
    assert found() == []


def test_what_was_learned_is_compared_too(made, found, git):
    file = made.root / INCIDENT_PATH
    file.write_text(INCIDENT + "\n## Learnings\n\n- A green job proves nothing.\n")
    git(made.root).commit()
    file.write_text(file.read_text().replace("nothing", "all"))
    assert found() == [("APP001", INCIDENT_PATH)]


def test_a_baseline_that_grows_less_counts_as_a_change(made, found, git, run_govkb):
    run_govkb("check", "--write-baseline", "known.jsonl", cwd=made.root)
    made.write({"govkb.toml": '[rules]\nbaseline = "known.jsonl"\n'})
    git(made.root).commit()
    assert found() == []
    made.write({"known.jsonl": '{"govkb-baseline": 1}\n'})
    assert found() == [("FIELD004", PITFALL_PATH)]


def test_it_can_be_limited_further(made, found):
    made.write({"records/pitfalls/new.md": PITFALL.replace("id: probe", "id: new")})
    assert found("--select", "REF") == []
    assert found("records/incidents") == []
    assert found("records/pitfalls") == [("FIELD004", "records/pitfalls/new.md")]


def test_a_project_below_the_top_of_its_repository(project, git, run_govkb):
    outer = project()
    files = {f"kb/{path}": text for path, text in {PITFALL_PATH: PITFALL}.items()}
    outer.write({**files, "kb/govkb.toml": "", "other.txt": "x"})
    git(outer.root).commit()
    outer.write({"other.txt": "y"})
    outcome = run_govkb("check", "--changed", "main", "--select", "FIELD", cwd=outer.root / "kb")
    assert outcome.stdout == ""
    outer.write({f"kb/{PITFALL_PATH}": PITFALL + "\nMore.\n"})
    outcome = run_govkb("check", "--changed", "main", "--select", "FIELD", cwd=outer.root / "kb")
    assert "FIELD004" in outcome.stdout


@pytest.mark.parametrize("ref", ["nowhere", "", "--help"])
def test_a_missing_base_ends_with_3(made, run_govkb, ref):
    outcome = run_govkb("check", f"--changed={ref}", cwd=made.root)
    assert (outcome.code, outcome.stdout) == (3, "")
    assert f"the base {ref!r} is not in this repository" in outcome.stderr


def test_without_git_it_ends_with_3(good, run_govkb):
    outcome = run_govkb("check", "--changed", "main", cwd=good.root)
    assert (outcome.code, outcome.stdout) == (3, "")


def test_settings_of_the_base_that_cannot_be_used_end_with_3(made, git, run_govkb):
    made.write({"govkb.toml": "[rules]\nignore = ['NONE']\n"})
    git(made.root).commit()
    made.write({"govkb.toml": ""})
    outcome = run_govkb("check", "--changed", "main", cwd=made.root)
    assert outcome.code == 3
    assert "the settings or types of 'main' can't be used" in outcome.stderr


def test_what_is_known_of_the_files_now_is_not_changed_by_looking_back(made, run_govkb, tmp_path):
    kept = {"GOVKB_CACHE_DIR": str(tmp_path)}
    file = made.root / PITFALL_PATH
    file.write_text(PITFALL.replace("extra", "other"))
    run_govkb("check", cwd=made.root, env=kept)
    (cache,) = tmp_path.rglob("*.msgpack")
    before = cache.read_bytes()
    run_govkb("check", "--changed", "main", cwd=made.root, env=kept)
    assert cache.read_bytes() == before


def test_a_link_that_was_there_before_does_not_count(made, found, git):
    (made.root / "records/pitfalls/link.md").symlink_to("probe.md")
    (made.root / "records/more").symlink_to("pitfalls", target_is_directory=True)
    new = [("READ015", "records/more"), ("READ015", "records/pitfalls/link.md")]
    assert found("--select", "READ") == new
    git(made.root).commit()
    assert found("--select", "READ") == []
    assert found("--select", "READ", ref="HEAD~1") == new


def test_of_a_large_repository_only_records_are_read(made, found, git, run_govkb):
    made.write({"govkb.toml": 'records = "."\ntypes = ["pitfall", "incident"]\n'})
    made.write({"assets/film.bin": b"\x00" * 1000})
    git(made.root).commit()
    assert found("--select", "FIELD") == []


def test_uncommitted_is_what_changed_since_the_last_commit(made, run_govkb):
    assert run_govkb("check", "--uncommitted", cwd=made.root).code == 0
    made.write({INCIDENT_PATH: INCIDENT.replace("high", "hihg")})
    outcome = run_govkb("check", "--uncommitted", cwd=made.root)
    assert outcome.code == 1
    assert "hihg" in outcome.stdout and "extra" not in outcome.stdout


def test_before_the_first_commit_everything_is_uncommitted(project, git, run_govkb):
    made = project({INCIDENT_PATH: INCIDENT, PITFALL_PATH: PITFALL})
    git(made.root)
    outcome = run_govkb("check", "--uncommitted", cwd=made.root)
    assert outcome.code == 1
    assert "extra" in outcome.stdout


def test_without_git_nothing_can_be_told_to_be_uncommitted(project, run_govkb):
    made = project({INCIDENT_PATH: INCIDENT})
    assert run_govkb("check", "--uncommitted", cwd=made.root).code == 3


def test_uncommitted_is_since_one_commit_only(made, run_govkb):
    outcome = run_govkb("check", "--uncommitted", "--changed", "main", cwd=made.root)
    assert outcome.code == 2
    assert "--changed" in outcome.stderr
