"""What rules are called wherever somebody names them: by code, by slug, or by their family."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import cache

from govkb.rules.registry import all_rules

_CODE = re.compile(r"([a-z]+)[-_ ]?([0-9]{1,9})", re.ASCII)


def codes_named(name: str) -> frozenset[str]:
    """The codes of the rules that a name stands for, whatever its letter case; none for no name."""
    return _codes_by_name().get(name.casefold(), frozenset())


def is_family(name: str) -> bool:
    """Whether a name stands for all rules of a family."""
    return any(registered.family == name.casefold() for registered in all_rules())


def nearest_name(name: str) -> str | None:
    """The name most like one that stands for nothing, if any is like it at all."""
    asked, names = name.casefold(), list(_codes_by_name())
    code = _CODE.fullmatch(asked)
    if code and f"{code[1]}{int(code[2]):03}" in names:
        return f"{code[1]}{int(code[2]):03}".upper()
    if code:
        names = [known for known in names if not is_family(known)]
    near = difflib.get_close_matches(asked, names, 1) or [n for n in names if n.startswith(asked)]
    if not near:
        return None
    return near[0].upper() if near[0][-1].isdigit() or is_family(near[0]) else near[0]


def advice(name: str) -> str:
    """What to tell somebody who has named a rule that doesn't exist."""
    near = nearest_name(name)
    return f"did you mean {near}?" if near else "`govkb rule` lists all rules"


@cache
def _codes_by_name() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for registered in all_rules():
        code = registered.rule.code
        for name in (code.casefold(), registered.rule.slug):
            found[name] = frozenset((code,))
        found[registered.family] = found.get(registered.family, frozenset()) | {code}
    return found
