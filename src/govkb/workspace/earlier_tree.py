"""The records of a commit, read from disk as far as they are the same there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct

from govkb.history import Repository
from govkb.workspace.selection import Selector
from govkb.workspace.trees import DiskTree, GitTree, TreeFile


class EarlierTree(Struct, frozen=True):
    """The files of a commit, those that are the `same` on disk now as they are listed there.

    What was found out about these is known by their stamps, and git needn't be asked for them.
    """

    git: GitTree
    disk: DiskTree
    same: Mapping[str, TreeFile]

    @classmethod
    def at(
        cls,
        repository: Repository,
        commit: str,
        changed: Collection[str],
        disk: DiskTree,
        selector: Selector,
    ) -> EarlierTree:
        """The records and sidecars of a commit from which the work tree differs in what `changed`.

        Of other files only the names are known: a repository may hold gigabytes of them.
        """
        folders = selector.config.folders.all
        now = (file for folder in folders for file in disk.files(folder, selector.enters))
        same = {f.path: f for f in now if f.path not in changed and not f.is_link}
        below = ["" if folder == "." else folder for folder in folders]
        paths = [path for folder in below for path in repository.files(commit, folder)]
        wanted = sorted(p for p in paths if p not in same and selector.is_read(p))
        contents = repository.read(commit, wanted) if wanted else {}
        others = tuple(path for path in paths if path not in contents)
        links = {p: to for folder in below for p, to in repository.links(commit, folder).items()}
        return cls(GitTree(contents, others, links), disk, same)

    def files(self, folder: str, enters: Callable[[str], bool]) -> list[TreeFile]:
        """See Tree."""
        return [self.same.get(file.path, file) for file in self.git.files(folder, enters)]

    def read(self, path: str) -> bytes:
        """See Tree."""
        return self.disk.read(path) if path in self.same else self.git.read(path)
