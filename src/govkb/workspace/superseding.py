"""One record takes the place of another: said at both ends, and the status follows."""

from __future__ import annotations

from govkb.errors import UsageError
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.record_types import RelationType
from govkb.rules.relations import following_statuses
from govkb.scaffolding.frontmatter_changes import AddIds
from govkb.workspace.changing import Draft, Told
from govkb.workspace.judging import Reasons, change_status

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
    _state(draft, base, kind, old, new)
    if new.status not in kind.void_while:
        _follow(draft, kind, old, reasons)


def is_proposal(base: KnowledgeBase, new: Record) -> bool:
    """Whether a record can't take the place of another yet."""
    kind = base.catalogue.vocabulary.relations.get(RELATION)
    return kind is not None and new.status in kind.void_while


def _state(draft: Draft, base: KnowledgeBase, kind: RelationType, old: Record, new: Record) -> None:
    """Adds the relation at the ends that don't state it and whose types have a field for it."""
    stating = _stating(base, kind, old, new)
    can_say = [
        (new, kind.name, old.id, new.type is not None and kind.name in new.type.relations),
        (old, kind.inverse, new.id, old.type is not None and kind.inverse in old.type.inverses),
    ]
    if not any(can for *_, can in can_say):
        message = f"neither {new.id} nor {old.id} has a field for `{kind.name}`"
        raise UsageError(message, "see `govkb types`")
    for record, name, other, can in can_say:
        if can and record.path not in stating:
            draft.change(record, AddIds(name, (other,)))
            draft.told.append(Told(record, name, "", other))


def _stating(base: KnowledgeBase, kind: RelationType, old: Record, new: Record) -> set[str]:
    """The paths of the records that say it already."""
    found = set()
    for citation, resolution, *_ in base.graph.by_relation.get(kind.name, ()):
        ends = (citation.record, resolution.record)
        source, target = ends[::-1] if citation.is_inverse else ends
        if source and target and (source.path, target.path) == (new.path, old.path):
            found.add(citation.record.path)
    return found


def _follow(draft: Draft, kind: RelationType, old: Record, reasons: Reasons) -> None:
    """Adds the status that says that a record is superseded, where it doesn't have one."""
    wanted = following_statuses(old, kind)
    if not wanted or old.type is None:
        return
    legal = old.type.statuses.moves.get(old.status or "", ())
    state = next((status for status in wanted if status in legal), wanted[0])
    change_status(draft, old, state, reasons)
