"""`govkb rule`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govkb.errors import UsageError

if TYPE_CHECKING:
    from govkb.rules import RegisteredRule


@click.command("rule", short_help="Explain a rule.")
@click.argument("name", metavar="[CODE]", required=False)
def command(name: str | None) -> None:
    """Explain a rule: what it reports, why, and how to mend it. Without CODE, list all rules.

    \b
      govkb rule REF002
      govkb rule dangling-reference
    """
    from govkb.rules import all_rules, find_rule

    if name is None:
        for registered in all_rules():
            rule = registered.rule
            click.echo(f"{rule.code:9} {rule.slug:28} {registered.summary}")
        return
    found = find_rule(name)
    if found is None:
        raise UsageError(f"no rule is called {name!r}", _nearest(name))
    click.echo(_page(found))


def _page(registered: RegisteredRule) -> str:
    rule = registered.rule
    parts = [f"{rule.code} {rule.slug} ({rule.severity})", registered.summary]
    parts += [f"{title}\n\n{_indented(body)}" for title, body in registered.parts.items()]
    return "\n\n".join(parts)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in text.split("\n"))


def _nearest(name: str) -> str:
    import difflib

    from govkb.rules import all_rules

    names = [n for r in all_rules() for n in (r.rule.code, r.rule.slug)]
    near = difflib.get_close_matches(name, names, 1) or difflib.get_close_matches(
        name.upper(), names, 1
    )
    return f"did you mean {near[0]}?" if near else "`govkb rule` lists all rules"
