"""Runs MkDocs: builds the site beside the old one and swaps them, or serves it while it changes."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer

from govkb.errors import ConfigurationError, GovkbError, StorageError, UsageError
from govkb.knowledge_base import KnowledgeBase
from govkb.mkdocs_plugin.plugin import GovkbPlugin
from govkb.reporting.escaping import visible
from govkb.workspace import Workspace

_FILE = "mkdocs.yml"
# What MkDocs says while it serves that a person wants to read.
_SPOKEN = ("Serving on", "Detected file changes", "Reloading browsers")


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """Where a site is, and how many pages govkb made for it."""

    folder: Path
    pages: int


def build_site(
    workspace: Workspace, base: KnowledgeBase, site_dir: Path | None = None
) -> BuiltSite:
    """Builds the site; what was there before stays until the new one is complete.

    Without `site_dir` it goes where mkdocs.yml says, else to `site/`. `base` has been checked: its
    faults are not reported again. Raises GovkbError where the site can't be built.
    """
    with _quiet_logging(logging.WARNING), tempfile.TemporaryDirectory(prefix="govkb-") as empty:
        config = _configuration(workspace, Path(empty))
        target = (site_dir or Path(config.site_dir)).resolve()
        _refuse_to_replace(target, config, workspace)
        plugin = _plugin(config)
        plugin.checked = base
        with _staging(target) as staged:
            config.site_dir = str(staged)
            _run(config, command="build")
            _swap(staged, target)
    return BuiltSite(target, len(plugin.pages))


def serve_site(workspace: Workspace, address: str) -> None:
    """Serves the site at `HOST:PORT` until it is interrupted, and builds it anew on every change.

    Records with errors are shown all the same; what is wrong with them is logged.
    """
    host, port = _host_and_port(address)
    with _quiet_logging(logging.INFO), tempfile.TemporaryDirectory(prefix="govkb-") as folder:
        empty, site = Path(folder, "docs"), Path(folder, "site")
        empty.mkdir()
        url = f"http://{host}:{port}/"

        def rebuild() -> MkDocsConfig:
            config = _configuration(workspace, empty)
            config.site_dir, config.site_url, config.strict = str(site), url, False
            _run(config, command="serve", serve_url=url)
            return config

        _serve(rebuild(), rebuild, host, port, site)


def _serve(config: MkDocsConfig, rebuild: object, host: str, port: int, site: Path) -> None:
    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(site))  # type: ignore[arg-type]
    server.error_handler = lambda code: _error_page(site, code)
    watched = [config.docs_dir, config.config_file_path, *config.watch]
    for path in watched:
        if path and Path(path).exists():
            server.watch(path)
    config.plugins.on_serve(server, config=config, builder=rebuild)  # type: ignore[arg-type]
    try:
        server.serve()
    except OSError as error:
        raise UsageError(
            f"{host}:{port} can't be served: {error.strerror}", "choose another with --address"
        ) from error
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()


def _error_page(site: Path, code: int) -> bytes | None:
    page = site / f"{code}.html"
    return page.read_bytes() if page.is_file() else None


def _run(config: MkDocsConfig, *, command: str, serve_url: str | None = None) -> None:
    config.plugins.on_startup(command=command, dirty=False)  # type: ignore[arg-type]
    try:
        build(config, serve_url=serve_url)
    except MkDocsException as error:
        raise GovkbError(f"the site can't be built: {visible(str(error))}") from error
    except OSError as error:
        raise StorageError(f"the site can't be written: {error}") from error
    finally:
        config.plugins.on_shutdown()


def _configuration(workspace: Workspace, empty: Path) -> MkDocsConfig:
    """The project's mkdocs.yml, or settings that serve without one."""
    root = workspace.config.root
    file = root / _FILE
    config = MkDocsConfig(config_file_path=str(file))
    if file.is_file():
        _load(config, file)
    else:
        config.load_dict(_defaults(root))
    if not (root / str(config["docs_dir"])).is_dir():
        config.load_dict({"docs_dir": str(empty)})
    faults, warnings = config.validate()
    for name, warning in warnings:
        logging.getLogger("mkdocs").warning("%s: %s", name, warning)
    if faults:
        name, fault = faults[0]
        raise ConfigurationError(f"{_FILE}: `{name}`: {fault}")
    return config


