"""Serves the site on this machine and makes it anew on every change, for `govkb serve`."""

from __future__ import annotations

import logging
import tempfile
from itertools import count
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from govkb.errors import GovkbError, UsageError
from govkb.mkdocs_plugin.configuration import configuration, plugin_of
from govkb.mkdocs_plugin.running import run_mkdocs
from govkb.mkdocs_plugin.site_folder import remove_folders
from govkb.mkdocs_plugin.spoken_log import spoken_log
from govkb.progress import Display, no_display
from govkb.site.templating import CompiledTemplates
from govkb.workspace import Workspace

log = logging.getLogger("mkdocs.govkb")

# A look at 1,000 files takes some 12 ms; the waits between two are four times as long.
_FILES_A_SECOND = 20_000
_SHORTEST_WAIT = 0.1
# Whoever saves several files at once has done so within this time; if not, there are two builds.
_SETTLED = 0.03


def serve_site(workspace: Workspace, address: str, display: Display = no_display) -> None:
    """Serves the site at `HOST:PORT` until it is interrupted, and builds it anew on every change.

    Records with errors are shown all the same; what is wrong with them is logged. Raises GovkbError
    where the first site can't be built or the address can't be had; later faults are logged, and
    the last good site stays.
    """
    host, port = _host_and_port(address)
    with spoken_log(), tempfile.TemporaryDirectory(prefix="govkb-") as folder:
        site = _LiveSite(workspace.config.root, Path(folder), f"http://{address}/", display)
        config = site.build()
        server = _server(site, config, host, port)
        try:
            server.serve()
        except OSError as error:
            message = f"{address} can't be served: {error.strerror}"
            raise GovkbError(message, "choose another with --address") from error
        except KeyboardInterrupt:
            pass
        finally:
            server.shutdown()


class _LiveSite:
    """The newest site that could be built; each is made apart, so that a failed one costs none.

    The one before it stays as it is: some answer from it may be on its way. The one before that is
    used up for the next.
    """

    def __init__(self, root: Path, folder: Path, url: str, display: Display) -> None:
        self.root, self.folder, self.url, self.display = root, folder, url, display
        self.empty = folder / "docs"
        self.empty.mkdir()
        self.current = self.previous = self.spare = folder / "0"
        self.compiled = CompiledTemplates()
        self.settings = b""
        self._numbers = count(1)

    def build(self) -> MkDocsConfig:
        """The settings that the site was built with, which is now the current one."""
        made = self.folder / str(next(self._numbers))
        try:
            config = configuration(self.root, self.empty, is_lenient=True)
            config.site_dir, config.site_url = str(made), self.url
            plugin_of(config).spare = self.spare if self.spare.is_dir() else None
            plugin_of(config).compiled = self._compiled(config)
            with self.display() as plugin_of(config).progress:
                run_mkdocs(config, command="serve", serve_url=self.url)
        except BaseException:
            remove_folders([made])
            raise
        self.spare, self.previous, self.current = self.previous, self.current, made
        return config

    def _compiled(self, config: MkDocsConfig) -> CompiledTemplates:
        """What was compiled under the same settings: others may give templates other functions."""
        file = Path(config.config_file_path or "")
        settings = file.read_bytes() if file.is_file() else b""
        if settings != self.settings:
            self.compiled.clear()
            self.settings = settings
        return self.compiled

    def error_page(self, code: int) -> bytes | None:
        page = self.current / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


def _server(site: _LiveSite, config: MkDocsConfig, host: str, port: int) -> LiveReloadServer:
    def rebuild() -> None:
        try:
            site.build()
        except GovkbError as error:
            log.error(_in_one_line(error))
        except Exception as error:  # noqa: BLE001
            # From here it would pass through MkDocs, which answers no request until the next build.
            log.error("the site can't be built: %s: %s", type(error).__name__, error)
        server.root = str(site.current)

    content = plugin_of(config).content
    wait = len(content.uris) / _FILES_A_SECOND if content is not None else 0.0
    server = LiveReloadServer(
        builder=rebuild,
        host=host,
        port=port,
        root=str(site.current),
        polling_interval=max(_SHORTEST_WAIT, wait),
    )
    server.build_delay = _SETTLED
    server.url = site.url
    server.error_handler = site.error_page
    for path in (config.docs_dir, config.config_file_path, *config.watch):
        if path and Path(path).exists():
            server.watch(path)
    config.plugins.on_serve(server, config=config, builder=rebuild)
    return server


def _in_one_line(error: GovkbError) -> str:
    return f"{error.message} ({error.hint})" if error.hint else error.message


def _host_and_port(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise UsageError(f"{address!r} is not an address", "give HOST:PORT, as 127.0.0.1:8000")
    return host.removeprefix("[").removesuffix("]"), int(port)
