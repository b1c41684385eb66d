"""How the ids of a group of records look, as templates such as `ADR-{seq:4}-{slug}`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from govkb.record_types.id_patterns import IdPattern, PatternError

_HEAD = r"(?P<head>(?:[A-Za-z][A-Za-z_]*[-_])*)"
_DATES = {
    r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}": "%Y-%m-%d",
    r"(?:19|20)[0-9]{2}_[0-9]{2}_[0-9]{2}": "%Y_%m_%d",
    r"(?:19|20)[0-9]{2}-[0-9]{4}(?![0-9])": "%Y-%m%d",
    r"(?:19|20)[0-9]{6}(?![0-9])": "%Y%m%d",
}
_DATED = [
    (re.compile(rf"{_HEAD}(?P<date>{regex})(?P<rest>.*)", re.ASCII), form)
    for regex, form in _DATES.items()
]
_NUMBERED = re.compile(rf"{_HEAD}(?P<number>[0-9]{{1,12}})(?P<rest>.*)", re.ASCII)
# `2026-01-use-x` and `INC-2026-001`: a year with its month, or with a number that begins anew.
_YEARLY = re.compile(
    rf"{_HEAD}(?P<year>(?:19|20)[0-9]{{2}})(?![0-9])(?:-(?P<number>[0-9]{{2,3}})(?![0-9]))?(?P<rest>.*)",
    re.ASCII,
)
_WORDS = (
    ("{slug}", re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")),
    ("{SLUG}", re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")),
    ("{text}", re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")),
)
_LETTER = re.compile(r"[A-Z]")


class IdShape(Struct, frozen=True):
    """A template with the ids that have it, sorted."""

    template: str
    ids: tuple[str, ...]

    @property
    def is_bare(self) -> bool:
        """Whether it is a mere word, without a fixed part, a number or a date."""
        return self.template in ("{slug}", "{SLUG}", "{text}")

    def has(self, record_id: str) -> bool:
        """Whether an id, one of these or another, is of this form."""
        return IdPattern(self.template).match(record_id) is not None

    @property
    def head(self) -> str:
        """The fixed text that its ids begin with: `ADR-`."""
        return self.template.partition("{")[0]

    @property
    def is_numbered(self) -> bool:
        """Whether its ids have a running number, and not one for each year."""
        if "{year}" in self.template:
            return False
        return "{seq:" in self.template or "{int}" in self.template


class _Parts(Struct, frozen=True):
    head: str
    middle: str  # "{date:…}", "#" for a number, or nothing
    digits: int
    separator: str
    word: str


def id_shapes(ids: Iterable[str]) -> list[IdShape]:
    """The shapes of these ids, the commonest first; an id that no template can say has none."""
    groups: dict[tuple[str, str, str], list[tuple[str, _Parts]]] = defaultdict(list)
    names = sorted(set(ids))
    yearly = _yearly(names)
    for record_id in names:
        parts = _parts(record_id, yearly)
        if parts is not None:
            # A short form (ADR-0001) and a long one (ADR-0001-title) are two shapes.
            key = (parts.head, parts.middle, parts.separator)
            groups[key].append((record_id, parts))
    shapes = [_shape(members) for members in groups.values()]
    found = [shape for shape in shapes if shape is not None]
    return sorted(found, key=lambda shape: (shape.is_bare, -len(shape.ids), shape.template))


def _yearly(ids: Iterable[str]) -> dict[str, str]:
    """What follows the year, by the heads after which every number is a year.

    Where one of them is past 12 it counts the records of its year; else it is the month.
    """
    others: set[str] = set()
    counting: dict[str, set[str]] = defaultdict(set)
    for record_id in ids:
        match, number = _YEARLY.fullmatch(record_id), _NUMBERED.fullmatch(record_id)
        if _dated(record_id) or not (match or number):
            continue
        if match is None and number is not None:
            others.add(number["head"])
        elif match is not None:
            counting[match["head"]] |= {match["number"]} - {None}
    return {head: _counted(found) for head, found in counting.items() if head not in others}


def _counted(numbers: Iterable[str]) -> str:
    if all(len(number) == 2 and 1 <= int(number) <= 12 for number in numbers):
        return "{month}"
    widths = {len(number) for number in numbers}
    return f"{{seq:{widths.pop()}}}" if len(widths) == 1 else "{int}"


def _dated(record_id: str) -> _Parts | None:
    for pattern, form in _DATED:
        match = pattern.fullmatch(record_id)
        if match and IdPattern(f"{{date:{form}}}").match(match["date"]):
            return _with_rest(match["head"], f"{{date:{form}}}", 0, match["rest"])
    return None


def _parts(record_id: str, yearly: Mapping[str, str]) -> _Parts | None:
    dated = _dated(record_id)
    if dated is not None:
        return dated
    match = _YEARLY.fullmatch(record_id)
    if match and match["head"] in yearly:
        after = f"-{yearly[match['head']]}" if match["number"] else ""
        return _with_rest(match["head"], f"{{year}}{after}", 0, match["rest"])
    match = _NUMBERED.fullmatch(record_id)
    if match:
        numbered = _with_rest(match["head"], "#", len(match["number"]), match["rest"])
        if numbered is not None:
            return numbered
    word = _word(record_id)
    return _Parts("", "", 0, "", word) if word else None


def _with_rest(head: str, middle: str, digits: int, rest: str) -> _Parts | None:
    if not rest:
        return _Parts(head, middle, digits, "", "")
    if rest[0] not in "-_.":
        return None
    word = "{letter}" if _LETTER.fullmatch(rest[1:]) else _word(rest[1:])
    return _Parts(head, middle, digits, rest[0], word) if word else None


def _word(text: str) -> str:
    return next((template for template, regex in _WORDS if regex.fullmatch(text)), "")


def _shape(members: list[tuple[str, _Parts]]) -> IdShape | None:
    first = members[0][1]
    words = {parts.word for _, parts in members}
    word = words.pop() if len(words) == 1 else "{text}"
    middle = first.middle
    if middle == "#":
        widths = {parts.digits for _, parts in members}
        middle = f"{{seq:{widths.pop()}}}" if len(widths) == 1 else "{int}"
    template = f"{first.head}{middle}{first.separator}{word}"
    try:
        pattern = IdPattern(template)
    except PatternError:
        return None
    fitting = tuple(record_id for record_id, _ in members if pattern.match(record_id))
    return IdShape(template, fitting) if fitting else None
