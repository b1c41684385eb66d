"""How rules about append-only sections show an entry then and now."""

from __future__ import annotations

from msgspec.structs import replace

from govkb.diagnostics import Diagnostic
from govkb.history import ChangeKind, EntryChange, name_of
from govkb.record_text.unlike import hard_to_see
from govkb.rules.rule import Rule

_VERBS = {
    ChangeKind.EDITED: "has been changed",
    ChangeKind.DROPPED: "is gone",
    ChangeKind.REORDERED: "has changed places",
    ChangeKind.INSERTED: "stands before older ones",
    ChangeKind.HIDDEN: "is hidden, for code and comments are no entries",
}
_HINTS = {
    ChangeKind.EDITED: "restore the old text and add a new entry that corrects it",
    ChangeKind.DROPPED: "restore it; if it was wrong, add a new entry that says so",
    ChangeKind.REORDERED: "restore the order; new entries go to the end",
    ChangeKind.INSERTED: "move it to the end of the section",
    ChangeKind.HIDDEN: "take it out again; if it was wrong, add a new entry that says so",
}
_NEVER_MERGED = "if it was never merged, `govkb seal` takes it as it is now"
_SHOWN = 60


def at_change(rule: Rule, change: EntryChange) -> Diagnostic:
    """A broken entry, with its old and its new text as far as they are known."""
    diagnostic = located(rule, change, _message(change), _hint(change))
    shows_new = change.after is not None and change.kind not in (
        ChangeKind.REORDERED,
        ChangeKind.HIDDEN,
    )
    return replace(
        diagnostic,
        old=change.before.text if change.before else None,
        new=change.after.text if change.after and shows_new else None,
    )


def located(rule: Rule, change: EntryChange, message: str, hint: str) -> Diagnostic:
    """A finding where the entry is, else where its section begins, else at the file."""
    return replace(_located(rule, change, message, hint), record=change.record_id)


def quoted(text: str) -> str:
    """The beginning of a text, on one line."""
    first = " ".join(text.split())
    return f'"{first if len(first) <= _SHOWN else first[: _SHOWN - 1].rstrip() + "…"}"'


def where(change: EntryChange) -> str:
    """The section and the record of an entry."""
    section = f'"{change.section}" in ' if change.section != "*" else ""
    return f"{section}{change.record_id}"


def _message(change: EntryChange) -> str:
    verb = _VERBS[change.kind]
    if change.before is None and change.sealed is not None:
        sealed = (
            f"{name_of(change.sealed.digest)} of {where(change)}, sealed on {change.sealed.day}"
        )
        if change.sealed.moved_to is not None:
            return f"{sealed}, was moved to {change.sealed.moved_to}, and isn't there"
        return f"{sealed}, {verb}"
    entry = change.before or change.after
    assert entry is not None
    message = f"an entry of {where(change)} {verb}: {quoted(entry.text)}"
    if change.kind is ChangeKind.EDITED and change.before and change.after:
        unseen = hard_to_see(change.before.text, change.after.text)
        message += f" ({'; '.join(unseen)})" if unseen else ""
    return message


def _hint(change: EntryChange) -> str:
    hint = _HINTS[change.kind]
    if change.before is None and change.sealed is not None:
        return f"{hint}; {_NEVER_MERGED}"
    return hint


def _located(rule: Rule, change: EntryChange, message: str, hint: str) -> Diagnostic:
    record = change.record
    if record is None:
        return rule.at_file(change.path, message, hint=hint)
    if change.after is not None:
        block = change.after.block
        return rule.at_offsets(record, block.start, block.end, message, hint=hint)
    section = record.outline.section(change.section)
    if section is None:
        return rule.at_file(record.path, message, hint=hint)
    heading = section.heading
    return rule.at_offsets(record, heading.start, heading.end - 1, message, hint=hint)
