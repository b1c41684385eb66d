"""How well the tests hold the ledger: faults put into its code one by one, and which are noticed.

    python benchmarks/mutation.py                      # everything, about half an hour
    python benchmarks/mutation.py --only ledger merkle # some modules
    python benchmarks/mutation.py --list               # the faults, without trying them
    python benchmarks/mutation.py --again report.txt   # those that a report says nobody noticed

Works on a copy of the checkout. Each fault meets the tests in a process of its own, which ends
with the first that fails, or has used three times as much CPU as without a fault and some more:
then it counts as noticed, and is named all the same. Tests that start other programs are left out.
`equivalent.txt` names the faults that change nothing that can be observed, with the reason; they
don't count. The report goes to standard output.
"""

from __future__ import annotations

import argparse
import compileall
import gc
import importlib
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import hypothesis
import pytest
from mutants import Mutant, mutants_of

_CHECKOUT = Path(__file__).parents[1]
_NEEDED = ("benchmarks", "docs", "examples", "records", "src", "templates", "tests")
_EQUIVALENT = Path(__file__).with_name("equivalent.txt")
# Module, and the tests that know it: names below tests/, without test_ and .py.
_TARGETS = {
    "history/entries": "history/entries history/hiding history/copies",
    "history/ledger": "history/ledger history/sealer history/changes",
    "history/sequences": "history/sequences history/changes",
    "history/changes": "history/changes history/sealer",
    "history/moves": "history/moves history/changes history/sealer",
    "history/sealing": "history/sealer",
    "history/hiding": "history/hiding history/changes",
    "history/copies": "history/copies",
    "history/log": "history/log history/ledger",
    "history/merkle": "history/ledger",
    "journal": "journal",
    "record_text/unlike": "record_text/unlike",
}
_STARTS_PROGRAMS = {"git", "run_govkb"}
_DURATIONS = Path("durations.json")
_PACKAGES = ("click", "jinja2", "msgspec", "networkx", "numpy", "pyromark", "regex", "yaml_rs")
_MOST_MEMORY = 4 * 2**30
_NOTICED, _SURVIVED, _TIMED_OUT = "noticed", "survived", "timed out"


class _Plugin:
    """Leaves out tests that start other programs, and runs the quick ones first.

    How long they take is read from a file, and written into it where it isn't there.
    """

    def __init__(self, durations: Path) -> None:
        self.file = durations
        self.known = json.loads(durations.read_text()) if durations.exists() else None
        self.measured: dict[str, float] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [
            item for item in items if not _STARTS_PROGRAMS & {*getattr(item, "fixturenames", ())}
        ]
        if self.known is not None:
            items.sort(key=lambda item: self.known.get(item.nodeid, 0.0))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call":
            self.measured[report.nodeid] = report.duration

    def pytest_sessionfinish(self) -> None:
        if self.known is None:
            self.file.write_text(json.dumps(self.measured))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", nargs="+", default=[], metavar="MODULE")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--again", type=Path, metavar="REPORT")
    arguments = parser.parse_args()
    chosen = [
        name for name in _TARGETS if not arguments.only or name.rpartition("/")[2] in arguments.only
    ]
    found = {name: _mutants(name) for name in chosen}
    if arguments.again:
        report = arguments.again.read_text("utf-8").splitlines()
        names = {line.partition(": ")[2] for line in report if line.startswith(_SURVIVED)}
        found = {key: [m for m in ms if m.name in names] for key, ms in found.items()}
    if arguments.list:
        print("\n".join(mutant.name for mutants in found.values() for mutant in mutants))
        return
    with tempfile.TemporaryDirectory(prefix="govkb-mutation-") as name:
        _tried(_copy(Path(name)), found, bool(arguments.again))


def _mutants(name: str) -> list[Mutant]:
    source = (_CHECKOUT / "src" / "govkb" / f"{name}.py").read_text("utf-8")
    return mutants_of(name.rpartition("/")[2], source)


def _copy(folder: Path) -> Path:
    """A copy of the checkout that Python can use without compiling it for every fault."""
    for part in _NEEDED:
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(_CHECKOUT / part, folder / part, ignore=ignored)
    shutil.copy(_CHECKOUT / "pyproject.toml", folder)
    compileall.compile_dir(folder / "src", quiet=2)
    return folder


