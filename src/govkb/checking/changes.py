"""What a change is answerable for: findings in its files, and findings elsewhere that it causes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from types import MappingProxyType

from govkb.diagnostics import Diagnostic


def caused(
    now: Sequence[Diagnostic],
    before: Callable[[], Iterable[Diagnostic]],
    changed: frozenset[str],
) -> list[Diagnostic]:
    """Those of today's findings that are in changed files, or weren't there before.

    What there was `before` is only asked for where something is elsewhere. A file that isn't among
    `changed` is the same in both, so that equal findings have equal places.
    """
    if all(diagnostic.path in changed for diagnostic in now):
        return list(now)
    known = Counter(_identity(diagnostic) for diagnostic in before())
    found = []
    for diagnostic in now:
        identity = _identity(diagnostic)
        if diagnostic.path in changed or not known[identity]:
            found.append(diagnostic)
        else:
            known[identity] -= 1
    return found


def unlike(
    these: Iterable[Diagnostic],
    those: Iterable[Diagnostic],
    called: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Diagnostic, ...]:
    """Those of `these` findings that `those` haven't, wherever in its file each stands.

    `called` gives the paths that files among `those` have among `these`, where they differ.
    """
    known = Counter(_sense(diagnostic, called) for diagnostic in those)
    found = []
    for diagnostic in these:
        sense = _sense(diagnostic, {})
        known[sense] -= 1
        if known[sense] < 0:
            found.append(diagnostic)
    return tuple(found)


def _sense(diagnostic: Diagnostic, called: Mapping[str, str]) -> Hashable:
    """What a finding says, without where: lines move when others are added above them."""
    path = called.get(diagnostic.path, diagnostic.path)
    return path, diagnostic.code, diagnostic.severity, diagnostic.message


def _identity(diagnostic: Diagnostic) -> Hashable:
    """What makes a finding the same as one before; hints name others and may differ."""
    return (
        diagnostic.path,
        diagnostic.code,
        diagnostic.span,
        diagnostic.key,
        diagnostic.severity,
        diagnostic.message,
    )
