"""The documentation of the rules as Markdown: one page a rule, and an index by family."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from govkb.rules.registry import RegisteredRule

INDEX = "README.md"
_NOTE = "<!-- Made from the rules by `make rules`; not edited by hand. -->"
_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<kind>[a-z]+) (?P<path>\S+)$", re.MULTILINE)
# Before the path of a file that is so in what an example is compared with.
_BASE = "base:"
# What a change is in examples of what is asked of one.
_CHANGE = "change:"
# Examples that can't stand in a file as they are.
_SPECIAL = {
    "bytes": ", with some of its bytes written out",
    "long": ", where `LONG` stands for forty thousand characters",
    "symlink": ", a symbolic link to this",
}
_INTRODUCTION = """\
# Rules

Each rule reports one kind of fault. `govkb rule CODE` prints what stands here.
[Checking](../checking.md) says how to select and to grade them, and how to hide a single finding.
"""


def pages(rules: Iterable[RegisteredRule]) -> dict[str, str]:
    """Every page, the index among them, by its file name."""
    found = sorted(rules, key=lambda registered: registered.rule.code)
    return {INDEX: _index(found)} | {file_name(r): _page(r) for r in found}


def file_name(registered: RegisteredRule) -> str:
    """The name of a rule's page."""
    return f"{registered.rule.slug}.md"


def remarks(registered: RegisteredRule) -> Iterator[str]:
    """What is to be known of a rule beside its documentation."""
    if registered.rule.fixable:
        yield "`govkb check --fix` mends some of what it finds."
    if registered.rule.on_request:
        yield (
            "It runs only where it is asked for by name: `govkb check --select "
            f"{registered.rule.slug}`, or with a grade of its own under `[rules.severity]`."
        )
    if registered.rule.needs_base:
        yield "It speaks only where there is a base to compare with: `govkb check --base REF`."
    if registered.rule.needs_change:
        yield "It speaks only of a change: `govkb check-change`."


def _index(rules: Iterable[RegisteredRule]) -> str:
    parts = [_NOTE, _INTRODUCTION.rstrip()]
    for (family, about), group in groupby(rules, key=lambda r: (r.family, r.family_summary)):
        rows = [_row(registered) for registered in group]
        head = ["| code | rule | severity | | what it reports |", "|---|---|---|---|---|"]
        parts += [f"## {family.upper()}", about, "\n".join([*head, *rows])]
    return "\n\n".join(parts) + "\n"


def _row(registered: RegisteredRule) -> str:
    rule = registered.rule
    link = f"[{rule.slug}]({file_name(registered)})"
    fix = "fix" if rule.fixable else ""
    summary = registered.summary.replace("|", "\\|")
    return f"| {rule.code} | {link} | {rule.severity} | {fix} | {summary} |"


def _page(registered: RegisteredRule) -> str:
    rule, family = registered.rule, registered.family
    head = (
        f"{rule.severity.value.capitalize()}, of the family [{family.upper()}]({INDEX}#{family})."
    )
    parts = [
        _NOTE,
        f"# {rule.code} {rule.slug}",
        registered.summary,
        " ".join([head, *remarks(registered)]),
    ]
    parts += [f"## {title}\n\n{_readable(body)}" for title, body in registered.parts.items()]
    return "\n\n".join(parts) + "\n"


def _readable(text: str) -> str:
    """The same with each example's path above it, where readers see it."""
    return _FENCE.sub(_captioned, text)


def _captioned(match: re.Match[str]) -> str:
    kind, path = match["kind"], match["path"]
    if path == _CHANGE:
        return f"What is known of the change:\n\n{match['fence']}{kind}"
    when = " in the base" if path.startswith(_BASE) else _SPECIAL.get(kind, "")
    path = posixpath.normpath(f"records/{path.removeprefix(_BASE)}")
    shown = "text" if kind in _SPECIAL else kind
    return f"`{path}`{when}:\n\n{match['fence']}{shown}"
