"""One table of a settings file, read key by key with errors that name the key."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any, TypeVar

from govkb.errors import ConfigurationError
from govkb.globs import is_glob

Choice = TypeVar("Choice", bound=StrEnum)
Result = TypeVar("Result")


class SettingsTable:
    """A table at `at` (`rules.`) of a file. Whatever nobody has asked for is an unknown setting."""

    def __init__(self, file: str, values: dict[str, Any], at: str = "") -> None:
        self._file = file
        self._values = values
        self._at = at
        self._asked: dict[str, None] = {}

    def names(self) -> list[str]:
        """Every key, for tables whose keys are free."""
        return list(self._values)

    def text(self, key: str) -> str | None:
        """A text of at least one character, or None where there is none."""
        value = self._get(key, None)
        if value is not None and (not isinstance(value, str) or not value):
            raise self.fault(key, f"must be text, not {value!r}")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._get(key, default)
        if not isinstance(value, bool):
            raise self.fault(key, f"must be true or false, not {value!r}")
        return value

    def number(self, key: str) -> int:
        """A whole number, 0 or more."""
        value = self._get(key, None)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.fault(key, f"must be a whole number, 0 or more, not {value!r}")
        return value

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts."""
        value = self._get(key, list(default))
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            raise self.fault(key, f"must be a list of texts, not {value!r}")
        return tuple(value)

    def globs(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of globs for paths."""
        globs = self.texts(key, default)
        for glob in globs:
            if not is_glob(glob):
                raise self.fault(key, f"holds {glob!r}, which can't be used as a glob")
        return globs

    def glob_names(self) -> list[str]:
        """Every key, for tables whose keys are globs."""
        for glob in self._values:
            if not is_glob(glob):
                table = self._at.rstrip(".")
                message = f"`{table}` names {glob!r}, which can't be used as a glob"
                raise ConfigurationError(f"{self._file}: {message}")
        return self.names()

    def any_of_texts(self, key: str) -> str | tuple[str, ...]:
        """The word "any", or a list of texts."""
        return "any" if self._get(key, None) == "any" else self.texts(key)

    def choice(self, key: str, options: type[Choice]) -> Choice:
        """One of the values of an enumeration."""
        value = self._get(key, None)
        if value not in list(options):
            allowed = ", ".join(option.value for option in options)
            raise self.fault(key, f"is {value!r}; it can be {allowed}")
        return options(value)

    def folder(self, key: str, default: Any, *, allow_root: bool = False) -> Any:
        """A path inside the project, without `.` and `..`; `.` itself only with `allow_root`."""
        value = self._get(key, default)
        if value is None:
            return None
        if allow_root and value in (".", "./"):
            return "."
        if not isinstance(value, str) or not value.strip("./"):
            raise self.fault(key, f"must name a folder or file, not {value!r}")
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts:
            raise self.fault(key, f"must be inside the project, not {value!r}")
        return path.as_posix()

    def table(self, key: str) -> SettingsTable:
        """A table in this one; an empty one where there is none."""
        value = self._get(key, {})
        if not isinstance(value, dict):
            raise self.fault(key, "must be a table")
        return SettingsTable(self._file, value, f"{self._at}{key}.")

    def tables(self, key: str) -> list[SettingsTable]:
        """A list of tables (`[[key]]`)."""
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fault(key, f"must be tables, each as [[{self._at}{key}]]")
        return [
            SettingsTable(self._file, item, f"{self._at}{key}[{number}].")
            for number, item in enumerate(value)
        ]

    def fault(self, key: str, message: str) -> ConfigurationError:
        """An error about one key."""
        return ConfigurationError(f"{self._file}: `{self._at}{key}` {message}")

    def finished(self, result: Result) -> Result:
        """The result, once it is known that the table says nothing else."""
        self.refuse_rest()
        return result

    def refuse_rest(self) -> None:
        """Raises ConfigurationError for the first key that nobody has asked for."""
        for key in self._values:
            if key not in self._asked:
                raise ConfigurationError(
                    f"{self._file}: unknown setting `{self._at}{key}`",
                    _suggestion(key, self._asked, self._at),
                )

    def _get(self, key: str, default: Any) -> Any:
        self._asked[key] = None
        return self._values.get(key, default)


def _suggestion(key: str, known: Iterable[str], at: str) -> str:
    near = difflib.get_close_matches(key, known, 1)
    return f"did you mean `{at}{near[0]}`?" if near else f"known: {', '.join(known)}"
