"""`govkb build`."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("build", short_help="Check the records and build the site.")
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    help="Where the site goes; by default as mkdocs.yml says, else site/.",
)
@click.option("--allow-errors", is_flag=True, help="Build even if records have errors.")
def command(site_dir: Path | None, allow_errors: bool) -> int:
    """Check the records and build the site from them.

    The old site stays until the new one is complete. Records with errors stop the build with
    exit code 1; warnings don't.

    \b
      govkb build
      govkb build --site-dir public
    """
    from govkb import checking
    from govkb.diagnostics import Severity
    from govkb.mkdocs_plugin.running import build_site
    from govkb.reporting import text
    from govkb.workspace import Workspace

    workspace = Workspace.open(Path.cwd())
    base = workspace.load()
    errors = [d for d in checking.check(base) if d.severity is Severity.ERROR]
    if errors:
        click.echo(text.render(errors, base, color=sys.stdout.isatty()))
        if not allow_errors:
            click.echo("not built; --allow-errors builds it all the same", err=True)
            return 1
    site = build_site(workspace, base, site_dir)
    folder = _shown(site.folder)
    count = len(base.records_by_id)
    records = "1 record" if count == 1 else f"{count} records"
    click.echo(f"built {site.pages} pages from {records} into {folder}/ (open {folder}/index.html)")
    return 0


def _shown(folder: Path) -> str:
    """The folder as seen from here, where that is shorter."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)
