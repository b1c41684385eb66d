"""The pages that list records, kept from one build to the next while they would be the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from govkb.digests import digest_of
from govkb.kept import keep, load_kept
from govkb.mkdocs_plugin.sources import Sources, made_with_sources
from govkb.site.background import Background
from govkb.site.pages import Shown

_FILE = "index.msgpack"


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    sources: Sources
    pages: tuple[Shown, ...]


class KeptIndex:
    """What is kept of these pages in a folder, part by part; without a folder nothing is."""

    def __init__(self, folder: Path | None, outlook: bytes, background: Background) -> None:
        self._file = folder and folder / _FILE
        self._outlook = outlook
        self._background = background
        self._kept = (self._file and load_kept(self._file, dict[str, _Kept])) or {}
        self._now: dict[str, _Kept] = {}

    def part(
        self, name: str, make: Callable[[], Iterable[Shown]], *told: object
    ) -> tuple[Shown, ...]:
        """The pages that `make` makes of what it was `told`, or those kept under this name."""
        if self._file is None:
            return tuple(make())
        outlook = digest_of(self._outlook, repr(told).encode())
        kept = self._kept.get(name)
        if kept is None or not kept.sources.are_still(outlook, self._background):
            pages, sources = made_with_sources(outlook, self._background, lambda: tuple(make()))
            kept = _Kept(sources, pages)
        self._now[name] = kept
        return kept.pages

    def keep(self) -> None:
        """Keeps what was asked for, and nothing else."""
        if self._file is not None and self._now != self._kept:
            keep(self._file, self._now)
