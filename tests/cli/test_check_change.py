"""`govkb check-change`: what it is told, what it compares with, and how it ends."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from msgspec.structs import fields

from govkb.cli.check_change import command
from govkb.errors import GovkbError

SETTINGS = """\
[changes.artifacts]
log = {files = ["log/*.md"]}

[[changes.gates]]
name = "log required"
files = ["modules/**"]
labels = ["log-required", "a, b"]
needs = ["log"]
"""
LABELS = '[labels]\nbare = ["one", "two, three"]\n'
CHECKLIST = "[changes.checklist]\n"


@pytest.fixture
def run(monkeypatch):
    """Runs the command in a project; how it ends, with what it says."""

    def invoke(made, *arguments, stdin=None):
        monkeypatch.chdir(made.root)
        result = CliRunner().invoke(command, arguments, input=stdin, standalone_mode=False)
        error = result.exception
        if error is not None and not isinstance(error, GovkbError):
            raise error
        code = error.exit_code if error is not None else result.return_value
        return code, f"{error.message}\n{error.hint}" if error else result.stdout, result.stderr

    return invoke


def test_without_gates_it_says_how_to_declare_one(run, project):
    code, stdout, stderr = run(project())
    assert (code, stdout) == (0, "")
    assert stderr == (
        "no gate is declared in this project: `[[changes.gates]]` in govkb.toml declares one\n"
    )
    _, _, stderr = run(project({"pyproject.toml": "[tool.govkb]\n"}))
    assert "`[[tool.govkb.changes.gates]]` in pyproject.toml" in stderr
    code, stdout, _ = run(project(), "--format", "json")
    assert (code, json.loads(stdout)["diagnostics"]) == (0, [])


def test_without_gates_a_change_is_held_against_its_own_list_of_files(run, project):
    made = project({"a.py": "", "body.md": "## Files touched\n\n- `a.py`\n- `b.py`\n"})
    code, stdout, stderr = run(made, "--files", "a.py", "--body", "body.md")
    assert (code, stderr) == (1, "1 file held against its own list: 1 warning\n")
    assert "GATE015 untouched-file: 1 path is listed" in stdout
    _, stdout, stderr = run(made, "--body", "body.md")
    assert (stdout, stderr[:18]) == ("", "no gate is declare")


def test_a_shut_gate_ends_with_1_and_an_open_one_with_0(run, project):
    made = project({"govkb.toml": SETTINGS, "modules/a.tf": "", "log/a.md": ""})
    code, stdout, stderr = run(made, "--files", "modules/a.tf", "--labels", "")
    assert code == 1
    assert "modules/a.tf error GATE001 unaccompanied-change: the gate 'log required'" in stdout
    assert stderr == "1 file held against 1 gate: 1 error\n"
    code, stdout, stderr = run(made, "--files", "modules/a.tf,./log/a.md", "--labels", "")
    assert (code, stdout) == (0, "")
    assert stderr == "2 files held against 1 gate: all is well\n"


def test_a_gate_may_begin_as_a_warning_or_be_regraded(run, project):
    arguments = ("--files", "modules/a.tf", "--labels", "", "--format", "json")
    made = project({"govkb.toml": f'{SETTINGS}severity = "info"\n', "modules/a.tf": ""})
    code, stdout, _ = run(made, *arguments)
    assert (code, json.loads(stdout)["summary"]) == (0, {"error": 0, "warning": 0, "info": 1})
    graded = f'{SETTINGS}[rules.severity]\nunaccompanied-change = "warning"\n'
    code, stdout, _ = run(made.write({"govkb.toml": graded}), *arguments)
    assert (code, json.loads(stdout)["summary"]["warning"]) == (1, 1)
    assert run(made, *arguments, "--ignore", "GATE001")[0] == 0


@pytest.mark.parametrize(
    "labels",
    [
        ["--labels", '["one", "two, three"]'],
        ["--labels", "one\ntwo, three\n"],
        ["--labels", "one", "--labels", '["two, three"]'],
    ],
)
def test_labels_come_with_commas_or_lines_or_as_json(run, project, labels):
    code, stdout, _ = run(project({"govkb.toml": LABELS}), "--files", "", *labels)
    assert (code, stdout) == (0, "")


def test_a_change_cannot_open_its_own_gate(run, project, git):
    made = project({"govkb.toml": SETTINGS, "modules/a.tf": ""})
    git(made.root).commit()
    made.write(
        {
            "modules/a.tf": "x",
            "govkb.toml": SETTINGS.replace("modules/**", "other/**")
            + '[rules]\nignore = ["GATE"]\n[[changes.bypasses]]\nlabel = "x"\n'
            'gates = ["log required"]\n',
        }
    )
    code, stdout, stderr = run(made, "--base", "main", "--labels", "x")
    assert code == 1
    assert "modules/a.tf error GATE001" in stdout
    assert stderr == "2 files held against 1 gate: 1 error\n"
    told = [d.message for d in made.check("main") if d.code == "APP012"]
    assert told == [
        "`rules.ignore` switches GATE off now",
        "the gate 'log required' asks for less",
        "the label 'x' lets changes past gates now",
    ]


def test_a_gate_that_a_change_adds_is_for_the_next(run, project, git):
    made = project({"govkb.toml": "", "modules/a.tf": ""})
    git(made.root).commit()
    made.write({"modules/a.tf": "x", "govkb.toml": SETTINGS})
    code, _, stderr = run(made, "--base", "main", "--labels", "")
    assert (code, stderr.split(":")[0]) == (0, "no gate is declared at main")
    assert [d for d in made.check("main") if d.code == "APP012"] == []


def test_the_body_comes_from_a_file_or_from_standard_input(run, project):
    made = project({"govkb.toml": CHECKLIST, "body.md": "## A\n- [x] b\n"})
    assert run(made, "--files", "", "--body", "body.md")[0] == 0
    assert run(made, "--files", "", "--body", "-", stdin=b"## A\n- [x] b\xff\n")[0] == 0
    code, stdout, _ = run(made, "--files", "", "--body", "-", stdin="## A\n- [ ] b\n")
    assert (code, "the section 'A' of the body has no box ticked" in stdout) == (1, True)


@pytest.mark.parametrize(
    ("settings", "arguments", "code", "said"),
    [
        (SETTINGS, [], 2, "it isn't told what the change touches\ncompare with git: `--base REF`"),
        (SETTINGS, ["--files", ""], 3, "the gates ask for what nobody told of the change: its lab"),
        (SETTINGS, ["--base", "main"], 3, "there is no git history to compare with"),
        (SETTINGS, ["--files", "/etc/passwd"], 2, "--files: '/etc/passwd' is no path below the"),
        (SETTINGS, ["--files", "../x"], 2, "--files: '../x' is no path below the project"),
        (SETTINGS, ["--labels", "[1]"], 2, "--labels: a JSON list of something else than texts"),
        (SETTINGS, ["--labels", "[x"], 2, "--labels: not a JSON list"),
        (SETTINGS, ["--labels", "[" * 100_000], 2, "--labels: not a JSON list"),
        (SETTINGS, ["--select", "GAT001"], 2, "--select names 'GAT001', and no rule is called"),
        (SETTINGS, ["--select", "REF"], 2, "no rule about gates is left to run"),
        (CHECKLIST, ["--body", "nowhere.md"], 2, "--body: there is no file nowhere.md"),
        (CHECKLIST, ["--files", ""], 3, "nobody told of the change: its body\nsay it: --body FILE"),
        (CHECKLIST, ["--output", "no/where"], 2, "no/where: there is no folder no"),
        ("[changes]\ngats = 1", [], 2, "govkb.toml: unknown setting `changes.gats`"),
    ],
)
def test_bad_input_gets_a_clear_line(run, project, settings, arguments, code, said):
    ended, told, _ = run(project({"govkb.toml": settings}), *arguments)
    assert ended == code
    assert said in told


def test_a_body_that_no_forge_takes_is_refused(run, project):
    made = project({"govkb.toml": CHECKLIST})
    code, said, _ = run(made, "--files", "", "--body", "-", stdin=b"x" * (4 * 1024 * 1024 + 1))
    assert (code, "more than 4,194,304 bytes" in said) == (2, True)


def test_what_strangers_write_can_begin_no_command_of_a_forge(run, project):
    made = project({"govkb.toml": LABELS})
    label = "x%0A::error::y\n::stop-commands::z\x1b[31m"
    code, stdout, _ = run(
        made, "--files", "", "--labels", json.dumps([label]), "--format", "github"
    )
    assert code == 1
    assert [line[:8] for line in stdout.splitlines()] == ["::error "]
    assert "\x1b" not in stdout


def test_it_is_a_command_like_others(run_govkb, project):
    outcome = run_govkb("check-change", cwd=project().root)
    assert outcome.code == 0, outcome.stderr
    assert "no gate is declared" in outcome.stderr


def test_the_documentation_shows_what_happens(checkout, project, git, run_govkb):
    page = (checkout / "docs/change-gates.md").read_text("utf-8")
    settings = re.findall(r"^```toml\n((?s:.*?))^```$", page, re.MULTILINE)
    shown, *_ = re.findall(r"^```console\n\$ govkb (.*)\n((?s:.*?))^```$", page, re.MULTILINE)
    made = project({"govkb.toml": settings[0], "modules/iam/main.tf": ""})
    repository = git(made.root)
    repository.commit()
    repository.run("update-ref", "refs/remotes/origin/main", "main")
    made.write({"modules/iam/main.tf": "x", "session_capture/2026-01-23.md": "x"})
    outcome = run_govkb(*shown[0].split(), cwd=made.root)
    assert (outcome.code, outcome.stdout.strip()) == (1, shown[1].strip())
    every = project({"govkb.toml": "".join(settings)}).open().config
    assert (every.changes.number, len(every.changes.bypasses)) == (6, 4)
    assert [n.prefix for n in every.labels.namespaces] == ["tier/", "story:", "component/"]


def test_the_settings_that_are_listed_are_all_there_are(checkout, project):
    page = (checkout / "docs/settings.md").read_text("utf-8")
    (listed,) = re.findall(r"^(\[labels\].*?)^```$", page, re.MULTILINE | re.DOTALL)
    config = project({"govkb.toml": listed}).open().config
    for declared in (config.changes.gates[0], config.changes.bypasses[0], config.changes.review):
        assert all(getattr(declared, field.name) for field in fields(declared))
