"""Repairs in rounds: first in memory, until nothing more can be mended, then on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from govkb.checking.fixing import repair
from govkb.diagnostics import Diagnostic
from govkb.files import replace_bytes
from govkb.knowledge_base import KnowledgeBase

_ROUNDS = 5
Judge = Callable[[KnowledgeBase], Iterable[Diagnostic]]


class Load(Protocol):
    """Reads all records."""

    def __call__(self, *, edited: Mapping[str, bytes] | None = None) -> KnowledgeBase:
        """See `Workspace.load`."""


@dataclass(slots=True)
class Mended:
    """The bytes of files as they are and as they should be, and the diagnostics mended by that.

    `refused` are the files that were left alone, each with the reason.
    """

    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)
    fixed: list[Diagnostic] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    def save(self, root: Path) -> None:
        """Writes each file whole or not at all; one that has changed meanwhile is left alone."""
        for path, data in list(self.after.items()):
            file = root / path
            if not _still_has(file, self.before[path]):
                self.leave(path, "somebody else has changed it meanwhile")
            else:
                replace_bytes(file, data)

    def leave(self, path: str, reason: str) -> None:
        """Takes a file out of what is to be mended."""
        self.refused[path] = reason
        self.after.pop(path, None)
        self.fixed = [diagnostic for diagnostic in self.fixed if diagnostic.path != path]


def _still_has(file: Path, data: bytes) -> bool:
    try:
        return not file.is_symlink() and file.read_bytes() == data
    except OSError:
        return False


def mend(
    root: Path, base: KnowledgeBase, diagnostics: Iterable[Diagnostic], judge: Judge, load: Load
) -> Mended:
    """What the fixes of some diagnostics make of their files, and the fixes that come up then.

    `load` reads the records again with other bytes for some files, `judge` says what counts then.
    """
    mended = Mended()
    for _ in range(_ROUNDS):
        wanted = [d for d in diagnostics if d.fix is not None and d.path not in mended.refused]
        for path in {d.path for d in wanted} - mended.before.keys():
            mended.before[path] = (root / path).read_bytes()
        repairs = repair(base, wanted, {**mended.before, **mended.after})
        mended.refused |= repairs.refused
        if not repairs.files:
            break
        mended.after |= {path: repair.data for path, repair in repairs.files.items()}
        mended.fixed += repairs.fixed
        base = load(edited=mended.after)
        diagnostics = [d for d in judge(base) if d.path in mended.after]
    return mended
