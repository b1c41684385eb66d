"""Runs the commands of a page as a reader would: in one shell, in their order, in an empty home."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

# A block that begins so is a file, to be written at this place of the page.
_FILE = re.compile(r"(?:# |\{#- )(?P<path>[\w./-]+/[\w.-]+)(?: -#\})?\n")
# What differs from day to day and from machine to machine.
_VOLATILE = (
    (r"\bDEC-20\d{6}-keep-", "DEC-TODAY-keep-"),
    (r"\bin \d+\.\d s\b", "in a moment"),
    (r"\(`?[0-9a-f]{12}`?\)", "(COMMIT)"),
)
_BETWEEN = "--- done ---"


@dataclass(frozen=True)
class Step:
    """A command of a page and what the page says that it prints, in the file from this place on."""

    command: str
    printed: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Reader:
    """Somebody with an empty home and a folder of their own, and govkb on the PATH."""

    folder: Path
    home: Path

    def follow(self, steps: list[Step]) -> list[str]:
        """What each command prints, errors among the rest."""
        script = "".join(f"{step.command}\nprintf '%s\\n' '{_BETWEEN}'\n" for step in steps)
        done = subprocess.run(
            ["bash", "-c", f"exec 2>&1\n{script}"],
            cwd=self.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=300,
            check=False,
        )
        printed = done.stdout.decode().split(f"{_BETWEEN}\n")
        assert len(printed) == len(steps) + 1, printed[-1]
        return printed[:-1]

    def _environment(self) -> dict[str, str]:
        programs = self.home / "bin"
        programs.mkdir(exist_ok=True)
        ours = programs / "govkb"
        ours.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m govkb "$@"\n')
        ours.chmod(0o755)
        return {
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PATH": f"{programs}:{os.environ['PATH']}",
            "GIT_CONFIG_NOSYSTEM": "1",
        }


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    folder, home = tmp_path / "folder", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    return Reader(folder, home)


@pytest.fixture
def steps_of(fences) -> Callable[[str], list[Step]]:
    """Finds the commands in the `console` blocks of a page, and the files that it has written."""

    def find(page: str) -> list[Step]:
        found: list[Step] = []
        for block in fences(page):
            file = _FILE.match(block.content)
            if block.kind == "console":
                found += _steps(block.content, block.start)
            elif file is not None:
                found.append(_writing(file["path"], block.content))
        return found

    return find


def _writing(path: str, content: str) -> Step:
    """The command that stands for an editor."""
    text, folder = shlex.quote(content), shlex.quote(str(Path(path).parent))
    return Step(f"mkdir -p {folder} && printf %s {text} > {shlex.quote(path)}")


def _steps(content: str, start: int) -> list[Step]:
    prompts = [match.start() for match in re.finditer(r"^\$ ", content, re.MULTILINE)]
    found = []
    for begin, end in zip(prompts, [*prompts[1:], len(content)], strict=True):
        command, _, printed = content[begin + 2 : end].partition("\n")
        found.append(Step(command, printed, start + begin + 3 + len(command), start + end))
    return found


def settled(printed: str) -> str:
    """What a command prints, without what is different each time."""
    for pattern, instead in _VOLATILE:
        printed = re.sub(pattern, instead, printed)
    return printed


@pytest.fixture
def holds(reader, steps_of, update_golden) -> Callable[[Path], None]:
    """Follows a page to its end, and asserts that each command prints what the page says."""

    def follow(page: Path) -> None:
        text = page.read_text()
        steps = [step for step in steps_of(text) if not step.command.startswith("pip install ")]
        printed = reader.follow(steps)
        if update_golden:
            for step, said in reversed(list(zip(steps, printed, strict=True))):
                if settled(said) != settled(step.printed):
                    text = text[: step.start] + said + text[step.end :]
            page.write_text(text)
            return
        for step, said in zip(steps, printed, strict=True):
            assert settled(said) == settled(step.printed), step.command

    return follow


@pytest.fixture
def done_before(reader) -> Callable[..., None]:
    """Runs what the reader of a page has done before."""

    def run(*commands: str) -> None:
        reader.follow([Step(command) for command in commands])

    return run
