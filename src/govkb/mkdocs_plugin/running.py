"""Runs MkDocs for `govkb build`: a new site is made beside the old one and takes its place."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, MkDocsException
from msgspec import Struct

from govkb.diagnostics import Diagnostic
from govkb.errors import GovkbError, StorageError, UsageError
from govkb.history.log import LogEvent
from govkb.history.signatures import sign
from govkb.knowledge_base import KnowledgeBase
from govkb.mkdocs_plugin.configuration import StrictError, configuration, plugin_of
from govkb.mkdocs_plugin.site_folder import staged
from govkb.mkdocs_plugin.spoken_log import spoken_log
from govkb.progress import Progress, silent
from govkb.site.published import CHECKPOINT
from govkb.workspace import Workspace
from govkb.workspace.clock import given_day


class BuiltSite(Struct, frozen=True):
    """Where a site is, how many pages govkb has in it, and for how many records they were made.

    The others were kept from an earlier build.
    """

    folder: Path
    pages: int
    made: int


def build_site(
    workspace: Workspace,
    base: KnowledgeBase,
    site_dir: Path | None = None,
    log: Sequence[LogEvent] = (),
    key: Path | None = None,
    executor: Executor | None = None,
    findings: Sequence[Diagnostic] = (),
    progress: Progress = silent,
) -> BuiltSite:
    """Builds the site; what was there before stays until the new one is complete.

    Without `site_dir` it goes where mkdocs.yml says, else to `site/`. `base` has been checked: its
    faults, the `findings`, stand on a page of the site and are not reported again. The log of the
    ledgers goes on from an earlier `log`, and with a `key` its checkpoint is signed. An `executor`
    makes the pages of records; by default that is a pool of processes. Raises GovkbError where the
    site can't be built.
    """
    with spoken_log(), tempfile.TemporaryDirectory(prefix="govkb-") as empty:
        config = configuration(workspace.config.root, Path(empty))
        target = (site_dir or Path(config.site_dir)).resolve()
        _refuse_to_replace(target, config, base)
        plugin = plugin_of(config)
        plugin.workspace, plugin.checked, plugin.findings = workspace, base, findings
        plugin.earlier, plugin.executor, plugin.progress = log, executor, progress
        with staged(target, plugin.place_of_spare(config)) as stage:
            config.site_dir = str(stage.new)
            plugin.spare = stage.spare
            run_mkdocs(config, command="build")
            if key is not None:
                _sign(stage.new, key)
    made = plugin.content
    pages = len(made.pages) + len(made.uris) if made is not None else 0
    return BuiltSite(target, pages, plugin.made)


def _sign(folder: Path, key: Path) -> None:
    checkpoint = folder / CHECKPOINT
    if not checkpoint.is_file():
        message = "there is no checkpoint to sign: nothing is sealed"
        raise UsageError(message, "`govkb seal` begins the ledgers")
    signature = sign(checkpoint.read_bytes(), key)
    checkpoint.with_name(f"{checkpoint.name}.sig").write_bytes(signature)


def run_mkdocs(config: MkDocsConfig, *, command: str, serve_url: str | None = None) -> None:
    """Makes the site in `config.site_dir`; raises GovkbError where that can't be done."""
    given_day()  # MkDocs itself would fail on one that is none, in words of its own
    config.plugins.on_startup(command=command, dirty=False)  # type: ignore[arg-type]
    try:
        build(config, serve_url=serve_url)
    except MkDocsException as error:
        raise _reason(error) from None
    except OSError as error:
        raise StorageError(f"{error.filename or 'the site'}: {error.strerror}") from error
    finally:
        plugin_of(config).stop()
        config.plugins.on_shutdown()


def _reason(error: MkDocsException) -> GovkbError:
    """What MkDocs gave up for: it only says that it did."""
    fault = error.__context__
    if isinstance(fault, BuildError):
        if isinstance(fault.__cause__, GovkbError):
            return fault.__cause__
        return GovkbError(f"the site can't be built: {' '.join(str(fault).split())}")
    if isinstance(error, Abort):
        return StrictError()
    return GovkbError(f"the site can't be built: {' '.join(str(error).split())}")


def _refuse_to_replace(target: Path, config: MkDocsConfig, base: KnowledgeBase) -> None:
    """Raises UsageError where a site would take the place of something else, or land among it.

    Where the whole project is the folder of the records, a site may be in it: it holds no Markdown.
    """
    root = base.config.root.resolve()
    records = [(root / folder).resolve() for folder in base.config.folders.all]
    sources = [*records, Path(config.docs_dir).resolve()]
    holds_sources = any(source.is_relative_to(target) for source in (root, *sources))
    if holds_sources or _holds_records(target, root, base):
        raise UsageError(f"{target} holds the sources of the site", "choose a folder of its own")
    if any(target.is_relative_to(source) for source in sources if source != root):
        raise UsageError(f"{target} is among the sources of the site", "choose another folder")
    is_empty = not target.exists() or (target.is_dir() and not any(target.iterdir()))
    if not is_empty and not (target / "404.html").is_file():
        raise UsageError(f"{target} is there and is not a site", "remove it, or choose another")


def _holds_records(target: Path, root: Path, base: KnowledgeBase) -> bool:
    if not target.is_relative_to(root):
        return False
    inside = f"{target.relative_to(root).as_posix()}/"
    return any(result.path.startswith(inside) for result in base.results)
