from __future__ import annotations

import json

import pytest

OLD = {
    "version": 3,
    "agents": {
        "generic-executor": {"status": "available", "capacity": 2},
        "planner": {"status": "available", "note": "x" * 300},
    },
}
ONLY = ("--at", "agents", "--only", "generic-executor")


@pytest.fixture
def diff(project, run_govkb):
    """Runs `govkb registry diff` on two texts or values."""
    made = project()

    def run(old, new, *options):
        for name, value in (("old.json", old), ("new.json", new)):
            text = value if isinstance(value, (str, bytes)) else json.dumps(value)
            made.write({name: text})
        return run_govkb("registry", "diff", "old.json", "new.json", *options, cwd=made.root)

    return run


def with_planner(**changes):
    agents = {**OLD["agents"], "planner": {**OLD["agents"]["planner"], **changes}}
    return {**OLD, "agents": agents}


def test_files_that_say_the_same_end_with_0_and_without_a_word(diff):
    new = json.dumps(dict(reversed(OLD.items())), indent=4).replace(" 3", " 3.0")
    outcome = diff(OLD, "\ufeff" + new.replace("available", "\\u0061vailable"))
    assert (outcome.code, outcome.stdout, outcome.stderr) == (0, "", "")


def test_a_change_of_the_named_entry_ends_with_0(diff):
    new = json.loads(json.dumps(OLD))
    new["agents"]["generic-executor"]["capacity"] = 5
    assert diff(OLD, new, *ONLY).code == 0
    outcome = diff(OLD, new)
    assert (outcome.code, outcome.stdout) == (
        1,
        "changed      agents.generic-executor.capacity: 2 → 5\n",
    )


def test_every_other_change_is_one_line_with_both_values(diff):
    new = with_planner(note="y" * 300, extra=[1])
    del new["version"]
    outcome = diff(OLD, new, *ONLY)
    lines = outcome.stdout.splitlines()
    assert outcome.code == 1
    assert [line.split(":")[0] for line in lines] == [
        "added        agents.planner.extra",
        "changed      agents.planner.note",
        "removed      version",
    ]
    assert all(len(line) < 300 for line in lines)
    assert "xxx… → " in lines[1]


def test_what_becomes_unavailable_is_shown_although_the_entry_is_named(diff):
    new = json.loads(json.dumps(OLD))
    new["agents"]["generic-executor"]["status"] = "unavailable"
    outcome = diff(OLD, new, *ONLY)
    assert outcome.code == 1
    assert outcome.stdout == (
        'unavailable  agents.generic-executor.status: "available" → "unavailable"\n'
    )


def test_values_cannot_act_on_the_terminal_or_on_a_build_server(diff):
    outcome = diff(OLD, with_planner(**{"\x1b[2J": "\u202e##[error]"}))
    assert "\x1b" not in outcome.stdout
    assert "\u202e" not in outcome.stdout
    assert "##[error]" not in outcome.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1,\n "a": 2}', "new.json:2: the key 'a' stands twice in one object\n"),
        ('{"a": 1', "new.json:1: no JSON: Expecting ',' delimiter at column 8\n"),
        (b'{"a":\n "\xe9"}', "new.json:2: not UTF-8 at byte 8\n"),
        ("[" * 10_000, "new.json:1: nested too deep\n"),
    ],
)
def test_a_file_that_cannot_be_compared_ends_with_1_and_says_where(diff, text, said):
    outcome = diff("{}", text)
    assert (outcome.code, outcome.stdout) == (1, said)
    faults = json.loads(diff("{}", text, "--format", "json").stdout)["faults"]
    assert f"{faults[0]['file']}:{faults[0]['line']}: {faults[0]['message']}\n" == said


def test_programs_get_paths_and_whole_values(diff):
    outcome = diff(OLD, with_planner(note="z" * 300), "--format", "json")
    assert outcome.code == 1
    document = json.loads(outcome.stdout)
    assert (document["version"], document["faults"]) == (1, [])
    (change,) = document["changes"]
    assert change["path"] == ["agents", "planner", "note"]
    assert (change["kind"], json.loads(change["new"])) == ("changed", "z" * 300)


def test_a_key_with_dots_can_be_the_place(diff):
    old, new = {"a.b": {"x": 1}}, {"a.b": {"x": 2}}
    assert diff(old, new, "--at", "a.b", "--only", "x").code == 0
    old, new = {"a": {"b": {"x": 1}}}, {"a": {"b": {"x": 2}}}
    assert diff(old, new, "--at", "a.b", "--only", "x").code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("old.json",), "NEW"),
        (("old.json", "missing.json"), "no such file"),
        (("old.json", "new.json", "--at", "agnts"), "keys of OLD: agents, version"),
        (("old.json", "new.json", "--at", "version"), "neither file has an object there"),
        (("old.json", "--upload-pack=x:y"), "--upload-pack"),
        (("--", "old.json", "--upload-pack=x:y"), "no such file"),
    ],
)
def test_a_wrong_command_line_ends_with_2(diff, project, run_govkb, arguments, words):
    made = project({"old.json": json.dumps(OLD), "new.json": json.dumps(OLD)})
    outcome = run_govkb("registry", "diff", *arguments, cwd=made.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert words in outcome.stderr


def test_revisions_are_read_from_git(project, git, run_govkb):
    made = project({"sub/agents.json": json.dumps(OLD)})
    repository = git(made.root)
    repository.commit()
    repository.run("tag", "v1")
    made.write({"sub/agents.json": json.dumps(with_planner(note="new"))})

    def run(old, cwd):
        outcome = run_govkb("registry", "diff", old, str(made.root / "sub/agents.json"), cwd=cwd)
        return outcome.code

    assert run("HEAD:sub/agents.json", made.root) == 1
    assert run("v1:sub/agents.json", made.root / "sub") == 1
    assert run("v1:./agents.json", made.root / "sub") == 1
    assert run("v1:agents.json", made.root) == 2
    assert run("nowhere:sub/agents.json", made.root) == 3
    repository.commit()
    assert run("HEAD:sub/agents.json", made.root) == 0


def test_without_git_a_revision_cannot_be_read(diff, project, run_govkb):
    made = project({"old.json": "{}"})
    outcome = run_govkb("registry", "diff", "HEAD:old.json", "old.json", cwd=made.root)
    assert outcome.code == 3
