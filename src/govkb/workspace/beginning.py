"""Begins a project: what is there already is looked at, and stays; the rest is written as one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from govkb.config import FILE_NAME, Config, load_config, settings_file
from govkb.errors import CannotVerifyError, UsageError
from govkb.history import Repository, open_repository
from govkb.journal import alone, finish, journal_of, replace_together
from govkb.record_types import load_catalogue
from govkb.scaffolding import beginning, new_record
from govkb.scaffolding.forge_templates import (
    CHANGE,
    ISSUES,
    change_template,
    issue_template,
)
from govkb.scaffolding.forges import (
    GITLAB_INCLUDED,
    GITLAB_PIPELINE,
    HOOKS,
    TRACES,
    Forge,
    forge_at,
    hooks,
    workflow,
)
from govkb.settings_table import SettingsTable
from govkb.template_files import TemplateFiles, shipped_templates
from govkb.workspace.creating import start
from govkb.workspace.earlier_records import holds_markdown, refuse_records_elsewhere
from govkb.workspace.folders import refuse_missing_folders
from govkb.workspace.steps import Step, changed, offered, present, whole
from govkb.workspace.workspace import Workspace

SITE_SETTINGS = "mkdocs.yml"
_FIRST_TYPE = "decision"
_JOURNAL = ".govkb-unfinished.json"


class Wanted(Struct, frozen=True):
    """What a project is to get on request."""

    ci: Forge | None = None
    hooks: bool = False
    templates: Forge | None = None

    @property
    def is_of_repository(self) -> bool:
        """Whether any of it belongs to the top of a repository."""
        return self != NOTHING


NOTHING = Wanted()


class Plan(Struct, frozen=True):
    """What beginning a project comes to. `folder` is the one that the steps' paths start from."""

    config: Config
    folder: Path
    steps: tuple[Step, ...]
    has_templates: bool = False

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


def likely_forge(root: Path) -> Forge | None:
    """The forge that a project is on, as far as its repository shows."""
    repository = repository_of(root)
    if repository is None:
        return None
    traces = (forge for path, forge in TRACES.items() if (repository.top / path).exists())
    return forge_at(repository.address()) or next(traces, None)


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
        refuse_records_elsewhere(root)
    config = Config(root, _folder(Config(root).records if records is None else records))
    refuse_missing_folders(config)
    return config


def plan_beginning(config: Config, name: str, day: date, wanted: Wanted = NOTHING) -> Plan:
    """What has to be written for a project, and what is there already.

    What is `wanted` for a forge is at the top of the repository, wherever in it the project is.
    """
    repository = repository_of(config.root)
    top = repository.top if repository and wanted.is_of_repository else config.root
    inside = config.root.relative_to(top).as_posix()
    prefix = "" if inside == "." else f"{inside}/"
    own = [replace(step, path=f"{prefix}{step.path}") for step in _project(config, name, day)]
    templates = tuple(_templates(top, config, wanted, day))
    steps = (*own, *_forge(top, prefix, config, wanted), *templates)
    return Plan(config, top, steps, bool(templates))


def _project(config: Config, name: str, day: date) -> list[Step]:
    """The files of the project itself."""
    root = config.root
    steps = [] if config.file else [whole(root, FILE_NAME, beginning.settings(config.records))]
    steps.append(_site_settings(root, name))
    steps += _first_record(config, day)
    steps.append(changed(root, ".gitignore", beginning.ignoring))
    attributing = partial(beginning.attributing, records=config.records)
    steps.append(changed(root, ".gitattributes", attributing))
    return steps


def _forge(top: Path, prefix: str, config: Config, wanted: Wanted) -> Iterator[Step]:
    """The files for forges and other programs that look at the top of a repository."""
    if wanted.ci is not None:
        yield whole(top, *workflow(wanted.ci, prefix.rstrip("/"), config.records))
    if wanted.ci is Forge.GITLAB:
        including = partial(beginning.with_included, path=GITLAB_INCLUDED)
        yield offered(top, GITLAB_PIPELINE, including)
    if wanted.hooks:
        hooking = partial(beginning.with_hooks, hooks=hooks(prefix.rstrip("/")))
        yield offered(top, HOOKS, hooking)


