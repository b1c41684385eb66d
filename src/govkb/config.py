"""A repository's settings: `govkb.toml`, or `[tool.govkb]` in its pyproject.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any

from govkb.diagnostics import Severity
from govkb.errors import ConfigurationError, StorageError
from govkb.gating import GateSettings, LabelSettings, read_gates, read_labels
from govkb.globs import is_glob
from govkb.record_folders import RecordFolders
from govkb.settings_table import SettingsTable

FILE_NAME = "govkb.toml"
SETTINGS_FILES = (FILE_NAME, "pyproject.toml")


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """Which rules run, and how their findings are graded. Names are codes, families or slugs.

    An empty `select` means all. `per_path` maps a glob to the rules that don't run there.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    per_path: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    baseline: str | None = None


@dataclass(frozen=True, slots=True)
class InheritanceSettings:
    """How folders hand metadata down. `file` is the sidecar's name; without one there are none.

    Where it isn't `enabled`, sidecars are read and checked as ever, and hand nothing down.
    Values of `never` stay where they are. Lists replace each other, or with `union` are joined.
    """

    file: str | None = None
    never: tuple[str, ...] = ("id", "title")
    union: bool = False
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class SidecarSettings:
    """Metadata beside other files. `suffix` makes `x.png` a record by `x.png.metadata.yaml`.

    `required` are globs of folders that must hold the inheritance file.
    """

    suffix: str | None = None
    required: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExemptionSettings:
    """A record whose `field` is true may leave out `fields`; nowhere under `protected`."""

    field: str | None = None
    fields: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceSettings:
    """What references may lead to besides records.

    `repo` is what a bare `#12` or `!12` belongs to, `owner` what a bare repository name does.
    `urls` maps a forge's or tracker's name to an address with `{repo}` and `{number}`; `renamed` an
    old path to the new one.
    """

    repo: str | None = None
    owner: str | None = None
    urls: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EmojiSettings:
    """Which emoji may stand in the prose of which files; the first policy whose glob fits counts.

    `policies` are pairs of a glob and the emoji allowed there; None allows all.
    """

    policies: tuple[tuple[str, frozenset[str] | None], ...] = ()


class RowFormat(StrEnum):
    """How a data file writes its rows."""

    CSV = "csv"
    JSONL = "jsonl"


_ROW_FORMATS = {
    ".csv": RowFormat.CSV,
    ".tsv": RowFormat.CSV,
    ".jsonl": RowFormat.JSONL,
    ".ndjson": RowFormat.JSONL,
}


@dataclass(frozen=True, slots=True)
class DataFileSettings:
    """Data files that are only ever added to, row by row: those that fit a glob."""

    path: str
    format: RowFormat


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, with their defaults. Folders and globs are relative to `root` and use `/`.

    `records` is the folder of the records; `.` is the whole repository. `elsewhere` are parts of it
    that stand in other places, by the name that they would have in it. Where `include` is not
    empty, only files that fit one of its globs are records. `types` names the shipped types that
    are in force beside the repository's own; None means all. `named_folders` are those of the keys
    `records` and `templates` that the file itself has.
    """

    root: Path
    records: str = "records"
    elsewhere: Mapping[str, str] = field(default_factory=dict)
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
        rules=_rules(table.table("rules")),
        inheritance=_inheritance(table.table("inheritance")),
        sidecars=_sidecars(table.table("sidecars")),
        exemption=_exemption(table.table("exemption")),
        references=_references(table.table("references")),
        emoji=_emoji(table),
        data_files=tuple(_data_files(part) for part in table.tables("data_files")),
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


def _rules(table: SettingsTable) -> RuleSettings:
    severity = table.table("severity")
    per_path = table.table("per_path")
    return table.finished(
        RuleSettings(
            select=table.texts("select"),
            ignore=table.texts("ignore"),
            severity={name: severity.choice(name, Severity) for name in severity.names()},
            per_path={glob: per_path.texts(glob) for glob in per_path.glob_names()},
            baseline=table.folder("baseline", None),
        )
    )


def _inheritance(table: SettingsTable) -> InheritanceSettings:
    default = InheritanceSettings()
    settings = InheritanceSettings(
        file=table.text("file"),
        never=table.texts("never", default.never),
        union=table.flag("union", default=False),
        enabled=table.flag("enabled", default=True),
    )
    if settings.file is not None and "/" in settings.file:
        raise table.fault("file", "must be the name of a file, without a folder")
    return table.finished(settings)


def _sidecars(table: SettingsTable) -> SidecarSettings:
    suffix = table.text("suffix")
    if suffix is not None and not suffix.endswith((".yaml", ".yml")):
        raise table.fault("suffix", "must end in .yaml or .yml")
    return table.finished(SidecarSettings(suffix, table.globs("required")))


def _exemption(table: SettingsTable) -> ExemptionSettings:
    return table.finished(
        ExemptionSettings(table.text("field"), table.texts("fields"), table.globs("protected"))
    )


def _references(table: SettingsTable) -> ReferenceSettings:
    urls, renamed = table.table("urls"), table.table("renamed")
    return table.finished(
        ReferenceSettings(
            repo=table.text("repo"),
            owner=table.text("owner"),
            urls={name: urls.text(name) or "" for name in urls.names()},
            renamed={old: renamed.text(old) or "" for old in renamed.names()},
        )
    )


def _emoji(table: SettingsTable) -> EmojiSettings:
    policies = []
    for policy in table.tables("emoji"):
        allow = policy.any_of_texts("allow")
        allowed = None if allow == "any" else frozenset(allow)
        for glob in policy.globs("paths", ("**",)):
            policies.append((glob, allowed))
        policy.refuse_rest()
    return EmojiSettings(tuple(policies))


def _data_files(table: SettingsTable) -> DataFileSettings:
    path = table.folder("path", "")
    if path.startswith("!") or not is_glob(path):
        raise table.fault("path", f"must be a glob, not {path!r}")
    by_name = _ROW_FORMATS.get(PurePosixPath(path).suffix.lower())
    said = table.choice("format", RowFormat) if table.text("format") else by_name
    if said is None:
        known = ", ".join(_ROW_FORMATS)
        raise table.fault("path", f"ends in none of {known}: say `format` beside {path!r}")
    return table.finished(DataFileSettings(path, said))
