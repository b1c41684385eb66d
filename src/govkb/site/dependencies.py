"""What a record's page depends on, as a digest: a page whose digest is the same is the same page.

A page shows its record, what its relations lead to and from, the records around it in a picture,
those beside it in the index, and whatever its text names. An edit changes the digests of the pages
that show something of it, and of no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from govkb.digests import digest_of
from govkb.graph import Relation
from govkb.queries.days import day_filed
from govkb.queries.deadlines import days_in, overdue
from govkb.reading import Record
from govkb.site.addresses import record_uri
from govkb.site.background import Background
from govkb.site.index_views import types_in_use
from govkb.site.item_views import digest_parts
from govkb.site.record_fields import text_of
from govkb.site.record_view import Beside

_NOBODY = b"nobody"


# The name of a record as some text says it, and the id of the record that the text is in.
Named = tuple[str, str]


class Dependencies:
    """The digests of one knowledge base's record pages.

    `common` stands for everything that all of them depend on and that the base doesn't hold:
    settings, types and templates. `beside` is what is next to each record, by id. While `around` is
    the same, only pages that show one of the `texts` that have changed can be others.
    """

    def __init__(
        self,
        background: Background,
        outlook: bytes,
        common: Iterable[bytes],
        beside: Mapping[str, Beside],
    ) -> None:
        self.background = background
        self.base = base = background.base
        self.beside = beside
        # Which entry is answered is found on the page itself, so an answer is news to all of them.
        said = [(a.verb, a.digits, a.record.id, a.entry.digest) for a in background.answers]
        types = [record_type.name for record_type in types_in_use(base)]
        self._common = digest_of(*common, repr((said, types, background.sources)).encode())
        histories = repr(list(background.histories.items())).encode()
        self.around = digest_of(self._common, outlook, histories)
        self.texts = {i: record.text.digest for i, record in base.records_by_id.items()}
        self._rings: dict[str, bytes] = {}
        self._faces: dict[str, bytes] = {}

    def of(self, record: Record, names: Iterable[Named]) -> bytes:
        """The digest of a record's page; `names` are what it names beside what it has relations to.

        Each comes with the id of the record that says it.
        """
        beside = self.beside.get(record.id, Beside())
        items = repr(list(digest_parts(record, self.base))).encode()
        parts = [self._common, self._own(record), self._ring(record.id), items]
        parts += [self.texts[other] for other in self._told_of(record)]
        parts += [self._ring(other) for other in self._near(record.id)]
        parts += [self._face(other) for other in (beside.older, beside.newer)]
        for name in names:
            found = self._named(name)
            parts.append(self.texts[found.id] + self._face(found) if found else _NOBODY)
        return digest_of(*parts)

    def shown(self, record: Record, names: Iterable[Named]) -> tuple[str, ...]:
        """The ids of the records whose texts have a part in a record's page, its own among them."""
        named = (self._named(name) for name in names)
        found = {record.id, *self._told_of(record), *(other.id for other in named if other)}
        return tuple(sorted(found))

    def _told_of(self, record: Record) -> Iterator[str]:
        """The ids of the records whose texts stand for what a page shows of its relations."""
        graph, records = self.base.graph, self.base.records_by_id
        for relation in graph.outgoing.get(record.id, ()):
            if relation.target in records:
                yield relation.target
        # The words around a mention stand on the page of what is mentioned too.
        for relation in graph.incoming.get(record.id, ()):
            if relation.kind is None and relation.source in records:
                yield relation.source

    def unrelated(self, record: Record, names: Iterable[Named]) -> tuple[Named, ...]:
        """Those of some names that lead to no record that this one has a relation to."""
        known = {r.target for r in self.base.graph.outgoing.get(record.id, ())} | {record.id}
        found = ((name, self._named(name)) for name in sorted(names))
        return tuple(name for name, other in found if other is None or other.id not in known)

    def _named(self, name: Named) -> Record | None:
        text, said_by = name
        citing = self.base.records_by_id.get(said_by)
        return self.base.graph.resolver.resolve(text, citing).record

    def _own(self, record: Record) -> bytes:
        # What a sidecar says isn't in the file, and what a folder hands down neither.
        outside = ""
        if record.sidecar is not None or record.inherited.values:
            outside = repr((record.metadata, record.inherited.values))
        told = repr(self._told(record)).encode()
        return digest_of(self.texts[record.id], record.path.encode(), outside.encode(), told)

    def _told(self, record: Record) -> tuple[object, ...]:
        """What git, the ledger and the calendar say of a record."""
        ledger = self.base.ledgers.get(record.id)
        lines = ledger.lines if ledger else ()
        moved = (self.base.records_by_id.get(line.target) for line in lines if line.target)
        history = self.background.histories.get(record.path)
        faces = [self._face(other) for other in moved]
        late = [(d.field, d.day) for d in overdue(days_in(record), self.base.today)]
        return history, lines, faces, late

    def _near(self, record_id: str) -> list[str]:
        graph, records = self.base.graph, self.base.records_by_id
        found = {r.target for r in graph.outgoing.get(record_id, ())}
        found |= {r.source for r in graph.incoming.get(record_id, ())}
        return sorted(found & records.keys())

    def _ring(self, record_id: str) -> bytes:
        """What is known of a record's relations and of the records at their other ends."""
        found = self._rings.get(record_id)
        if found is None:
            graph, records = self.base.graph, self.base.records_by_id
            relations = (*graph.outgoing.get(record_id, ()), *graph.incoming.get(record_id, ()))
            edges = repr([self._edge(relation) for relation in relations]).encode()
            faces = [self._face(records[other]) for other in self._near(record_id)]
            found = digest_of(edges, self._face(records[record_id]), *faces)
            self._rings[record_id] = found
        return found

    def _edge(self, relation: Relation) -> tuple[object, ...]:
        kind = relation.kind.name if relation.kind else None
        said = sorted((key, repr(value)) for key, value in relation.qualifiers.items())
        is_in_force = self.base.is_in_force(relation)
        return (relation.source, relation.target, kind, relation.note, said, is_in_force)

    def _face(self, record: Record | None) -> bytes:
        """What other pages show of a record."""
        if record is None:
            return _NOBODY
        found = self._faces.get(record.id)
        if found is None:
            found = self._faces[record.id] = repr(_shown(record)).encode()
        return found


def _shown(record: Record) -> tuple[object, ...]:
    type_name = record.type.name if record.type else None
    fields = [record.metadata.get(name) for name in ("severity", "status")]
    day, owner = day_filed(record), text_of(record, "owner")
    return (record.id, record_uri(record), record.title, type_name, day, owner, *fields)
