"""Status and severity as words with a shape, so that nothing depends on colour."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import TypeCatalogue
from govkb.record_types.status_words import NO_LONGER_IN_FORCE

_STATUS_SHAPES = {"open": "○", "moving": "◐", "done": "●", "gone": "⊘"}
_SEVERITY_SHAPES = "▲◆■●"
_SHAPELESS = "○"


class Mark(Struct, frozen=True):
    """A word with its shape. `kind` names the colour; `rank` orders marks, the worst first."""

    text: str
    shape: str
    kind: str
    rank: int


def status_mark(record: Record) -> Mark | None:
    """The mark of a record's status; None where it has none that its type knows."""
    status = record.status
    if status is None or record.type is None:
        return None
    kind = "moving"
    if status in NO_LONGER_IN_FORCE:
        kind = "gone"
    elif record.is_done:
        kind = "done"
    elif status == record.type.statuses.initial:
        kind = "open"
    names = record.type.statuses.names
    return standing_mark(status, kind, names.index(status) if status in names else 0)


def standing_mark(text: str, kind: str, rank: int) -> Mark:
    """The mark of how something stands; `kind` is open, moving, done or gone."""
    return Mark(text, _STATUS_SHAPES[kind], f"status-{kind}", rank)


def severity_mark(record: Record, base: KnowledgeBase) -> Mark | None:
    """The mark of a record's severity; None where it has none."""
    value = record.metadata.get("severity")
    if record.type is not None:
        value = record.type.canonical_value("severity", value)
    if not isinstance(value, str) or not value:
        return None
    ranks = severity_ranks(base.catalogue)
    rank = ranks.get(value, len(ranks))
    return _of_rank(value, rank, len(ranks))


def severity_legend(catalogue: TypeCatalogue) -> tuple[Mark, ...]:
    """The marks of all severities of the vocabulary, the worst first."""
    ranks = severity_ranks(catalogue)
    return tuple(_of_rank(value, rank, len(ranks)) for value, rank in ranks.items())


def _of_rank(value: str, rank: int, number: int) -> Mark:
    # The last of the vocabulary says that nobody has judged it yet.
    is_judged = rank < len(_SEVERITY_SHAPES) and rank < number - 1
    shape = _SEVERITY_SHAPES[rank] if is_judged else _SHAPELESS
    return Mark(value, shape, f"severity-{rank if is_judged else 'none'}", rank)


def severity_ranks(catalogue: TypeCatalogue) -> Mapping[str, int]:
    """The severities of the vocabulary with their places, the worst first."""
    definition = catalogue.vocabulary.definitions.get("severity", {})
    return {value: rank for rank, value in enumerate(definition.get("enum", ()))}
