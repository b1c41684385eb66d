"""`govkb serve`."""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path

import click

from govkb.cli.progress import quiet_option, shown_progress


@click.command("serve", short_help="Show the site and follow edits.")
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@quiet_option
def command(address: str, quiet: bool) -> None:
    """Show the site on this machine and build it anew whenever a record changes.

    Records with errors are shown all the same, and what is wrong is printed. Ctrl+C ends it.

    \b
      govkb serve
      govkb serve --address 127.0.0.1:8080
    """
    gc.enable()  # unlike other commands it runs for hours
    from govkb.mkdocs_plugin.serving import serve_site
    from govkb.workspace import Workspace

    serve_site(Workspace.open(Path.cwd()), address, partial(shown_progress, quiet))
