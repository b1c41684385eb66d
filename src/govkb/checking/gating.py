"""Holds a change against the gates that the settings declare."""

from __future__ import annotations

from collections.abc import Iterator

from govkb.checking.running import base_findings
from govkb.checking.selection import Asked, Selection, selection_of
from govkb.checking.verdict import Verdict
from govkb.config import Config
from govkb.diagnostics import in_order
from govkb.errors import CannotVerifyError, UsageError
from govkb.gating import Change
from govkb.gating.gates import CHECKLIST, REVIEW
from govkb.knowledge_base import KnowledgeBase
from govkb.rules import all_rules
from govkb.rules.gates import gates_bypassed

_FAMILY = "gate"


def judge_change(base: KnowledgeBase, asked: Asked) -> Verdict:
    """What the gates find about the change of a knowledge base.

    Where there is a base to compare with, its settings say which rules run and how bad what they
    find is. No comment and no baseline hides anything: both could come with the change. Raises
    CannotVerifyError where the gates ask for something that nobody told.
    """
    selection = selection_of(_settings_in_force(base), asked)
    codes = _about_gates(selection)
    if base.change is not None:
        _refuse_untold(base.change, codes)
    found = (d for d in base_findings(base, codes) if selection.is_in_force(d.code, d.path))
    return Verdict(in_order(selection.graded(found)), ())


def refuse_no_gate(config: Config, asked: Asked) -> None:
    """Raises UsageError where what the command line asks for leaves no rule about gates."""
    if not _about_gates(selection_of(config, asked)) and (asked.select or asked.ignore):
        raise UsageError("no rule about gates is left to run", "`govkb rule GATE` lists them")


def _about_gates(selection: Selection) -> frozenset[str]:
    return selection.codes & frozenset(r.rule.code for r in all_rules() if r.family == _FAMILY)


def _settings_in_force(base: KnowledgeBase) -> Config:
    """The settings of the base where there is one, so that no change loosens its own gates."""
    return base.past.terms.config if base.past is not None else base.config


def _refuse_untold(change: Change, codes: frozenset[str]) -> None:
    untold = list(dict.fromkeys(_untold(change, codes)))
    if untold:
        what = ", ".join(what for what, _ in untold)
        message = f"the gates ask for what nobody told of the change: {what}"
        hint = "; ".join(how for _, how in untold)
        raise CannotVerifyError(message, f"say it: {hint}")


def _untold(change: Change, codes: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What has to be known and isn't, each with the option that says it."""
    gates, past = change.gates, gates_bypassed(change)
    by_label = any(gate.labels for gate in gates.gates) and codes & {"GATE001", "GATE007"}
    by_taxonomy = change.taxonomy.are_declared and codes & {"GATE008", "GATE009", "GATE010"}
    if change.labels is None and (by_label or by_taxonomy):
        yield "its labels", "--labels (`--labels ''` where it has none)"
    if gates.checklist is not None and CHECKLIST not in past and codes & {"GATE003", "GATE004"}:
        if change.body is None:
            yield "its body", "--body FILE"
        knows_agents = gates.review is not None and gates.review.agents and not change.is_by_agent
        if gates.checklist.agent_lines and knows_agents and not change.author:
            yield "its author", "--author NAME"
    if gates.review is not None and REVIEW not in past and "GATE005" in codes:
        if not change.author:
            yield "its author", "--author NAME"
        if change.reviewers is None:
            yield "its reviewers", "--reviewers (`--reviewers ''` where it has none)"
