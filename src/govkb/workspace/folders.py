"""The folders that the settings name, held against what is on disk."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from govkb.config import Config
from govkb.errors import ConfigurationError, StorageError


def refuse_missing_folders(config: Config) -> None:
    """Raises ConfigurationError where the settings name a folder that isn't there.

    Without settings a project that has no records yet is in order.
    """
    named = [("records", config.records), ("templates", config.templates)]
    named += [(f"folders.{name}", folder) for name, folder in config.elsewhere.items()]
    for key, folder in named:
        place = config.root / folder
        if place.is_dir():
            continue
        if (key in config.named_folders or key.startswith("folders.")) and config.file is not None:
            what = "is no folder" if place.exists() else "isn't there"
            message = f"{config.file.name}: `{key}` names {folder!r}, which {what}"
            raise ConfigurationError(message, "create it, or correct the setting")
        if place.exists() and key == "records":
            raise ConfigurationError(f"{folder}: it must be a folder, and is a file", _OTHER_FOLDER)


_OTHER_FOLDER = 'move it away, or name another folder in govkb.toml: records = "…"'


def refuse_unreadable_folder(config: Config) -> None:
    """Raises StorageError where the folder of the records is there and can't be read."""
    for name in config.folders.all:
        folder = config.root / name
        if not folder.is_dir() or os.access(folder, os.R_OK | os.X_OK):
            continue
        raise unreadable_folder(folder, config.root, os.strerror(errno.EACCES))


def unreadable_folder(folder: Path, root: Path, reason: str | None) -> StorageError:
    """The error about a folder that can't be read."""
    shown = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)
    return StorageError(f"{shown}: the folder can't be read: {reason}", "check its permissions")
