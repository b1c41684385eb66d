"""How rules about references say where one stands."""

from __future__ import annotations

from govkb.diagnostics import Diagnostic
from govkb.graph import Citation
from govkb.rules.rule import Rule


def at_citation(
    rule: Rule, citation: Citation, message: str, *, hint: str | None = None
) -> Diagnostic:
    """A fault of a reference, at its field or at its place in the text."""
    if citation.is_declared:
        return rule.at_key(citation.record, citation.key, message, hint=hint)
    return rule.at_offsets(citation.record, citation.start, citation.end, message, hint=hint)
