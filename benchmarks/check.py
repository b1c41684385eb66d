"""How long `govkb check` takes beside python-frontmatter merely loading the same files.

    python benchmarks/check.py                    # 10,000 records
    python benchmarks/check.py 1000 10000 100000  # and how the times grow

All steps of a size take turns in one run, so the ratios hold on a noisy machine. Text goes to
standard output as a Markdown table.
"""

from __future__ import annotations

import argparse
import math
import shutil
import sys
import tempfile
from pathlib import Path

from generate import generate
from measuring import Run, alternating, run

LOADING = (
    "import sys, pathlib, frontmatter\n"
    "for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.md')): frontmatter.load(path)\n"
)
STEPS = {
    "loading": "python-frontmatter loading the files, nothing else",
    "cold": "`govkb check`, cold",
    "warm": "`govkb check`, nothing changed",
    "edit": "`govkb check`, one record edited",
    "help": "`govkb --help`",
}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000])
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    results = {}
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory(prefix="govkb-benchmark-") as name:
            folder = Path(name)
            generate(size, folder / "project")
            results[size] = _measured(folder, arguments.rounds)
        print(_table(size, results[size]), flush=True)
    if len(results) > 1:
        print(_growth(results))


def _measured(folder: Path, rounds: int) -> dict[str, Run]:
    project, cache = folder / "project", folder / "cache"
    records = sorted((project / "records").rglob("*.md"))
    # Installed packages are compiled, so govkb has to be too, whatever the shell says.
    env = {"GOVKB_CACHE_DIR": str(cache), "PYTHONDONTWRITEBYTECODE": ""}
    check = [sys.executable, "-m", "govkb", "check"]
    edits = iter(range(1_000_000))

    def cold() -> Run:
        shutil.rmtree(cache, ignore_errors=True)
        return run(check, project, env)

    def edit() -> Run:
        number = next(edits)
        record = records[number * 7919 % len(records)]
        record.write_text(f"{record.read_text('utf-8')}\nAnother line, {number}.\n", "utf-8")
        return run(check, project, env)

    return alternating(
        {
            "loading": lambda: run([sys.executable, "-c", LOADING, "records"], project, env),
            "cold": cold,
            "warm": lambda: run(check, project, env),
            "edit": edit,
            "help": lambda: run([sys.executable, "-m", "govkb", "--help"], project, env),
        },
        rounds,
    )


def _table(size: int, runs: dict[str, Run]) -> str:
    loading = runs["loading"]
    lines = [
        f"\n{size:,} records\n",
        "| step | CPU s | of loading | wall s | peak MiB |",
        "|---|--:|--:|--:|--:|",
    ]
    for name, label in STEPS.items():
        took = runs[name]
        ratio = took.cpu / loading.cpu
        lines.append(
            f"| {label} | {took.cpu:.2f} | {ratio:.2f} | {took.wall:.2f} | {took.peak:.0f} |"
        )
    return "\n".join(lines)


def _growth(results: dict[int, dict[str, Run]]) -> str:
    """The exponent between the smallest and the largest size: 1 is linear."""
    small, large = min(results), max(results)
    lines = [f"\nFrom {small:,} to {large:,} records, CPU time grows with the power\n"]
    for name in ("loading", "cold", "warm", "edit"):
        ratio = results[large][name].cpu / results[small][name].cpu
        lines.append(f"- {math.log(ratio) / math.log(large / small):.2f}: {STEPS[name]}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
