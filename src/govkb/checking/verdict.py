"""What a check says in the end: findings that count, and findings that are hidden for a reason."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from govkb.checking.baseline import Baseline, BaselineMatcher, read_baseline
from govkb.checking.running import all_findings
from govkb.checking.selection import Asked, Selection, selection_of
from govkb.checking.suppression import Suppressor
from govkb.diagnostics import Diagnostic, HiddenBy, HiddenDiagnostic, in_order, sort_key
from govkb.errors import ConfigurationError
from govkb.knowledge_base import KnowledgeBase
from govkb.rules import all_rules
from govkb.rules.outcome import Outcome


class Verdict(Struct, frozen=True):
    """The findings that count, and those that a comment or the baseline hides; both in order.

    `left_out` is how many others there are that a change isn't answerable for.
    """

    diagnostics: list[Diagnostic]
    hidden: tuple[HiddenDiagnostic, ...] = ()
    left_out: int = 0


def examine(
    base: KnowledgeBase, asked: Asked | None = None, baseline: Baseline | None = None
) -> Verdict:
    """What the rules in force find.

    Raises ConfigurationError or UsageError where the settings or `asked` name a rule that doesn't
    exist.
    """
    selection = selection_of(base.config, asked)
    if base.past is not None:
        # No change can loosen the check that it has to pass.
        selection = selection.with_promises_of(selection_of(base.past.terms.config, asked))
    suppressor = Suppressor(base, selection)
    matcher = BaselineMatcher(baseline, frozenset(r.path for r in base.files)) if baseline else None
    found: list[Diagnostic] = []
    hidden: list[HiddenDiagnostic] = []
    said = all_findings(base, selection.codes)
    for diagnostic in selection.graded(_in_force(said, selection)):
        by_comment = suppressor.hidden(diagnostic)
        if by_comment is not None:
            hidden.append(by_comment)
        elif matcher and matcher.is_known(diagnostic):
            hidden.append(HiddenDiagnostic(diagnostic, HiddenBy.BASELINE))
        else:
            found.append(diagnostic)
    outcome = Outcome(tuple(suppressor.unused()))
    if baseline and matcher:
        gone = sum(
            n for known, n in matcher.gone() if suppressor.has_spoken(known.code, known.path)
        )
        outcome = replace(outcome, baseline=baseline.path, gone=gone)
    found += selection.graded(_in_force(_about(outcome), selection))
    hidden.sort(key=lambda one: sort_key(one.diagnostic))
    return Verdict(in_order(found), tuple(hidden))


def known_findings(base: KnowledgeBase) -> Baseline | None:
    """The baseline that the settings name, if they do.

    Raises ConfigurationError where it isn't there or can't be read.
    """
    named = base.config.rules.baseline
    if named is None:
        return None
    if base.baseline is None:
        message = f"{named}: the baseline that `rules.baseline` names isn't there"
        raise ConfigurationError(message, f"write it: `govkb check --write-baseline {named}`")
    return read_baseline(base.baseline)


def _in_force(diagnostics: Iterator[Diagnostic], selection: Selection) -> Iterator[Diagnostic]:
    return (d for d in diagnostics if selection.is_in_force(d.code, d.path))


def _about(outcome: Outcome) -> Iterator[Diagnostic]:
    for registered in all_rules():
        if registered.check_outcome is not None:
            yield from registered.check_outcome(outcome)
