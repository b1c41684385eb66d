"""Writes what adoption proposes, and a baseline of what is found on that day."""

from __future__ import annotations

from pathlib import Path

from govkb.checking import examine
from govkb.checking.baseline import can_be_known, written
from govkb.config import FILE_NAME, load_config
from govkb.errors import ConfigurationError
from govkb.files import replace_bytes
from govkb.scaffolding.adoption import Adoption
from govkb.workspace.workspace import Workspace


def free_folder(root: Path) -> str:
    """The folder for the types of a repository: the one that its settings name, else a free one."""
    if (root / FILE_NAME).is_file():
        try:
            return load_config(root).templates
        except ConfigurationError:
            pass
    return "govkb" if (root / "templates").exists() else "templates"


def write_adoption(root: Path, adoption: Adoption) -> int:
    """Writes every file of an adoption and the baseline; returns how many findings that holds.

    Raises StorageError where a file can't be written, ConfigurationError where types that are there
    already can't be used: what is found without them is no baseline.
    """
    for path, text in adoption.files.items():
        replace_bytes(root / path, text.encode("utf-8"))
    workspace = Workspace.at(root)
    for fault in workspace.catalogue.faults:
        raise fault.as_error()
    found = examine(workspace.load()).diagnostics
    replace_bytes(root / adoption.baseline, written(found).encode("utf-8"))
    return sum(1 for diagnostic in found if can_be_known(diagnostic))
