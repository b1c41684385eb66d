"""How rules about ledgers say where a fault is."""

from __future__ import annotations

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic
from govkb.history.ledger import file_name
from govkb.knowledge_base import KnowledgeBase
from govkb.rules.rule import Rule
from govkb.source import Position, Span


def ledger_path(base: KnowledgeBase, record_id: str) -> str:
    """The path of a record's ledger below the project."""
    return f"{base.config.ledger_folder}/{file_name(record_id)}"


def at_line(rule: Rule, path: str, line: int, message: str, hint: str) -> Diagnostic:
    """A fault of a line of a ledger, counted from 1."""
    span = Span(Position(line, 1), Position(line, 1))
    return replace(rule.at_file(path, message, hint=hint), span=span)
