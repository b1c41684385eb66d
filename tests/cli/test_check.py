from __future__ import annotations

import json

import pytest

from govkb import __version__

BAD = "records/incidents/INC-20260418-B-zero-backups.md"


def test_a_clean_project_ends_with_0_and_says_so(good, run_govkb):
    outcome = run_govkb("check", cwd=good.root)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert outcome.stderr == "1 record checked: all is well\n"


def test_findings_end_with_1_and_stand_on_standard_output(mixed, run_govkb):
    outcome = run_govkb("check", cwd=mixed.root)
    assert outcome.code == 1
    assert outcome.stdout == mixed.report() + "\n"
    assert outcome.stderr == "2 records checked: 2 errors\n"
    assert "\x1b" not in outcome.stdout


def test_a_warning_ends_with_1_and_information_with_0(good, run_govkb):
    file = good.root / "records/pitfalls/probe-before-classify.md"
    file.write_text(file.read_text().replace("none\n", "none\nextra: x\n"))
    outcome = run_govkb("check", cwd=good.root)
    assert (outcome.code, outcome.stderr) == (1, "1 record checked: 1 warning\n")
    good.write({"govkb.toml": '[rules.severity]\nFIELD004 = "info"\n'})
    outcome = run_govkb("check", cwd=good.root)
    assert (outcome.code, outcome.stderr) == (0, "1 record checked: 1 info\n")
    assert "FIELD004" in outcome.stdout


@pytest.mark.parametrize("name", ["FIELD003", "unknown-value", "FIELD"])
def test_a_rule_or_a_family_can_be_ignored(mixed, run_govkb, name):
    mixed.write({"govkb.toml": f'[rules]\nignore = ["{name}"]\n'})
    outcome = run_govkb("check", cwd=mixed.root)
    assert "FIELD003" not in outcome.stdout
    assert "REF002" in outcome.stdout


@pytest.mark.parametrize(
    ("folder", "path", "code"),
    [
        (".", BAD, 1),
        (".", "records/incidents", 1),
        (".", "records/incidents/", 1),
        (".", ".", 1),
        (".", "records/pitfalls", 0),
        ("records", "pitfalls", 0),
        ("records/pitfalls", "../incidents", 1),
        ("records/pitfalls", ".", 0),
    ],
)
def test_paths_limit_what_is_shown(mixed, run_govkb, folder, path, code):
    outcome = run_govkb("check", path, cwd=mixed.root / folder)
    assert outcome.code == code
    assert bool(outcome.stdout) == (code == 1)


def test_an_absolute_path_and_several_paths_are_understood(mixed, run_govkb):
    outcome = run_govkb("check", "records/pitfalls", str(mixed.root / BAD), cwd=mixed.root)
    assert outcome.code == 1


def test_with_paths_all_records_are_read(good, run_govkb):
    text = (good.root / "records/pitfalls/probe-before-classify.md").read_text()
    other = text.replace(
        "id: probe-before-classify", "id: look-twice\nrelates_to: probe-before-classify"
    )
    good.write({"records/pitfalls/look-twice.md": other})
    assert run_govkb("check", "records/pitfalls/look-twice.md", cwd=good.root).code == 0


