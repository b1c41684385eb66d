"""`govkb build`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from govkb.cli.progress import quiet_option, shown_progress
from govkb.counting import counted


@click.command("build", short_help="Check the records and build the site.")
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    help="Where the site goes; by default as mkdocs.yml says, else site/.",
)
@click.option("--allow-errors", is_flag=True, help="Build even if records have errors.")
@click.option(
    "--log",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The log that was published last (ledger/log.txt); the new one goes on from it.",
)
@click.option(
    "--sign",
    "key",
    metavar="KEY",
    type=click.Path(path_type=Path),
    help="Sign the checkpoint of the ledgers with an SSH key.",
)
@click.option(
    "--emit",
    "emitted",
    metavar="markdown DIR",
    type=(click.Choice(["markdown"]), click.Path(path_type=Path)),
    help="Write the site as plain Markdown files for another generator, and nothing else.",
)
@quiet_option
def command(
    site_dir: Path | None,
    allow_errors: bool,
    log: Path | None,
    key: Path | None,
    emitted: tuple[str, Path] | None,
    quiet: bool,
) -> int:
    """Check the records and build the site from them.

    The old site stays until the new one is complete. Records with errors stop the build with
    exit code 1; warnings are shown and don't.

    \b
      govkb build
      govkb build --site-dir public
      govkb build --emit markdown ../handbook/content/records
      govkb build --log published/log.txt --sign ~/.ssh/id_ed25519
    """
    if emitted is not None and (site_dir or log or key):
        raise click.UsageError("--emit goes with none of --site-dir, --log and --sign")
    started = time.perf_counter()
    from govkb import checking
    from govkb.diagnostics import Severity
    from govkb.files import read_bytes
    from govkb.history.log import read_log
    from govkb.mkdocs_plugin.running import build_site
    from govkb.reporting import text
    from govkb.workspace import Workspace
    from govkb.workspace.folders import refuse_missing_folders

    workspace = Workspace.open(Path.cwd())
    workspace.require_project()
    refuse_missing_folders(workspace.config)
    with shown_progress(quiet, started) as progress:
        base = workspace.load(progress=progress)
        progress("Checking records", 0, None)
        found = checking.check(base)
    if found:
        click.echo(text.render(found, base, color=sys.stdout.isatty()))
    if not allow_errors and any(d.severity is Severity.ERROR for d in found):
        click.echo("not built; --allow-errors builds it all the same", err=True)
        return 1
    if emitted is not None:
        from govkb.mkdocs_plugin.markdown_folder import emit_markdown

        _, folder = emitted
        written = emit_markdown(base, folder)
        click.echo(f"wrote {counted(written, 'page')} of Markdown to {_shown(folder.resolve())}")
        return 0
    earlier = read_log(read_bytes(log).decode("utf-8", "replace")) if log is not None else ()
    with shown_progress(quiet, started) as progress:
        site = build_site(
            workspace, base, site_dir, earlier, key, findings=found, progress=progress
        )
    made = f"{counted(site.pages, 'page')} from {counted(len(base.records_by_id), 'record')}"
    seconds = time.perf_counter() - started
    click.echo(f"built {made} in {seconds:.1f} s: open {_shown(site.folder / 'index.html')}")
    return 0


def _shown(file: Path) -> str:
    """The file as seen from here, where that is shorter."""
    here = Path.cwd().resolve()
    return str(file.relative_to(here)) if file.is_relative_to(here) else str(file)
