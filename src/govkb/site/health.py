"""Whether the base can be trusted: what the rules found, what leads nowhere, what is sealed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from govkb.diagnostics import Diagnostic, Severity, in_order
from govkb.graph import ResolutionKind, ResolvedCitation
from govkb.history import ChangeKind
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.connections import every_relation, orphans
from govkb.reading import Record
from govkb.site.cuts import Cut, cut
from govkb.site.record_fields import text_of
from govkb.site.viewpoint import RecordLink, Viewpoint

_MOST = 200
_FEW = 50
_SHAPES = {Severity.ERROR: "▲", Severity.WARNING: "◆", Severity.INFO: "●"}
_KINDS = {Severity.ERROR: "severity-0", Severity.WARNING: "severity-2", Severity.INFO: "severity-3"}
_ASTRAY = {
    ResolutionKind.UNRESOLVED: "names nothing",
    ResolutionKind.AMBIGUOUS: "may mean several",
    ResolutionKind.CONTRADICTING: "contradicts itself",
}
_NOBODY = "nobody"


class Grade(Struct, frozen=True):
    """The severity of a finding as a word with a shape."""

    text: str
    shape: str
    kind: str


class RuleCount(Struct, frozen=True):
    """How often a rule spoke, under its code and its slug."""

    code: str
    slug: str
    grade: Grade
    count: int


class OwnerCount(Struct, frozen=True):
    """How many findings there are in what one owner answers for."""

    owner: str
    errors: int
    others: int


class Finding(Struct, frozen=True):
    """One finding with its place; `link` is its record, None where it has none."""

    grade: Grade
    code: str
    place: str
    message: str
    hint: str | None
    link: RecordLink | None


class Astray(Struct, frozen=True):
    """A reference that leads to no one record; `candidates` are those it may mean."""

    text: str
    fault: str
    link: RecordLink
    candidates: tuple[RecordLink, ...]


class Coverage(Struct, frozen=True):
    """How many entries of append-only sections are sealed; `percent` is None where none is."""

    sealed: int
    unsealed: int
    broken: int

    @property
    def percent(self) -> int | None:
        """The share that is sealed, rounded down, so that 100 means all."""
        total = self.sealed + self.unsealed
        return 100 * self.sealed // total if self.sealed else None


class Health(Struct, frozen=True):
    """The state of a knowledge base on the day on which the site was built."""

    day: str
    records: int
    unreadable: tuple[str, ...]
    totals: tuple[tuple[Grade, int], ...]
    rules: tuple[RuleCount, ...]
    owners: tuple[OwnerCount, ...]
    findings: Cut[Finding]
    astray: Cut[Astray]
    orphans: Cut[RecordLink]
    coverage: Coverage


def health(view: Viewpoint, found: Sequence[Diagnostic]) -> Health:
    """The health of a base in which the rules `found` this."""
    base = view.base
    by_path = {record.path: record for record in base.records}
    counts = Counter(diagnostic.severity for diagnostic in found)
    worst_first = sorted(in_order(found), key=lambda d: list(Severity).index(d.severity))
    astray = [c for c in base.graph.resolved_as(*_ASTRAY) if c.citation.record.id]
    return Health(
        day=base.today.isoformat(),
        records=len(base.records_by_id),
        unreadable=tuple(result.path for result in base.results if result.record is None),
        totals=tuple((_grade(severity), counts[severity]) for severity in Severity),
        rules=_by_rule(found),
        owners=_by_owner(found, by_path),
        findings=cut(worst_first, _MOST, lambda d: _finding(d, by_path.get(d.path), view)),
        astray=cut(astray, _FEW, lambda citation: _astray(citation, view)),
        orphans=cut(orphans(base, every_relation), _FEW, view.link),
        coverage=coverage(base),
    )


def coverage(base: KnowledgeBase) -> Coverage:
    """How many of the entries that can only be added to are sealed."""
    kinds = Counter(change.kind for change in base.changes)
    unsealed = kinds.pop(ChangeKind.UNSEALED, 0)
    added = Counter(line.event for ledger in base.ledgers.values() for line in ledger.lines)
    return Coverage(added["add"] - added["move"], unsealed, kinds.total())


def _by_rule(found: Iterable[Diagnostic]) -> tuple[RuleCount, ...]:
    counts = Counter((d.code, d.slug, d.severity) for d in found)
    order = list(Severity)
    rows = sorted(counts.items(), key=lambda row: (order.index(row[0][2]), -row[1], row[0][0]))
    return tuple(RuleCount(code, slug, _grade(grade), n) for (code, slug, grade), n in rows)


def _by_owner(found: Iterable[Diagnostic], by_path: dict[str, Record]) -> tuple[OwnerCount, ...]:
    """Those with the most errors first; what nobody owns is under `nobody`."""
    errors: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for diagnostic in found:
        record = by_path.get(diagnostic.path)
        owner = (text_of(record, "owner") if record else None) or _NOBODY
        (errors if diagnostic.severity is Severity.ERROR else others)[owner] += 1
    names = sorted({*errors, *others}, key=lambda name: (-errors[name], -others[name], name))
    return tuple(OwnerCount(name, errors[name], others[name]) for name in names)


def _finding(diagnostic: Diagnostic, record: Record | None, view: Viewpoint) -> Finding:
    line = f":{diagnostic.span.start.line}" if diagnostic.span else ""
    return Finding(
        grade=_grade(diagnostic.severity),
        code=diagnostic.code,
        place=f"{diagnostic.path}{line}",
        message=diagnostic.message,
        hint=diagnostic.hint,
        link=view.link(record) if record is not None and record.id else None,
    )


def _astray(citation: ResolvedCitation, view: Viewpoint) -> Astray:
    named, resolution = citation.citation, citation.resolution
    candidates = (*resolution.candidates, *resolution.meant)
    return Astray(
        named.text, _ASTRAY[resolution.kind], view.link(named.record), view.links(candidates[:5])
    )


def _grade(severity: Severity) -> Grade:
    return Grade(severity.value, _SHAPES[severity], _KINDS[severity])
