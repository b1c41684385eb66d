"""The workflows that `govkb init --ci` writes: what they may do, and that their steps work."""

from __future__ import annotations

import json
import re
import shlex
import shutil

import click
import pytest
import yaml

from govkb.cli.main import cli
from govkb.scaffolding.forges import Forge, forge_at, workflow

# Each of them runs every step of a workflow.
pytestmark = pytest.mark.long

EXPRESSION = re.compile(r"\$\{\{.*?\}\}")
PLACES = {
    "github": ".github/workflows/govkb.yml",
    "gitlab": ".gitlab/govkb.yml",
    "forgejo": ".forgejo/workflows/govkb.yml",
}


def parsed(forge, folder="", records="records"):
    path, text = workflow(Forge(forge), folder, records)
    assert path == PLACES[forge]
    return yaml.safe_load(text)


def scripts(forge):
    """Every script of a workflow."""
    jobs = parsed(forge)
    if forge == "gitlab":
        return [
            line
            for job in jobs.values()
            for k in ("before_script", "script")
            for line in job.get(k, ())
        ]
    steps = [step for job in jobs["jobs"].values() for step in job["steps"]]
    return [step["run"] for step in steps if "run" in step]


def calls(script):
    """The arguments of every call of govkb in a script."""
    for line in script.replace("\\\n", " ").splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        words = list(lexer)
        for at, word in enumerate(words):
            if word == "govkb" and words[at - 1 : at] in ([], [")"]):
                rest = words[at + 1 :]
                end = next(
                    (n for n, w in enumerate(rest) if w in ("||", ";", ";;", "&&", "|")), None
                )
                yield rest[:end]


@pytest.mark.parametrize("forge", PLACES)
def test_every_call_of_govkb_is_one_that_it_understands(forge):
    found = [call for script in scripts(forge) for call in calls(script)]
    assert {call[0] for call in found} == {"check", "check-change", "build", "diff", "verify"}
    for name, *arguments in found:
        command = cli.get_command(click.Context(cli), name)
        context = click.Context(command)
        arguments = [word for word in arguments if word != "$@"]
        command.make_parser(context).parse_args(list(arguments))


def test_an_option_that_does_not_exist_would_be_noticed():
    [[name, *arguments]] = calls('govkb check --bass "origin/main" || exit 1')
    command = cli.get_command(click.Context(cli), name)
    with pytest.raises(click.NoSuchOption):
        command.make_parser(click.Context(command)).parse_args(arguments)


@pytest.mark.parametrize("forge", PLACES)
def test_no_script_has_text_of_strangers_put_into_it(forge):
    for script in scripts(forge):
        assert not EXPRESSION.search(script), script


@pytest.mark.parametrize("forge", ["github", "forgejo"])
def test_changes_of_strangers_meet_no_secret(forge):
    made = parsed(forge)
    assert set(made[True]) == {"pull_request", "push"}  # YAML 1.1 takes the key `on` for true
    text = workflow(Forge(forge), "", "records")[1]
    assert "secrets." not in text
    conditions = {name: job.get("if", "") for name, job in made["jobs"].items()}
    assert conditions["change"] == "github.event_name == 'pull_request'"
    assert "github.event_name == 'push'" in conditions["publish"]
    assert made["jobs"].keys() - {"change", "publish"} <= {"deploy"}