def _load(config: MkDocsConfig, file: Path) -> None:
    try:
        with file.open("rb") as stream:
            config.load_file(stream)
    except MkDocsException as error:
        raise ConfigurationError(f"{_FILE}: {error}") from error


def _defaults(root: Path) -> dict[str, object]:
    return {
        "site_name": root.name or "Knowledge base",
        "theme": {
            "name": "material",
            # No fonts of another host: the pages ask nobody for anything.
            "font": False,
            "features": [
                "content.code.copy",
                "navigation.indexes",
                "navigation.top",
                "search.highlight",
                "search.suggest",
                "toc.follow",
            ],
            "palette": [
                _palette("(prefers-color-scheme)", None, "brightness-auto", "Use light colours"),
                _palette(
                    "(prefers-color-scheme: light)", "default", "brightness-7", "Use dark colours"
                ),
                _palette(
                    "(prefers-color-scheme: dark)", "slate", "brightness-4", "Follow the system"
                ),
            ],
        },
        "plugins": ["search", "govkb"],
        "extra": {"generator": False},
    }


def _palette(media: str, scheme: str | None, icon: str, name: str) -> dict[str, object]:
    palette: dict[str, object] = {
        "media": media,
        "primary": "indigo",
        "accent": "indigo",
        "toggle": {"icon": f"material/{icon}", "name": name},
    }
    return {**palette, "scheme": scheme} if scheme else palette


def _plugin(config: MkDocsConfig) -> GovkbPlugin:
    for plugin in config.plugins.values():
        if isinstance(plugin, GovkbPlugin):
            return plugin
    raise ConfigurationError(f"{_FILE} does not name the plugin", "add `govkb` under `plugins:`")


def _refuse_to_replace(target: Path, config: MkDocsConfig, workspace: Workspace) -> None:
    """Raises UsageError where the folder holds something else than a site."""
    sources = [workspace.config.root, workspace.records_folder, Path(config.docs_dir)]
    if any(source.resolve().is_relative_to(target) for source in sources):
        raise UsageError(f"{target} holds the sources of the site", "choose a folder of its own")
    is_empty = not target.exists() or (target.is_dir() and not any(target.iterdir()))
    if not is_empty and not (target / "404.html").is_file():
        raise UsageError(f"{target} is there and is not a site", "remove it, or choose another")


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """A new folder beside the target, so that the swap is a rename; removed if it is still there."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise StorageError(f"{target}: can't be written: {error.strerror}") from error
    try:
        yield staged
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _swap(staged: Path, target: Path) -> None:
    old = staged.with_name(f"{staged.name}-old")
    try:
        staged.chmod(0o777 & ~_umask())
        if target.exists():
            target.rename(old)
        staged.rename(target)
    except OSError as error:
        if old.exists() and not target.exists():
            old.rename(target)
        raise StorageError(f"{target}: can't be replaced: {error.strerror}") from error
    shutil.rmtree(old, ignore_errors=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _host_and_port(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise UsageError(f"{address!r} is not an address", "give HOST:PORT, as 127.0.0.1:8000")
    return host, int(port)


@contextmanager
def _quiet_logging(level: int) -> Iterator[None]:
    """MkDocs's log on standard error: warnings and errors, and at INFO what tells where it serves."""
    logger = logging.getLogger("mkdocs")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("govkb: %(message)s"))
    handler.addFilter(_is_spoken)
    before = logger.level, logger.propagate
    logger.setLevel(level)
    logger.propagate = False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.level, logger.propagate = before


def _is_spoken(entry: logging.LogRecord) -> bool:
    return entry.levelno >= logging.WARNING or entry.getMessage().startswith(_SPOKEN)
