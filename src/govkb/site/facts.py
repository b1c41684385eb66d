"""The fields of a record as its page shows them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from govkb.queries.days import moment_of
from govkb.reading import Record
from govkb.site.figures import derived_figures
from govkb.site.moments import time_element
from govkb.site.tags import TAGS_URI, tag_anchor, tags_in
from govkb.site.viewpoint import Viewpoint

_SHOWN_ELSEWHERE = frozenset({"id", "type", "title", "status", "severity", "summary"})
_WHO = ("owner",)
_LONG = 48

Fact = tuple[str, Markup]


def key_facts_of(record: Record, view: Viewpoint) -> tuple[Fact, ...]:
    """Label and value of what tells where a record stands: who has it, its days, how long it took.

    Where no field says a day, the one that the record is filed under does.
    """
    said = {name: value for name, value in record.metadata.items() if _is_key(name, value)}
    who = [(in_words(name), _shown(said[name], record, view)) for name in _WHO if name in said]
    days = [(in_words(n), time_element(str(said[n]))) for n in said if n not in _WHO]
    if not days and record.date:
        days = [("Date", time_element(record.date))]
    figures = [(label, escape(figure)) for label, figure in derived_figures(record)]
    return (*who, *days, *figures)


def facts_of(record: Record, view: Viewpoint) -> tuple[Fact, ...]:
    """Label and value of every field that no other part of the page shows."""
    hidden = set(_SHOWN_ELSEWHERE)
    if record.type is not None:
        listed = {kind.in_field for kind in record.type.items.values() if kind.in_field}
        hidden |= {*record.type.relations, *record.type.inverses, *listed}
    return tuple(
        (in_words(name), _tags(record, view) if name == "tags" else _shown(value, record, view))
        for name, value in record.metadata.items()
        if name not in hidden and _says(value) and not _is_key(name, value)
    )


def _is_key(name: str, value: Any) -> bool:
    if name in _SHOWN_ELSEWHERE:
        return False
    return (name in _WHO and _says(value)) or moment_of(value) is not None


def _tags(record: Record, view: Viewpoint) -> Markup:
    here = view.page(TAGS_URI)
    links = (
        Markup('<a href="{}#{}">{}</a>').format(here, quote(tag_anchor(tag)), tag)
        for tag in tags_in(record)
    )
    return Markup(", ").join(links)


def in_words(name: str) -> str:
    """A field's name as a label."""
    return name.replace("_", " ").replace("-", " ").capitalize()


def _says(value: Any) -> bool:
    return value is not None and value not in ("", [], {})


def _shown(value: Any, record: Record, view: Viewpoint) -> Markup:
    if isinstance(value, bool):
        return Markup("yes" if value else "no")
    if isinstance(value, dict):
        pairs = [(in_words(str(key)).lower(), item) for key, item in value.items() if _says(item)]
        shown = [Markup("{}: {}").format(key, _shown(item, record, view)) for key, item in pairs]
        return Markup("; ").join(shown)
    if isinstance(value, list):
        return _list(value, record, view)
    return view.prose(str(value), record)


def _list(values: list[Any], record: Record, view: Viewpoint) -> Markup:
    shown = [_shown(value, record, view) for value in values if _says(value)]
    is_long = any(isinstance(v, dict) or len(str(v)) > _LONG for v in values)
    if not is_long:
        return Markup(", ").join(shown)
    return Markup("<ul>{}</ul>").format(
        Markup("").join(Markup("<li>{}</li>").format(s) for s in shown)
    )
