from __future__ import annotations

import json

import pytest

BAD = "records/incidents/INC-20260418-B-zero-backups.md"
PITFALL = "records/pitfalls/probe-before-classify.md"


@pytest.fixture
def frozen(mixed, run_govkb):
    """A project with two errors, both in the baseline of its settings."""
    outcome = run_govkb("check", "--write-baseline", "known.jsonl", cwd=mixed.root)
    assert outcome.code == 0, outcome.stdout
    return mixed.write({"govkb.toml": '[rules]\nbaseline = "known.jsonl"\n'})


def test_a_baseline_is_written_and_says_how_to_use_it(mixed, run_govkb):
    outcome = run_govkb("check", "--write-baseline", "known.jsonl", cwd=mixed.root / "records")
    assert (outcome.code, outcome.stdout) == (0, "")
    assert outcome.stderr.splitlines() == [
        "2 records checked: all is well; 2 in the baseline",
        "2 findings written to known.jsonl",
        'to use it every time: baseline = "records/known.jsonl" under [rules]',
    ]
    first, *lines = (mixed.root / "records/known.jsonl").read_text().splitlines()
    assert json.loads(first) == {"govkb-baseline": 1}
    assert [json.loads(line)["code"] for line in lines] == ["FIELD003", "REF002"]


def test_what_is_known_does_not_fail_and_what_is_new_does(frozen, run_govkb):
    outcome = run_govkb("check", cwd=frozen.root)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert outcome.stderr == "2 records checked: all is well; 2 in the baseline\n"
    file = frozen.root / PITFALL
    file.write_text(file.read_text().replace("memory", "memory of INC-20260418-Y"))
    outcome = run_govkb("check", cwd=frozen.root)
    assert outcome.code == 1
    assert outcome.stdout.count("REF002") == 1
    assert "INC-20260418-Y" in outcome.stdout


def test_a_baseline_on_the_command_line_takes_the_place_of_the_settings(frozen, run_govkb):
    frozen.write({"none.jsonl": '{"govkb-baseline": 1}\n'})
    assert run_govkb("check", "--baseline", "none.jsonl", cwd=frozen.root).code == 1
    assert run_govkb("check", "--no-baseline", cwd=frozen.root).code == 1
    frozen.write({"govkb.toml": ""})
    assert run_govkb("check", cwd=frozen.root).code == 1
    assert run_govkb("check", "--baseline", "known.jsonl", cwd=frozen.root).code == 0


def test_lines_above_and_a_move_of_the_file_keep_a_finding_known(frozen, run_govkb):
    file = frozen.root / BAD
    text = file.read_text().replace("severity:", "owner: sre\nseverity:")
    file.unlink()
    frozen.write({"records/incidents/INC-20260418-B-no-backups.md": text})
    outcome = run_govkb("check", cwd=frozen.root)
    assert outcome.code == 0, outcome.stdout


def test_what_is_gone_is_said_and_never_fails(frozen, run_govkb):
    file = frozen.root / BAD
    file.write_text(file.read_text().replace("hihg", "high"))
    outcome = run_govkb("check", cwd=frozen.root)
    assert outcome.code == 0
    assert "known.jsonl info READ023 stale-baseline: the baseline has one finding" in outcome.stdout
    run_govkb("check", "--write-baseline", "known.jsonl", cwd=frozen.root)
    assert run_govkb("check", cwd=frozen.root).stdout == ""
    assert len((frozen.root / "known.jsonl").read_text().splitlines()) == 2


def test_part_of_a_check_says_nothing_of_the_rest_of_the_baseline(frozen, run_govkb):
    for options in (["records/pitfalls"], ["--select", "SEC"], ["--ignore", "REF,FIELD"]):
        outcome = run_govkb("check", *options, cwd=frozen.root)
        assert (outcome.code, outcome.stdout) == (0, "")


def test_what_was_learned_is_never_frozen(mixed, git, run_govkb):
    file = mixed.root / BAD
    file.write_text(file.read_text() + "\n## Learnings\n\n- A green job proves nothing.\n")
    git(mixed.root).commit()
    file.write_text(file.read_text().replace("proves nothing", "proves all"))
    options = ("--base", "main", "--write-baseline", "known.jsonl")
    outcome = run_govkb("check", *options, cwd=mixed.root)
    assert outcome.code == 1
    assert "APP001 edited-entry" in outcome.stdout
    assert "APP" not in (mixed.root / "known.jsonl").read_text()


def test_a_broken_baseline_ends_with_2_and_names_its_line(frozen, run_govkb):
    frozen.write({"known.jsonl": '{"govkb-baseline": 1}\n<<<<<<< HEAD\n'})
    outcome = run_govkb("check", cwd=frozen.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "known.jsonl:2: the baseline can't be read" in outcome.stderr
    assert "govkb check --write-baseline known.jsonl" in outcome.stderr


def test_a_baseline_that_is_not_there_ends_with_2(frozen, run_govkb):
    (frozen.root / "known.jsonl").unlink()
    outcome = run_govkb("check", cwd=frozen.root)
    assert outcome.code == 2
    assert "known.jsonl: the baseline that `rules.baseline` names isn't there" in outcome.stderr
    assert run_govkb("check", "--baseline", "x.jsonl", cwd=frozen.root).code == 2
    outcome = run_govkb("check", "--write-baseline", "known.jsonl", cwd=frozen.root)
    assert outcome.code == 0


@pytest.mark.parametrize(
    "options",
    [
        ["records"],
        ["--select", "REF"],
        ["--ignore", "REF"],
        ["--changed", "main"],
        ["--fix"],
        ["--diff"],
        ["--baseline", "known.jsonl"],
    ],
)
def test_a_baseline_of_a_part_is_refused(frozen, run_govkb, options):
    before = (frozen.root / "known.jsonl").read_bytes()
    outcome = run_govkb("check", "--write-baseline", "known.jsonl", *options, cwd=frozen.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "give --write-baseline alone" in outcome.stderr
    assert (frozen.root / "known.jsonl").read_bytes() == before


def test_two_answers_at_once_are_refused(frozen, run_govkb):
    options = ("--baseline", "known.jsonl", "--no-baseline")
    assert run_govkb("check", *options, cwd=frozen.root).code == 2


def test_building_knows_the_baseline_too(frozen):
    assert frozen.check() == []


def test_no_other_file_is_written_over(mixed, run_govkb):
    for name in (BAD, "records"):
        outcome = run_govkb("check", "--write-baseline", name, cwd=mixed.root)
        assert (outcome.code, outcome.stdout) == (2, "")
        assert f"{name} is there already and is no baseline" in outcome.stderr
    mixed.write({"empty.jsonl": "", "broken.jsonl": '<<<<<<<\n{"govkb-baseline": 1}\n'})
    for name in ("empty.jsonl", "broken.jsonl"):
        assert run_govkb("check", "--write-baseline", name, cwd=mixed.root).code == 0
