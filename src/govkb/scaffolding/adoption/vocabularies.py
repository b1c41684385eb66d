"""Lists of allowed values that a repository has already, such as an `enums.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from govkb import strict_yaml
from govkb.scaffolding.adoption.inventory import Inventory

_MIN_LISTS = 3
_COVERED = 0.8


class ValueList(Struct, frozen=True, order=True):
    """A named list of values in a file. `name` is dotted where it stands deeper down."""

    file: str
    name: str
    values: tuple[str, ...]

    @property
    def source(self) -> str:
        """Where it is, for a comment."""
        return f"{self.file}: {self.name}"


def find_value_lists(inventory: Inventory) -> tuple[ValueList, ...]:
    """The lists of every YAML file that holds several named lists of words and little else."""
    found: list[ValueList] = []
    for path in inventory.yaml():
        data = inventory.texts[path]
        if len(data) > strict_yaml.MAX_BYTES:
            continue
        value = strict_yaml.load(data.decode("utf-8", "replace")).value
        if isinstance(value, dict):
            lists = list(_lists(path, value, ""))
            others = sum(1 for v in value.values() if not isinstance(v, list | dict))
            if len(lists) >= _MIN_LISTS and others < len(lists):
                found += lists
    return tuple(found)


def covering(lists: Iterable[ValueList], field: str, values: Mapping[str, int]) -> ValueList | None:
    """The list that a field takes its values from; None where that isn't plain to see.

    It must hold most of them, counted by how often they occur, and be called like the field. Of
    several, one with the very name of the field wins, then the shortest.
    """
    total = sum(values.values())
    fitting = [
        found
        for found in lists
        if total and sum(values.get(v, 0) for v in set(found.values)) >= _COVERED * total
    ]
    near = [found for found in fitting if _distance(found.name, field) < 2]
    return min(near, key=lambda f: (_distance(f.name, field), len(f.values), f), default=None)


def _distance(name: str, field: str) -> int:
    """How far a list's name is from a field's: 0 the same, 1 one within the other, 2 neither."""
    own, wanted = _singular(name.rpartition(".")[2]), _singular(field)
    if own == wanted:
        return 0
    return 1 if wanted in own or own in wanted else 2


def _singular(word: str) -> str:
    word = word.lower().replace("-", "_")
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) else word


def _lists(path: str, value: Mapping[str, Any], at: str) -> Iterator[ValueList]:
    for name, inner in value.items():
        if isinstance(inner, dict):
            # `{description: …, values: [...]}` is the list itself.
            if isinstance(inner.get("values"), list):
                yield from _lists(path, {name: inner["values"]}, at)
            else:
                yield from _lists(path, inner, f"{at}{name}.")
        elif isinstance(inner, list) and inner and all(isinstance(v, str) and v for v in inner):
            yield ValueList(path, f"{at}{name}", tuple(dict.fromkeys(inner)))
