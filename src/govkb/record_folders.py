"""Where records are: in one folder, and in folders elsewhere that count as parts of it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class RecordFolders(Struct, frozen=True):
    """The folders with records. Paths are below the project's root, places below `home`.

    `elsewhere` maps the name of a folder of `home` to where it stands: with `adr` at `docs/adr`,
    the place of `docs/adr/x.md` is `adr/x.md`. `home` can be `.`, the whole project.
    """

    home: str
    elsewhere: Mapping[str, str] = {}

    @property
    def all(self) -> tuple[str, ...]:
        """Every folder; none is inside another one."""
        return (self.home, *self.elsewhere.values())

    def place(self, path: str) -> str:
        """What a path below one of the folders is below `home`."""
        for name, folder in self.elsewhere.items():
            if path.startswith(f"{folder}/"):
                return f"{name}{path[len(folder) :]}"
        return path if self.home == "." else path[len(self.home) + 1 :]

    def path(self, place: str) -> str:
        """Where a file of this place is."""
        for name, folder in self.elsewhere.items():
            if place.startswith(f"{name}/"):
                return f"{folder}{place[len(name) :]}"
        return place if self.home == "." else f"{self.home}/{place}"

    def hold(self, path: str) -> bool:
        """Whether a path is below one of the folders."""
        return any(folder == "." or path.startswith(f"{folder}/") for folder in self.all)
