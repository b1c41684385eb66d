"""From a record's name to the record, in one fixed order and never by choosing among several."""

from __future__ import annotations

import bisect
import difflib
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from govkb.graph.references import Name
from govkb.reading import Heading, ReadResult, Record

_EXTERNAL = re.compile(
    r"https?://\S+|(?:@?[A-Za-z0-9_.-]+/)?[A-Za-z0-9_.@-]*[A-Za-z][A-Za-z0-9_.-]*[#!][0-9]+",
    re.ASCII,
)
_BARE_TICKET = re.compile(r"[#!][0-9]+", re.ASCII)


class ResolutionKind(StrEnum):
    """By what a name was resolved, or why it wasn't."""

    ID = "id"
    ALIAS = "alias"
    STEM = "stem"
    PATH = "path"
    SHORT_ID = "short-id"
    FILE = "file"
    EXTERNAL = "external"
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name leads to. `candidates` are the records among which it can't be decided."""

    kind: ResolutionKind
    record: Record | None = None
    candidates: tuple[Record, ...] = ()


class Resolver:
    """Looks names up among the records of one knowledge base."""

    def __init__(
        self, results: Iterable[ReadResult], is_file: Callable[[str], bool] = lambda _: False
    ) -> None:
        self._is_file = is_file
        self._by_id: dict[str, list[Record]] = defaultdict(list)
        self._by_alias: dict[str, list[Record]] = defaultdict(list)
        self._by_scoped_alias: dict[str, list[Record]] = defaultdict(list)
        self._by_stem: dict[str, list[Record]] = defaultdict(list)
        self._by_place: dict[str, list[Record]] = defaultdict(list)
        self._unreadable: set[str] = set()
        for result in results:
            if result.record is not None and result.record.id:
                self._add(result.record)
            elif result.record is None:
                self._add_unreadable(result)
        self._sorted_ids = sorted(self._by_id)

    @property
    def aliases(self) -> Iterable[str]:
        """Every alias that a record declares."""
        return self._by_alias.keys()

    def _add(self, record: Record) -> None:
        self._by_id[record.id].append(record)
        self._by_stem[record.stem].append(record)
        self._by_place[_without_extension(record.place)].append(record)
        aliases = record.metadata.get("aliases")
        for alias in aliases if isinstance(aliases, list) else ():
            if isinstance(alias, str):
                self._by_alias[alias].append(record)
        for pattern in record.type.aliases if record.type else ():
            if all(token in record.tokens for token in pattern.tokens):
                self._by_scoped_alias[pattern.fill(record.tokens)].append(record)

    def _add_unreadable(self, result: ReadResult) -> None:
        stem = _without_extension(result.place)
        self._unreadable |= {stem, stem.rpartition("/")[2]}
        if result.claimed_id:
            self._unreadable.add(result.claimed_id)

    def resolve(self, name: str, citing: Record) -> Resolution:
        """What `name` means where `citing` says it."""
        for kind, records in self._lookups(name, citing):
            if len(records) == 1:
                return Resolution(kind, records[0])
            if records:
                return Resolution(ResolutionKind.AMBIGUOUS, candidates=tuple(records))
        return Resolution(self._elsewhere(name, citing))

    def _lookups(self, name: str, citing: Record) -> Iterable[tuple[ResolutionKind, list[Record]]]:
        yield ResolutionKind.ID, self._by_id.get(name, [])
        yield ResolutionKind.ALIAS, self._by_alias.get(name, [])
        yield ResolutionKind.ALIAS, self._scoped(name, citing)
        yield ResolutionKind.STEM, self._by_stem.get(name, [])
        yield ResolutionKind.PATH, self._at_path(name, citing)
        if name not in self._unreadable:
            yield ResolutionKind.SHORT_ID, self._beginning_with(name)

    def _scoped(self, name: str, citing: Record) -> list[Record]:
        """Records whose short form this is; those of the citing record's own day come first."""
        records = self._by_scoped_alias.get(name, [])
        same_day = [r for r in records if citing.date and r.date == citing.date]
        return same_day or records

    def _at_path(self, name: str, citing: Record) -> list[Record]:
        place = _without_extension(name)
        if place in self._by_place:
            return self._by_place[place]
        folder = citing.place.rpartition("/")[0]
        relative = posixpath.normpath(posixpath.join(folder, place))
        if relative in self._by_place:
            return self._by_place[relative]
        records_folder = citing.path.removesuffix(citing.place)
        return self._by_place.get(place.removeprefix(records_folder), [])

    def _beginning_with(self, name: str) -> list[Record]:
        if not any(character.isdigit() for character in name):
            return []
        prefix = f"{name}-"
        at = bisect.bisect_left(self._sorted_ids, prefix)
        found: list[Record] = []
        while at < len(self._sorted_ids) and self._sorted_ids[at].startswith(prefix):
            found += self._by_id[self._sorted_ids[at]]
            at += 1
        return found

    def _elsewhere(self, name: str, citing: Record) -> ResolutionKind:
        if name in self._unreadable or _without_extension(name) in self._unreadable:
            return ResolutionKind.UNREADABLE
        folder = citing.path.rpartition("/")[0]
        if self._is_file(name) or self._is_file(posixpath.normpath(f"{folder}/{name}")):
            return ResolutionKind.FILE
        if _EXTERNAL.fullmatch(name) or (
            citing.metadata.get("repo") and _BARE_TICKET.fullmatch(name)
        ):
            return ResolutionKind.EXTERNAL
        return ResolutionKind.UNRESOLVED

    def nearest(self, name: str, limit: int = 3) -> list[Record]:
        """The records that somebody who wrote `name` may have meant, the likeliest first."""
        name = _without_extension(name).rpartition("/")[2]
        wanted = _tokens(name)
        known = {**self._by_stem, **self._by_alias, **self._by_id}
        scored = []
        for other, records in known.items():
            shared = len(wanted & _tokens(other)) / max(len(wanted), 1)
            alike = difflib.SequenceMatcher(None, name.lower(), other.lower())
            if shared < 0.5 and alike.real_quick_ratio() < 0.75:
                continue
            score = max(shared * 0.9, alike.ratio())
            if score >= 0.6:
                scored.append((-score, records[0].id, records[0]))
        unique = {record.id: record for _, _, record in sorted(scored, key=lambda s: s[:2])}
        return list(unique.values())[:limit]


def heading_of(record: Record, name: Name) -> Heading | None:
    """The heading that a name's fragment or part means; None where the record has none such."""
    headings = record.body.headings
    if name.fragment is not None:
        wanted = name.fragment.lower()
        return next((h for h in headings if h.anchor == wanted), None) or _starting(
            headings, wanted
        )
    letter = record.tokens.get("letter", "")
    label = f"{letter}.{name.part}"
    return next((h for h in headings if re.split(r"[\s:]", h.text, maxsplit=1)[0] == label), None)


def _starting(headings: Iterable[Heading], wanted: str) -> Heading | None:
    found = [h for h in headings if h.anchor.startswith(f"{wanted}-")]
    return found[0] if len(found) == 1 else None


def _without_extension(path: str) -> str:
    return path[:-3] if path[-3:].lower() == ".md" else path


def _tokens(name: str) -> frozenset[str]:
    return frozenset(re.split(r"[^a-z0-9]+", name.lower())) - {""}
