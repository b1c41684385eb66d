"""All that pages show but the running text of records, as one digest.

Most edits change the text of a record and nothing that another page would list: while the outlook
is the same, only pages that show one of the changed texts can be others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govkb.digests import digest_of
from govkb.graph import ResolutionKind
from govkb.site.background import Background

# Every other name leads to the record with that id, whatever else there is.
_OTHERS = tuple(kind for kind in ResolutionKind if kind is not ResolutionKind.ID)


def outlook_of(background: Background, common: Iterable[bytes]) -> bytes:
    """The digest; `common` stands for what the background doesn't know: settings, templates."""
    return digest_of(*common, *(repr(part).encode() for part in _parts(background)))


def _parts(background: Background) -> Iterator[object]:
    base = background.base
    yield base.today, background.sources
    yield [(path, excerpt.digest) for path, excerpt in background.excerpts.items()]
    yield [(r.path, r.claimed_id) for r in base.results if r.record is None]
    yield [(r.source, r.target, r.kind and r.kind.name, r.note) for r in base.graph.relations]
    # Until when some of them hold is for other records' texts to say.
    yield [
        (r.source, r.target, r.kind.name)
        for r in base.graph.relations
        if r.kind is not None and not base.is_in_force(r)
    ]
    # What these lead to is a matter of files and tables too.
    yield [
        (c.citation.record.path, c.citation.text, c.resolution.kind, found and found.id)
        for kind in _OTHERS
        for c in base.graph.resolved_as(kind)
        for found in (c.resolution.record,)
    ]
    yield [(ledger.record_id, ledger.lines) for ledger in base.ledgers.values()]
    yield [(c.kind, c.record_id, c.section, c.digest) for c in base.changes]
