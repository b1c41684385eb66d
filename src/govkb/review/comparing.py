"""Everything there is to tell of a change."""

from __future__ import annotations

from collections.abc import Iterator

from govkb.knowledge_base import Before, KnowledgeBase
from govkb.review.edits import edit_of
from govkb.review.entries import entry_news
from govkb.review.moves import moves_of
from govkb.review.pairing import Pairing
from govkb.review.policy import policy_changes
from govkb.review.relations import relation_changes
from govkb.review.views import Edit, FindingNews, Move, Rename, Retitle, Review, named


def compared(
    since: tuple[str, str],
    then: KnowledgeBase,
    now: KnowledgeBase,
    before: Before,
    pairs: Pairing,
    findings: FindingNews,
) -> Review:
    """What a change means, `since` a revision and its commit.

    `before` is what of `then` differs, and `pairs` say which record of both is which.
    """
    relations = relation_changes(then, now, pairs.called)
    unread = {result.path for result in now.results if result.record is None}
    return Review(
        *since,
        new=tuple(map(named, pairs.new)),
        gone=tuple(named(record) for record in pairs.gone if record.path not in unread),
        renamed=tuple(
            Rename(named(old), named(record))
            for old, record in pairs.kept
            if (old.id, old.path) != (record.id, record.path)
        ),
        retitled=tuple(
            Retitle(named(record), old.title)
            for old, record in pairs.kept
            if old.title != record.title
        ),
        moves=tuple(_moves(then, now, pairs)),
        entries=entry_news(before, now, pairs),
        gained=relations.gained,
        lost=relations.lost,
        mentions_gained=relations.mentions_gained,
        mentions_lost=relations.mentions_lost,
        findings=findings,
        policy=policy_changes(before, now),
        edited=_edited(pairs, before.changed),
        unreadable=tuple(named(record) for record in pairs.gone if record.path in unread),
    )


def _moves(then: KnowledgeBase, now: KnowledgeBase, pairs: Pairing) -> Iterator[Move]:
    """The moves of all records; what says the same by the same types hasn't moved."""
    same_types = then.catalogue.types == now.catalogue.types
    for old, record in pairs.kept:
        if not (same_types and old.effective == record.effective):
            yield from moves_of(old, record)


def _edited(pairs: Pairing, changed: frozenset[str]) -> tuple[Edit, ...]:
    found = (
        edit_of(old, record)
        for old, record in pairs.kept
        if record.path in changed or old.path in changed
    )
    return tuple(edit for edit in found if edit is not None)
