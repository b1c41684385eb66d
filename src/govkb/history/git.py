"""The one place that talks to git. Everything read here is what git stores, not the work tree."""

from __future__ import annotations

import os
import posixpath
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from govkb.errors import CannotVerifyError
from govkb.history.programs import Finished, run_program

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
_MOST_NAMED = 1_000
# The name of no content.
_NOTHING = b"0" * 40
_COMMIT = re.compile(rb"commit ([0-9a-f]{40,64})")


_UNSAID = ("unspecified", "unset")
# What changes bytes on their way to the work tree, leaves files out of archives, or keeps changes
# to them from being shown to reviewers.
_HIDING: tuple[tuple[str, Callable[[str], bool]], ...] = (
    *(
        (name, lambda value: value not in _UNSAID)
        for name in ("export-ignore", "export-subst", "working-tree-encoding", "filter", "ident")
    ),
    ("linguist-generated", lambda value: value not in (*_UNSAID, "false")),
    ("diff", lambda value: value == "unset"),
    ("merge", lambda value: value not in ("unspecified", "set", "text", "union")),
)
_LOG_FORMAT = "%H%x00%P%x00%an%x00%aI%x00%s%x00"
# Everything that a setting of the machine could change is said here.
_REVISIONS_OPTIONS = (
    *("--topo-order", "--raw", "-z", "--no-abbrev", "--find-renames=50%", "-l1000"),
    *("--diff-merges=off", "--root", "--no-show-signature", "--no-notes", "--no-color"),
    *("--no-ext-diff", "--no-textconv", "--encoding=UTF-8", "--format=%H%x00%cI%x00%aN%x00"),
)


class FileChange(Struct, frozen=True):
    """A file that a commit changed, with the names of its contents; None where it is no file."""

    path: str
    before: str | None
    after: str | None


class Commit(Struct, frozen=True):
    """A commit, and what it changed since one of its parents. `moment` is in ISO 8601."""

    name: str
    author: str
    moment: str
    subject: str
    parents: tuple[str, ...]
    changes: tuple[FileChange, ...]


