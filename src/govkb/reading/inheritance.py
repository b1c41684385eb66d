"""Metadata that folders hand down to the records in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

KeyPath = tuple[str | int, ...]

# What a record or a folder may say about itself under `inheritance`.
CONTROLS: Mapping[str, tuple[str, ...]] = {
    "mode": ("inherit", "none"),
    "merge_strategy": ("replace", "union"),
}
_EMPTY: tuple[Any, ...] = (None, "", [], {})


class Inherited(Struct, frozen=True):
    """What a folder hands down: values, and for each of them the sidecar that it comes from.

    `sources` is keyed by the path of a value that is no mapping: `("risk_profile", "coupling")`,
    and in a list that was joined by that of each item: `("tags", 0)`.
    """

    values: Mapping[str, Any] = {}
    sources: Mapping[KeyPath, str] = {}
    never: tuple[str, ...] = ()
    union: bool = False

    def handed_on(self, metadata: Mapping[str, Any], path: str) -> Inherited:
        """What a folder with this sidecar hands down, below what it inherits itself."""
        above = Inherited(never=self.never, union=self.union) if stops(metadata) else self
        own = {key: value for key, value in metadata.items() if key not in self.never}
        own.pop("inheritance", None)
        values, sources = _merged(above.values, own, joins(metadata, self.union))
        found = {k: of for key, whose in sources.items() if not whose for k, of in above.told(key)}
        found |= {key: path for key, whose in sources.items() if whose}
        return Inherited(values, found, self.never, self.union)

    def effective(self, metadata: Mapping[str, Any]) -> dict[str, Any]:
        """A record's own metadata with what it inherits; an empty value hides nothing."""
        if not self.values or stops(metadata):
            return dict(metadata)
        values, _ = _merged(self.values, metadata, joins(metadata, self.union))
        return values

    def origins(self, metadata: Mapping[str, Any]) -> dict[KeyPath, str | None]:
        """For each value of `effective` the sidecar it comes from, None for the record's own."""
        if stops(metadata):
            return dict.fromkeys(_leaves(metadata))
        _, sources = _merged(self.values, metadata, joins(metadata, self.union))
        found: dict[KeyPath, str | None] = {}
        for key, own in sources.items():
            found |= {key: None} if own else dict(self.told(key))
        return found

    def told(self, path: KeyPath) -> list[tuple[KeyPath, str]]:
        """The sidecar that a value comes from, or each of its items where a list was joined."""
        for whole in (path, path[:-1]):
            if whole in self.sources:
                return [(path, self.sources[whole])]
        return [(key, of) for key, of in self.sources.items() if key[:-1] == path]


NOTHING_INHERITED = Inherited()


def stops(metadata: Mapping[str, Any]) -> bool:
    """Whether `inheritance: {mode: none}` shuts out what is above."""
    return bool(_control(metadata, "mode") == "none")


def joins(metadata: Mapping[str, Any], default: bool) -> bool:
    """Whether lists are joined: as `inheritance: {merge_strategy: …}` says, else by default."""
    strategy = _control(metadata, "merge_strategy")
    return bool(strategy == "union") if strategy in ("union", "replace") else default


def _control(metadata: Mapping[str, Any], key: str) -> Any:
    controls = metadata.get("inheritance")
    return controls.get(key) if isinstance(controls, dict) else None


def _merged(
    above: Mapping[str, Any], own: Mapping[str, Any], union: bool, at: KeyPath = ()
) -> tuple[dict[str, Any], dict[KeyPath, bool]]:
    """Both in one, and for each value whether it is `own`."""
    values: dict[str, Any] = {}
    sources: dict[KeyPath, bool] = {}
    for key in dict.fromkeys((*own, *above)):
        mine, theirs = own.get(key), above.get(key)
        path = (*at, key)
        if isinstance(mine, dict) and isinstance(theirs, dict):
            values[key], inner = _merged(theirs, mine, union, path)
            sources |= inner
        elif mine in _EMPTY and key in above:
            values[key] = theirs
            sources |= dict.fromkeys(_leaves(theirs, path), False)
        elif union and isinstance(mine, list) and isinstance(theirs, list):
            values[key] = [*theirs, *(item for item in mine if item not in theirs)]
            sources |= {(*path, n): n >= len(theirs) for n in range(len(values[key]))}
        else:
            values[key] = mine
            sources |= dict.fromkeys(_leaves(mine, path), True)
    return values, sources


def _leaves(value: Any, at: KeyPath = ()) -> list[KeyPath]:
    if isinstance(value, Mapping) and value:
        return [leaf for key, inner in value.items() for leaf in _leaves(inner, (*at, key))]
    return [at]
