"""A repository's settings: `govkb.toml`, or `[tool.govkb]` in its pyproject.toml."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from govkb.diagnostics import Severity
from govkb.errors import ConfigurationError, StorageError

FILE_NAME = "govkb.toml"
SETTINGS_FILES = (FILE_NAME, "pyproject.toml")


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """Which rules run, and how their findings are graded. Names are codes, families or slugs."""

    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, with their defaults. Folders are relative to `root` and use `/`."""

    root: Path
    records: str = "records"
    templates: str = "templates"
    rules: RuleSettings = field(default_factory=RuleSettings)
    file: Path | None = None


def find_root(start: Path) -> Path:
    """The project that `start` is in: the nearest folder upwards with settings, records or git.

    Settings win over everything nearer, so that a command means the same in every subfolder.
    """
    folders = [start, *start.parents]
    for folder in folders:
        if _settings_file(folder):
            return folder
    for folder in folders:
        if (folder / "records").is_dir() or (folder / ".git").exists():
            return folder
    return start


def load_config(root: Path) -> Config:
    """The settings of the project at `root`; see `find_root`.

    Raises ConfigurationError, naming the file and the key, where a setting can't be used.
    """
    file = _settings_file(root)
    return _config(root, file, _table(file)) if file else Config(root)


def _settings_file(folder: Path) -> Path | None:
    own = folder / FILE_NAME
    if own.is_file():
        return own
    shared = folder / "pyproject.toml"
    if shared.is_file() and "govkb" in _read(shared).get("tool", {}):
        return shared
    return None


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file.name}: not valid TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file.name}: not UTF-8 at byte {error.start}") from error
    except OSError as error:
        raise StorageError(f"{file}: can't be read: {error.strerror}") from error


def _table(file: Path) -> dict[str, Any]:
    data = _read(file)
    table = data if file.name == FILE_NAME else data["tool"]["govkb"]
    if not isinstance(table, dict):
        raise ConfigurationError(f"{file.name}: [tool.govkb] must be a table")
    return table


def _config(root: Path, file: Path, table: dict[str, Any]) -> Config:
    _refuse_unknown(file, table, ("records", "templates", "rules"), "")
    rules = table.get("rules", {})
    if not isinstance(rules, dict):
        raise ConfigurationError(f"{file.name}: `rules` must be a table")
    _refuse_unknown(file, rules, ("ignore", "severity"), "rules.")
    return Config(
        root=root,
        records=_folder(file, table, "records"),
        templates=_folder(file, table, "templates"),
        rules=RuleSettings(_names(file, rules), _grades(file, rules)),
        file=file,
    )


def _folder(file: Path, table: dict[str, Any], key: str) -> str:
    value = table.get(key, key)
    if not isinstance(value, str) or not value.strip("./"):
        raise ConfigurationError(f"{file.name}: `{key}` must name a folder, not {value!r}")
    parts = Path(value).parts
    if Path(value).is_absolute() or ".." in parts:
        raise ConfigurationError(f"{file.name}: `{key}` must be inside the project, not {value!r}")
    return "/".join(parts)


def _names(file: Path, rules: dict[str, Any]) -> tuple[str, ...]:
    value = rules.get("ignore", [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigurationError(f"{file.name}: `rules.ignore` must be a list of rule codes")
    return tuple(value)


def _grades(file: Path, rules: dict[str, Any]) -> dict[str, Severity]:
    value = rules.get("severity", {})
    allowed = ", ".join(severity.value for severity in Severity)
    if not isinstance(value, dict):
        raise ConfigurationError(f"{file.name}: `rules.severity` must be a table")
    for code, grade in value.items():
        if grade not in list(Severity):
            message = f"{file.name}: `rules.severity.{code}` is {grade!r}; it can be {allowed}"
            raise ConfigurationError(message)
    return {code: Severity(grade) for code, grade in value.items()}


def _refuse_unknown(file: Path, table: dict[str, Any], known: tuple[str, ...], at: str) -> None:
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean `{at}{near[0]}`?" if near else f"known: {', '.join(known)}"
            raise ConfigurationError(f"{file.name}: unknown setting `{at}{key}`", hint)
