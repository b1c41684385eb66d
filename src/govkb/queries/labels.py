"""The labels there are: those of the settings, and those whose values stand in records."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice

from msgspec import Struct

from govkb.gating import LabelSettings, Namespace, ValueSource
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.values import texts_of
from govkb.reading.tables import rows_below
from govkb.record_types.likeness import nearest

# No forge takes a longer one.
LONGEST = 255
_WORD = re.compile(r"[^\W_]+")
_ALIKE = 0.6
_FEW = 3
_MANY = 10
# Every one of them is held against a mistyped one.
_MOST_COMPARED = 2_000


class Taxonomy(Struct, frozen=True, dict=True):
    """All labels; `values` has those of each namespace by its prefix, with what is said of each."""

    settings: LabelSettings
    values: Mapping[str, Mapping[str, str]]

    def namespace(self, label: str) -> Namespace | None:
        """The namespace that a label is in, whether or not that has such a value.

        Of several that fit it is the longest: `status:merged:x` is `x` where there is a namespace
        `status:merged`.
        """
        ends = range(min(len(label), LONGEST), 0, -1)
        return next((found for n in ends if (found := self._by_prefix.get(label[:n]))), None)

    def has(self, label: str) -> bool:
        """Whether there is such a label."""
        return label in self._labels

    def advice(self, label: str) -> str:
        """Which one may have been meant by one that isn't there."""
        label = label[:LONGEST]
        namespace = self.namespace(label)
        if namespace is not None:
            return self._advice_within(namespace, label.removeprefix(namespace.prefix))
        near = nearest(label, islice(self._labels, _MOST_COMPARED)) or self._otherwise_divided(
            label
        )
        if near is not None:
            return f"did you mean {near!r}?"
        beginnings = [*self._by_prefix, *self.settings.bare]
        return f"labels are, or begin with: {_listed(beginnings)}"

    def _otherwise_divided(self, label: str) -> str | None:
        """The label with the same words: `kind:bug` where there is `kind/bug`."""
        words = _WORD.findall(label.casefold())
        known = islice(self._labels, _MOST_COMPARED)
        return next((k for k in known if _WORD.findall(k.casefold()) == words), None)

    def _advice_within(self, namespace: Namespace, value: str) -> str:
        values = self.values[namespace.prefix]
        near = _nearest(value, dict(islice(values.items(), _MOST_COMPARED)))
        if near:
            either = " or ".join(repr(f"{namespace.prefix}{v}") for v in near)
            return f"did you mean {either}?"
        return f"`{namespace.prefix}` has {_listed(values) or 'no values yet'}"

    @cached_property
    def _by_prefix(self) -> dict[str, Namespace]:
        return {namespace.prefix: namespace for namespace in self.settings.namespaces}

    @cached_property
    def _labels(self) -> dict[str, None]:
        """All labels, the bare ones first."""
        named = (f"{prefix}{value}" for prefix, known in self.values.items() for value in known)
        return dict.fromkeys((*self.settings.bare, *named))


def taxonomy_of(settings: LabelSettings, base: KnowledgeBase) -> Taxonomy:
    """The labels that settings declare, with the values that stand in records."""
    return Taxonomy(
        settings,
        {
            namespace.prefix: dict.fromkeys(namespace.values, "")
            | (dict(_values(namespace.source, base)) if namespace.source else {})
            for namespace in settings.namespaces
        },
    )


def _values(source: ValueSource, base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The values that records hold, each with what is said of it there."""
    if source.type is not None:
        for record in base.of_type(source.type):
            for value in texts_of(record, source.field):
                yield value, record.title
        return
    holder = base.graph.resolver.resolve_name(source.record or "").record
    for cells, column in rows_below(holder.text, source.column) if holder is not None else ():
        value = cells[column].text.strip("*` ")
        if value:
            yield value, " ".join(cell.text for n, cell in enumerate(cells) if n != column)


def _nearest(value: str, known: Mapping[str, str]) -> list[str]:
    """The value spelled alike; else those of which most of the same words are said."""
    near = difflib.get_close_matches(value, known, 1, _ALIKE)
    if near:
        return near
    words = _words(value)
    shared = {k: len(words & _words(f"{k} {said}")) for k, said in known.items()}
    best = max(shared.values(), default=0)
    return [k for k, number in shared.items() if number == best][:_FEW] if best else []


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _listed(names: Iterable[str]) -> str:
    listed = [*islice(names, _MANY + 1)]
    return ", ".join(listed[:_MANY]) + (" …" if len(listed) > _MANY else "")
