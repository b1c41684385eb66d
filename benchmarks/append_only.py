"""What the append-only promise costs: entries held against their ledgers, and a change against git.

    python benchmarks/append_only.py                      # 10,000 records with 10 entries each
    python benchmarks/append_only.py --records 1000

All steps take turns in one run, so the differences hold on a noisy machine. Text goes to standard
output as a Markdown table.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from measuring import Run, alternating, commit_all, run

_WORDS = ("backup", "restore", "gate", "probe", "token", "cluster", "bucket", "alarm", "audit")
STEPS = {
    "tree": "`check --select APP`, cold, no ledger",
    "sealed": "`check --select APP`, cold, every entry sealed",
    "warm": "`check`, warm, every entry sealed",
    "edit": "`check`, ten records changed",
    "base": "`check --base HEAD`, the same ten records changed",
}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--entries", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="govkb-benchmark-") as name:
        runs = _measured(Path(name), arguments.records, arguments.entries, arguments.rounds)
    number = arguments.records * arguments.entries
    print(_table(runs, arguments.records, number))


def _measured(folder: Path, records: int, entries: int, rounds: int) -> dict[str, Run]:
    bare, project = folder / "bare", folder / "project"
    _write(bare, records, entries)
    shutil.copytree(bare, project)
    env = {"GOVKB_CACHE_DIR": str(folder / "cache")}
    govkb = [sys.executable, "-m", "govkb"]
    run([*govkb, "seal"], project, env)
    commit_all(project)
    for number in range(0, records, max(records // 10, 1)):
        file = _file(project, number)
        file.write_text(f"{file.read_text('utf-8')}- One more, {number}.\n", "utf-8")
    run([*govkb, "seal"], project, env)

    def cold(where: Path) -> Run:
        shutil.rmtree(folder / "cache", ignore_errors=True)
        return run([*govkb, "check", "--select", "APP"], where, env)

    return alternating(
        {
            "tree": lambda: cold(bare),
            "sealed": lambda: cold(project),
            "warm": lambda: run([*govkb, "check"], project, env),
            "edit": lambda: run([*govkb, "check"], project, env),
            "base": lambda: run([*govkb, "check", "--base", "HEAD"], project, env),
        },
        rounds,
    )


def _write(root: Path, records: int, entries: int) -> None:
    for number in range(records):
        file = _file(root, number)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_record(number, entries), "utf-8")


def _file(root: Path, number: int) -> Path:
    return root / "records" / "pitfalls" / f"mistake-{number}.md"


def _record(number: int, entries: int) -> str:
    listed = "".join(
        f"- {_WORDS[(number + at) % len(_WORDS)].capitalize()} {number}.{at}: the"
        f" {_WORDS[(number * 7 + at) % len(_WORDS)]} was not what the"
        f" {_WORDS[(number + at * 3) % len(_WORDS)]} said it was, and nobody looked.\n"
        for at in range(entries)
    )
    head = f"---\nid: mistake-{number}\ntitle: Mistake {number}\nenforcement: none\n---\n\n"
    body = f"# Mistake {number}\n\n## Pattern\n\nIt happens.\n\n## Rule\n\nDon't.\n\n"
    return f"{head}{body}## Instances\n\n{listed}"


def _table(runs: dict[str, Run], records: int, entries: int) -> str:
    lines = [
        f"\n{records:,} records, {entries:,} entries\n",
        "| step | CPU s | wall s | peak MiB |",
        "|---|--:|--:|--:|",
    ]
    for name, label in STEPS.items():
        took = runs[name]
        lines.append(f"| {label} | {took.cpu:.2f} | {took.wall:.2f} | {took.peak:.0f} |")
    sealing = runs["sealed"].cpu - runs["tree"].cpu
    base = runs["base"].wall - runs["edit"].wall
    lines.append(f"\nThe ledgers cost {sealing:.2f} CPU s, the base {base:.2f} s (wall).")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
