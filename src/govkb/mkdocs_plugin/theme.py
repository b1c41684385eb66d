"""The theme Material: that it is the one, and a list of its files without its 14,000 icons.

MkDocs has Jinja list all files of the theme in every build, and leaves out what is hidden or in a
hidden folder, as the icons are. Here those folders aren't entered.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme
from mkdocs.utils import get_theme_dir

from govkb.errors import ConfigurationError
from govkb.reporting.escaping import visible

_THEME = "material"


def require_theme(config: MkDocsConfig) -> None:
    """Raises ConfigurationError for any theme but Material and those made from it."""
    if get_theme_dir(_THEME) not in config.theme.dirs:
        name = config.theme.name or "one of its own"
        message = f"the pages are made for the theme Material, and mkdocs.yml has {visible(name)!r}"
        raise ConfigurationError(message, "write `theme: {name: material}` in mkdocs.yml")


def list_without_hidden(theme: Theme) -> None:
    """Has the environments of a theme list no hidden files; templates are found as ever.

    Where another plugin makes them in its own way, it is left to that.
    """
    if "get_env" not in vars(theme):
        theme.get_env = partial(_environment, theme)  # type: ignore[method-assign]


def _environment(theme: Theme) -> Any:
    environment: Any = type(theme).get_env(theme)
    folders = getattr(environment.loader, "searchpath", None)
    if folders is not None:
        environment.loader.list_templates = partial(_shown_in, folders)
    return environment


def _shown_in(folders: Iterable[str]) -> list[str]:
    """The files below some folders that aren't hidden, each relative to its own."""
    found: set[str] = set()
    for folder in folders:
        for place, below, files in os.walk(folder):
            below[:] = [name for name in below if not name.startswith(".")]
            path = os.path.relpath(place, folder).replace(os.sep, "/")
            prefix = "" if path == "." else f"{path}/"
            found.update(f"{prefix}{name}" for name in files if not name.startswith("."))
    return sorted(found)
