"""The one place that talks to git. Everything read here is what git stores, not the work tree."""

from __future__ import annotations

import os
import posixpath
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from govkb.errors import CannotVerifyError

# Replacement refs change what is read, and a prompt would wait for somebody who isn't there.
_ENVIRONMENT = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    # A folder may be called `:records` or `rec*rds`.
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
}
# Set by hooks and by hand; each would put another repository in the place of the project's own.
_MISLEADING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX")
# The name of no content.
_NOTHING = b"0" * 40


@dataclass(frozen=True, slots=True)
class Repository:
    """A git work tree. `prefix` is the project's folder below its top, empty or ending in `/`."""

    top: Path
    prefix: str

    def base_of(self, ref: str) -> str:
        """The commit to compare with: where HEAD left `ref`, so that its later commits don't count.

        Raises CannotVerifyError where `ref` or the common history isn't here.
        """
        commit = self._commit(ref)
        found = self._run("merge-base", commit, "HEAD", check=False)
        if found.returncode == 0:
            return found.stdout.decode().strip()
        message = f"no common history of {ref!r} and HEAD is in this repository"
        raise CannotVerifyError(message, self._fetch_hint())

    def files(self, commit: str, folder: str) -> list[str]:
        """The paths, below the project, of all regular files of a commit under a folder."""
        entries = self._entries(commit, folder)
        return [path for details, path in entries if details.startswith(b"100")]

    def names(self, commit: str) -> list[str]:
        """The paths, below the project, of everything in a commit but folders."""
        return [path for _, path in self._entries(commit, "")]

    def links(self, commit: str, folder: str) -> dict[str, str]:
        """The symbolic links of a commit under a folder, each with what it leads to."""
        entries = self._entries(commit, folder)
        paths = [path for details, path in entries if details.startswith(b"120000")]
        targets = self.read(commit, paths) if paths else {}
        return {path: os.fsdecode(target) for path, target in targets.items()}

    def changed_files(self, commit: str) -> frozenset[str]:
        """The paths, below the project, of what differs from a commit in the work tree.

        Files that git isn't told of yet are among them, and of a renamed file both names.
        """
        where = self.prefix or "."
        options = ("--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "-z")
        changed = self._run("diff", *options, commit, "--", where).stdout
        listing = ("--others", "--exclude-standard", "--full-name", "-z")
        unknown = self._run("ls-files", *listing, "--", where).stdout
        paths = (os.fsdecode(path) for path in (changed + unknown).split(b"\0") if path)
        return frozenset(path.removeprefix(self.prefix) for path in paths)

    def read(self, commit: str, paths: Iterable[str]) -> dict[str, bytes]:
        """The contents of files of a commit, by path below the project.

        They are asked for by the names of their contents: git would look up each path by itself.
        """
        paths = list(paths)
        folder = posixpath.commonpath(paths) if paths else ""
        blobs = {path: details.split()[2] for details, path in self._entries(commit, folder)}
        names = b"".join(blobs.get(path, _NOTHING) + b"\n" for path in paths)
        output = self._run("cat-file", "--batch", stdin=names).stdout
        contents: dict[str, bytes] = {}
        at = 0
        for path in paths:
            end = output.index(b"\n", at)
            header = output[at:end].split()
            if len(header) != 3 or header[1] != b"blob":
                raise CannotVerifyError(
                    f"{path}: git can't read it at {commit[:12]}", self._fetch_hint()
                )
            size = int(header[2])
            contents[path] = output[end + 1 : end + 1 + size]
            at = end + size + 2
        return contents

    def unknown_commits(self, names: Iterable[str]) -> frozenset[str] | None:
        """Those of some (short) commit names that aren't here; None in a shallow clone.

        A name that several commits share counts as known. One git process answers for all.
        """
        names = list(names)
        if self._is_shallow():
            return None
        asked = "".join(f"{name}^{{commit}}\n" for name in names)
        answers = self._run("cat-file", "--batch-check", stdin=asked.encode()).stdout.splitlines()
        missing = (n for n, line in zip(names, answers, strict=True) if line.endswith(b" missing"))
        return frozenset(missing)

    def _entries(self, commit: str, folder: str) -> Iterator[tuple[bytes, str]]:
        """What is in a commit below a folder: the mode and more, and the path below the project."""
        where = f"{self.prefix}{folder}"
        below = ("--", where) if where else ()
        listing = self._run("ls-tree", "-r", "-z", "--full-tree", commit, *below).stdout
        for line in listing.split(b"\0"):
            details, _, path = line.partition(b"\t")
            if path:
                yield details, os.fsdecode(path).removeprefix(self.prefix)

    def _commit(self, ref: str) -> str:
        found = self._run(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}", check=False
        )
        if found.returncode != 0:
            message = f"the base {ref!r} is not in this repository"
            raise CannotVerifyError(message, self._fetch_hint())
        return found.stdout.decode().strip()

    def _is_shallow(self) -> bool:
        found = self._run("rev-parse", "--is-shallow-repository", check=False)
        return found.stdout.strip() == b"true"

    def _fetch_hint(self) -> str:
        if self._is_shallow():
            return "this is a shallow clone: run `git fetch --unshallow`, or fetch the full history"
        return "fetch what to compare with: `git fetch origin BRANCH`, then `--base origin/BRANCH`"

    def _run(
        self, *arguments: str, check: bool = True, stdin: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        return _git(self.top, *arguments, check=check, stdin=stdin)


def open_repository(folder: Path) -> Repository:
    """The repository that a folder is in.

    Raises CannotVerifyError where git is missing or the folder is in no work tree.
    """
    found = _git(folder, "rev-parse", "--show-toplevel", "--show-prefix", check=False)
    if found.returncode != 0:
        reason = found.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        message = f"there is no git history to compare with: {reason.splitlines()[0]}"
        raise CannotVerifyError(
            message, "leave out --base and --changed, or run this in a git work tree"
        )
    lines = os.fsdecode(found.stdout).split("\n")
    return Repository(Path(lines[0]), lines[1])


def ignored_paths(folder: Path) -> tuple[str, ...]:
    """What git is told to ignore below a folder, relative to it; folders end in `/`.

    Nothing where git is missing or the folder is in no work tree.
    """
    listing = ("ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z")
    try:
        found = _git(folder, *listing, check=False)
    except CannotVerifyError:
        return ()
    return tuple(sorted(os.fsdecode(path) for path in found.stdout.split(b"\0") if path))


def _git(
    folder: Path, *arguments: str, check: bool = True, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments]
    try:
        result = subprocess.run(
            command, input=stdin, capture_output=True, env=_environment(), check=False
        )
    except FileNotFoundError as error:
        message = "git is not installed, so there is nothing to compare with"
        raise CannotVerifyError(message, "install git") from error
    if check and result.returncode != 0:
        reason = result.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise CannotVerifyError(f"git {arguments[0]} failed: {reason}")
    return result


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    return kept | _ENVIRONMENT
