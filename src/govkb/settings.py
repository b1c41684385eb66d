"""The parts of a repository's settings: what each says, and how it is read from its table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import PurePosixPath

from msgspec import Struct

from govkb.diagnostics import Severity
from govkb.globs import is_glob
from govkb.settings_table import SettingsTable


class RuleSettings(Struct, frozen=True):
    """Which rules run, and how their findings are graded. Names are codes, families or slugs.

    An empty `select` means all. `per_path` maps a glob to the rules that don't run there.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}
    per_path: Mapping[str, tuple[str, ...]] = {}
    baseline: str | None = None


class InheritanceSettings(Struct, frozen=True):
    """How folders hand metadata down. `file` is the sidecar's name; without one there are none.

    Where it isn't `enabled`, sidecars are read and checked as ever, and hand nothing down.
    Values of `never` stay where they are. Lists replace each other, or with `union` are joined.
    """

    file: str | None = None
    never: tuple[str, ...] = ("id", "title")
    union: bool = False
    enabled: bool = True


class SidecarSettings(Struct, frozen=True):
    """Metadata beside other files. `suffix` makes `x.png` a record by `x.png.metadata.yaml`.

    `required` are globs of folders that must hold the inheritance file.
    """

    suffix: str | None = None
    required: tuple[str, ...] = ()


class ExemptionSettings(Struct, frozen=True):
    """A record whose `field` is true may leave out `fields`; nowhere under `protected`."""

    field: str | None = None
    fields: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()


class ReferenceSettings(Struct, frozen=True):
    """What references may lead to besides records.

    `repo` is what a bare `#12` or `!12` belongs to, `owner` what a bare repository name does.
    `urls` maps a forge's or tracker's name to an address with `{repo}` and `{number}`; `renamed` an
    old path to the new one.
    """

    repo: str | None = None
    owner: str | None = None
    urls: Mapping[str, str] = {}
    renamed: Mapping[str, str] = {}


class EmojiSettings(Struct, frozen=True):
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


class DataFileSettings(Struct, frozen=True):
    """Data files that are only ever added to, row by row: those that fit a glob."""

    path: str
    format: RowFormat


def read_rules(table: SettingsTable) -> RuleSettings:
    """Which rules are in force, and how grave each is."""
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


def read_inheritance(table: SettingsTable) -> InheritanceSettings:
    """What records take over from the folders above them."""
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


def read_sidecars(table: SettingsTable) -> SidecarSettings:
    """Which files are records by the metadata beside them."""
    suffix = table.text("suffix")
    if suffix is not None and not suffix.endswith((".yaml", ".yml")):
        raise table.fault("suffix", "must end in .yaml or .yml")
    return table.finished(SidecarSettings(suffix, table.globs("required")))


def read_exemption(table: SettingsTable) -> ExemptionSettings:
    """What a record may exempt itself from."""
    return table.finished(
        ExemptionSettings(table.text("field"), table.texts("fields"), table.globs("protected"))
    )


def read_references(table: SettingsTable) -> ReferenceSettings:
    """What references to other places lead to."""
    urls, renamed = table.table("urls"), table.table("renamed")
    return table.finished(
        ReferenceSettings(
            repo=table.text("repo"),
            owner=table.text("owner"),
            urls={name: urls.text(name) or "" for name in urls.names()},
            renamed={old: renamed.text(old) or "" for old in renamed.names()},
        )
    )


def read_emoji(table: SettingsTable) -> EmojiSettings:
    """Which emoji may stand where."""
    policies = []
    for policy in table.tables("emoji"):
        allow = policy.any_of_texts("allow")
        allowed = None if allow == "any" else frozenset(allow)
        for glob in policy.globs("paths", ("**",)):
            policies.append((glob, allowed))
        policy.refuse_rest()
    return EmojiSettings(tuple(policies))


def read_data_files(table: SettingsTable) -> DataFileSettings:
    """Data files that are only ever added to."""
    path = table.folder("path", "")
    if path.startswith("!") or not is_glob(path):
        raise table.fault("path", f"must be a glob, not {path!r}")
    by_name = _ROW_FORMATS.get(PurePosixPath(path).suffix.lower())
    said = table.choice("format", RowFormat) if table.text("format") else by_name
    if said is None:
        known = ", ".join(_ROW_FORMATS)
        raise table.fault("path", f"ends in none of {known}: say `format` beside {path!r}")
    return table.finished(DataFileSettings(path, said))
