"""A runner of workflows that does what the forges' own do with the steps that run a script."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

PIP = '#!/bin/sh\necho "$@" >> "$PIP_LOG"\n'
RECORD = """\
---
id: INC-20260418-{letter}
type: incident
title: Vault sealed
severity: {severity}
detected: 2026-04-18
---

# Vault sealed

## Summary

It was sealed.

## Learnings

- Lesson {letter}: keys belong to more than one person.
"""


@dataclass
class Machine:
    """A build machine with govkb, and a `pip` that only notes what it is asked for."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, script: str, folder: Path, env: Mapping[str, str]) -> tuple[int, str]:
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=folder,
            env={**self.environment, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout.decode()

    def steps(
        self,
        text: str,
        job: str,
        folder: Path,
        env: Mapping[str, str],
        said: Mapping[str, str] | None = None,
    ) -> tuple[int, str]:
        """Runs a job in GitHub's format; `said` are the values of expressions."""
        workflow = yaml.safe_load(text)
        place = workflow.get("defaults", {}).get("run", {}).get("working-directory", ".")
        output = ""
        for step in workflow["jobs"][job]["steps"]:
            if "run" not in step:
                continue
            own = {
                name: _value(value, said or {}) for name, value in (step.get("env") or {}).items()
            }
            code, more = self.run(step["run"], folder / place, {**workflow["env"], **own, **env})
            output += more
            if code:
                return code, f"{output}\n{step['name']}"
        return 0, output

    def script(self, text: str, job: str, folder: Path, env: Mapping[str, str]) -> tuple[int, str]:
        """Runs a job in GitLab's format."""
        pipeline = yaml.safe_load(text)
        base = pipeline[pipeline[job]["extends"]]
        lines = [*base["before_script"], *pipeline[job]["script"]]
        return self.run("\n".join(lines), folder, {**base["variables"], **env})


def _value(value: Any, said: Mapping[str, str]) -> str:
    text = str(value)
    return said[text.removeprefix("${{").removesuffix("}}").strip()] if "${{" in text else text


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "pip").write_text(PIP)
    (programs / "govkb").write_text(f'#!/bin/sh\nexec {sys.executable} -m govkb "$@"\n')
    for program in programs.iterdir():
        program.chmod(0o755)
    (tmp_path / "temp").mkdir()
    return Machine(
        tmp_path,
        {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(tmp_path / "temp"),
            "TMPDIR": str(tmp_path / "temp"),
            "RUNNER_TEMP": str(tmp_path / "temp"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "temp/summary.md"),
            "PIP_LOG": str(tmp_path / "pip.log"),
            "GOVKB_CACHE_DIR": os.environ["GOVKB_CACHE_DIR"],
            "GIT_CONFIG_NOSYSTEM": "1",
            "no_proxy": "*",
        },
    )


@pytest.fixture
def served(tmp_path: Path):
    """Serves a folder on this machine: its address."""
    folder = tmp_path / "published"
    folder.mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Team:
    """A repository with a project at its top or in a folder, as it is on a forge."""

    git: Any
    clone: Any
    folder: str
    branch: str = "main"

    @property
    def project(self) -> Path:
        return Path(self.git.root) / self.folder

    def record(self, letter: str, severity: str = "high") -> None:
        file = self.project / f"records/incidents/INC-20260418-{letter}-vault-sealed.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(RECORD.format(letter=letter, severity=severity))

    def workflow(self, path: str) -> str:
        return (Path(self.git.root) / path).read_text()

    def change(self) -> str:
        """Commits what is there on a branch of its own."""
        self.git.run("switch", "--quiet", "--create", "change")
        return self.git.commit("change")

    def runner(self, ref: str) -> Path:
        """What a runner has checked out: all branches, as those of the origin, at a commit."""
        other = self.clone(self.git.root)
        other.run("checkout", "--quiet", "--detach", ref)
        return Path(other.root)


@pytest.fixture(params=[".", "my team"])
def hooked(request, tmp_path, git, run_govkb) -> Team:
    """A project with hooks, and nothing committed."""
    repository = git(tmp_path / "repository")
    done = run_govkb("init", request.param, "--yes", "--hooks", cwd=tmp_path / "repository")
    assert done.code == 0, done.stderr
    made = Team(repository, None, request.param)
    made.record("A")
    run_govkb("seal", cwd=made.project)
    return made


@pytest.fixture(params=[".", "my team"])
def team(request, tmp_path, git, run_govkb) -> Callable[[str], Team]:
    def make(forge: str) -> Team:
        repository = git(tmp_path / "repository")
        done = run_govkb("init", request.param, "--yes", "--ci", forge, cwd=tmp_path / "repository")
        assert done.code == 0, done.stderr

        def clone(source: Path) -> Any:
            repository.run("clone", "--quiet", str(source), str(tmp_path / "runner"))
            return type(repository)(tmp_path / "runner", repository.environment)

        made = Team(repository, clone, request.param)
        made.record("A")
        run_govkb("seal", cwd=made.project)
        repository.commit()
        return made

    return make
