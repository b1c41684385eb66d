"""What is wrong with a declaration by its JSON Schema, in words for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from govkb.record_types.schema_words import CHOICES, Path, cut, demanded, dotted, meant, shown

_LIMITS = {
    "minItems": "have at least {} in it",
    "minLength": "not be empty",
    "minProperties": "have at least {} in it",
    "minimum": "be at least {}",
}


class Wording(NamedTuple):
    """A fault of the value at `path`, which may be a key that nobody knows."""

    path: Path
    message: str
    hint: str | None = None


def wordings(error: Any) -> Iterator[Wording]:
    """What an error of the validator says, each fault by itself."""
    path, name = tuple(error.instance_path), error.kind.name
    if name == "required":
        yield Wording(path, f"{_owner(path)} lacks `{error.kind.property}`")
    elif name == "additionalProperties":
        for key in error.kind.unexpected:
            yield Wording((*path, key), f"{_owner(path)} can't have `{key}`", _NO_KEY)
    elif name == "enum":
        options = ", ".join(map(str, error.kind.options))
        yield Wording(path, f"`{dotted(path)}` is {shown(error.instance)}", f"allowed: {options}")
    elif name in CHOICES and not path:
        yield _either(error)
    elif name in CHOICES and (inner := meant(error)):
        for each in inner:
            yield from wordings(each)
    else:
        yield Wording(path, f"`{dotted(path)}` {_asked(error)}")


_NO_KEY = "is it misspelt, or in the wrong place?"


def _owner(path: Path) -> str:
    return f"`{dotted(path)}`" if path else "it"


def _asked(error: Any) -> str:
    """What a value must be, and what it is."""
    limit = _LIMITS.get(error.kind.name)
    if limit is not None:
        return (
            f"is {shown(error.instance)}; it must {limit.format(getattr(error.kind, 'limit', ''))}"
        )
    wanted = demanded(error.kind)
    if not wanted:
        return f"can't be used: {cut(error.message, 200)}"
    return f"is {shown(error.instance)}; it must be {wanted}"


def _either(error: Any) -> Wording:
    """A type says where its records are in one of two ways."""
    branches = [[e.kind for e in branch] for branch in getattr(error.kind, "context", ())]
    lacking = [
        " and ".join(f"`{kind.property}`" for kind in kinds if kind.name == "required")
        for kinds in branches
    ]
    if len(list(filter(None, lacking))) < len(branches) or not branches:
        return Wording((), "`id` with `path` and `forms` exclude each other", "keep one of them")
    return Wording((), f"it lacks {', or '.join(lacking)}")
