"""The comments in a record that are meant for govkb."""

from __future__ import annotations

from govkb.reading import Record
from govkb.record_text.comments import Comment, Extent, comments, has_comments, verbatim_extents


def comments_of(record: Record) -> tuple[Comment, ...]:
    """The comments in a record's body that are meant for govkb; those in code are examples."""
    data = record.source.data
    if not has_comments(data):
        return ()
    body = record.body
    code = sorted((*body.code_blocks, *body.code_spans))
    return tuple(comments(data, record.body_start, code))


def verbatim_parts(record: Record) -> tuple[Extent, ...]:
    """The parts of a body that are marked as quoted word for word."""
    return tuple(verbatim_extents(comments_of(record)))
