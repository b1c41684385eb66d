from __future__ import annotations

import json
from xml.etree import ElementTree as xml

import pytest

from govkb.reporting import FORMATS

BAD = "records/incidents/INC-20260418-B-zero-backups.md"
SUMMARY = "2 records checked: 2 errors\n"

each_format = pytest.mark.parametrize("name", FORMATS)


def says(name, report):
    """How many findings a report has."""
    if name == "json":
        return len(json.loads(report)["diagnostics"])
    if name == "sarif":
        return len(json.loads(report)["runs"][0]["results"])
    if name == "gitlab":
        return len(json.loads(report))
    if name == "junit":
        return int(xml.fromstring(report)[0].get("failures"))
    return sum(line.startswith(("::error ", BAD)) for line in report.splitlines())


@each_format
def test_a_finding_ends_with_1_in_every_format(mixed, run_govkb, name):
    outcome = run_govkb("check", "--format", name, cwd=mixed.root)
    assert (outcome.code, says(name, outcome.stdout)) == (1, 2)
    assert outcome.stderr == (SUMMARY if name in ("text", "github") else "")


@each_format
def test_nothing_found_ends_with_0_in_every_format(good, run_govkb, name):
    outcome = run_govkb("check", "--format", name, cwd=good.root)
    assert (outcome.code, says(name, outcome.stdout)) == (0, 0)


@each_format
def test_a_report_goes_to_a_file_and_the_summary_to_standard_error(mixed, run_govkb, name):
    printed = run_govkb("check", "--format", name, cwd=mixed.root).stdout
    (mixed.root / "out").mkdir()
    arguments = ("check", "--format", name, "--output", "out/report")
    outcome = run_govkb(*arguments, cwd=mixed.root)
    assert (outcome.code, outcome.stdout, outcome.stderr) == (1, "", SUMMARY)
    assert (mixed.root / "out/report").read_bytes().decode().rstrip("\n") == printed.rstrip("\n")


def test_a_report_takes_the_place_of_the_one_before(mixed, run_govkb):
    file = mixed.root / "report.json"
    file.write_text("old")
    run_govkb("check", "--format", "json", "--output", "report.json", cwd=mixed.root)
    assert says("json", file.read_text()) == 2
    assert [path.name for path in mixed.root.iterdir() if path.is_file()] == ["report.json"]


def test_a_report_never_takes_the_place_of_a_record(mixed, run_govkb):
    before = (mixed.root / BAD).read_bytes()
    outcome = run_govkb("check", "--output", BAD, cwd=mixed.root)
    assert outcome.code == 2
    assert f"{BAD}: this is a record" in outcome.stderr
    assert (mixed.root / BAD).read_bytes() == before


def test_a_report_that_cannot_be_written_ends_with_4(mixed, run_govkb):
    outcome = run_govkb("check", "--output", "records", cwd=mixed.root)
    assert outcome.code == 4
    assert "records: can't be written" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_an_unknown_format_names_those_that_are_known(good, run_govkb):
    outcome = run_govkb("check", "--format", "yaml", cwd=good.root)
    assert outcome.code == 2
    assert all(f"'{name}'" in outcome.stderr for name in FORMATS)


def test_on_a_build_server_nothing_changes_by_itself(mixed, run_govkb):
    servers = {"GITHUB_ACTIONS": "true", "GITLAB_CI": "true", "CI": "true"}
    outcome = run_govkb("check", cwd=mixed.root, env=servers)
    assert outcome == run_govkb("check", cwd=mixed.root)


@pytest.mark.parametrize("name", ["sarif", "github", "gitlab"])
def test_paths_lead_from_the_top_of_the_repository(mixed, git, run_govkb, name):
    kept = mixed.root / "team" / "kb"
    kept.mkdir(parents=True)
    (mixed.root / "records").rename(kept / "records")
    (kept / "govkb.toml").write_text("")
    git(mixed.root)
    assert f"team/kb/{BAD}" in run_govkb("check", "--format", name, cwd=kept).stdout
    assert "team/kb" not in run_govkb("check", "--format", "json", cwd=kept).stdout


SEVERITY = "severity: hihg"


@pytest.fixture
def hidden(mixed, run_govkb):
    """A project with two errors: a comment hides one, the baseline of the settings the other."""
    file = mixed.root / BAD
    file.write_text(
        file.read_text().replace(SEVERITY, f"{SEVERITY} # govkb: ignore FIELD -- as was")
    )
    run_govkb("check", "--write-baseline", "known.jsonl", cwd=mixed.root)
    return mixed.write({"govkb.toml": '[rules]\nbaseline = "known.jsonl"\n'})


def test_json_lists_what_is_hidden(hidden, run_govkb):
    outcome = run_govkb("check", "--format", "json", cwd=hidden.root)
    report = json.loads(outcome.stdout)
    assert (outcome.code, report["diagnostics"]) == (0, [])
    found = [(s["by"], s["reason"], s["diagnostic"]["code"]) for s in report["suppressed"]]
    assert found == [("comment", "as was", "FIELD003"), ("baseline", None, "REF002")]


def test_sarif_marks_what_is_hidden(hidden, run_govkb):
    outcome = run_govkb("check", "--format", "sarif", cwd=hidden.root)
    assert outcome.code == 0
    results = json.loads(outcome.stdout)["runs"][0]["results"]
    assert [(result["ruleId"], result["suppressions"]) for result in results] == [
        ("FIELD003", [{"kind": "inSource", "justification": "as was"}]),
        ("REF002", [{"kind": "external"}]),
    ]


@pytest.mark.parametrize("name", ["text", "github", "gitlab", "junit"])
def test_other_formats_leave_out_what_is_hidden(hidden, run_govkb, name):
    outcome = run_govkb("check", "--format", name, cwd=hidden.root)
    assert (outcome.code, says(name, outcome.stdout)) == (0, 0)
    assert "hihg" not in outcome.stdout


def test_what_is_hidden_is_listed_only_where_it_was_asked_about(hidden, run_govkb):
    elsewhere = "records/pitfalls"
    outcome = run_govkb("check", elsewhere, "--format", "json", cwd=hidden.root)
    assert json.loads(outcome.stdout)["suppressed"] == []


@each_format
def test_reports_are_utf_8_whatever_the_terminal_speaks(mixed, run_govkb, name):
    file = mixed.root / BAD
    file.write_text(file.read_text("utf-8").replace("hihg", "日本"), "utf-8")
    arguments = ("check", "--format", name)
    outcome = run_govkb(*arguments, cwd=mixed.root, env={"PYTHONIOENCODING": "cp1252"})
    assert (outcome.code, says(name, outcome.stdout)) == (1, 2)
    shown = {"github": "'日本'", "junit": "'&#26085;&#26412;'"}
    assert shown.get(name, "'\\u65e5\\u672c'") in outcome.stdout


@each_format
def test_a_file_name_carries_out_nothing(good, run_govkb, name):
    names = ("::error::pwned.md", "a\n::error::pwned.md", "##[error]pwned.md", "\udcff.md")
    good.write({"govkb.toml": 'records = "."\n'})
    good.write(dict.fromkeys(names, "---\nid: [\n---\n"))
    outcome = run_govkb("check", "--format", name, cwd=good.root)
    assert outcome.code == 1
    for line in outcome.stdout.splitlines():
        assert not line.lstrip().startswith("::error::")
        assert "##[error]" not in line
        assert name == "github" or not line.lstrip().startswith("::")