@pytest.mark.parametrize("path", ["records/gone.md", "nowhere"])
def test_an_unknown_path_ends_with_2(mixed, run_govkb, path):
    outcome = run_govkb("check", path, cwd=mixed.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert f"{path}: there is no such file or folder" in outcome.stderr


def test_a_path_outside_the_project_ends_with_2(mixed, run_govkb):
    outcome = run_govkb("check", "/", cwd=mixed.root)
    assert outcome.code == 2
    assert "outside the project" in outcome.stderr


def test_an_empty_project_says_how_to_begin(project, run_govkb):
    outcome = run_govkb("check", cwd=project().root)
    assert outcome.code == 0
    assert "no records in records/ yet" in outcome.stderr
    assert "govkb new incident" in outcome.stderr


@pytest.mark.parametrize("command", ["check", "build", "check-change --files a"])
def test_a_folder_that_is_no_project_is_a_mistake(tmp_path, run_govkb, command):
    outcome = run_govkb(*command.split(), cwd=tmp_path)
    assert outcome.code == 2
    assert "neither govkb.toml nor a folder records/" in outcome.stderr
    assert "govkb init" in outcome.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_readme_and_hidden_files_are_no_records(good, run_govkb):
    good.write(
        {"records/README.md": "# Records\n", "records/.draft.md": "x", "records/.x/a.md": "x"}
    )
    assert run_govkb("check", cwd=good.root).stderr == "1 record checked: all is well\n"


def test_json_is_versioned_and_complete(mixed, run_govkb):
    outcome = run_govkb("check", "--format", "json", cwd=mixed.root)
    document = json.loads(outcome.stdout)
    assert (outcome.code, outcome.stderr) == (1, "")
    assert list(document) == [
        "version",
        "tool",
        "records",
        "summary",
        "diagnostics",
        "suppressed",
    ]
    assert document["version"] == 1
    assert document["tool"] == {"name": "govkb", "version": __version__}
    assert document["records"] == 2
    assert document["summary"] == {"error": 2, "warning": 0, "info": 0}
    assert document["diagnostics"][0] == {
        "code": "FIELD003",
        "slug": "unknown-value",
        "severity": "error",
        "path": BAD,
        "span": {"start": {"line": 4, "column": 11}, "end": {"line": 4, "column": 15}},
        "key": "severity",
        "record": "INC-20260418-B",
        "message": "'hihg' is no value for `severity`",
        "hint": "did you mean 'high'? allowed: critical, high, medium, low, unclassified",
        "old": None,
        "new": None,
        "related": [],
        "fix": None,
    }


def test_json_of_a_clean_project_is_a_document_too(good, run_govkb):
    outcome = run_govkb("check", "--format", "json", cwd=good.root)
    assert outcome.code == 0
    assert json.loads(outcome.stdout)["diagnostics"] == []


def test_json_names_related_places_and_old_and_new_texts(mixed, git, run_govkb):
    learned = "\n## Learnings\n\n- A green job is no proof of a backup.\n"
    file = mixed.root / BAD
    file.write_text(file.read_text() + learned)
    git(mixed.root).commit()
    file.write_text(file.read_text().replace("no proof", "some proof"))
    copy = mixed.root / "records/pitfalls/copy.md"
    copy.write_text((mixed.root / "records/pitfalls/probe-before-classify.md").read_text())
    outcome = run_govkb("check", "--base", "main", "--format", "json", cwd=mixed.root)
    found = {d["code"]: d for d in json.loads(outcome.stdout)["diagnostics"]}
    assert found["APP001"]["old"] == "A green job is no proof of a backup."
    assert found["APP001"]["new"] == "A green job is some proof of a backup."
    (related,) = found["ID002"]["related"]
    assert set(related) == {"message", "path", "span"}
    assert related["span"]["start"]["line"] == 2


def test_colours_are_for_terminals_or_on_request(mixed, run_govkb):
    outcome = run_govkb("check", "--color", cwd=mixed.root)
    assert "\x1b[" in outcome.stdout
    assert "\x1b[" not in run_govkb("check", "--no-color", cwd=mixed.root).stdout


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("govkb.toml", "record = 'x'\n", ["govkb.toml", "`record`", "did you mean `records`?"]),
        ("govkb.toml", "colour = 1\n", ["govkb.toml", "`colour`", "known: "]),
        ("govkb.toml", "records = 3\n", ["govkb.toml", "`records`", "3"]),
        ("govkb.toml", "records = '../x'\n", ["govkb.toml", "`records`", "inside the project"]),
        ("govkb.toml", "records = '/x'\n", ["govkb.toml", "`records`", "inside the project"]),
        ("govkb.toml", "records = [\n", ["govkb.toml", "not valid TOML"]),
        ("govkb.toml", "rules = 3\n", ["govkb.toml", "`rules`"]),
        ("govkb.toml", "[rules]\nignor = []\n", ["`rules.ignor`", "did you mean `rules.ignore`?"]),
        ("govkb.toml", "[rules]\nignore = 'REF001'\n", ["`rules.ignore`", "list"]),
        ("govkb.toml", "[rules]\nignore = ['REF999']\n", ["`rules.ignore`", "'REF999'"]),
        (
            "govkb.toml",
            "[rules.severity]\nREF001 = 'fatal'\n",
            ["rules.severity.REF001", "'fatal'"],
        ),
        ("govkb.toml", "[rules.severity]\nREF001 = ['x']\n", ["rules.severity.REF001", "['x']"]),
        ("govkb.toml", "[rules.severity]\nREFS = 'info'\n", ["`rules.severity`", "'REFS'"]),
        ("govkb.toml", "[rules]\nselect = ['REFS']\n", ["govkb.toml", "`rules.select`", "'REFS'"]),
        (
            "govkb.toml",
            "[rules.per_path]\n'a/**' = ['REFS']\n",
            ["govkb.toml", '`rules.per_path."a/**"`', "'REFS'", "did you mean REF?"],
        ),
        ("govkb.toml", b"records = '\xff'\n", ["govkb.toml", "not UTF-8 at byte 11"]),
        ("pyproject.toml", "[tool.govkb]\nrecord = 'x'\n", ["pyproject.toml", "`record`"]),
        ("pyproject.toml", "[tool]\ngovkb = 3\n", ["pyproject.toml", "must be a table"]),
    ],
)
def test_a_fault_of_the_settings_ends_with_2_and_names_file_and_key(
    good, run_govkb, file, content, words
):
    good.write({file: content})
    outcome = run_govkb("check", cwd=good.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "Traceback" not in outcome.stderr
    assert all(word in outcome.stderr for word in words), outcome.stderr


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("templates/x/type.yaml", "type: x\n", ["type.yaml:1:1 error READ025", "label"]),
        ("templates/x/type.yaml", "a: [\n", ["templates/x/type.yaml:2:1 ", "not valid YAML"]),
        ("templates/vocabulary.yaml", "x: 1\n", ["vocabulary.yaml:1:1 error READ025", "x"]),
    ],
)
def test_a_fault_of_a_declaration_is_a_finding_beside_all_others(
    mixed, run_govkb, file, content, words
):
    before = run_govkb("check", cwd=mixed.root).stdout
    mixed.write({file: content})
    outcome = run_govkb("check", cwd=mixed.root)
    assert outcome.code == 1
    assert all(word in outcome.stdout for word in words), outcome.stdout
    assert "REF002" in before
    assert "REF002" in outcome.stdout


