"""A file contains an emoji that its policy doesn't allow.

## What it does

Compares the emoji in the prose of a file with those that the settings allow there; the first policy
with a glob for the file counts, and without one anything may stand. `⚠` and `⚠️` are the same, and
`⭐⭐` is two stars. Text symbols such as `→`, `✓` and `©` are no emoji unless a variation selector
makes them one. At most 200 places of a file are reported at once. Code is exempt, and so is text
that is quoted word for word:

    <!-- govkb: verbatim -->
    > Deployed, all green 🎉
    <!-- govkb: end verbatim -->

A policy stands in `govkb.toml`:

    [[emoji]]
    paths = ["records/decisions/**"]
    allow = ["⚠️", "✅"]

## Why

A decision is read in years, by people and programs to whom a picture may mean something else, or
nothing. Where a team has agreed on a few with a meaning, others make those few meaningless.

## Bad

```toml ../govkb.toml
[[emoji]]
paths = ["records/pitfalls/**"]
allow = ["⚠️"]
```

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

🔥 A severity is set from memory.

## Rule

⚠️ Look at the current state first.
```

## Good

```toml ../govkb.toml
[[emoji]]
paths = ["records/pitfalls/**"]
allow = ["⚠️"]
```

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

A severity is set from memory → surprise.

## Rule

⚠️ Look at the current state first.
```

## Fix

`govkb check --fix` takes out what only decorates, with one of the blanks beside it. Where an emoji
says something, write a word instead: `✅`, `🔴`, `⭐`, arrows, numbers and their like are left
alone wherever they stand, all others where no word would stay, and beside a colon. Headings, whose
links would change, append-only sections and frozen bodies are left alone as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from govkb.diagnostics import Diagnostic, Edit, Fix, Severity
from govkb.globs import matcher
from govkb.knowledge_base import Terms
from govkb.reading import ReadResult, Record
from govkb.record_text.emoji import Emoji, emoji_in, may_have_emoji, removal
from govkb.rules.comments import verbatim_parts
from govkb.rules.protected_text import is_in, reason_to_leave
from govkb.rules.rule import Rule
from govkb.settings import EmojiSettings
from govkb.strict_yaml import character_name

RULE = Rule("READ019", "unapproved-emoji", Severity.WARNING, fixable=True)

_SHOWN = 20
_MOST = 200


def check_file(result: ReadResult, terms: Terms) -> Iterator[Diagnostic]:
    """Every group of emoji that isn't allowed in the file."""
    settings, record = terms.config.emoji, result.record
    if not settings.policies or record is None or not may_have_emoji(record.source.data):
        return
    policy = _policy_for(result.path, settings)
    if policy is None:
        return
    glob, allowed = policy
    for group in islice(_groups(record, _plain(allowed)), _MOST):
        yield _fault(record, group, glob, allowed)


def _policy_for(path: str, settings: EmojiSettings) -> tuple[str, frozenset[str]] | None:
    """The first policy for a path: its glob and what it allows; None where anything may stand."""
    for glob, allowed in settings.policies:
        matches = matcher((glob,))
        if matches is not None and matches(path):
            return (glob, allowed) if allowed is not None else None
    return None


@cache
def _plain(allowed: frozenset[str]) -> frozenset[str]:
    """The allowed emoji as they are compared; an entry may hold several."""
    entries = (entry.encode() for entry in allowed)
    found = {emoji.plain for entry in entries for emoji in emoji_in(entry, 0, len(entry))}
    return frozenset(found | {entry.replace("\ufe0f", "") for entry in allowed})


def _groups(record: Record, allowed: frozenset[str]) -> Iterator[list[Emoji]]:
    """The emoji that aren't allowed; those with nothing but blanks between them together."""
    data, verbatim = record.source.data, verbatim_parts(record)
    group: list[Emoji] = []
    for start, end in record.body.text_runs:
        for emoji in emoji_in(data, start, end):
            if emoji.plain in allowed or is_in(verbatim, emoji.start, emoji.end):
                continue
            if group and data[group[-1].end : emoji.start].strip(b" "):
                yield group
                group = []
            group.append(emoji)
    if group:
        yield group


def _fault(record: Record, group: list[Emoji], glob: str, allowed: frozenset[str]) -> Diagnostic:
    start, end = group[0].start, group[-1].end
    different = list(dict.fromkeys(emoji.text for emoji in group))
    named = ", ".join(f"{text} ({_names(text)})" for text in different)
    message = f"the emoji {named} {'is' if len(different) == 1 else 'are'} not allowed here"
    edit, advice = _what_to_do(record, group)
    fix = Fix("remove the emoji", (Edit(*edit, ""),)) if edit is not None else None
    hint = f"{_allowed_in(glob, allowed)}; {advice}"
    return RULE.at_offsets(record, start, end, message, hint=hint, fix=fix)


def _what_to_do(record: Record, group: list[Emoji]) -> tuple[tuple[int, int] | None, str]:
    """What may be taken out, and what to tell the author."""
    start, end = group[0].start, group[-1].end
    reason = reason_to_leave(record, start, end)
    if reason is not None:
        return None, reason
    if is_in(tuple((h.start, h.end) for h in record.outline.headings), start, end):
        return None, "links to this heading change when it is removed"
    edit = removal(record.source.data, start, end)
    if edit is None:
        return None, "write a word for it"
    if any(emoji.is_telling for emoji in group):
        return None, "write a word for it, or remove it where one says the same"
    return edit, "`govkb check --fix` removes it"


def _names(emoji: str) -> str:
    return ", ".join(character_name(character) for character in emoji)


def _allowed_in(glob: str, allowed: Iterable[str]) -> str:
    """The sentence that says what a policy allows."""
    shown = sorted(allowed)
    where = "here" if glob == "**" else f"in {glob}"
    if not shown:
        return f"no emoji is allowed {where}"
    rest = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return f"allowed {where}: {' '.join(shown[:_SHOWN])}{rest}"
