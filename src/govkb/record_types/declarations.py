"""YAML declarations, held against their schema; every fault names file and line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec import Struct

from govkb import strict_yaml
from govkb.errors import ConfigurationError, StorageError
from govkb.record_types.declaration_words import wordings
from govkb.yaml_limits import DECLARATION

Where = tuple[str | int, ...]


class DeclarationFault(Struct, frozen=True):
    """Something in a declaration that can't be used; line and column from 1.

    `type` is the type that can't be used because of it, None for a fault of the vocabulary.
    """

    file: Path
    type: str | None
    line: int
    column: int
    length: int
    message: str
    hint: str | None = None

    def as_error(self) -> ConfigurationError:
        """The same for commands that can't do without: `file:line: reason`."""
        return ConfigurationError(f"{shown(self.file)}:{self.line}: {self.message}", self.hint)


@dataclass(slots=True)
class Declaration:
    """One YAML file and what is wrong with it. With any faults `data` may be of any shape."""

    file: Path
    type: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    faults: list[DeclarationFault] = field(default_factory=list)
    _text: str = ""
    _places: dict[Where, strict_yaml.Place] = field(default_factory=dict)

    def fault(self, where: Where, message: str, hint: str | None = None) -> None:
        """Notes a fault of the value at a path, or of the nearest one above that is there."""
        if not self._places:
            self._places = strict_yaml.places(self._text)
        while where and where not in self._places:
            where = where[:-1]
        place = self._places[where] if where else strict_yaml.Place(0, 0, 1, 0, 0, 1)
        self._note(place.line, place.column, place.length, message, hint)

    def _note(self, line: int, column: int, length: int, message: str, hint: str | None) -> None:
        self.faults.append(
            DeclarationFault(self.file, self.type, line + 1, column + 1, length, message, hint)
        )

    def _read(self, schema: Any) -> None:
        try:
            self._text = self.file.read_text("utf-8")
        except UnicodeDecodeError as error:
            self._note(0, 0, 1, f"not UTF-8 at byte {error.start}", "save the file as UTF-8")
            return
        except OSError as error:
            message = f"{shown(self.file)}: can't be read: {error.strerror}"
            raise StorageError(message) from error
        document = strict_yaml.load(self._text, DECLARATION)
        for fault in document.faults:
            self._note(fault.line, fault.column, fault.length, fault.message, fault.hint)
        if isinstance(document.value, dict):
            self.data = document.value
        elif not self.faults:
            self._note(0, 0, 1, "it must be a mapping of keys to values", None)
        if schema is not None and not self.faults:
            self._hold_against(schema, self.data)

    def _hold_against(self, schema: Any, value: Any) -> None:
        for error in schema.iter_errors(value):
            for wording in wordings(error):
                self.fault(wording.path, wording.message, wording.hint)


def read_declaration(file: Path, schema: Any = None, type_name: str | None = None) -> Declaration:
    """A YAML file as a declaration that follows a compiled schema, or with the reasons against it.

    Raises StorageError where the file can't be read.
    """
    declaration = Declaration(file, type_name)
    declaration._read(schema)
    return declaration


def shown(file: Path) -> str:
    """A file as people know it: relative to the current folder where it is below it."""
    try:
        return file.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return file.as_posix()
