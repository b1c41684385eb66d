"""`govkb rule`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.completing import rule_names
from govkb.errors import UsageError

if TYPE_CHECKING:
    from govkb.rules import RegisteredRule

VERSION = 1


@click.command("rule", short_help="Explain a rule.")
@click.argument("name", metavar="[CODE]", required=False, shell_complete=rule_names)
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option(
    "--markdown",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a page for every rule into this folder.",
)
def command(name: str | None, output: str, markdown: Path | None) -> None:
    """Explain a rule: what it reports, why, and how to mend it.

    CODE is a rule's code or name, or a family of rules. Without CODE, list all rules.

    \b
      govkb rule REF002
      govkb rule dangling-reference
      govkb rule REF
    """
    from govkb.rules import all_rules
    from govkb.rules.names import advice, codes_named, is_family

    if markdown is not None:
        if name is not None:
            raise UsageError("--markdown writes the pages of all rules: leave out CODE")
        _write(all_rules(), markdown)
        return
    codes = codes_named(name) if name is not None else {r.rule.code for r in all_rules()}
    if name is not None and not codes:
        raise UsageError(f"no rule is called {name!r}", advice(name))
    found = [registered for registered in all_rules() if registered.rule.code in codes]
    is_list = name is None or is_family(name)
    if output == "json":
        click.echo(_document(found))
    else:
        click.echo(_list(found) if is_list else _page(found[0]))


def _list(rules: Iterable[RegisteredRule]) -> str:
    blocks = []
    for (family, about), group in groupby(rules, key=lambda r: (r.family, r.family_summary)):
        blocks.append("\n".join([f"{family.upper()}  {about}", *(_line(r) for r in group)]))
    return "\n\n".join(blocks)


def _line(registered: RegisteredRule) -> str:
    rule = registered.rule
    return f"  {rule.code:9} {rule.slug:28} {rule.severity.value:8} {registered.summary}"


def _page(registered: RegisteredRule) -> str:
    from govkb.rules.pages import remarks

    rule = registered.rule
    parts = [f"{rule.code} {rule.slug} ({rule.severity})", registered.summary]
    parts += [" ".join(said)] if (said := list(remarks(registered))) else []
    parts += [f"{title}\n\n{_indented(body)}" for title, body in registered.parts.items()]
    return "\n\n".join(parts)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in text.split("\n"))


def _document(rules: Iterable[RegisteredRule]) -> str:
    """The rules for programs; the format has a version of its own, fields are only ever added."""
    document = {"version": VERSION, "rules": [_described(registered) for registered in rules]}
    return json.dumps(document, indent=2)


def _described(registered: RegisteredRule) -> dict[str, Any]:
    rule = registered.rule
    return {
        "code": rule.code,
        "slug": rule.slug,
        "severity": rule.severity.value,
        "family": registered.family.upper(),
        "fixable": rule.fixable,
        "needs_base": rule.needs_base,
        "needs_change": rule.needs_change,
        "summary": registered.summary,
        "parts": dict(registered.parts),
    }


def _write(rules: Iterable[RegisteredRule], folder: Path) -> None:
    from govkb.files import replace_bytes
    from govkb.rules.pages import pages

    written = pages(rules)
    for name, text in written.items():
        replace_bytes(folder / name, text.encode())
    click.echo(f"{len(written)} pages written to {folder}")
