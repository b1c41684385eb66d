"""`govkb diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkb.cli.output import tell, write_table
from govkb.cli.progress import quiet_option, shown_progress
from govkb.reporting.reviews import STYLES

if TYPE_CHECKING:
    _Choice = click.Choice[str]
else:
    _Choice = click.Choice  # which older versions don't let a type stand behind


class _Style(_Choice):
    """One of the formats; `md` is what many write for `markdown`."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """See click.ParamType."""
        return super().convert("markdown" if value == "md" else value, param, ctx)


@click.command("diff", short_help="Say what a change means.")
@click.argument("base", metavar="BASE")
@click.option("--format", "style", type=_Style(STYLES), default="text", show_default=True)
@quiet_option
def command(base: str, style: str, quiet: bool) -> int:
    """Say what has changed since HEAD left the history of the git revision BASE.

    \b
      govkb diff origin/main
      govkb diff --format markdown origin/main > comment.md
      govkb diff --format json v1.0

    Files that are not committed yet count too. New, moved and lost records; statuses and severities
    with their evidence; entries, relations, findings; and what is checked otherwise than it was.
    It only informs: it ends with 0 whatever has changed.
    """
    from govkb.reporting.reviews import json, markdown, text, wording
    from govkb.workspace import Workspace, effective_today
    from govkb.workspace.folders import refuse_missing_folders
    from govkb.workspace.reviewing import review_since

    workspace = Workspace.open(Path.cwd())
    refuse_missing_folders(workspace.config)
    with shown_progress(quiet) as progress:
        review = review_since(workspace, base, effective_today(), progress)
    if style == "text":
        write_table(text.HEADINGS, text.rows(review))
        tell(f"{wording.headline(review) or wording.NOTHING}, {wording.since(review)}")
    else:
        written = markdown.render(review) if style == "markdown" else json.render(review)
        # Bytes, because these formats are UTF-8 whatever the terminal speaks.
        click.echo(written.encode(), nl=False)
    return 0
