"""The hooks for pre-commit, run by pre-commit itself."""

from __future__ import annotations

import importlib.util
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from govkb.cli.main import cli
from govkb.scaffolding.forges import hooks

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pre_commit") is None, reason="pre-commit is not installed"
)


@pytest.fixture
def manifest(checkout):
    return yaml.safe_load((checkout / ".pre-commit-hooks.yaml").read_text())


def test_the_manifest_is_one(checkout, manifest):
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    subprocess.run(command, cwd=checkout, check=True)
    for hook in manifest:
        program, name, *arguments = shlex.split(hook["entry"])
        command = cli.get_command(click.Context(cli), name)
        assert program == "govkb"
        command.make_parser(click.Context(command)).parse_args(arguments)


def test_what_init_writes_does_the_same(manifest):
    [local] = yaml.safe_load(hooks(""))
    told = [{k: v for k, v in h.items() if k not in ("description", "language")} for h in manifest]
    told = [hook for hook in told if hook["id"] != "govkb-fix"]
    assert told == [{k: v for k, v in h.items() if k != "language"} for h in local["hooks"]]


def test_a_project_in_a_folder_is_entered(manifest):
    [local] = yaml.safe_load(hooks("it's ours"))
    for hook, expected in zip(local["hooks"], manifest[:2], strict=True):
        shell, option, script = shlex.split(hook["entry"])
        assert (shell, option) == ("sh", "-c")
        assert shlex.split(script) == ["cd", "it's ours", "&&", "exec", *expected["entry"].split()]


class Committer:
    """Somebody who commits in a repository with the hooks installed."""

    def __init__(self, team, machine):
        self.team = team
        self.environment = {
            **machine.environment,
            **team.git.environment,
            "PRE_COMMIT_HOME": str(machine.root / "pre-commit"),
            "GIT_AUTHOR_NAME": "Test",
            "GIT_AUTHOR_EMAIL": "test@example.org",
            "GIT_COMMITTER_NAME": "Test",
            "GIT_COMMITTER_EMAIL": "test@example.org",
        }
        self.run(sys.executable, "-m", "pre_commit", "install")

    def run(self, *command):
        done = subprocess.run(
            command,
            cwd=self.team.git.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout.decode()

    def commit(self):
        self.run("git", "add", "--all")
        return self.run("git", "commit", "--message", "records")


@pytest.fixture
def committer(hooked, machine):
    return Committer(hooked, machine)


def record(committer, letter):
    return Path(committer.team.project, f"records/incidents/INC-20260418-{letter}-vault-sealed.md")


def test_the_first_commit_of_a_repository_passes(committer):
    code, output = committer.commit()
    assert code == 0, output
    assert output.count("Passed") == 2


def test_a_record_with_a_fault_is_not_committed(committer):
    committer.commit()
    committer.team.record("B", "hihg")
    code, output = committer.commit()
    assert code == 1
    assert "FIELD" in output and "hihg" in output
    assert committer.team.git.run("rev-list", "--count", "HEAD") == "1"


def test_a_learning_is_sealed_on_the_way(committer):
    assert committer.commit()[0] == 0
    committer.team.record("B")
    code, output = committer.commit()
    assert code == 1
    assert "INC-20260418-B: 1 entry sealed" in output
    assert "add the ledgers to your commit: `git add records/.govkb/ledger`" in output
    code, output = committer.commit()
    assert code == 0, output
    assert "INC-20260418-B" in committer.team.git.run("ls-files", "*.ledger")


def test_a_commit_that_only_deletes_is_checked(committer):
    committer.commit()
    assert record(committer, "A").exists()
    record(committer, "A").unlink()
    code, output = committer.commit()
    assert code == 1
    assert "APP002" in output


def test_old_findings_are_in_nobodys_way(committer, run_govkb):
    committer.team.record("B", "hihg")
    run_govkb("seal", cwd=committer.team.project)
    committer.run("git", "add", "--all")
    committer.run("git", "commit", "--no-verify", "--message", "hurry")
    [decision] = (committer.team.project / "records/decisions").iterdir()
    decision.write_text(decision.read_text() + "\nMore.\n")
    code, output = committer.commit()
    assert code == 0, output


def test_what_can_be_mended_is_where_somebody_wants_that(committer):
    settings = Path(committer.team.git.root, ".pre-commit-config.yaml")
    settings.write_text(settings.read_text().replace("govkb check --", "govkb check --fix --"))
    committer.commit()
    [decision] = (committer.team.project / "records/decisions").iterdir()
    hidden = "<!-- govkb: ignore REF002 -- there is nothing to ignore -->"
    decision.write_text(f"{decision.read_text()}\n{hidden}\n")
    code, output = committer.commit()
    assert code == 1
    assert "files were modified by this hook" in output
    assert hidden not in decision.read_text()
    assert committer.commit()[0] == 0
