"""A change that waits to be merged: what it touches, and which gates it has to pass."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from govkb.config import FILE_NAME, Config
from govkb.errors import UsageError
from govkb.gating import Change
from govkb.history import open_repository
from govkb.knowledge_base import Before, KnowledgeBase
from govkb.progress import Progress, silent
from govkb.workspace.revisions import before_at
from govkb.workspace.workspace import Workspace


class Facts(Struct, frozen=True):
    """What somebody says of a change; None where they say nothing."""

    files: tuple[str, ...] | None = None
    labels: tuple[str, ...] | None = None
    body: str | None = None
    author: str | None = None
    reviewers: tuple[str, ...] | None = None
    is_by_agent: bool = False
    target: str | None = None


def change_of(
    workspace: Workspace, facts: Facts, ref: str | None
) -> tuple[Change, Before | None, Config]:
    """The change, what it is compared with, and the settings with its gates.

    With `ref` the gates are those of where HEAD left that revision's history, and its files what
    differs since, if they aren't told. Raises UsageError where neither says what it touches,
    CannotVerifyError as `Workspace.load` does.
    """
    before = before_at(workspace.config.root, ref, workspace.terms) if ref is not None else None
    config = before.terms.config if before is not None else workspace.config
    touched: Iterable[str]
    if facts.files is not None:
        touched = [_below_project(path) for path in facts.files]
    elif before is not None:
        touched = before.changed
    elif not _are_gates(config):
        touched = ()
    else:
        message = "it isn't told what the change touches"
        raise UsageError(message, "compare with git: `--base REF`, or name them: `--files PATHS`")
    root = workspace.config.root
    there = {path for path in touched if _is_there(root / path)}
    change = Change(
        config.changes,
        config.labels,
        config.file.name if config.file is not None else FILE_NAME,
        tuple(sorted(there)),
        tuple(sorted({*touched} - there)),
        facts.labels,
        facts.body,
        facts.author,
        facts.reviewers,
        facts.is_by_agent,
        facts.target,
    )
    if ref is not None and any(bypass.most_lines is not None for bypass in config.changes.bypasses):
        change = replace(change, lines=_lines_changed(root, ref))
    return change, before, config


def load_with(
    workspace: Workspace,
    change: Change,
    before: Before | None,
    ref: str | None,
    today: date,
    progress: Progress = silent,
) -> KnowledgeBase:
    """All records as they are now, and the change that is asked about; raises as `load` does."""
    base = workspace.load(ref, today, before=before, progress=progress, with_relations=False)
    return replace(base, change=change)


def _are_gates(config: Config) -> bool:
    return bool(config.changes.number or config.labels.are_declared)


def _lines_changed(root: Path, ref: str) -> int | None:
    repository = open_repository(root)
    return repository.changed_lines(repository.base_of(ref))


def _below_project(path: str) -> str:
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or "\0" in path or not parts.parts:
        message = f"--files: {path!r} is no path below the project"
        raise UsageError(message, "name it from the project's folder: modules/vpc/main.tf")
    return parts.as_posix()


def _is_there(file: Path) -> bool:
    try:
        return file.is_symlink() or file.is_file()
    except OSError:  # a name that is too long for any file
        return False
