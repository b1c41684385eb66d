"""All rules, found by their files. Adding one needs no list to be changed."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import ModuleType

from msgspec import Struct

import govkb.rules
from govkb.diagnostics import Diagnostic
from govkb.knowledge_base import KnowledgeBase, Terms
from govkb.reading import ReadResult, Record
from govkb.rules.outcome import Outcome
from govkb.rules.rule import Rule

# The parts by name: the records in the examples have `##` headings too.
_PART = re.compile(r"^## (?P<title>What it does|Why|Bad|Good|Fix)$", re.MULTILINE)

FileCheck = Callable[[ReadResult, Terms], Iterable[Diagnostic]]
RecordCheck = Callable[[Record, Terms], Iterable[Diagnostic]]
BaseCheck = Callable[[KnowledgeBase], Iterable[Diagnostic]]
OutcomeCheck = Callable[[Outcome], Iterable[Diagnostic]]


class RegisteredRule(Struct, frozen=True):
    """A rule with its one check and its documentation, by heading.

    Without a check it stands for the faults of reading that go by its slug.
    """

    rule: Rule
    family: str
    family_summary: str
    module: str
    summary: str
    parts: Mapping[str, str]
    check_file: FileCheck | None
    check_record: RecordCheck | None
    check_base: BaseCheck | None
    check_outcome: OutcomeCheck | None

    @property
    def stands_for_faults(self) -> bool:
        """Whether reading itself comes upon what this rule reports."""
        checks = (self.check_file, self.check_record, self.check_base, self.check_outcome)
        return not any(checks)


@cache
def all_rules() -> tuple[RegisteredRule, ...]:
    """Every rule, by code."""
    found = [_register(module, *family) for family, module in _modules()]
    return tuple(sorted(found, key=lambda registered: registered.rule.code))


def find_rule(name: str) -> RegisteredRule | None:
    """The rule with this code or slug, whatever its letter case."""
    wanted = name.casefold()
    for registered in all_rules():
        if wanted in (registered.rule.code.casefold(), registered.rule.slug):
            return registered
    return None


def _modules() -> Iterable[tuple[tuple[str, str], ModuleType]]:
    """Every module of a rule, with its family's name and what that says of itself."""
    for family in pkgutil.iter_modules(govkb.rules.__path__):
        if family.ispkg:
            package = importlib.import_module(f"govkb.rules.{family.name}")
            for file in pkgutil.iter_modules(package.__path__):
                name = f"govkb.rules.{family.name}.{file.name}"
                about = (package.__doc__ or "").strip()
                yield (family.name, about), importlib.import_module(name)


def _register(module: ModuleType, family: str, family_summary: str) -> RegisteredRule:
    summary, parts = _documentation(module.__doc__ or "")
    return RegisteredRule(
        module.RULE,
        family,
        family_summary,
        module.__name__,
        summary,
        parts,
        getattr(module, "check_file", None),
        getattr(module, "check_record", None),
        getattr(module, "check_base", None),
        getattr(module, "check_outcome", None),
    )


def _documentation(text: str) -> tuple[str, dict[str, str]]:
    pieces = _PART.split(text)
    parts = {title: body.strip() for title, body in zip(pieces[1::2], pieces[2::2], strict=True)}
    return pieces[0].strip(), parts
