"""How rules about append-only sections show an entry then and now."""

from __future__ import annotations

from dataclasses import replace

from govkb.diagnostics import Diagnostic
from govkb.history import ChangeKind, EntryChange
from govkb.rules.rule import Rule

_VERBS = {
    ChangeKind.EDITED: "has been changed",
    ChangeKind.DROPPED: "is gone",
    ChangeKind.REORDERED: "has changed places",
    ChangeKind.INSERTED: "stands before older ones",
}
_HINTS = {
    ChangeKind.EDITED: "restore the old text and add a new entry that corrects it",
    ChangeKind.DROPPED: "restore it; if it was wrong, add a new entry that says so",
    ChangeKind.REORDERED: "restore the order; new entries go to the end",
    ChangeKind.INSERTED: "move it to the end of the section",
}
_SHOWN = 60


def at_change(rule: Rule, change: EntryChange) -> Diagnostic:
    """A broken entry, with its old and its new text."""
    entry = change.before or change.after
    assert entry is not None
    message = (
        f'an entry of "{change.section}" in {change.record_id} {_VERBS[change.kind]}: '
        f'"{_shortened(entry.text)}"'
    )
    diagnostic = _located(rule, change, message)
    return replace(
        diagnostic,
        record=change.record_id,
        old=change.before.text if change.before else None,
        new=change.after.text if change.after and change.kind is not ChangeKind.REORDERED else None,
    )


def _located(rule: Rule, change: EntryChange, message: str) -> Diagnostic:
    hint = _HINTS[change.kind]
    record = change.record
    if record is None:
        return rule.at_file(change.base_path, message, hint=hint)
    if change.after is not None:
        block = change.after.block
        return rule.at_offsets(record, block.start, block.end, message, hint=hint)
    section = record.body.section(change.section)
    if section is None:
        return rule.at_file(record.path, message, hint=hint)
    heading = section.heading
    return rule.at_offsets(record, heading.start, heading.end - 1, message, hint=hint)


def _shortened(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= _SHOWN else first[: _SHOWN - 1].rstrip() + "…"
