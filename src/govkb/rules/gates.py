"""What the gates ask of a change, and which of them its labels let it past."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from msgspec import Struct

from govkb.gating import Artifact, Bypass, Change, Gate
from govkb.globs import matcher
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.labels import shown

_TEMPLATE = re.compile(r"(?:\A|[-_.])template\Z", re.IGNORECASE)


class Cause(Struct, frozen=True):
    """Why a gate is about a change: a file where it is one, and the reason in words."""

    path: str | None
    reason: str


def gates_in_force(change: Change) -> Iterator[tuple[Gate, Cause]]:
    """The gates that a change has to pass, each with what makes it so."""
    past = gates_bypassed(change)
    for gate in change.gates.gates:
        cause = _cause(gate, change) if gate.name not in past else None
        if cause is not None:
            yield gate, cause


def gates_bypassed(change: Change) -> frozenset[str]:
    """The names of the gates that the labels of a change let it past, as all they claim is true."""
    return frozenset(
        name
        for bypass in bypasses_claimed(change)
        if next(untrue_claims(bypass, change), None) is None
        for name in bypass.gates
    )


def bypasses_claimed(change: Change) -> list[Bypass]:
    """The bypasses whose labels are set."""
    labels = frozenset(change.labels or ())
    return [bypass for bypass in change.gates.bypasses if bypass.label in labels]


def untrue_claims(bypass: Bypass, change: Change) -> Iterator[str]:
    """What a bypass claims of a change and is not so, or can't be told."""
    if bypass.only_files:
        other = next((p for p in change.touched if not _is_itself(bypass.only_files, p)), None)
        if other is not None:
            yield f"{shown(other)} is touched too"
    if bypass.touches and not any(_is_itself(bypass.touches, path) for path in change.touched):
        yield f"nothing is touched that fits {_either(bypass.touches)}"
    if bypass.most_lines is not None:
        if change.lines is None:
            yield "how many lines it changes can't be told: no --base, or a file that is no text"
        elif change.lines > bypass.most_lines:
            yield f"{change.lines:,} lines are changed, and {bypass.most_lines:,} are the most"
    if bypass.targets and change.target not in bypass.targets:
        goes = f"it goes to {change.target!r}" if change.target else "--target isn't given"
        yield f"{goes}, and not to {_either(bypass.targets)}"
    if bypass.authors and not is_among(change.author, bypass.authors):
        who = f"it is from {change.author!r}" if change.author else "--author isn't given"
        yield f"{who}, and not from {_either(bypass.authors)}"


def is_among(name: str | None, names: Iterable[str]) -> bool:
    """Whether somebody is named, whatever the letter case."""
    return name is not None and name.casefold() in {known.casefold() for known in names}


def is_brought(artifact: Artifact, base: KnowledgeBase, change: Change) -> bool:
    """Whether a change adds or edits such a file or record; templates are none."""
    files = [path for path in change.files if not _is_template(path, base)]
    if any(_is_itself(artifact.files, path) for path in files):
        return True
    if not artifact.types:
        return False
    there = frozenset(files)
    return any(
        record.path in there and record.type is not None and record.type.name in artifact.types
        for record in base.records
    )


def what_counts(artifact: Artifact) -> str:
    """Where such an artifact can be, in words."""
    kinds = [f"a record of the type {name!r}" for name in artifact.types]
    return " or ".join([*(glob for glob in artifact.files if not glob.startswith("!")), *kinds])


def _cause(gate: Gate, change: Change) -> Cause | None:
    touched = [path for path in change.touched if _fits(gate.files, path)]
    if touched:
        more = f" and {len(touched) - 1:,} more" if len(touched) > 1 else ""
        return Cause(touched[0], f"{shown(touched[0])}{more} touched")
    # Forges take labels for the same that differ in letter case only.
    labels = frozenset(label.casefold() for label in change.labels or ())
    label = next((name for name in gate.labels if name.casefold() in labels), None)
    return Cause(None, f"{shown(label)} set") if label is not None else None


def _is_template(path: str, base: KnowledgeBase) -> bool:
    name = PurePosixPath(path)
    in_templates = path.startswith(f"{base.config.templates}/")
    return in_templates or name.suffix == ".j2" or bool(_TEMPLATE.search(name.stem))


def _fits(globs: tuple[str, ...], path: str) -> bool:
    fits = matcher(globs)
    return fits is not None and fits(path)


def _is_itself(globs: tuple[str, ...], path: str) -> bool:
    """Whether a file fits, and not merely a folder that it is in.

    `*.md` fits all that is in a folder `x.md`, which nobody means who lets documents past.
    """
    name = path.rpartition("/")[2]
    return _fits(globs, path) and any(
        _is_open_ended(glob) or fnmatchcase(name, glob.rpartition("/")[2])
        for glob in globs
        if not glob.startswith("!") and _fits((glob,), path)
    )


def _is_open_ended(glob: str) -> bool:
    return glob.endswith(("/", "**"))


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(map(repr, names))
