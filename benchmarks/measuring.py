"""Runs commands one after another and says what each of them took."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """CPU and wall seconds and peak memory in MiB of one process and its children."""

    cpu: float
    wall: float
    peak: float


def commit_all(folder: os.PathLike[str]) -> None:
    """Makes the folder a git repository in which everything is committed."""
    who = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@example.org")
    for command in (("init", "-q"), ("add", "--all"), (*who, "commit", "-q", "-m", "records")):
        subprocess.run(["git", *command], cwd=folder, check=True)


def run(command: Sequence[str], folder: os.PathLike[str], env: Mapping[str, str]) -> Run:
    """Runs a command to its end. Raises RuntimeError where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    wall = time.perf_counter() - started
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / scale)


def alternating(steps: Mapping[str, Callable[[], Run]], rounds: int) -> dict[str, Run]:
    """The median of each step over several rounds.

    The steps take turns, so that whatever else the machine does meets all of them alike.
    """
    found: dict[str, list[Run]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            found[name].append(step())
    return {name: _median(runs) for name, runs in found.items()}


def _median(runs: list[Run]) -> Run:
    return Run(
        statistics.median(run.cpu for run in runs),
        statistics.median(run.wall for run in runs),
        statistics.median(run.peak for run in runs),
    )
