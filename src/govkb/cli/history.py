"""`govkb history`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.progress import quiet_option, shown_progress
from govkb.counting import counted

if TYPE_CHECKING:
    from govkb.workspace.auditing import Audit, Breach


@click.group("history", short_help="Audit what became of entries in git.")
def command() -> None:
    """Look into what became of append-only entries in the history of git.

    \b
      govkb history audit main
    """


@command.command("audit", short_help="Name every commit that broke the promise.")
@click.argument("revisions", metavar="REF..REF")
@click.option(
    "--first-parent", is_flag=True, help="Only the main line: a merge counts as one change."
)
@click.option(
    "--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@quiet_option
def audit_command(revisions: str, first_parent: bool, style: str, quiet: bool) -> int:
    """Name every commit, file and entry that broke the append-only promise.

    It goes through the commits one by one and compares the records of each with those before it, by
    the types of now. What is in frontmatter or outside of append-only sections may change. Without
    `..` the whole history up to REF is looked at.

    \b
      govkb history audit main
      govkb history audit --first-parent v1.0..main
    """
    from govkb.history import open_repository
    from govkb.workspace import Workspace
    from govkb.workspace.auditing import audit

    workspace = Workspace.open(Path.cwd())
    repository = open_repository(workspace.config.root)
    with shown_progress(quiet) as progress:
        found = audit(
            repository, revisions, workspace.terms, first_parent=first_parent, progress=progress
        )
    if style == "json":
        document = {"version": 1, "commits": found.commits, "breaches": list(_listed(found))}
        click.echo(json.dumps(document, indent=2))
    else:
        for line in _lines(found):
            click.echo(line)
    return int(bool(found.breaches))


def _lines(found: Audit) -> list[str]:
    from govkb.reporting.escaping import visible

    lines: list[str] = []
    last = ""
    for breach in found.breaches:
        commit = breach.commit
        if commit.name != last:
            head = f"{commit.name[:12]} {commit.moment[:10]} {commit.author}: {commit.subject}"
            lines += ([""] if lines else []) + [visible(head)]
            last = commit.name
        lines += [f"  {visible(line)}" for line in _breach(breach)]
    commits = counted(found.commits, "commit")
    if not found.breaches:
        return [f"{commits}: every entry is as it was written"]
    number = len({breach.commit.name for breach in found.breaches})
    entries = counted(len(found.breaches), "time")
    verb = "breaks" if number == 1 else "break"
    return [*lines, "", f"{number:,} of {commits} {verb} the promise, {entries}"]


def _breach(breach: Breach) -> list[str]:
    change = breach.change
    entry = change.before or change.after
    name = entry.name if entry is not None else ""
    section = "" if change.section == "*" else f' of "{change.section}"'
    lines = [f"{change.path}: {breach.kind} {name}{section}"]
    if change.before is not None:
        lines.append(f"  - {_shown(change.before.text)}")
    if change.after is not None and breach.kind not in ("reordered", "hidden"):
        lines.append(f"  + {_shown(change.after.text)}")
    return lines


def _listed(found: Audit) -> list[dict[str, Any]]:
    return [
        {
            "commit": breach.commit.name,
            "author": breach.commit.author,
            "moment": breach.commit.moment,
            "subject": breach.commit.subject,
            "path": breach.change.path,
            "record": breach.change.record_id,
            "section": breach.change.section,
            "kind": breach.kind,
            "old": breach.change.before.text if breach.change.before else None,
            "new": breach.change.after.text if breach.change.after else None,
        }
        for breach in found.breaches
    ]


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:159].rstrip()}…"
