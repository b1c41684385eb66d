"""Runs the rules over a knowledge base and grades what they find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from govkb.checking.running import all_findings, base_findings, file_findings
from govkb.config import RuleSettings
from govkb.diagnostics import Diagnostic, Severity, in_order
from govkb.errors import ConfigurationError
from govkb.knowledge_base import KnowledgeBase
from govkb.rules import RegisteredRule, all_rules

__all__ = ["base_findings", "below", "check", "file_findings"]


def check(base: KnowledgeBase) -> list[Diagnostic]:
    """Every diagnostic of the rules in force, in order.

    Raises ConfigurationError where the settings name a rule that doesn't exist.
    """
    settings = base.config.rules
    _refuse_unknown(settings)
    ignored = {r.rule.code for r in all_rules() if _names_rule(settings.ignore, r)}
    found = [d for d in all_findings(base) if d.code not in ignored]
    return in_order(_graded(found, settings.severity))


def below(diagnostics: Iterable[Diagnostic], paths: Iterable[str]) -> list[Diagnostic]:
    """The diagnostics about these files and folders; paths are relative to the project root."""
    wanted = [path.rstrip("/") for path in paths]
    return [d for d in diagnostics if any(_is_below(d.path, path) for path in wanted)]


def _is_below(path: str, folder: str) -> bool:
    return folder in (".", "") or path == folder or path.startswith(f"{folder}/")


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
