"""How long the everyday commands take, on the reference knowledge base and on a large one.

    python benchmarks/commands.py          # the reference base and 10,000 records
    python benchmarks/commands.py 1000

The commands take turns in one run, with everything kept that they keep from one run to the next;
what none of them can do without, starting Python and reading all records, stands beside them as
`govkb --help` and a mere load. Text goes to standard output as a Markdown table.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from generate import generate, record_id
from measuring import Run, alternating, commit_all, run

CHECKOUT = Path(__file__).parents[1]
GOVKB = (sys.executable, "-m", "govkb")
LOADING = (
    "from pathlib import Path\n"
    "from govkb.workspace import Workspace\n"
    "Workspace.open(Path.cwd()).load()\n"
)
# Aims in seconds of wall time: on the reference base, and on 10,000 records.
AIMS = (0.3, 1.5)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int, nargs="?", default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="govkb-benchmark-") as name:
        small, large = Path(name) / "small", Path(name) / "large"
        shutil.copytree(CHECKOUT / "records", small / "records")
        (small / "govkb.toml").write_text('records = "records"\n')
        generate(arguments.size, large)
        for project in (small, large):
            commit_all(project)
            file = min(project.rglob("*.md"))
            file.write_text(file.read_text("utf-8").replace("title: ", "title: Not ", 1), "utf-8")
        env = {"GOVKB_CACHE_DIR": str(Path(name) / "cache"), "PYTHONDONTWRITEBYTECODE": ""}
        steps = {
            **_steps("small", small, env, "INC-20260418-B", "INC-20260123-A", "backup restore"),
            **_steps("large", large, env, record_id(0), record_id(5003), "wrong replica"),
        }
        for step in steps.values():  # what is kept has to be there
            step()
        print(_table(arguments.size, alternating(steps, arguments.rounds)))


def _steps(
    key: str, project: Path, env: Mapping[str, str], one: str, other: str, words: str
) -> dict[str, Callable[[], Run]]:
    """Every command in one project; none of them changes anything."""
    commands: dict[str, Sequence[str]] = {
        "govkb --help": (*GOVKB, "--help"),
        "a mere load": (sys.executable, "-c", LOADING),
        "check": (*GOVKB, "check"),
        "check --uncommitted": (*GOVKB, "check", "--uncommitted"),
        "diff": (*GOVKB, "diff", "HEAD"),
        "new": (*GOVKB, "new", "incident", "Nobody could log in", "--dry-run"),
        "move": (*GOVKB, "move", one, f"{one[:-1]}Z", "--dry-run"),
        "items": (*GOVKB, "items", "--open"),
        "show": (*GOVKB, "show", one),
        "list": (*GOVKB, "list", "--where", "severity=high", "--open", "--sort", "-date"),
        "search": (*GOVKB, "search", *words.split()),
        "due": (*GOVKB, "due", "--within", "14d"),
        "related": (*GOVKB, "related", one, "--depth", "2"),
        "path": (*GOVKB, "path", one, other),
        "impact": (*GOVKB, "impact", one),
        "orphans": (*GOVKB, "orphans"),
        "graph": (*GOVKB, "graph", "--format", "graphml"),
        "status": (*GOVKB, "status", one, "open", "--dry-run"),
        "reclassify": (
            *(*GOVKB, "reclassify", one, "low", "--by", "x", "--probe", "x", "--result", "y"),
            "--dry-run",
        ),
    }
    asked = {"COMP_WORDS": "govkb show INC", "COMP_CWORD": "2", "_GOVKB_COMPLETE": "bash_complete"}
    return {
        **{f"{key} {name}": partial(run, line, project, env) for name, line in commands.items()},
        f"{key} completion of ids": partial(run, GOVKB, project, {**env, **asked}),
    }


def _table(size: int, runs: Mapping[str, Run]) -> str:
    lines = [
        f"| command | reference: CPU s | wall s | {size:,} records: CPU s | wall s | peak MiB |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for key, small in runs.items():
        if key.startswith("small "):
            name = key.removeprefix("small ")
            large = runs[f"large {name}"]
            lines.append(
                f"| {name} | {small.cpu:.2f} | {small.wall:.2f} | {large.cpu:.2f} "
                f"| {large.wall:.2f} | {large.peak:.0f} |"
            )
    return "\n".join([*lines, f"\nAims: {AIMS[0]} and {AIMS[1]} seconds of wall time."])


if __name__ == "__main__":
    main()