def _tried(folder: Path, found: Mapping[str, list[Mutant]], again: bool) -> None:
    os.chdir(folder)
    _prepare(folder)
    equivalent = _equivalent()
    names = {mutant.name for mutants in found.values() for mutant in mutants}
    modules = {name.partition(".")[0] for name in names}
    for name in sorted(equivalent - names):
        if name.partition(".")[0] in modules and not again:
            print(f"no such fault any more: {name}", flush=True)
    totals: dict[str, Counter[str]] = {}
    for name, mutants in found.items():
        file = folder / "src" / "govkb" / f"{name}.py"
        # What was compiled would be taken for the source where size and second are the same.
        for compiled in file.parent.glob(f"__pycache__/{file.stem}.*"):
            compiled.unlink()
        tests = [_test_file(test) for test in _TARGETS[name].split()]
        _DURATIONS.unlink(missing_ok=True)
        began = _spent()
        if _outcome(tests, 600) != _SURVIVED:
            sys.exit(f"the tests of {name} fail without any fault")
        limit = 5 + round(3 * (_spent() - began))
        original = file.read_bytes()
        counted = totals[name] = Counter[str]()
        for mutant in mutants:
            file.write_text(mutant.source, "utf-8")
            outcome = _outcome(tests, limit)
            known = outcome == _SURVIVED and mutant.name in equivalent
            counted["equivalent" if known else outcome] += 1
            if outcome != _NOTICED and not known:
                print(f"{outcome}: {mutant.name}", flush=True)
            if outcome != _SURVIVED and mutant.name in equivalent:
                print(f"not equivalent after all: {mutant.name}", flush=True)
        file.write_bytes(original)
    print(_table(totals))


def _test_file(name: str) -> str:
    folder, _, last = name.rpartition("/")
    return f"tests/{folder}/test_{last}.py"


def _prepare(folder: Path) -> None:
    """Loads everything but govkb, so that no fault has to pay for it."""
    for package in _PACKAGES:
        importlib.import_module(package)
    sys.path.insert(0, str(folder / "src"))
    sys.dont_write_bytecode = True
    # The same examples for every fault, and no time spent on finding the smallest that fails.
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile(
        "mutation", derandomize=True, database=None, phases=phases, deadline=None
    )
    hypothesis.settings.load_profile("mutation")


def _spent() -> float:
    """The CPU seconds of the tests that ran: others may use the machine."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def _outcome(tests: Iterable[str], limit: int) -> str:
    """What the tests say, in a process of their own that may use so many CPU seconds."""
    gc.freeze()
    process = os.fork()
    if process == 0:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        os._exit(_run(tests))
    # A fault may also wait for what never comes.
    deadline = time.monotonic() + 20 * limit
    while time.monotonic() < deadline:
        done, status = os.waitpid(process, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            if code in (-signal.SIGXCPU, -signal.SIGKILL):
                return _TIMED_OUT
            return _NOTICED if code else _SURVIVED
        time.sleep(0.01)
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return _TIMED_OUT


def _run(tests: Iterable[str]) -> int:
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    options = [
        "-x",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:unraisableexception",
        "--no-header",
        "--tb=no",
        "--assert=plain",
    ]
    try:
        return int(pytest.main([*options, *tests], [_Plugin(_DURATIONS)]))
    except BaseException:  # noqa: BLE001 a fault may raise anything
        return 1


def _equivalent() -> set[str]:
    """The names in the list of equivalent faults; the lines that begin with a blank are reasons."""
    lines = _EQUIVALENT.read_text("utf-8").splitlines()
    return {line for line in lines if line and line[0] not in " #"}


def _table(totals: Mapping[str, Counter[str]]) -> str:
    lines = [
        "| module | faults | noticed | not noticed | equivalent | noticed of those that count |"
    ]
    lines.append("|---|--:|--:|--:|--:|--:|")
    everything: Counter[str] = Counter()
    for name, counted in totals.items():
        everything += counted
        lines.append(_row(f"`{name}`", counted))
    lines.append(_row("together", everything))
    return "\n" + "\n".join(lines)


def _row(name: str, counted: Counter[str]) -> str:
    noticed = counted[_NOTICED] + counted[_TIMED_OUT]
    counting = noticed + counted[_SURVIVED]
    share = f"{100 * noticed / counting:.1f} %" if counting else ""
    figures = (counting + counted["equivalent"], noticed, counted[_SURVIVED])
    cells = " | ".join(f"{figure:,}" for figure in figures)
    return f"| {name} | {cells} | {counted['equivalent']} | {share} |"


if __name__ == "__main__":
    main()