def test_each_job_on_github_may_do_as_little_as_it_needs():
    made = parsed("github")
    assert made["permissions"] == {}
    allowed = {name: job["permissions"] for name, job in made["jobs"].items()}
    assert allowed == {
        "change": {"contents": "read"},
        "publish": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert all("run" not in step for step in made["jobs"]["deploy"]["steps"])
    assert made["jobs"]["deploy"]["needs"] == "publish"


def test_actions_are_named_by_a_version_and_keep_no_token():
    steps = [step for job in parsed("github")["jobs"].values() for step in job["steps"]]
    used = [step for step in steps if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in used)
    out = [step["with"] for step in used if step["uses"].startswith("actions/checkout")]
    assert out == [{"fetch-depth": 0, "persist-credentials": False}] * 2
    forgejo = [step for job in parsed("forgejo")["jobs"].values() for step in job["steps"]]
    assert not [step for step in forgejo if "uses" in step]


def test_gitlab_fetches_the_whole_history_and_publishes_only_the_main_line():
    made = parsed("gitlab")
    assert made[".records"]["variables"]["GIT_DEPTH"] == "0"
    assert made["records"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert made["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]


@pytest.mark.parametrize("forge", PLACES)
def test_names_of_folders_are_quoted(forge):
    made = parsed(forge, 'my "team" # 1', "docs/wh: at")
    values = made[".records"]["variables"] if forge == "gitlab" else made["env"]
    assert (values["FOLDER"], values["RECORDS"]) == ('my "team" # 1', "docs/wh: at")


@pytest.mark.parametrize(
    ("address", "forge"),
    [
        ("git@github.com:acme/team.git", Forge.GITHUB),
        ("https://gitlab.example.org/acme/github-tools.git", Forge.GITLAB),
        ("ssh://git@codeberg.org/acme/team", Forge.FORGEJO),
        ("https://git.example.org/acme/github", None),
        ("/srv/git/team.git", None),
        ("", None),
    ],
)
def test_the_address_tells_the_forge(address, forge):
    assert forge_at(address) is forge


# What a stranger may write into a change; none of it may ever be run.
HOSTILE = "$(touch pwned)`touch pwned`'; touch pwned; \"\n## A\n- [x] b\n"


def of_change(labels):
    """The values of the expressions that tell of a change."""
    return {
        "github.event.pull_request.user.login": "mallory",
        "github.event.pull_request.body": HOSTILE,
        "toJSON(github.event.pull_request.labels.*.name)": json.dumps(labels, indent=2),
    }


def github(machine, team, job, ref, served=None, labels=()):
    said = {"steps.pages.outputs.base_url": served} if served else of_change(labels)
    env = {"GITHUB_BASE_REF": "main", "GITHUB_SHA": team.git.run("rev-parse", ref)}
    return machine.steps(team.workflow(PLACES["github"]), job, team.runner(ref), env, said)


def forgejo(machine, team, job, ref, labels=()):
    folder = machine.root / "runner"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    env = {
        "GITHUB_BASE_REF": "main",
        "GITHUB_SHA": team.git.run("rev-parse", ref),
        "GITHUB_REF": f"refs/heads/{ref}",
        "GITHUB_SERVER_URL": f"file://{machine.root}",
        "GITHUB_REPOSITORY": "repository",
    }
    text = team.workflow(PLACES["forgejo"])
    said = {"github.token": "token", **of_change(labels)}
    return machine.steps(text, job, folder, env, said)


def gitlab(machine, team, job, ref, served="", labels=()):
    folder = team.runner(ref)
    env = {
        "CI_PROJECT_DIR": str(folder),
        "CI_COMMIT_SHA": team.git.run("rev-parse", ref),
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": team.git.run("rev-parse", "main"),
        "CI_MERGE_REQUEST_DESCRIPTION": HOSTILE,
        "CI_MERGE_REQUEST_LABELS": ",".join(labels),
        "CI_PAGES_URL": served,
    }
    return machine.script(team.workflow(PLACES["gitlab"]), job, folder, env)


CHANGE = {
    "github": (github, "change"),
    "gitlab": (gitlab, "records"),
    "forgejo": (forgejo, "change"),
}
GATES = """
[labels]
bare = ["log-required"]

[changes.artifacts]
log = {files = ["log/*.md"]}

[[changes.gates]]
name = "log"
labels = ["log-required"]
needs = ["log"]

[changes.checklist]
sections = ["A"]
"""
HOOK = "def on_config(config):\n    raise SystemExit('a hook of the change was run')\n"


@pytest.mark.parametrize("forge", PLACES)
def test_a_good_change_passes(machine, team, run_govkb, forge):
    made = team(forge)
    made.record("B")
    run_govkb("seal", cwd=made.project)
    made.change()
    run, job = CHANGE[forge]
    code, output = run(machine, made, job, "change")
    assert code == 0, output
    assert "no gate is declared at" in output
    assert "pages from 3 records" in output
    told = {"github": "temp/summary.md", "gitlab": "runner/.change/change.md"}
    meaning = (machine.root / told[forge]).read_text() if forge in told else output
    assert "INC-20260418-B" in meaning
    assert (machine.root / "pip.log").read_text() == "install --quiet govkb\n"


@pytest.mark.parametrize("forge", PLACES)
def test_a_change_with_a_fault_fails_and_says_where(machine, team, forge):
    made = team(forge)
    made.record("B", "hihg")
    made.change()
    run, job = CHANGE[forge]
    code, output = run(machine, made, job, "change")
    assert code == 1
    place = "records/incidents/INC-20260418-B-vault-sealed.md"
    assert place in output
    if forge == "github":
        prefix = "" if made.folder == "." else f"{made.folder}/"
        assert re.search(rf"^::error file={re.escape(prefix + place)},", output, re.MULTILINE)
    if forge == "gitlab":
        report = (machine.root / "runner/gl-code-quality-report.json").read_text()
        assert place in report


@pytest.mark.parametrize("forge", PLACES)
def test_a_change_that_loses_a_learning_fails(machine, team, forge):
    made = team(forge)
    ledger = next(made.project.rglob("*.ledger"))
    ledger.unlink()
    file = made.project / "records/incidents/INC-20260418-A-vault-sealed.md"
    file.write_text(file.read_text().replace("more than one", "one"))
    made.change()
    run, job = CHANGE[forge]
    code, output = run(machine, made, job, "change")
    assert code == 1
    assert "APP0" in output


@pytest.mark.parametrize("team", ["."], indirect=True)
@pytest.mark.parametrize("forge", PLACES)
def test_a_change_is_held_against_the_gates_of_the_target_branch(machine, team, run_govkb, forge):
    made = team(forge)
    settings = made.project / "govkb.toml"
    settings.write_text(settings.read_text() + GATES)
    made.git.commit("gates")
    made.record("B")
    run_govkb("seal", cwd=made.project)
    made.change()
    run, job = CHANGE[forge]
    label = "x$(touch pwned)"
    code, output = run(machine, made, job, "change", labels=["log-required", label])
    assert code == 1, output
    assert "the gate 'log' needs 'log' in the same change: 'log-required' set" in output
    assert "no label is called 'x$(touch pwned)'" in output
    assert "GATE003" not in output
    assert not list(machine.root.rglob("pwned"))


@pytest.mark.parametrize("forge", PLACES)
def test_code_that_a_change_brings_along_is_not_run(machine, team, forge):
    made = team(forge)
    (made.project / "hooks.py").write_text(HOOK)
    settings = made.project / "mkdocs.yml"
    settings.write_text(settings.read_text() + "hooks: [hooks.py]\n")
    made.change()
    run, job = CHANGE[forge]
    code, output = run(machine, made, job, "change")
    assert code == 0, output
    assert "a hook of the change" not in output


def published(machine, forge, made, served):
    """Publishes what is on the main line; the code, the output and the folder of the site."""
    _, address = served
    if forge == "github":
        code, output = github(machine, made, "publish", "main", address)
        return code, output, machine.root / "temp/site"
    if forge == "gitlab":
        code, output = gitlab(machine, made, "pages", "main", address)
        return code, output, machine.root / "runner/public"
    code, output = forgejo(machine, made, "publish", "main")
    return code, output, None


@pytest.mark.parametrize("forge", PLACES)
def test_what_was_published_is_held_against_what_is_there(machine, team, served, run_govkb, forge):
    made = team(forge)
    code, output, site = published(machine, forge, made, served)
    assert code == 0, output
    assert "No log is published yet" in output
    if site is not None:
        shutil.copytree(site, served[0], dirs_exist_ok=True)
    else:
        log = made.git.run("show", "pages:ledger/log.txt")
        assert "INC-20260418-A" in log
    made.record("C")
    run_govkb("seal", cwd=made.project)
    made.git.commit()
    for name in ("runner", "temp"):
        shutil.rmtree(machine.root / name)
    (machine.root / "temp").mkdir()
    code, output, site = published(machine, forge, made, served)
    assert code == 0, output
    assert "nothing is missing: 1 event" in output
    if site is None:
        assert made.git.run("rev-list", "--count", "pages") == "2"
    next(file for file in made.project.rglob("*.ledger") if "-A" in file.name).unlink()
    (made.project / "records/incidents/INC-20260418-A-vault-sealed.md").unlink()
    made.git.commit()
    for name in ("runner", "temp"):
        shutil.rmtree(machine.root / name)
    (machine.root / "temp").mkdir()
    code, output, _ = published(machine, forge, made, served)
    assert code == 1, output
    assert "missing: add" in output


@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_a_log_that_cannot_be_read_is_not_taken_for_none(machine, team, served, forge):
    made = team(forge)
    (served[0] / "ledger").mkdir()
    (served[0] / "ledger/log.txt").write_text("<html>please sign in</html>\n")
    code, output, _ = published(machine, forge, made, served)
    assert code, output
    shutil.rmtree(machine.root / "runner")
    code, output, _ = published(machine, forge, made, (served[0], "http://127.0.0.1:1"))
    assert code, output
