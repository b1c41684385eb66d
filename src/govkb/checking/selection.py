"""Which rules are in force where, and how bad what they find is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from govkb.config import Config
from govkb.diagnostics import Diagnostic, Severity
from govkb.errors import ConfigurationError, UsageError
from govkb.globs import Matches, matcher
from govkb.rules import all_rules
from govkb.rules.names import advice, codes_named, is_family
from govkb.rules.suppressing import reason_to_count
from govkb.settings import RuleSettings


class Asked(Struct, frozen=True):
    """What the command line asks for; names are codes, slugs or families."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Selection(Struct, frozen=True):
    """The codes in force, but for those that a file's path takes out; and the grades by code."""

    codes: frozenset[str]
    exceptions: tuple[tuple[Matches, frozenset[str]], ...] = ()
    grades: Mapping[str, Severity] = {}

    def is_in_force(self, code: str, path: str) -> bool:
        """Whether a rule speaks about a file."""
        if code not in self.codes:
            return False
        return not any(code in codes and fits(path) for fits, codes in self.exceptions)

    def with_promises_of(self, other: Selection) -> Selection:
        """The same, with what `other` says of the rules that nothing can hide."""
        promised = frozenset(r.rule.code for r in all_rules() if reason_to_count(r.rule.code))
        return Selection(
            (self.codes - promised) | (other.codes & promised),
            (
                *((fits, codes - promised) for fits, codes in self.exceptions),
                *((fits, codes & promised) for fits, codes in other.exceptions),
            ),
            {code: grade for code, grade in self.grades.items() if code not in promised}
            | {code: grade for code, grade in other.grades.items() if code in promised},
        )

    def graded(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The diagnostics with the grades that the settings give them."""
        for diagnostic in diagnostics:
            grade = self.grades.get(diagnostic.code)
            yield replace(diagnostic, severity=grade) if grade else diagnostic


def selection_of(config: Config, asked: Asked | None = None) -> Selection:
    """What the settings select, and on top of it the command line.

    The command line's `select` takes the place of the settings', and a rule that it names by its
    own name runs even where they ignore it. Raises ConfigurationError or UsageError for a name that
    no rule has.
    """
    settings = config.rules
    asked = asked or Asked()
    _refuse_unknown(settings, config.file.name if config.file else "settings")
    _refuse_unasked(asked)
    select = asked.select or settings.select
    chosen = _chosen(select or _everything(settings))
    wanted = _without(chosen, settings.ignore, select) | _by_name(asked.select)
    return Selection(
        _without(wanted, asked.ignore, asked.select),
        tuple(_exceptions(settings.per_path)),
        _grades(settings.severity),
    )


def refuse_nothing(config: Config, asked: Asked) -> None:
    """Raises UsageError where what the command line asks for leaves no rule to run."""
    if selection_of(config, asked).codes:
        return
    given = ("--select", asked.select), ("--ignore", asked.ignore)
    options = [f"{option} {','.join(names)}" for option, names in given if names]
    ignored = ", ".join(config.rules.ignore)
    hint = f"the settings ignore {ignored}" if ignored else None
    raise UsageError(
        f"no rule is left to run with {' and '.join(options) or 'these settings'}", hint
    )


def _everything(settings: RuleSettings) -> tuple[str, ...]:
    """All families, and the rules that are graded by their own names."""
    families = dict.fromkeys(registered.family for registered in all_rules())
    return (*families, *(name for name in settings.severity if not is_family(name)))


def _chosen(select: tuple[str, ...]) -> frozenset[str]:
    """All that is selected; what runs only on request has to be selected by its own name."""
    on_request = frozenset(r.rule.code for r in all_rules() if r.rule.on_request)
    return (_codes(select) - on_request) | _by_name(select)


def _without(
    codes: frozenset[str], ignore: tuple[str, ...], select: tuple[str, ...]
) -> frozenset[str]:
    """A rule that is selected by its own name stays in force where only its family is ignored."""
    families = [name for name in ignore if is_family(name)]
    rules = [name for name in ignore if not is_family(name)]
    return (codes - (_codes(families) - _by_name(select))) - _codes(rules)


def _by_name(select: tuple[str, ...]) -> frozenset[str]:
    """The codes that are selected each by its own name, and not by their family's."""
    return _codes(name for name in select if not is_family(name))


def _codes(names: Iterable[str]) -> frozenset[str]:
    return frozenset(code for name in names for code in codes_named(name))


def _exceptions(
    per_path: Mapping[str, tuple[str, ...]],
) -> Iterator[tuple[Matches, frozenset[str]]]:
    for glob, names in per_path.items():
        fits = matcher((glob,))
        if fits is not None:
            yield fits, _codes(names)


def _grades(severity: Mapping[str, Severity]) -> dict[str, Severity]:
    """The grade of each code; a rule's own name counts for more than its family's."""
    names = sorted(severity, key=is_family, reverse=True)
    return {code: severity[name] for name in names for code in codes_named(name)}


def _refuse_unknown(settings: RuleSettings, file: str) -> None:
    named: list[tuple[str, Iterable[str]]] = [
        ("select", settings.select),
        ("ignore", settings.ignore),
        ("severity", settings.severity),
    ]
    named += [(f'per_path."{glob}"', names) for glob, names in settings.per_path.items()]
    for key, names in named:
        for name in names:
            if not codes_named(name):
                message = f"{file}: `rules.{key}` names {name!r}, and no rule is called that"
                raise ConfigurationError(message, advice(name))


def _refuse_unasked(asked: Asked) -> None:
    for option, names in (("--select", asked.select), ("--ignore", asked.ignore)):
        for name in names:
            if not codes_named(name):
                message = f"{option} names {name!r}, and no rule is called that"
                raise UsageError(message, advice(name))
