"""The settings that MkDocs runs with: the project's mkdocs.yml, or defaults that serve without."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.base import ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from govkb.errors import ConfigurationError, GovkbError, StorageError
from govkb.mkdocs_plugin.plugin import GovkbPlugin
from govkb.template_files import shipped_templates

FILE_NAME = "mkdocs.yml"
# What YAML's own constructors raise beside its errors: for impossible dates, for misused tags, for
# brackets without end.
_UNREADABLE = (
    MkDocsException,
    ValidationError,
    ArithmeticError,
    AttributeError,
    ImportError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


class StrictError(GovkbError):
    """There were warnings, all of them said, and mkdocs.yml is strict about them."""

    exit_code = 1

    def __init__(self) -> None:
        message = f"not built: there were warnings, and {FILE_NAME} says `strict: true`"
        super().__init__(message)


def configuration(root: Path, empty: Path, *, is_lenient: bool = False) -> MkDocsConfig:
    """The settings of the project at `root`; `empty` stands in for a docs folder that isn't there.

    Raises ConfigurationError where MkDocs can't use them. What MkDocs has to remark is logged, and
    raises StrictError where mkdocs.yml is strict, unless one `is_lenient`.
    """
    file = root / FILE_NAME
    config = MkDocsConfig(config_file_path=str(file))
    given = _read(file, config) if file.is_file() else _defaults(root)
    docs = root / str(given.get("docs_dir", "docs"))
    if not docs.is_dir():
        if "docs_dir" in given:
            message = f"{FILE_NAME}: `docs_dir` names {given['docs_dir']!r}, which is no folder"
            raise ConfigurationError(message, "correct it, or leave it out where there are no docs")
        given = {**given, "docs_dir": str(empty)}
    if is_lenient:
        given = {**given, "strict": False}
    _use(given, config)
    return config


def plugin_of(config: MkDocsConfig) -> GovkbPlugin:
    """The plugin itself, which mkdocs.yml must name."""
    for plugin in config.plugins.values():
        if isinstance(plugin, GovkbPlugin):
            return plugin
    raise ConfigurationError(f"{FILE_NAME} does not name the plugin", "add `govkb` to `plugins`")


def _read(file: Path, config: MkDocsConfig) -> dict[str, Any]:
    try:
        with file.open("rb") as stream:
            given = yaml_load(stream, _loader(config))
    except OSError as error:
        raise StorageError(f"{file}: can't be read: {error.strerror}") from error
    except _UNREADABLE as error:
        raise ConfigurationError(f"{FILE_NAME}: {_in_one_line(error)}") from error
    if not isinstance(given, dict):
        raise ConfigurationError(f"{FILE_NAME}: it must be a mapping of settings")
    return given


def _loader(config: MkDocsConfig) -> type[yaml.BaseLoader]:
    """MkDocs's own loader, but for tags that call functions while they are read.

    `!!python/name:` stays: Material's own documentation asks for it, and it only names something.
    """

    class Loader(get_yaml_loader(config=config)):  # type: ignore[misc]
        pass

    for kind in ("object:", "object/apply:", "object/new:", "module:"):
        Loader.add_multi_constructor(f"tag:yaml.org,2002:python/{kind}", _refuse)
    return Loader


def _refuse(loader: Any, suffix: str, node: yaml.Node) -> Any:
    tag = node.tag.replace("tag:yaml.org,2002:", "!!")
    place = f"{FILE_NAME}:{node.start_mark.line + 1}"
    message = f"{place}: `{tag}` would be carried out while it is read"
    raise ConfigurationError(message, "write plain values")


def _use(given: dict[str, Any], config: MkDocsConfig) -> None:
    try:
        config.load_dict(given)
        faults, warnings = config.validate()
    except _UNREADABLE as error:
        raise ConfigurationError(f"{FILE_NAME}: {_in_one_line(error)}") from error
    if faults:
        name, fault = faults[0]
        raise ConfigurationError(f"{FILE_NAME}: `{name}`: {_in_one_line(fault)}")
    for name, warning in warnings:
        logging.getLogger("mkdocs.config").warning("%s: `%s`: %s", FILE_NAME, name, warning)
    if warnings and config.strict:
        raise StrictError


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _defaults(root: Path) -> dict[str, Any]:
    """What `govkb init` would write, so that a site looks the same before and after."""
    text = (shipped_templates() / "init" / FILE_NAME).read_text("utf-8")
    given: dict[str, Any] = {**yaml.safe_load(text), "site_name": root.name or "Knowledge base"}
    return given
