"""`govkb check-change`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkb.cli.output import tell
from govkb.cli.progress import quiet_option, shown_progress
from govkb.cli.reports import (
    Report,
    fails,
    refuse_missing_folder,
    report_options,
    rule_options,
    write_report,
)
from govkb.errors import UsageError

if TYPE_CHECKING:
    from govkb.checking import Verdict
    from govkb.config import Config
    from govkb.gating import Change

# What the forges take as the body of a change, and some more.
_MOST_BYTES = 4 * 1024 * 1024


def _told(
    _: click.Context, option: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...] | None:
    """All that an option says when it is given, perhaps nothing; None when it isn't."""
    if not values:
        return None
    name = option.opts[0]
    return tuple(dict.fromkeys(one for value in values for one in _several(value, name)))


def _several(text: str, option: str) -> list[str]:
    """The names in a text: a JSON list, or one a line, or divided by commas."""
    if text.lstrip().startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{option}: not a JSON list: {error}", _EXAMPLE) from error
        if not all(isinstance(one, str) for one in found):
            raise UsageError(f"{option}: a JSON list of something else than texts", _EXAMPLE)
        return [one.strip() for one in found if one.strip()]
    pieces = text.splitlines() if "\n" in text.strip() else text.split(",")
    return [piece.strip() for piece in pieces if piece.strip()]


_EXAMPLE = 'with commas or line ends between names, or as a JSON list: \'["a", "b"]\''


@click.command("check-change", short_help="Hold a change against the gates.")
@click.option("--base", metavar="REF", help="What it is to be merged into; its gates count.")
@click.option(
    "--files",
    metavar="PATHS",
    multiple=True,
    callback=_told,
    help="What it touches; by default what differs from the base.",
)
@click.option("--labels", metavar="LABELS", multiple=True, callback=_told, help="Its labels.")
@click.option("--body", metavar="FILE", help="Its text on the forge; - is standard input.")
@click.option("--author", metavar="NAME", help="Who wrote it.")
@click.option("--reviewers", metavar="NAMES", multiple=True, callback=_told, help="Who reviews it.")
@click.option("--agent", is_flag=True, help="Its author is an agent, whatever the settings say.")
@click.option("--target", metavar="BRANCH", help="The branch it goes to, for bypasses that ask.")
@rule_options
@report_options
@quiet_option
def command(
    base: str | None,
    files: tuple[str, ...] | None,
    labels: tuple[str, ...] | None,
    body: str | None,
    author: str | None,
    reviewers: tuple[str, ...] | None,
    agent: bool,
    target: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    style: str,
    output: Path | None,
    color: bool | None,
    quiet: bool,
) -> int:
    """Hold a change that waits to be merged against the gates of the settings.

    What only the forge knows of it is told by options. PATHS, LABELS and NAMES have commas or line
    ends between them, or are a JSON list; an empty one says that there are none.

    \b
      govkb check-change --base origin/main --labels docs-only
      govkb check-change --base origin/main --labels "$LABELS" --body - \\
        --author "$AUTHOR" --reviewers "$REVIEWERS" <body.md
      govkb check-change --files modules/vpc/main.tf,docs/adr/0012.md --labels ''

    With --base the gates are read from where HEAD left the history of REF, so that no change
    loosens its own. Ends with 1 where a gate stays shut, and with 3 where a gate asks for something
    that isn't told. Without gates there is nothing to do.
    """
    from govkb.checking import Asked
    from govkb.checking.gating import judge_change, refuse_no_gate
    from govkb.rules.file_lists import listed_in
    from govkb.workspace import Workspace, effective_today
    from govkb.workspace.folders import refuse_missing_folders
    from govkb.workspace.gating import Facts, change_of, load_with

    if output is not None:
        refuse_missing_folder(output)
    text = _body(body) if body is not None else None
    facts = Facts(files, labels, text, author or None, reviewers, agent, target or None)
    workspace, today = Workspace.open(Path.cwd()), effective_today()
    workspace.require_project()
    refuse_missing_folders(workspace.config)
    asked = Asked(select, ignore)
    refuse_no_gate(workspace.config, asked)
    change, before, config = change_of(workspace, facts, base)
    catalogue = (before.terms if before is not None else workspace.terms).catalogue
    has_list = bool(change.touched) and listed_in(change, catalogue) is not None
    if not has_list and not change.gates.number and not change.taxonomy.are_declared:
        tell(_without_gates(config, base))
        if style == "text":
            return 0
    with shown_progress(quiet) as progress:
        knowledge_base = load_with(workspace, change, before, base, today, progress)
    verdict = judge_change(knowledge_base, asked)
    write_report(
        verdict, knowledge_base, Report(style, output, color), _summary(change, has_list, verdict)
    )
    return int(fails(verdict))


def _without_gates(config: Config, base: str | None) -> str:
    from govkb.config import FILE_NAME

    where = f"at {base}" if base is not None else "in this project"
    name = config.file.name if config.file is not None else FILE_NAME
    table = "changes.gates" if name == FILE_NAME else "tool.govkb.changes.gates"
    return f"no gate is declared {where}: `[[{table}]]` in {name} declares one"


def _summary(change: Change, has_list: bool, verdict: Verdict) -> str:
    from govkb.counting import counted
    from govkb.reporting.text import tally

    files = counted(len(change.touched), "file")
    return f"{files} held against {_gates(change, has_list)}: {tally(verdict.diagnostics)}"


def _gates(change: Change, has_list: bool) -> str:
    from govkb.counting import counted

    named = [counted(change.gates.number, "gate")] if change.gates.number else []
    named += ["the labels"] if change.taxonomy.are_declared else []
    *some, last = [*named, *(["its own list"] if has_list or not named else [])]
    return f"{', '.join(some)} and {last}" if some else last


def _body(name: str) -> str:
    """The text of a change, from a file or from standard input."""
    if name == "-":
        data = sys.stdin.buffer.read(_MOST_BYTES + 1)
    else:
        file = Path(name)
        # A pipe from another program will do: `--body <(forge-cli …)`.
        if not file.exists() or file.is_dir():
            message = f"--body: there is no file {name}"
            raise UsageError(message, "write it first, or hand it over with `--body -`")
        with file.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        message = f"--body: more than {_MOST_BYTES:,} bytes, which no forge takes"
        raise UsageError(message, "hand over the text of the change alone")
    return data.decode("utf-8", "replace")
