"""A repository's settings: `govkb.toml`, or `[tool.govkb]` in its pyproject.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from govkb.errors import ConfigurationError, StorageError
from govkb.gating import GateSettings, LabelSettings, read_gates, read_labels
from govkb.record_folders import RecordFolders
from govkb.settings import (
    DataFileSettings,
    EmojiSettings,
    ExemptionSettings,
    InheritanceSettings,
    ReferenceSettings,
    RuleSettings,
    SidecarSettings,
    read_data_files,
    read_emoji,
    read_exemption,
    read_inheritance,
    read_references,
    read_rules,
    read_sidecars,
)
from govkb.settings_table import SettingsTable

FILE_NAME = "govkb.toml"
SETTINGS_FILES = (FILE_NAME, "pyproject.toml")


class Config(Struct, frozen=True):
    """All settings, with their defaults. Folders and globs are relative to `root` and use `/`.

    `records` is the folder of the records; `.` is the whole repository. `elsewhere` are parts of it
    that stand in other places, by the name that they would have in it. Where `include` is not
    empty, only files that fit one of its globs are records. `types` names the shipped types that
    are in force beside the repository's own; None means all. `named_folders` are those of the keys
    `records` and `templates` that the file itself has.
    """

    root: Path
    records: str = "records"
    elsewhere: Mapping[str, str] = {}
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    templates: str = "templates"
    types: tuple[str, ...] | None = None
    rules: RuleSettings = field(default_factory=RuleSettings)
    inheritance: InheritanceSettings = field(default_factory=InheritanceSettings)
    sidecars: SidecarSettings = field(default_factory=SidecarSettings)
    exemption: ExemptionSettings = field(default_factory=ExemptionSettings)
    references: ReferenceSettings = field(default_factory=ReferenceSettings)
    emoji: EmojiSettings = field(default_factory=EmojiSettings)
    data_files: tuple[DataFileSettings, ...] = ()
    labels: LabelSettings = field(default_factory=LabelSettings)
    changes: GateSettings = field(default_factory=GateSettings)
    file: Path | None = None
    named_folders: tuple[str, ...] = ()

    @property
    def is_project(self) -> bool:
        """Whether anything says that the root is one: settings, or a folder of records."""
        return self.file is not None or (self.root / self.records).exists()

    @property
    def folders(self) -> RecordFolders:
        """All folders of records."""
        return RecordFolders(self.records, self.elsewhere)

    @property
    def ledger_folder(self) -> str:
        """The folder of the ledgers, below the root."""
        return f"{'' if self.records == '.' else f'{self.records}/'}.govkb/ledger"


def find_root(start: Path) -> Path:
    """The project that `start` is in: the nearest folder upwards with settings, records or git.

    Settings win over everything nearer, so that a command means the same in every subfolder.
    """
    folders = [start, *start.parents]
    for folder in folders:
        if settings_file(folder):
            return folder
    for folder in folders:
        if (folder / "records").is_dir() or (folder / ".git").exists():
            return folder
    return start


def load_config(root: Path) -> Config:
    """The settings of the project at `root`; see `find_root`.

    Raises ConfigurationError, naming the file and the key, where a setting can't be used.
    """
    file = settings_file(root)
    return _config(root, file, _table(file)) if file else Config(root)


def settings_file(folder: Path) -> Path | None:
    """The file with a folder's settings, if it has one."""
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


def _table(file: Path) -> SettingsTable:
    data = _read(file)
    table = data if file.name == FILE_NAME else data["tool"]["govkb"]
    if not isinstance(table, dict):
        raise ConfigurationError(f"{file.name}: [tool.govkb] must be a table")
    return SettingsTable(file.name, table)


def _config(root: Path, file: Path, table: SettingsTable) -> Config:
    records = table.folder("records", "records", allow_root=True)
    config = Config(
        root=root,
        records=records,
        elsewhere=_elsewhere(table.table("folders"), records),
        include=table.globs("include"),
        exclude=table.globs("exclude"),
        templates=table.folder("templates", "templates"),
        types=table.texts("types") if "types" in table.names() else None,
        rules=read_rules(table.table("rules")),
        inheritance=read_inheritance(table.table("inheritance")),
        sidecars=read_sidecars(table.table("sidecars")),
        exemption=read_exemption(table.table("exemption")),
        references=read_references(table.table("references")),
        emoji=read_emoji(table),
        data_files=tuple(read_data_files(part) for part in table.tables("data_files")),
        labels=read_labels(table.table("labels")),
        changes=read_gates(table.table("changes")),
        file=file,
        named_folders=tuple(key for key in ("records", "templates") if key in table.names()),
    )
    if config.sidecars.required and config.inheritance.file is None:
        raise table.fault("sidecars.required", "needs `inheritance.file`, the name of that file")
    table.refuse_rest()
    return config


def _elsewhere(table: SettingsTable, records: str) -> dict[str, str]:
    """The folders of records that stand elsewhere, none of them inside another one."""
    found: dict[str, str] = {}
    for name in table.names():
        if "/" in name or name.startswith("."):
            raise table.fault(name, "must be the name of a folder, without `/` and `.` before it")
        folder = table.folder(name, None)
        for other in (records, *found.values()):
            if other == "." or f"{folder}/".startswith(f"{other}/"):
                raise table.fault(name, f"names {folder!r}, whose records are in {other!r} already")
            if other.startswith(f"{folder}/"):
                raise table.fault(name, f"names {folder!r}, and {other!r} is in it")
        found[name] = folder
    return found
