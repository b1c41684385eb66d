"""One record takes the place of another: said at both ends, and the status follows."""

from __future__ import annotations

from govkb.errors import FindingsError, UsageError
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RelationType
from govkb.rules.relations import following_statuses
from govkb.scaffolding.frontmatter_changes import AddIds
from govkb.workspace.changing import Draft, Told
from govkb.workspace.judging import Reasons, change_status
from govkb.workspace.stating import in_status, place_in_section, said_at

RELATION = "supersedes"


def supersede(
    draft: Draft, base: KnowledgeBase, old: Record, new: Record, reasons: Reasons
) -> None:
    """Adds to a draft that `new` supersedes `old`.

    Each end says so where its type has a field for it, and `old` gets the status that follows,
    unless `new` is a mere proposal. Raises UsageError where neither end can say so, or where the
    status can't follow.
    """
    if old.path == new.path:
        raise UsageError(f"{old.id} can't take its own place")
    kind = base.catalogue.vocabulary.relations.get(RELATION)
    if kind is None:
        raise UsageError(f"the vocabulary has no relation `{RELATION}`")
    follows = new.status not in kind.void_while
    state = _state_after(kind, old) if follows else None
    _state(draft, base, kind, old, new, state)
    if state is not None:
        said = in_status(old, kind.inverse, new)
        why = _why_not(kind, old, state)
        change_status(draft, old, state, reasons, why=why, written=said)


def is_proposal(base: KnowledgeBase, new: Record) -> bool:
    """Whether a record can't take the place of another yet."""
    kind = base.catalogue.vocabulary.relations.get(RELATION)
    return kind is not None and new.status in kind.void_while


def _state(
    draft: Draft,
    base: KnowledgeBase,
    kind: RelationType,
    old: Record,
    new: Record,
    state: str | None,
) -> None:
    """Adds the relation at the ends that don't state it and whose types have a field for it.

    A text without a frontmatter states it where its format does. With the `state` that the old one
    gets its status may say it already.
    """
    stating = _stating(base, kind, old, new)
    can_say = [
        (new, kind.name, old, new.type is not None and kind.name in new.type.relations),
        (old, kind.inverse, new, old.type is not None and kind.inverse in old.type.inverses),
    ]
    if not any(can for *_, can in can_say):
        message = f"neither {new.id} nor {old.id} has a field for `{kind.name}`"
        raise UsageError(message, "see `govkb types`")
    for record, name, other, can in can_say:
        if not can or record.path in stating:
            continue
        if record.yaml_end:
            draft.change(record, AddIds(name, (other.id,)))
        elif record is old and in_status(old, name, other):
            # Its status says it, once it has that.
            if state is None:
                continue
        else:
            place = place_in_section(record, name)
            if place is None:
                continue
            draft.edit(record, said_at(place, record, other))
        draft.told.append(Told(record, name, "", other.id))
    if not (draft.told or stating):
        message = f"neither {new.path} nor {old.path} has a place for `{kind.name}`"
        raise FindingsError(message, "give one of them a frontmatter, or a section for its status")


def _stating(base: KnowledgeBase, kind: RelationType, old: Record, new: Record) -> set[str]:
    """The paths of the records that say it already."""
    found = set()
    for citation, resolution, *_ in base.graph.by_relation.get(kind.name, ()):
        ends = (citation.record, resolution.record)
        source, target = ends[::-1] if citation.is_inverse else ends
        if source and target and (source.path, target.path) == (new.path, old.path):
            found.add(citation.record.path)
    return found


def _state_after(kind: RelationType, old: Record) -> str | None:
    """The status that says that a record is superseded; None where it has one, or no way there."""
    wanted = following_statuses(old, kind)
    if not wanted or old.type is None:
        return None
    legal = old.type.statuses.moves.get(old.status or "", ())
    return next((status for status in wanted if status in legal), wanted[0])


def _why_not(kind: RelationType, old: Record, state: str) -> str:
    """Why a record gets another status than that of what was superseded, if it does."""
    usual = kind.target_status[0]
    if old.type is None or state == usual or usual not in old.type.statuses.moves:
        return ""
    label = old.type.plural.lower()
    return f"{old.id} is {state}, since {label} don't go from {old.status!r} to {usual!r}"
