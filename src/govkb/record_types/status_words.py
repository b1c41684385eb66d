"""The statuses that a vocabulary names, held against those that some type has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from govkb.record_types.declarations import Declaration, read_declaration
from govkb.record_types.likeness import did_you_mean
from govkb.template_files import TemplateFiles

# A record in one of these says something that holds no longer, or never came to hold.
NO_LONGER_IN_FORCE = frozenset(
    {"deprecated", "expired", "obsolete", "rejected", "retired", "superseded", "withdrawn"}
)

_KEYS = ("initial", "done", "synonyms")


class _StatusWords(NamedTuple):
    """What one type calls its statuses, synonyms among them; nothing where any text is one."""

    type: str
    relations: frozenset[str]
    words: frozenset[str]


def check_status_words(declaration: Declaration, files: TemplateFiles) -> None:
    """Notes every status in a vocabulary that no type has, not even one that is not in force.

    Where a record may have any status, or a type can't be read, nothing is said.
    """
    relations = declaration.data.get("relations", {}).items()
    named = {
        (name, key): data.get(key, ())
        for name, data in relations
        for key in ("void_while", "target_status")
    }
    types = _status_words(files) if any(named.values()) else None
    if types is None:
        return
    known = sorted({word for of in types for word in of.words})
    for (name, key), words in named.items():
        targets = declaration.data["relations"][name].get("targets", ())
        ends = _stating(types, name) if key == "void_while" else _among(types, targets)
        for number, word in enumerate(words):
            if word not in known and all(of.words for of in ends):
                message = f"no type has the status {word!r}"
                hint = did_you_mean(word, known)
                declaration.fault(("relations", name, key, number), message, hint)


def _stating(types: Iterable[_StatusWords], relation: str) -> list[_StatusWords]:
    return [of for of in types if relation in of.relations]


def _among(types: Iterable[_StatusWords], names: Iterable[str]) -> list[_StatusWords]:
    wanted = set(names)
    return [of for of in types if not wanted or of.type in wanted]


def _status_words(files: TemplateFiles) -> list[_StatusWords] | None:
    found = []
    for name in files.known_types():
        file = files.find(f"{name}/type.yaml")
        declaration = read_declaration(file) if file is not None else None
        if declaration is None or declaration.faults:
            return None
        status = declaration.data.get("status", {})
        relations = declaration.data.get("relations", ())
        if not isinstance(status, dict) or not isinstance(relations, list | dict):
            return None
        named = frozenset(r for r in relations if isinstance(r, str))
        found.append(_StatusWords(name, named, frozenset(_words(status))))
    return found


def _words(status: dict[str, Any]) -> Iterator[str]:
    synonyms = status.get("synonyms", {})
    yield from (name for name in status if name not in _KEYS)
    yield from synonyms if isinstance(synonyms, dict) else ()
