"""The data files that the settings name: on disk, and in the base by the base's own settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from govkb.config import Config
from govkb.globs import matcher
from govkb.history import Repository, open_repository
from govkb.history.data_files import DataFile
from govkb.knowledge_base import Before
from govkb.settings import DataFileSettings, RowFormat
from govkb.workspace.trees import DiskTree

Settings = tuple[DataFileSettings, ...]

_WILD = frozenset("*?[\\")
_NEVER_ENTERED = frozenset({"node_modules", "__pycache__"})


def load_data_files(
    config: Config, before: Before | None = None, base: str | None = None
) -> tuple[DataFile, ...]:
    """All data files, by path, as they are on disk and where HEAD left the history of `base`.

    `before` is what is known of that already. Its settings say what was to be kept, so that no
    change can take a file out of its own check. Raises CannotVerifyError where that history isn't
    here.
    """
    named = dict(_on_disk(config))
    then = before.terms.config.data_files if before is not None else ()
    kept: dict[str, bytes] = {}
    if before is not None and base is not None and any(_format_of(p, then) for p in before.changed):
        repository = open_repository(config.root)
        kept = _in_commit(repository, repository.base_of(base), then, before.changed)
    found = []
    for path in sorted({*named, *kept}):
        now, reason = _read(config.root, path)
        was = kept.get(path)
        form = _format_of(path, then) if was is not None else None
        found.append(DataFile(path, named.get(path), now, reason, form, was))
    return tuple(found)


def data_files_at(repository: Repository, commit: str, config: Config) -> tuple[DataFile, ...]:
    """All data files of a commit, by path, as they were then."""
    if not config.data_files:
        return ()
    contents = _in_commit(repository, commit, config.data_files)
    return tuple(
        DataFile(path, _format_of(path, config.data_files), contents[path])
        for path in sorted(contents)
    )


def _on_disk(config: Config) -> Iterator[tuple[str, RowFormat]]:
    """The paths of all files that are named, links among them; the first name that fits counts."""
    tree = DiskTree(config.root)
    for folder in sorted({_folder_of(settings.path) for settings in config.data_files}):
        for file in tree.files(folder, _enters):
            form = _format_of(file.path, config.data_files)
            if form is not None:
                yield file.path, form


def _in_commit(
    repository: Repository,
    commit: str,
    settings: Settings,
    among: frozenset[str] | None = None,
) -> dict[str, bytes]:
    """The data files of a commit that are among these paths, or all of them."""
    folders = {_folder_of(one.path) for one in settings}
    listed = (repository.files(commit, "" if f == "." else f) for f in sorted(folders))
    paths = {path for files in listed for path in files if _format_of(path, settings)}
    wanted = paths if among is None else paths & among
    return repository.read(commit, sorted(wanted)) if wanted else {}


def _format_of(path: str, settings: Settings) -> RowFormat | None:
    for one in settings:
        fits = matcher((one.path,))
        if fits is not None and fits(path):
            return one.format
    return None


def _folder_of(glob: str) -> str:
    """The folder below which everything is that a glob fits."""
    parts = PurePosixPath(glob).parts
    # A name alone fits in every folder.
    if len(parts) == 1:
        return "."
    plain = next((n for n, part in enumerate(parts) if _WILD & set(part)), len(parts) - 1)
    return "/".join(parts[: min(plain, len(parts) - 1)]) or "."


def _enters(folder: str) -> bool:
    name = folder.rpartition("/")[2]
    return name not in _NEVER_ENTERED and not name.startswith(".")


def _read(root: Path, path: str) -> tuple[bytes | None, str | None]:
    """The bytes of a file or the reason why they can't be had; neither where there is none."""
    file = root / path
    try:
        if file.is_symlink():
            return None, "it is a symbolic link, and those are not followed"
        return file.read_bytes(), None
    except (FileNotFoundError, NotADirectoryError):
        return None, None
    except OSError as error:
        return None, error.strerror or type(error).__name__
