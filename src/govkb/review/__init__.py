"""What a change means to a reader: what of two knowledge bases, then and now, isn't the same."""

from govkb.review.comparing import compared
from govkb.review.views import (
    Edit,
    EntryNews,
    FindingNews,
    Move,
    Named,
    PolicyChange,
    RelationNews,
    Rename,
    Retitle,
    Review,
)

__all__ = [
    "Edit",
    "EntryNews",
    "FindingNews",
    "Move",
    "Named",
    "PolicyChange",
    "RelationNews",
    "Rename",
    "Retitle",
    "Review",
    "compared",
]
