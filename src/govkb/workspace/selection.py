"""Which files of a tree are records, which are sidecars, and which folders lack one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct

from govkb.config import Config
from govkb.globs import Matches, matcher
from govkb.workspace.trees import Tree, TreeFile

_NEVER_ENTERED = frozenset({"node_modules", "__pycache__"})


class Selection(Struct, frozen=True):
    """The files that matter. `folders` maps a folder to its sidecar, `` is the top folder.

    `without_sidecar` are folders that must have one, `without_file` sidecars of no file.
    """

    records: list[TreeFile] = []
    sidecars: list[TreeFile] = []
    folders: dict[str, TreeFile] = {}
    without_sidecar: tuple[str, ...] = ()
    without_file: tuple[str, ...] = ()


class Selector(Struct, frozen=True, dict=True):
    """Chooses files by a project's settings."""

    config: Config

    def select(self, tree: Tree) -> Selection:
        """What a tree holds."""
        folders_of_records = self.config.folders.all
        files = [file for folder in folders_of_records for file in tree.files(folder, self.enters)]
        if len(folders_of_records) > 1:
            files.sort(key=lambda file: file.path)
        folder_name, suffix = self.config.inheritance.file, self.config.sidecars.suffix
        records, sidecars, folders = [], [], {}
        for file in files:
            folder, _, name = file.path.rpartition("/")
            if self.is_record(file.path) or self._hides_records(file):
                records.append(file)
            elif name == folder_name and not self._is_excluded(file.path):
                folders[folder] = file
            elif suffix and name.endswith(suffix) and not self._is_excluded(file.path):
                sidecars.append(file)
        lacking = self._without_sidecar(files, folders) if self.config.sidecars.required else ()
        alone = _without_file(files, sidecars, suffix) if suffix and sidecars else ()
        return Selection(records, sidecars, folders, lacking, alone)

    def enters(self, folder: str) -> bool:
        """Whether records may be below a folder: not in hidden ones, unless they are included."""
        name = folder.rpartition("/")[2]
        if name in _NEVER_ENTERED or (name.startswith(".") and not self._names_hidden(folder)):
            return False
        return not (self._excluded and self._excluded(f"{folder}/"))

    def is_record(self, path: str) -> bool:
        """Whether a file is a record by its name and place."""
        name = path.rpartition("/")[2]
        if name[-3:].lower() != ".md" or name.startswith("."):
            return False
        if self._included and not self._included(path):
            return False
        return not self._is_excluded(path)

    def setting_against(self, path: str) -> str | None:
        """The setting that keeps a Markdown file from being a record, as it is written there."""
        folders = path.split("/")[:-1]
        above = ("/".join(folders[: n + 1]) for n in range(len(folders)))
        if self._is_excluded(path) or any(self._is_excluded(f"{folder}/") for folder in above):
            return "`exclude`"
        if self._included and not self._included(path):
            return "`include`"
        return None

    def _hides_records(self, file: TreeFile) -> bool:
        """Whether a link to a folder stands where a folder of records could be.

        Links are not followed, so nothing there would be checked. In a repository that is checked
        as a whole they have other purposes.
        """
        return file.leads_to_folder and self.config.records != "." and self.enters(file.path)

    def is_read(self, path: str) -> bool:
        """Whether a file's content may be asked for: that of a record or of a sidecar."""
        name = path.rpartition("/")[2]
        suffix = self.config.sidecars.suffix
        is_sidecar = name == self.config.inheritance.file or (suffix and name.endswith(suffix))
        return bool(is_sidecar) or self.is_record(path)

    def _is_excluded(self, path: str) -> bool:
        return bool(self._excluded and self._excluded(path))

    def _names_hidden(self, folder: str) -> bool:
        return any(glob.startswith(f"{folder}/") for glob in self.config.include)

    @cached_property
    def _included(self) -> Matches | None:
        return matcher(self.config.include)

    @cached_property
    def _excluded(self) -> Matches | None:
        return matcher(self.config.exclude)

    def _without_sidecar(
        self, files: Iterable[TreeFile], folders: dict[str, TreeFile]
    ) -> tuple[str, ...]:
        """The folders that must have a sidecar of their own and don't, sorted."""
        needs_one = _exactly(self.config.sidecars.required)
        known: set[str] = set()
        for file in files:
            folder = file.path.rpartition("/")[0]
            while folder and folder not in known:
                known.add(folder)
                folder = folder.rpartition("/")[0]
        return tuple(sorted(f for f in known - set(folders) if needs_one(f)))


def _without_file(
    files: Iterable[TreeFile], sidecars: Iterable[TreeFile], suffix: str
) -> tuple[str, ...]:
    """The sidecars that no file or folder stands beside."""
    paths = {file.path for file in files}
    alone = [s.path for s in sidecars if s.path.removesuffix(suffix) not in paths]
    folders = {path.rpartition("/")[0] for path in paths} if alone else set()
    return tuple(path for path in alone if path.removesuffix(suffix) not in folders)


def _exactly(globs: tuple[str, ...]) -> Matches:
    """The same, but a folder that fits doesn't stand for what is below it."""
    from pathspec import PathSpec

    return PathSpec.from_lines("gitignore", globs).match_file
