from __future__ import annotations

import json

import pytest

BAD = "records/incidents/INC-20260418-B-zero-backups.md"


def codes(outcome):
    return [found["code"] for found in json.loads(outcome.stdout)["diagnostics"]]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], ["FIELD003", "REF002"]),
        (["--select", "REF"], ["REF002"]),
        (["--select", "ref002"], ["REF002"]),
        (["--select", "REF,unknown-value"], ["FIELD003", "REF002"]),
        (["--select", "REF", "--select", "FIELD003"], ["FIELD003", "REF002"]),
        (["--ignore", "REF, FIELD"], []),
        (["--ignore", "dangling-reference"], ["FIELD003"]),
        (["--select", "REF", "--ignore", "REF002"], []),
    ],
)
def test_the_command_line_selects(mixed, run_govkb, options, expected):
    outcome = run_govkb("check", "--format", "json", *options, cwd=mixed.root)
    assert codes(outcome) == expected
    assert outcome.code == int(bool(expected))


def test_the_settings_select_and_the_command_line_has_the_last_word(mixed, run_govkb):
    mixed.write({"govkb.toml": '[rules]\nselect = ["FIELD"]\nignore = ["REF002"]\n'})
    assert codes(run_govkb("check", "--format", "json", cwd=mixed.root)) == ["FIELD003"]
    outcome = run_govkb("check", "--format", "json", "--select", "REF002", cwd=mixed.root)
    assert codes(outcome) == ["REF002"]


def test_rules_are_taken_out_for_paths(mixed, run_govkb):
    mixed.write({"govkb.toml": '[rules.per_path]\n"records/incidents/**" = ["unknown-value"]\n'})
    assert codes(run_govkb("check", "--format", "json", cwd=mixed.root)) == ["REF002"]
    mixed.write({"govkb.toml": '[rules.per_path]\n"records/pitfalls/**" = ["FIELD"]\n'})
    assert codes(run_govkb("check", "--format", "json", cwd=mixed.root)) == ["FIELD003", "REF002"]


def test_a_family_is_graded_and_one_of_its_rules_otherwise(mixed, run_govkb):
    mixed.write({"govkb.toml": '[rules.severity]\nREF = "info"\nFIELD = "info"\n'})
    assert run_govkb("check", cwd=mixed.root).code == 0
    mixed.write(
        {"govkb.toml": '[rules.severity]\nREF = "info"\nREF002 = "warning"\nFIELD="info"\n'}
    )
    assert run_govkb("check", cwd=mixed.root).code == 1


def test_a_change_of_the_selection_keeps_what_is_known_of_the_files(mixed, run_govkb, tmp_path):
    kept = {"GOVKB_CACHE_DIR": str(tmp_path)}
    run_govkb("check", cwd=mixed.root, env=kept)
    (cache,) = tmp_path.rglob("*.msgpack")
    before = cache.read_bytes()
    mixed.write({"govkb.toml": '[rules]\nignore = ["REF"]\n'})
    assert "REF002" not in run_govkb("check", cwd=mixed.root, env=kept).stdout
    assert cache.read_bytes() == before


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_rule_ends_with_2_and_the_nearest(mixed, run_govkb, option):
    outcome = run_govkb("check", option, "REF,dangling-refrence", cwd=mixed.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert f"{option} names 'dangling-refrence', and no rule is called that" in outcome.stderr
    assert "did you mean dangling-reference?" in outcome.stderr


def test_suppressed_findings_are_counted(mixed, run_govkb):
    file = mixed.root / BAD
    text = file.read_text().replace("hihg\n", "hihg # govkb: ignore FIELD003 -- a new word\n")
    file.write_text(text)
    outcome = run_govkb("check", cwd=mixed.root)
    assert (outcome.code, outcome.stderr) == (1, "2 records checked: 1 error; 1 suppressed\n")
    file.write_text(text.replace("-Z\n", "-Z # govkb: ignore REF -- lost\n"))
    outcome = run_govkb("check", cwd=mixed.root)
    assert (outcome.code, outcome.stderr) == (
        0,
        "2 records checked: all is well; 2 suppressed\n",
    )


def test_what_is_kept_of_a_file_includes_its_comments(mixed, run_govkb, tmp_path):
    file = mixed.root / BAD
    text = file.read_text().replace("hihg\n", "hihg # govkb: ignore FIELD003 -- a new word\n")
    file.write_text(text)
    kept = {"GOVKB_CACHE_DIR": str(tmp_path)}
    first = run_govkb("check", cwd=mixed.root, env=kept)
    assert list(tmp_path.rglob("*.msgpack"))
    assert run_govkb("check", cwd=mixed.root, env=kept) == first
    assert "1 suppressed" in first.stderr


def test_a_comment_hides_no_change_of_what_was_learned(mixed, git, run_govkb):
    file = mixed.root / BAD
    file.write_text(file.read_text() + "\n## Learnings\n\n- A green job proves nothing.\n")
    git(mixed.root).commit()
    hidden = "<!-- govkb: ignore-file APP001, APP -- a typo -->"
    file.write_text(file.read_text().replace("proves nothing", "proves all") + f"\n{hidden}\n")
    outcome = run_govkb("check", "--base", "main", "--select", "APP,READ", cwd=mixed.root)
    assert outcome.code == 1
    assert "APP001 edited-entry" in outcome.stdout
    assert "READ021 invalid-suppression: APP can't be ignored" in outcome.stdout


def test_comments_in_a_file_that_cannot_be_read_hide_nothing(good, run_govkb):
    good.write(
        {"records/pitfalls/x.md": "---\nid: [\n---\n<!-- govkb: ignore-file READ -- x -->\n"}
    )
    outcome = run_govkb("check", cwd=good.root)
    assert outcome.code == 1
    assert "READ006 invalid-yaml" in outcome.stdout
    assert "suppress" not in outcome.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--select", "REF", "--ignore", "REF"), "no rule is left to run with --select REF and"),
        (("--select", ""), "--select names no rule"),
        (("--ignore", " , "), "--ignore names no rule"),
    ],
)
def test_what_leaves_no_rule_ends_with_2(mixed, run_govkb, arguments, words):
    outcome = run_govkb("check", *arguments, cwd=mixed.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert words in outcome.stderr


def test_settings_that_ignore_what_is_asked_for_are_named(mixed, run_govkb):
    mixed.write({"govkb.toml": '[rules]\nignore = ["REF"]\n'})
    outcome = run_govkb("check", "--select", "REF", cwd=mixed.root)
    assert outcome.code == 2
    assert "the settings ignore REF" in outcome.stderr
