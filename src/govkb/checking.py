"""Runs the rules over a knowledge base and grades what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from govkb.config import RuleSettings
from govkb.diagnostics import Diagnostic, Severity, in_order
from govkb.errors import ConfigurationError
from govkb.knowledge_base import KnowledgeBase
from govkb.rules import RegisteredRule, all_rules


def check(base: KnowledgeBase) -> list[Diagnostic]:
    """Every diagnostic of the rules in force, in order.

    Raises ConfigurationError where the settings name a rule that doesn't exist.
    """
    settings = base.config.rules
    _refuse_unknown(settings)
    found = (
        diagnostic
        for registered in all_rules()
        if not _names_rule(settings.ignore, registered)
        for diagnostic in _run(registered, base)
    )
    return in_order(_graded(found, settings.severity))


def below(diagnostics: Iterable[Diagnostic], paths: Iterable[str]) -> list[Diagnostic]:
    """The diagnostics about these files and folders; paths are relative to the project root."""
    wanted = [path.rstrip("/") for path in paths]
    return [d for d in diagnostics if any(_is_below(d.path, path) for path in wanted)]


def _is_below(path: str, folder: str) -> bool:
    return folder in (".", "") or path == folder or path.startswith(f"{folder}/")


def _run(registered: RegisteredRule, base: KnowledgeBase) -> Iterator[Diagnostic]:
    if registered.check_file is not None:
        for result in base.results:
            yield from registered.check_file(result, base.terms)
    if registered.check_record is not None:
        for record in base.records:
            if record.type is not None:
                yield from registered.check_record(record, base.terms)
    if registered.check_base is not None:
        yield from registered.check_base(base)


def _graded(
    diagnostics: Iterable[Diagnostic], grades: Mapping[str, Severity]
) -> Iterator[Diagnostic]:
    for diagnostic in diagnostics:
        grade = grades.get(diagnostic.code) or grades.get(diagnostic.slug)
        yield replace(diagnostic, severity=grade) if grade else diagnostic


def _names_rule(names: Iterable[str], registered: RegisteredRule) -> bool:
    rule = registered.rule
    return any(name in (rule.code, rule.slug, registered.family.upper()) for name in names)


def _refuse_unknown(settings: RuleSettings) -> None:
    known = {r.rule.code for r in all_rules()} | {r.rule.slug for r in all_rules()}
    families = {r.family.upper() for r in all_rules()}
    for key, names, allowed in (
        ("ignore", settings.ignore, known | families),
        ("severity", tuple(settings.severity), known),
    ):
        for name in names:
            if name not in allowed:
                message = f"`rules.{key}` names {name!r}, and no rule is called that"
                raise ConfigurationError(message, "`govkb rule` lists all rules")
