"""YAML declarations, held against their schema; every fault names file and line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema_rs

from govkb import strict_yaml
from govkb.errors import ConfigurationError, StorageError


def read_declaration(file: Path, schema: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The mapping in a YAML file.

    Raises ConfigurationError with `file:line: reason` where it isn't YAML that govkb accepts, or
    isn't what `schema` asks for.
    """
    text = _read_text(file)
    document = strict_yaml.load(text)
    for fault in document.faults:
        raise ConfigurationError(f"{shown(file)}:{fault.line + 1}: {fault.message}", fault.hint)
    if not isinstance(document.value, dict):
        raise ConfigurationError(f"{shown(file)}:1: it must be a mapping of keys to values")
    if schema is not None:
        _hold_against(schema, document.value, file)
    return document.value


def fault_in(file: Path, path: tuple[str | int, ...], message: str) -> ConfigurationError:
    """An error about the value at `path` of a declaration, with its line where it can be found."""
    places = strict_yaml.places(_read_text(file))
    while path and path not in places:
        path = path[:-1]
    line = places[path].line + 1 if path else 1
    return ConfigurationError(f"{shown(file)}:{line}: {message}")


def shown(file: Path) -> str:
    """A file as people know it: relative to the current folder where it is below it."""
    try:
        return file.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()


def _read_text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{shown(file)}: not UTF-8 at byte {error.start}") from error
    except OSError as error:
        raise StorageError(f"{shown(file)}: can't be read: {error.strerror}") from error


def _hold_against(schema: Mapping[str, Any], value: Any, file: Path) -> None:
    for error in jsonschema_rs.validator_for(dict(schema)).iter_errors(value):
        where = ".".join(str(part) for part in error.instance_path)
        message = f"`{where}`: {error.message}" if where else error.message
        # A key that nobody knows stands on a line of its own, below what it doesn't belong in.
        unknown = tuple(getattr(error.kind, "unexpected", ())[:1])
        raise fault_in(file, (*error.instance_path, *unknown), message)
