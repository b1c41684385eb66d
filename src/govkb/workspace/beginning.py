"""Begins a project: what is there already is looked at, and stays; the rest is written as one."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from govkb.config import FILE_NAME, Config, load_config, settings_file
from govkb.errors import CannotVerifyError, StorageError, UsageError
from govkb.history import Repository, open_repository
from govkb.journal import alone, finish, journal_of, replace_together
from govkb.record_types import load_catalogue
from govkb.scaffolding import beginning
from govkb.settings_table import SettingsTable
from govkb.template_files import TemplateFiles, shipped_templates
from govkb.workspace.folders import refuse_missing_folders
from govkb.workspace.workspace import Workspace

SITE_SETTINGS = "mkdocs.yml"
_FIRST_TYPE = "decision"
# How records are called elsewhere: 0001-use-postgres.md, ADR-7.md, rfc_012-queue.md. Chapters
# (01-start.md, part-1.md) and posts (2026-04-21-news.md) are none.
_RECORD_NAME = re.compile(
    r"(?!\d{4}-\d\d-\d\d)"
    r"(?:(?:adr|dec|decision|rfc|rfd|inc|incident|postmortem|pir|evo|prop)[-_]?\d{1,8}|\d{3,6})"
    r"(?:[-_. ].*)?\.md",
    re.IGNORECASE,
)
_FEWEST = 2
_MOST_LOOKED_AT = 20_000
_PASSED = frozenset({"node_modules", "vendor", "third_party", "site-packages", "site", "templates"})


@dataclass(frozen=True, slots=True)
class Step:
    """A file as it is (None where it isn't there) and as it should be, by path below the top.

    One that `is_left` says something else already, and only its owner can say what is right.
    """

    path: str
    before: bytes | None
    after: bytes
    is_left: bool = False

    @property
    def is_written(self) -> bool:
        """Whether anything is to be written."""
        return not self.is_left and self.before != self.after


@dataclass(frozen=True, slots=True)
class Plan:
    """What beginning a project comes to. `folder` is the one that the steps' paths start from."""

    config: Config
    folder: Path
    steps: tuple[Step, ...]

    @property
    def written(self) -> tuple[Step, ...]:
        """The files that are to be written."""
        return tuple(step for step in self.steps if step.is_written)

    @property
    def left(self) -> tuple[Step, ...]:
        """The files that differ and stay as they are."""
        return tuple(step for step in self.steps if step.is_left)


def repository_of(root: Path) -> Repository | None:
    """The git repository that a folder is in, or is going to be in; None where there is none."""
    there = next(folder for folder in (root, *root.parents) if folder.is_dir())
    try:
        return open_repository(there)
    except CannotVerifyError:
        return None


def config_of(root: Path, records: str | None) -> Config:
    """The settings of a project that begins at `root`: its own, or those that it gets.

    Raises UsageError where the folder belongs to another project or `records` contradicts its
    settings, and where there are records that `govkb adopt` should look at first.
    """
    _refuse_inner(root)
    if settings_file(root) is not None:
        config = load_config(root)
        refuse_missing_folders(config)
        if records is not None and _folder(records) != config.records:
            message = f"{settings_file(root)} says that the records are in {config.records!r}"
            raise UsageError(message, "change it there, or leave out --records")
        return config
    if records is None:
        _refuse_records_elsewhere(root)
    config = Config(root, _folder(Config(root).records if records is None else records))
    refuse_missing_folders(config)
    return config


def plan_beginning(config: Config, name: str, day: date) -> Plan:
    """What has to be written for a project, and what is there already."""
    root = config.root
    steps = [] if config.file else [_whole(root, FILE_NAME, beginning.settings(config.records))]
    steps.append(_site_settings(root, name))
    steps += _first_record(config, day)
    steps.append(_changed(root, ".gitignore", beginning.ignoring))
    attributing = partial(beginning.attributing, records=config.records)
    steps.append(_changed(root, ".gitattributes", attributing))
    return Plan(config, root, tuple(steps))


def write_beginning(make: Callable[[], Plan], root: Path) -> Plan:
    """Makes a plan and writes all of it, or nothing; what a crash interrupted is finished first.

    Raises StorageError where the disk refuses.
    """
    with alone(root):
        config = load_config(root) if settings_file(root) else Config(root)
        finish(root, journal_of(root, config.ledger_folder))
        plan = make()
        contents = {step.path: step.after for step in plan.written}
        if contents:
            journal = journal_of(root, plan.config.ledger_folder)
            try:
                replace_together(plan.folder, journal, contents)
            finally:
                with contextlib.suppress(OSError):
                    journal.parent.rmdir()  # as long as there are no ledgers it is empty
    return plan


def _refuse_inner(root: Path) -> None:
    for folder in root.parents:
        file = settings_file(folder)
        if file is not None:
            message = f"{root} belongs to a project already: {file} has its settings"
            raise UsageError(message, f"add to that one: `govkb init {folder}`")


def _folder(records: str) -> str:
    folder: str = SettingsTable("--records", {"records": records}).folder(
        "records", records, allow_root=True
    )
    return folder


def _refuse_records_elsewhere(root: Path) -> None:
    """Raises UsageError where files look like records that somebody has kept for a while."""
    for folder, count in _numbered(root):
        if count >= _FEWEST:
            message = f"{folder}: {count} files look like records already"
            raise UsageError(
                message,
                "`govkb adopt --write` fits govkb to them as they are, `govkb init` adds the rest\n"
                "or begin beside them: `govkb init --records records`",
            )


def _numbered(root: Path) -> Iterator[tuple[str, int]]:
    """The folders, but for that of the records, with how many of their files have a number."""
    seen = 0
    for place, folders, files in os.walk(root):
        path = Path(place).relative_to(root).as_posix()
        folders[:] = sorted(f for f in folders if f not in _PASSED and not f.startswith("."))
        if path == ".":
            folders[:] = [folder for folder in folders if folder != Config(root).records]
        seen += len(files)
        if seen > _MOST_LOOKED_AT:
            return
        yield path, sum(1 for file in files if _RECORD_NAME.fullmatch(file))


def _whole(root: Path, path: str, text: str) -> Step:
    """A file that is written as a whole, or left alone where it says something else."""
    before, after = _bytes(root / path), text.encode()
    same = before is not None and before.replace(b"\r\n", b"\n") == after
    return Step(path, before, before if same and before else after, before is not None and not same)


def _changed(root: Path, path: str, change: Callable[[bytes], bytes]) -> Step:
    """A file that gets some lines more; where it is a link, whatever it leads to stays as it is."""
    before = _bytes(root / path)
    after = change(before or b"")
    return Step(path, before, after, (root / path).is_symlink() and before != after)


def _site_settings(root: Path, name: str) -> Step:
    before = _bytes(root / SITE_SETTINGS)
    if before is None:
        return _whole(root, SITE_SETTINGS, beginning.site_settings(name))
    text = before.decode("utf-8", "surrogateescape")
    with_plugin = beginning.with_plugin(text)
    after = beginning.site_settings(name) if with_plugin is None else with_plugin
    return Step(SITE_SETTINGS, before, after.encode("utf-8", "surrogateescape"), text != after)


def _first_record(config: Config, day: date) -> Sequence[Step]:
    """A record to begin with, where there is none yet and the type for it is in force."""
    if _holds_markdown(config):
        return ()
    templates = TemplateFiles.for_repository(config.root / config.templates, config.types)
    workspace = Workspace(config, templates, load_catalogue(templates))
    own = templates.find(f"{_FIRST_TYPE}/type.yaml")
    if _FIRST_TYPE not in workspace.catalogue.types or own is None:
        return ()
    file, text, _ = workspace.draft(_FIRST_TYPE, beginning.FIRST_TITLE, day)
    if own.is_relative_to(shipped_templates()):
        record_id = text.partition("id: ")[2].partition("\n")[0]
        text = beginning.first_record(record_id, day.isoformat())
    return (_whole(config.root, file.relative_to(config.root).as_posix(), text),)


def _holds_markdown(config: Config) -> bool:
    """Whether there are records, or what is going to be told to be none."""
    for _, folders, files in os.walk(config.root / config.records):
        folders[:] = [folder for folder in folders if not folder.startswith(".")]
        if any(f.lower().endswith(".md") and f.lower() != "readme.md" for f in files):
            return True
    return False


def _bytes(file: Path) -> bytes | None:
    """What a file holds; None where there is none. Raises StorageError where it can't be read."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(f"{file}: can't be read: {error.strerror}") from error
