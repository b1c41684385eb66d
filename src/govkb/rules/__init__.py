"""One check a file: `rules/FAMILY/slug.py`. A rule yields diagnostics and does nothing else."""

from govkb.rules.registry import RegisteredRule, all_rules, find_rule
from govkb.rules.rule import Rule

__all__ = ["RegisteredRule", "Rule", "all_rules", "find_rule"]
