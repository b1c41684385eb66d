"""Kinds of edges, and how records of a type may use them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class RelationType(Struct, frozen=True):
    """A kind of edge, with its name in both directions. Without `targets` it may lead anywhere.

    `qualifiers` are JSON Schemas of what may be said about each edge. Where `is_later` the record
    that states it is the later one; where `is_temporary` it must say until when. It has no effect
    `void_while` that record is in one of these statuses. `target_status` are the statuses of what
    it leads to, of which the first says nothing but this. `waits` ("source" or "target") is the end
    that can't be done before the other; `settled_by` the qualifier without which neither can. Where
    it `is_returned`, what a done record leads to is done as well, and names that record.
    """

    name: str
    label: str
    inverse: str
    inverse_label: str
    acyclic: bool = False
    targets: tuple[str, ...] = ()
    qualifiers: Mapping[str, Any] = {}
    is_later: bool = False
    is_temporary: bool = False
    void_while: frozenset[str] = frozenset()
    target_status: tuple[str, ...] = ()
    waits: str | None = None
    settled_by: str | None = None
    is_returned: bool = False
    is_list: bool = False

    @property
    def is_symmetric(self) -> bool:
        """Whether both directions mean the same."""
        return self.inverse == self.name


class RelationUse(Struct, frozen=True):
    """How a type uses a relation: which types it may lead to, and what may be said about the edge.

    An empty `to` means any record. One that `is_list` is written as a list also where it leads to a
    single record. `qualifiers` are JSON Schemas of keys beside `ref` and `note`.
    """

    to: tuple[str, ...] = ()
    at_least: int = 0
    at_most: int | None = None
    is_list: bool = False
    qualifiers: Mapping[str, Any] = {}
