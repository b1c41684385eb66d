"""Which type a record is of, by its folder and its id; quick for many records and many types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from govkb.record_types.declarations import Declaration
from govkb.record_types.id_patterns import IdPattern, PatternError
from govkb.record_types.record_type import Form, RecordType


class BrokenType(Struct, frozen=True):
    """A type that can't be used.

    `forms` are what could be made out of its ids and paths, `names` the values of `type` that mean
    it.
    """

    name: str
    forms: tuple[Form, ...]
    names: tuple[str, ...]


Placed = RecordType | BrokenType


def broken_type(declaration: Declaration, shipped: Declaration | None) -> BrokenType:
    """What can be said of a type whose declaration can't be used."""
    forms = _readable_forms(declaration.data)
    if not forms and shipped is not None:
        forms = _readable_forms(shipped.data)
    name, others = declaration.type or "", declaration.data.get("names")
    texts = [text for text in others if isinstance(text, str)] if isinstance(others, list) else []
    return BrokenType(name, forms, (name, *texts))


class _Home(Struct, frozen=True):
    """A folder, or a pattern of folders, where records of a type are."""

    type: Placed
    pattern: IdPattern
    is_first: bool = False

    @property
    def weight(self) -> int:
        """How much of it is fixed: of two that fit, the heavier says more; 0 if it fits all.

        Of two that are the same, it is the one where `govkb new` puts its records.
        """
        if not self.pattern.prefix:
            return 0
        return 4 * len(self.pattern.prefix) + 2 * (not self.pattern.tokens) + self.is_first


@dataclass(slots=True)
class TypePlaces:
    """Types with their folders and ids. Folders are looked at once each."""

    types: Iterable[Placed]
    _homes: list[_Home] = field(default_factory=list)
    _by_prefix: dict[int, dict[str, list[tuple[IdPattern, Placed]]]] = field(default_factory=dict)
    _by_folder: dict[str, tuple[_Home, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        prefixes: dict[int, dict[str, list[tuple[IdPattern, Placed]]]] = {}
        for placed in self.types:
            patterns = {p.folder_pattern for form in placed.forms for p in form.paths}
            first = placed.forms[0].paths[0].folder_pattern if placed.forms else None
            ordered = sorted(patterns, key=lambda p: p.template)
            self._homes += [_Home(placed, pattern, pattern == first) for pattern in ordered]
            for form in placed.forms:
                prefix = form.id.prefix
                if prefix:
                    same_length = prefixes.setdefault(len(prefix), {})
                    same_length.setdefault(prefix, []).append((form.id, placed))
        self._by_prefix = {length: prefixes[length] for length in sorted(prefixes, reverse=True)}

    def type_of(self, path: str, record_id: str | None) -> Placed | None:
        """The type whose folder a file is in, else that of its id."""
        folder = path[: path.rfind("/") + 1]
        homes = self._by_folder.get(folder)
        if homes is None:
            homes = self._by_folder[folder] = self._homes_at(folder)
        if len(homes) == 1 and homes[0].weight:
            return homes[0].type
        name = path[len(folder) :].rpartition(".")[0] if record_id is None else record_id
        own = [home for home in homes if home.weight]
        anywhere = [home for home in homes if not home.weight]
        return _by_name(own, name) or _nearest(own) or self.by_id(name) or _by_name(anywhere, name)

    def by_id(self, record_id: str) -> Placed | None:
        """The type whose ids look like this one; of two, the one whose ids begin with more text."""
        for length, same_length in self._by_prefix.items():
            for pattern, placed in same_length.get(record_id[:length], ()):
                if pattern.match(record_id) is not None:
                    return placed
        return None

    def _homes_at(self, folder: str) -> tuple[_Home, ...]:
        fitting = [home for home in self._homes if home.pattern.match(folder) is not None]
        return tuple(sorted(fitting, key=lambda home: -home.weight))


def _by_name(homes: list[_Home], name: str) -> Placed | None:
    """Of types that share a folder the one with such ids, else one whose ids begin alike."""
    for home in homes:
        if any(form.id.match(name) is not None for form in home.type.forms):
            return home.type
    for home in homes:
        if any(f.id.prefix and name.startswith(f.id.prefix) for f in home.type.forms):
            return home.type
    return None


def _nearest(homes: list[_Home]) -> Placed | None:
    """The type to which a folder belongs most of all, None where there are several."""
    nearest = {h.type.name: h.type for h in homes if h.weight == homes[0].weight}
    return next(iter(nearest.values())) if len(nearest) == 1 else None


def _readable_forms(data: Mapping[str, Any]) -> tuple[Form, ...]:
    declared = data.get("forms")
    forms = []
    for form in [data, *(declared if isinstance(declared, list) else ())]:
        try:
            paths = [form["path"]] if isinstance(form["path"], str) else form["path"]
            forms.append(Form(IdPattern(form["id"]), tuple(IdPattern(path) for path in paths)))
        except (KeyError, TypeError, PatternError):
            continue
    return tuple(forms)