class Repository(Struct, frozen=True):
    """A git work tree. `prefix` is the project's folder below its top, empty or ending in `/`."""

    top: Path
    prefix: str

    def base_of(self, ref: str, option: str | None = "--base") -> str:
        """The commit to compare with: where HEAD left `ref`, so that its later commits don't count.

        Where history was rewritten as a whole they have no commit in common: then it is that of
        `ref` itself. Raises CannotVerifyError where `ref` or the common history isn't here, with
        advice about the `option` that `ref` was given to.
        """
        commit = self._commit(ref, option)
        found = self._run("merge-base", commit, "HEAD", check=False)
        if found.returncode == 0:
            return found.stdout.decode().strip()
        if not self._is_shallow() and self.has_commits():
            return commit
        message = f"no common history of {ref!r} and HEAD is in this repository"
        raise CannotVerifyError(message, self._fetch_hint(option))

    def added_since(self, commit: str, ref: str) -> frozenset[str]:
        """The paths, below the project, of files that `ref` has and an earlier commit hasn't."""
        tip = self._commit(ref)
        if tip == commit:
            return frozenset()
        options = ("--name-only", "--diff-filter=A", "--no-renames", "--no-ext-diff", "-z")
        found = self._run("diff", *options, commit, tip, "--", self.prefix or ".").stdout
        paths = (os.fsdecode(path) for path in found.split(b"\0") if path)
        return frozenset(path.removeprefix(self.prefix) for path in paths)

    def has_commits(self) -> bool:
        """Whether there is a commit to compare with at all."""
        return self._run("rev-parse", "--verify", "--quiet", "HEAD", check=False).returncode == 0

    def user(self) -> str:
        """The name under which git would commit; empty where it isn't told."""
        found = self._run("config", "--get", "user.name", check=False)
        return found.stdout.decode("utf-8", "replace").strip()

    def address(self) -> str:
        """Where the repository was cloned from; empty where it isn't told."""
        found = self._run("config", "--get", "remote.origin.url", check=False)
        return found.stdout.decode("utf-8", "replace").strip()

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

    def changed_lines(self, commit: str) -> int | None:
        """How many lines are added and taken away since a commit; None where a file is no text.

        Files that git isn't told of yet don't count.
        """
        options = ("--numstat", "--no-renames", "--no-ext-diff", "--no-textconv", "-z")
        told = self._run("diff", *options, commit, "--", self.prefix or ".").stdout
        counts = [line.split(b"\t", 2)[:2] for line in told.split(b"\0") if line]
        if any(b"-" in pair for pair in counts):
            return None
        return sum(int(number) for pair in counts for number in pair)

    def read(self, commit: str, paths: Iterable[str]) -> dict[str, bytes]:
        """The contents of files of a commit, by path below the project.

        They are asked for by the names of their contents: git would look up each path by itself.
        """
        paths = list(paths)
        folder = posixpath.commonpath(paths) if paths else ""
        blobs = {path: details.split()[2] for details, path in self._entries(commit, folder)}
        names = (blobs.get(path, _NOTHING).decode() for path in paths)
        asked = "".join(f"{name}\n" for name in names).encode()
        output = self._run("cat-file", "--batch", stdin=asked).stdout
        told = (f"{path} at {commit[:12]}" for path in paths)
        return dict(zip(paths, self._contents(output, told), strict=True))

    def contents(self, commit: str, paths: Iterable[str]) -> dict[str, bytes]:
        """What a commit has of these paths, as far as they are regular files in it."""
        wanted = sorted(paths)
        # Named one by one, git looks at no other; past some thousands it is told too much.
        named = [f"{self.prefix}{path}" for path in wanted] if len(wanted) <= _MOST_NAMED else []
        if not wanted:
            return {}
        listing = self._run("ls-tree", "-r", "-z", "--full-tree", commit, "--", *named).stdout
        among = frozenset(wanted)
        blobs: dict[str, str] = {}
        for line in listing.split(b"\0"):
            details, _, name = line.partition(b"\t")
            path = os.fsdecode(name).removeprefix(self.prefix)
            if details.startswith(b"100") and path in among:
                blobs[path] = details.split()[2].decode()
        found = self.blobs(blobs.values())
        return {path: found[blob] for path, blob in blobs.items()}

    def attributes(self, folder: str, commit: str | None = None) -> dict[str, str]:
        """The attributes that keep files under a folder from being seen as they are.

        Each has the path of the first such file. Those of a commit are only known to git 2.40 and
        later; to others there are none.
        """
        listing = ("ls-files", "-z", "--full-name", "--", f"{self.prefix}{folder}" or ".")
        files = self._run(*listing).stdout
        names = tuple(name for name, _ in _HIDING)
        source = (f"--source={commit}",) if commit is not None else ()
        asked = self._run("check-attr", *source, "-z", "--stdin", *names, stdin=files, check=False)
        fields = iter(asked.stdout.split(b"\0"))
        found: dict[str, str] = {}
        for path, name, value in zip(fields, fields, fields, strict=False):
            hides = dict(_HIDING)[name.decode()]
            if hides(value.decode("utf-8", "replace")):
                found.setdefault(name.decode(), os.fsdecode(path).removeprefix(self.prefix))
        return found

    def log(self, revisions: str, *, first_parent: bool) -> list[Commit]:
        """The commits of a range such as `v1..main`, oldest first, with what each changed.

        A merge comes once for each parent, or with `first_parent` for that one only. Raises
        CannotVerifyError where the range isn't here as a whole.
        """
        ends = [end or "HEAD" for end in re.split(r"\.{2,3}", revisions, maxsplit=1)]
        for end in ends:
            self._commit(end)
        merges = "first-parent" if first_parent else "separate"
        options = ["--reverse", "--topo-order", "--raw", "-z", "--no-abbrev", "--no-renames"]
        # Names and paths may hold any character; nobody can know this beforehand.
        mark = secrets.token_hex(16)
        options += [f"--diff-merges={merges}", "--root", f"--format={mark}{_LOG_FORMAT}"]
        options += ["--first-parent"] if first_parent else []
        where = ["--", self.prefix] if self.prefix else []
        output = self._run("log", *options, "--end-of-options", revisions, *where).stdout
        commits = [self._logged(part) for part in output.split(mark.encode()) if part]
        if self._is_shallow() and any(not commit.parents for commit in commits):
            message = f"the history of {revisions!r} isn't here as a whole"
            raise CannotVerifyError(message, self._fetch_hint())
        return commits

    def head(self) -> str:
        """The name of the commit that is checked out. Raises CannotVerifyError without one."""
        return self._commit("HEAD")

    def has_whole_history(self) -> bool:
        """Whether every commit before this one is here with its files.

        It isn't in a shallow clone, nor in one that would fetch file by file what it lacks.
        """
        return not self._is_shallow() and not self._is_partial() and self.has_commits()

    def revisions(self, folders: Iterable[str]) -> bytes:
        """What each commit changed under some folders, the newest first, as git says it.

        For each commit its name, moment and author, then a line `:` for each file with its path, or
        both where it was renamed; all ended by zero bytes.
        """
        where = [posixpath.normpath(f"{self.prefix}{folder}") for folder in folders]
        return self._run("log", *_REVISIONS_OPTIONS, "HEAD", "--", *where).stdout

    def _is_partial(self) -> bool:
        options = ("--get-regexp", r"^(extensions\.partialclone|remote\..*\.promisor)$")
        return self._run("config", *options, check=False).returncode == 0

    def _logged(self, part: bytes) -> Commit:
        name, parents, author, moment, subject, *rest = part.split(b"\0")
        changes = []
        fields = iter(rest)
        for details in fields:
            if not details.strip():
                continue
            old_mode, new_mode, old, new, _ = details.strip().split(b" ")
            path = os.fsdecode(next(fields)).removeprefix(self.prefix)
            was = old.decode() if old_mode.startswith(b":100") else None
            now = new.decode() if new_mode.startswith(b"100") else None
            changes.append(FileChange(path, was, now))
        said = [text.decode("utf-8", "replace") for text in (name, author, moment, subject)]
        return Commit(
            said[0], said[1], said[2], said[3], tuple(parents.decode().split()), tuple(changes)
        )

    def blobs(self, names: Iterable[str]) -> dict[str, bytes]:
        """Contents by their names, each asked for once."""
        wanted = list(dict.fromkeys(names))
        asked = "".join(f"{name}\n" for name in wanted).encode()
        output = self._run("cat-file", "--batch", stdin=asked).stdout if wanted else b""
        return dict(zip(wanted, self._contents(output, wanted), strict=True))

    def _contents(self, output: bytes, names: Iterable[str]) -> Iterator[bytes]:
        at = 0
        for name in names:
            end = output.index(b"\n", at)
            header = output[at:end].split()
            if len(header) != 3 or header[1] != b"blob":
                raise CannotVerifyError(f"{name}: git can't read it", self._fetch_hint())
            size = int(header[2])
            yield output[end + 1 : end + 1 + size]
            at = end + size + 2

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

    def files_of_commits(self, names: Iterable[str]) -> dict[str, frozenset[str]]:
        """The paths, below the project, that each of some commits changed, by the name given.

        Of a merge it is what came in with it, and of a renamed file both names. One git process
        answers for all; it has no answer where one of them isn't here, or is several.
        """
        names = list(names)
        shape = ("--no-walk=unsorted", "--stdin", "--format=%x00commit %H%x00")
        options = ("-m", "--first-parent", "--root", "--name-only", "--no-renames", "-z")
        plain = ("--no-ext-diff", "--no-show-signature", "--no-notes", "--no-color")
        asked = "".join(f"{name}\n" for name in names).encode()
        where = ("--", self.prefix) if self.prefix else ()
        found = self._run("log", *shape, *options, *plain, *where, check=False, stdin=asked)
        if found.returncode != 0:
            return {}
        files: dict[str, set[str]] = {}
        before, paths = b"", set[str]()
        for part in found.stdout.split(b"\0"):
            heading = _COMMIT.fullmatch(part) if not before else None
            if heading is not None:
                paths = files.setdefault(heading[1].decode(), set())
            elif part.strip(b"\n"):
                paths.add(os.fsdecode(part.removeprefix(b"\n")).removeprefix(self.prefix))
            before = part
        lengths = {len(name) for name in names}
        by_name = {commit[:length]: files[commit] for commit in files for length in lengths}
        # Those that aren't listed have changed nothing below the project.
        return {name: frozenset(by_name.get(name.lower(), ())) for name in names}

    def _entries(self, commit: str, folder: str) -> Iterator[tuple[bytes, str]]:
        """What is in a commit below a folder: the mode and more, and the path below the project."""
        where = f"{self.prefix}{folder}"
        below = ("--", where) if where else ()
        listing = self._run("ls-tree", "-r", "-z", "--full-tree", commit, *below).stdout
        for line in listing.split(b"\0"):
            details, _, path = line.partition(b"\t")
            if path:
                yield details, os.fsdecode(path).removeprefix(self.prefix)

    def _commit(self, ref: str, option: str | None = None) -> str:
        found = self._run(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}", check=False
        )
        if found.returncode != 0:
            if not self.has_commits() and not self._run("branch", "--all", "--list").stdout:
                message = "there is no commit yet in this repository to compare with"
                leave = f", or leave out {option}" if option else ""
                raise CannotVerifyError(message, f"commit something first{leave}")
            message = f"the base {ref!r} is not in this repository"
            raise CannotVerifyError(message, self._fetch_hint(option))
        return found.stdout.decode().strip()

    def _is_shallow(self) -> bool:
        found = self._run("rev-parse", "--is-shallow-repository", check=False)
        return found.stdout.strip() == b"true"

    def _fetch_hint(self, option: str | None = None) -> str:
        if self._is_shallow():
            return "this is a shallow clone: run `git fetch --unshallow`, or fetch the full history"
        then = f"`{option} origin/BRANCH`" if option else "name it: `origin/BRANCH`"
        return f"fetch what to compare with: `git fetch origin BRANCH`, then {then}"

    def _run(self, *arguments: str, check: bool = True, stdin: bytes = b"") -> Finished:
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
            message, "run this in a git work tree, or leave out --base and --changed"
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


def _git(folder: Path, *arguments: str, check: bool = True, stdin: bytes = b"") -> Finished:
    command = ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments]
    result = run_program(command, stdin, _environment())
    if result is None:
        message = "git is not installed, so there is nothing to compare with"
        raise CannotVerifyError(message, "install git")
    if check and result.returncode != 0:
        reason = result.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise CannotVerifyError(f"git {arguments[0]} failed: {reason}")
    return result


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    return kept | _ENVIRONMENT
