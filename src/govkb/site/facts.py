"""The fields of a record as its page shows them."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from govkb.reading import Record
from govkb.site.figures import derived_figures
from govkb.site.viewpoint import Viewpoint

_SHOWN_ELSEWHERE = frozenset({"id", "type", "title", "status", "severity", "summary", "date"})
_LONG = 48


def facts_of(record: Record, view: Viewpoint) -> tuple[tuple[str, Markup], ...]:
    """Label and value of every field that no other part of the page shows, then derived figures."""
    hidden = set(_SHOWN_ELSEWHERE)
    if record.type is not None:
        hidden |= {*record.type.relations, *record.type.inverses}
    values = [(name, value) for name, value in record.metadata.items() if name not in hidden]
    facts = [
        (in_words(name), _shown(value, record, view)) for name, value in values if _says(value)
    ]
    figures = [(label, escape(figure)) for label, figure in derived_figures(record)]
    return (*facts, *figures)


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
