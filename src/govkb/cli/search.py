"""`govkb search`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.filtering import filter_of, filter_options
from govkb.cli.output import tell, write_json, write_pairs
from govkb.counting import counted

if TYPE_CHECKING:
    from govkb.workspace.searching import Hit


@click.command("search", short_help="Find records by their words.")
@click.argument("words", nargs=-1, required=True)
@filter_options
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N")
@click.option(
    "--format", "output", type=click.Choice(["table", "json"]), default="table", show_default=True
)
def command(words: tuple[str, ...], limit: int, output: str, **asked: Any) -> None:
    """Find the records with all of WORDS, the likeliest first.

    \b
      govkb search backup restore
      govkb search "74 days" --type incident
      govkb search token --open --format json

    Ids count most, then titles and aliases, summaries, learnings, and the text. A word also means
    those that begin with it and its other English forms; WORDS in quotes stand in a row. Where no
    record has all of them, those with some are shown.

    At a terminal the words that were found stand below each record. Elsewhere each is a line with
    id, type, status, title and these words, divided by tabs. An index of all words is kept in your
    cache folder.
    """
    from govkb.workspace import Workspace
    from govkb.workspace.searching import search

    hits = search(Workspace.open(Path.cwd()), words, filter_of(**asked), limit)
    if output == "json":
        found = [_value(hit) for hit in hits.shown]
        write_json({"total": hits.total, "all_words": hits.has_all_words, "records": found})
    else:
        write_pairs((_row(hit), hit.excerpt) for hit in hits.shown)
    if not hits.has_all_words:
        tell("no record has all of these words; these have some")
    if not hits.total:
        tell("no record has these words" if len(words) > 1 else "no record has this word")
    elif hits.total > len(hits.shown):
        tell(
            f"{len(hits.shown)} of {counted(hits.total, 'record')}; --limit {hits.total} shows all"
        )


def _row(hit: Hit) -> tuple[str, ...]:
    record = hit.record
    kind = record.type.name if record.type else ""
    return record.id or record.stem, kind, record.status or "", record.title


def _value(hit: Hit) -> dict[str, Any]:
    record = hit.record
    return {
        "id": record.id or record.stem,
        "type": record.type.name if record.type else None,
        "status": record.status,
        "title": record.title,
        "path": record.path,
        "excerpt": hit.excerpt,
    }
