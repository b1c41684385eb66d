"""What adoption may look at: the files of a repository as found, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace


class Inventory(Struct, frozen=True):
    """A repository. Paths are relative to its top and use `/`.

    `texts` holds the contents of Markdown and YAML files, `others` the paths of all other files.
    `skipped` says how many folders of each name were not entered, `ignored` what git ignores;
    `is_cut_off` that there was more than anybody could read.
    """

    texts: Mapping[str, bytes] = {}
    others: frozenset[str] = frozenset()
    skipped: Mapping[str, int] = {}
    ignored: tuple[str, ...] = ()
    is_cut_off: bool = False

    def markdown(self) -> list[str]:
        """The paths of all Markdown files, sorted."""
        return sorted(path for path in self.texts if path.lower().endswith(".md"))

    def yaml(self) -> list[str]:
        """The paths of all YAML files, sorted."""
        return sorted(path for path in self.texts if path.lower().endswith((".yaml", ".yml")))

    def without_types(self, folder: str) -> Inventory:
        """The same without the folder of the types: adoption may have written it before."""
        kept = {p: data for p, data in self.texts.items() if not p.startswith(f"{folder}/")}
        return replace(self, texts=kept)

    def has_file(self, path: str) -> bool:
        """Whether there is such a file."""
        return path in self.texts or path in self.others


def folder_of(path: str) -> str:
    """The folder that a path is in; empty at the top."""
    return path.rpartition("/")[0]


def parents_of(path: str) -> list[str]:
    """Every folder above a path, the top (empty) first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:count]) for count in range(len(parts) + 1)]