def test_settings_in_pyproject_and_another_folder_are_found_from_below(good, run_govkb):
    (good.root / "records").rename(good.root / "governance")
    good.write({"pyproject.toml": "[tool.govkb]\nrecords = 'governance'\n", "src/a/b.txt": ""})
    outcome = run_govkb("check", cwd=good.root / "src" / "a")
    assert outcome.stderr == "1 record checked: all is well\n"


def test_an_internal_error_ends_with_4_and_without_a_traceback(good, run_govkb, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import govkb.checking.verdict as verdict\nverdict.all_findings = lambda *_: 1 / 0\n"
    )
    breaking = {"PYTHONPATH": str(tmp_path)}
    outcome = run_govkb("check", cwd=good.root, env=breaking)
    assert (outcome.code, outcome.stdout) == (4, "")
    assert "internal error: ZeroDivisionError" in outcome.stderr
    assert "GOVKB_TRACEBACK=1" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    shown = run_govkb("check", cwd=good.root, env={**breaking, "GOVKB_TRACEBACK": "1"})
    assert "Traceback" in shown.stderr


@pytest.mark.parametrize("place", ["templates/vocabulary.yaml/x", "templates/x/type.yaml/x"])
def test_a_folder_in_the_place_of_a_template_is_no_internal_error(good, run_govkb, place):
    good.write({place: "x"})
    outcome = run_govkb("check", cwd=good.root)
    assert outcome.code in (0, 2)
    assert "Traceback" not in outcome.stderr


def test_an_unreadable_records_folder_ends_with_4(good, run_govkb, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import os\n"
        "scandir = os.scandir\n"
        "def refuse(path='.'):\n"
        "    if str(path).endswith('pitfalls'):\n"
        "        raise PermissionError(13, 'Permission denied', str(path))\n"
        "    return scandir(path)\n"
        "os.scandir = refuse\n"
    )
    outcome = run_govkb("check", cwd=good.root, env={"PYTHONPATH": str(tmp_path)})
    assert outcome.code == 4
    assert "can't be read: Permission denied" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_with_paths_the_summary_says_how_many_of_how_many(mixed, run_govkb):
    outcome = run_govkb("check", "records/pitfalls", cwd=mixed.root)
    assert outcome.stderr == "1 of 2 records checked: all is well\n"
    assert run_govkb("check", "records", cwd=mixed.root).stderr == "2 records checked: 2 errors\n"


def test_findings_without_any_record_are_counted(project, run_govkb):
    made = project({"templates/drill/type.yaml": "type: drill\n"})
    outcome = run_govkb("check", cwd=made.root)
    assert outcome.code == 1
    assert outcome.stderr.startswith("0 records checked: ")


@pytest.mark.parametrize("option", ["--output", "--write-baseline"])
def test_no_folder_is_made_for_a_report(good, run_govkb, option):
    outcome = run_govkb("check", option, "out/x.json", cwd=good.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "out/x.json: there is no folder out" in outcome.stderr
    assert not (good.root / "out").exists()
