"""A record's neighbourhood as a picture: what points to it, itself, and what it points to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from govkb.reading import Record
from govkb.site.drawing import type_shape
from govkb.site.relation_groups import RelationGroup, Relations
from govkb.site.viewpoint import RecordLink, Viewpoint

_WIDTH, _HEIGHT = 720, 40
_CHIP, _ROW = 200, 48
_LEFT, _MIDDLE, _RIGHT = 0, 260, 520
_MOST = 7
_LETTERS = 25


@dataclass(frozen=True, slots=True)
class _Chip:
    link: RecordLink
    relation: str
    type_name: str
    is_mention: bool
    is_symmetric: bool


def neighbourhood(
    record: Record, relations: Relations, view: Viewpoint, types: Sequence[str]
) -> Markup | None:
    """The picture; None for a record without relations."""
    leaving = _chips(relations.outgoing, view, set())
    arriving = _chips(relations.incoming, view, {chip.link.id for chip in leaving})
    rows = max(_rows(arriving), _rows(leaving))
    if not rows:
        return None
    height = rows * _ROW
    middle = height / 2
    parts = [
        *_edges(arriving, height, _LEFT + _CHIP, _MIDDLE, is_arriving=True),
        *_edges(leaving, height, _RIGHT, _MIDDLE + _CHIP, is_arriving=False),
        *_column(arriving, _LEFT, height, types),
        *_column(leaving, _RIGHT, height, types),
        _drawn(_own_chip(record, view), _MIDDLE, middle, types, is_here=True),
    ]
    caption = escape(f"What {record.id} is related to")
    return Markup(
        f'<svg class="govkb-graph govkb-around" viewBox="-2 0 {_WIDTH + 4} {height}"'
        f' width="{_WIDTH + 4}" height="{height}" role="group" aria-label="{caption}">'
        f"{''.join(parts)}</svg>"
    )


def _chips(groups: Iterable[RelationGroup], view: Viewpoint, taken: set[str]) -> list[_Chip]:
    """One chip for each record that isn't drawn yet, under the first relation that names it."""
    kinds = view.base.catalogue.vocabulary.relations.values()
    symmetric = {kind.label for kind in kinds if kind.is_symmetric}
    chips = []
    for group in groups:
        for related in group.related:
            if related.link.id not in taken:
                taken.add(related.link.id)
                chips.append(
                    _Chip(
                        related.link,
                        group.label,
                        _type_name(related.link.id, view),
                        group.is_mention,
                        group.label in symmetric,
                    )
                )
    return chips


def _own_chip(record: Record, view: Viewpoint) -> _Chip:
    link = view.link(record)
    return _Chip(link, link.type_label, _type_name(record.id, view), False, False)


def _type_name(record_id: str, view: Viewpoint) -> str:
    record_type = view.base.records_by_id[record_id].type
    return record_type.name if record_type else ""


def _rows(chips: list[_Chip]) -> int:
    return min(len(chips), _MOST + 1)


def _middles(chips: list[_Chip], height: int) -> list[float]:
    """Where the rows of a column are, the column being centred."""
    rows = _rows(chips)
    top = (height - rows * _ROW) / 2
    return [top + (number + 0.5) * _ROW for number in range(rows)]


def _column(
    chips: list[_Chip], left: int, height: int, types: Sequence[str]
) -> Iterator[str]:
    middles = _middles(chips, height)
    shown = chips if len(chips) <= _MOST + 1 else chips[:_MOST]
    for chip, middle in zip(shown, middles, strict=False):
        yield _drawn(chip, left, middle, types)
    if len(shown) < len(chips):
        text = f"and {len(chips) - len(shown)} more, listed below"
        yield f'<text class="govkb-chip-more" x="{left + 10}" y="{middles[-1] + 4:g}">{text}</text>'


def _edges(
    chips: list[_Chip], height: int, outer: int, inner: int, *, is_arriving: bool
) -> Iterator[str]:
    shown = chips if len(chips) <= _MOST + 1 else chips[:_MOST]
    middles = _middles(chips, height)
    for number, (chip, y) in enumerate(zip(shown, middles, strict=False)):
        # The ends fan out a little where they meet the middle, so that lines can be told apart.
        spread = (number - (len(shown) - 1) / 2) * 24 / max(len(shown), 1)
        start, end = (outer, y), (inner, height / 2 + spread)
        if not is_arriving:
            start, end = end, start
        yield _edge(chip, start, end)


def _edge(chip: _Chip, start: tuple[float, float], end: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = start, end
    tip = x2 if chip.is_symmetric else x2 - 6
    bend = (x2 - x1) / 2
    path = f"M{x1:g} {y1:.1f}C{x1 + bend:g} {y1:.1f} {x2 - bend:g} {y2:.1f} {tip:g} {y2:.1f}"
    head = f"M{x2:g} {y2:.1f}L{x2 - 7:g} {y2 - 3.5:.1f}L{x2 - 7:g} {y2 + 3.5:.1f}Z"
    arrow = "" if chip.is_symmetric else f'<path class="govkb-head" d="{head}"/>'
    kind = "govkb-mentioned" if chip.is_mention else "govkb-declared"
    return f'<g class="govkb-edge {kind}"><path d="{path}"/>{arrow}</g>'


def _drawn(
    chip: _Chip, left: int, middle: float, types: Sequence[str], *, is_here: bool = False
) -> str:
    title = escape(f"{chip.link.id}: {chip.link.title}")
    shape = type_shape(chip.type_name, types, "translate(18 20) scale(0.75)")
    chip_class = "govkb-chip govkb-chip-here" if is_here else "govkb-chip"
    drawn = (
        f'<g class="{chip_class}" transform="translate({left} {middle - _HEIGHT / 2:g})">'
        f"<title>{title}</title>"
        f'<rect width="{_CHIP}" height="{_HEIGHT}" rx="4"/>{shape}'
        f'<text x="34" y="17">{escape(_shortened(chip.link.id))}</text>'
        f'<text class="govkb-chip-relation" x="34" y="31">{escape(chip.relation)}</text></g>'
    )
    if is_here or chip.link.href is None:
        return drawn
    return f'<a href="{escape(chip.link.href)}">{drawn}</a>'


def _shortened(text: str) -> str:
    return text if len(text) <= _LETTERS else f"{text[: _LETTERS - 1]}…"
