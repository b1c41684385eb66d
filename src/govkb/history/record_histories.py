"""When each record was written and changed, and by whom: what git knows of all of them at once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from govkb.history.git import Repository

TOLD = ("status", "severity")
_FRONTMATTER = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?P<yaml>.*?)^---", re.M | re.S)
_VALUE = re.compile(
    rb"^(?P<field>status|severity)[ \t]*:[ \t]+(?P<quote>[\"\']?)(?P<value>[^\r\n]*)", re.M
)
_COMMENT = re.compile(rb"[ \t]+#.*\Z")
# Old contents are looked at in portions, so that they are never all held at once.
_PORTION = 1_000

Values = Mapping[str, str]


class Revision(Struct, frozen=True):
    """A commit that changed a record: its name, its moment in ISO 8601 and its author's name."""

    commit: str
    moment: str
    author: str


class ValueChange(Struct, frozen=True):
    """A field whose value a commit changed; None where the file did not say it."""

    field: str
    before: str | None
    after: str | None
    at: Revision


class RecordHistory(Struct, frozen=True):
    """What git knows of a record: its first and its last commit, and how many there are.

    `changes` are those of its status and severity as written, the oldest first.
    """

    created: Revision
    changed: Revision
    count: int
    changes: tuple[ValueChange, ...] = ()


# A version of a file: the commit that made it, and the name of its contents.
_Version = tuple[Revision, str]


def record_histories(
    repository: Repository, folders: Iterable[str], paths: Iterable[str]
) -> dict[str, RecordHistory]:
    """The histories of those files under some folders that git knows, by path below the project.

    The whole history has to be here. A renamed file is followed; of a merge's commits
    each counts by itself. One `git log` tells all, and only files with more than one version are
    looked into. Raises CannotVerifyError where git fails.
    """
    found = _versions(repository.revisions(folders), repository.prefix)
    wanted = {path: found[path] for path in sorted(paths) if path in found}
    values = _values(repository, wanted.values())
    return {path: _history(versions, values) for path, versions in wanted.items()}


def _history(versions: Sequence[_Version], values: Mapping[str, Values]) -> RecordHistory:
    changes = (
        ValueChange(field, values[old].get(field), values[new].get(field), revision)
        for (_, old), (revision, new) in pairwise(versions)
        for field in TOLD
        if values[old].get(field) != values[new].get(field)
    )
    return RecordHistory(versions[0][0], versions[-1][0], len(versions), tuple(changes))


def _versions(output: bytes, prefix: str) -> dict[str, list[_Version]]:
    """The versions of each file that is there now, the oldest first."""
    found: dict[str, list[_Version]] = {}
    # What a file was called at the time, where it is called otherwise now; empty where the file of
    # this name was another one then.
    called: dict[str, str] = {}
    for revision, blob, old, new in _changes(output):
        path = called.get(new, new)
        if path and blob is not None:
            found.setdefault(path.removeprefix(prefix), []).append((revision, blob))
        if old != new:
            called[old], called[new] = path, ""
    return {path: versions[::-1] for path, versions in found.items()}


def _changes(output: bytes) -> Iterator[tuple[Revision, str | None, str, str]]:
    """Each changed file: its contents' name, None where it was deleted, its old and new path."""
    fields = iter(output.split(b"\0"))
    revision = Revision("", "", "")
    for field in fields:
        line = field.strip()
        if line.startswith(b":"):
            _, mode, _, blob, status = line.split(b" ")
            old = os.fsdecode(next(fields))
            new = os.fsdecode(next(fields)) if status.startswith(b"R") else old
            yield revision, blob.decode() if mode.startswith(b"100") else None, old, new
        elif line:
            said = (line, next(fields), next(fields))
            revision = Revision(*(text.decode("utf-8", "replace") for text in said))


def _values(
    repository: Repository, histories: Iterable[Sequence[_Version]]
) -> dict[str, dict[str, str]]:
    """What old contents say, by their names; those of files that never changed aren't asked for."""
    several = (versions for versions in histories if len(versions) > 1)
    names = list(dict.fromkeys(blob for versions in several for _, blob in versions))
    found: dict[str, dict[str, str]] = {}
    for at in range(0, len(names), _PORTION):
        contents = repository.blobs(names[at : at + _PORTION])
        found.update((name, _told(content)) for name, content in contents.items())
    return found


def _told(content: bytes) -> dict[str, str]:
    """The status and the severity that frontmatter says, read as simply as they are written."""
    block = _FRONTMATTER.match(content)
    if block is None:
        return {}
    said = {
        found["field"].decode(): _plain(found["value"], found["quote"])
        for found in _VALUE.finditer(block["yaml"])
    }
    return {field: value for field, value in said.items() if value}


def _plain(value: bytes, quote: bytes) -> str:
    text = value.partition(quote)[0] if quote else _COMMENT.sub(b"", value)
    return text.decode("utf-8", "replace").strip()