def _templates(top: Path, config: Config, wanted: Wanted, day: date) -> Iterator[Step]:
    """What a forge puts before people, for the types that are in force."""
    if wanted.templates is None:
        return
    workspace = _workspace(config)
    types, base = workspace.catalogue.types, workspace.load(today=day)
    for name in (CHANGE, *ISSUES):
        if name not in types:
            continue
        record = new_record(base, workspace.templates, types[name], name, types[name].label, day)
        record = record.replace(day.isoformat(), "YYYY-MM-DD")
        if name == CHANGE:
            yield whole(top, *change_template(wanted.templates, record))
        else:
            yield whole(top, *issue_template(wanted.templates, types[name], record))


def remarks_on(plan: Plan, wanted: Wanted) -> Iterator[str]:
    """What is missing around a project that govkb can't make."""
    if wanted.templates and not plan.has_templates:
        yield f"no templates: none of the types {', '.join((CHANGE, *ISSUES))} is in force"
    repository = repository_of(plan.config.root)
    if repository is None:
        yield "this is no git repository yet: `git init` makes one, and with it come the history"
        yield "of records and the comparison with what was before (`govkb check --base`)"
    elif not repository.user():
        yield 'git does not know who you are yet: `git config user.name "…"`, and user.email'


def write_beginning(make: Callable[[], Plan], root: Path) -> Plan:
    """Makes a plan and writes all of it, or nothing; what a crash interrupted is finished first.

    Raises StorageError where the disk refuses.
    """
    with alone(root):
        config = load_config(root) if settings_file(root) else Config(root)
        finish(root, _journal(config, root))
        repository = repository_of(root)
        if repository is not None:
            finish(repository.top, _journal(config, repository.top))
        plan = make()
        contents = {step.path: step.after for step in plan.written}
        if contents:
            journal = _journal(plan.config, plan.folder)
            try:
                replace_together(plan.folder, journal, contents)
            finally:
                with contextlib.suppress(OSError):
                    journal.parent.rmdir()  # as long as there are no ledgers it is empty
    return plan


def _journal(config: Config, folder: Path) -> Path:
    """Where it is said which files below a folder are being written together."""
    is_project = folder == config.root
    return journal_of(folder, config.ledger_folder) if is_project else folder / _JOURNAL


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


def _site_settings(root: Path, name: str) -> Step:
    before = present(root / SITE_SETTINGS)
    if before is None:
        return whole(root, SITE_SETTINGS, beginning.site_settings(name))
    text = before.decode("utf-8", "surrogateescape")
    with_plugin = beginning.with_plugin(text)
    after = beginning.site_settings(name) if with_plugin is None else with_plugin
    return Step(SITE_SETTINGS, before, after.encode("utf-8", "surrogateescape"), text != after)


def _workspace(config: Config) -> Workspace:
    """The project as it is going to be."""
    templates = TemplateFiles.for_repository(config.root / config.templates, config.types)
    return Workspace(config, templates, load_catalogue(templates))


def _first_record(config: Config, day: date) -> Sequence[Step]:
    """A record to begin with, where there is none yet and the type for it is in force."""
    if holds_markdown(config):
        return ()
    workspace = _workspace(config)
    own = workspace.templates.find(f"{_FIRST_TYPE}/type.yaml")
    if _FIRST_TYPE not in workspace.catalogue.types or own is None:
        return ()
    started = start(workspace, _FIRST_TYPE, beginning.FIRST_TITLE, day)
    text = started.text
    if own.is_relative_to(shipped_templates()):
        text = beginning.first_record(started.id, day.isoformat())
    return (whole(config.root, started.path, text),)
