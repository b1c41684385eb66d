"""A comment tells govkb to ignore something, and can't be followed.

## What it does

Reports comments `<!-- govkb: ignore … -->`, and in frontmatter `# govkb: ignore …`, that name no
rule or one that doesn't exist, that give no reason, that name what can't be ignored, or that say
something else than `ignore` and `ignore-file`. A comment without a reason hides nothing; of one
that names an unknown rule the other names count.

Findings of the APP family can't be ignored: what was learned once is never changed in silence. Nor
can faults that keep a file from being read, because then its comments aren't read either.

## Why

Whoever reads the record later must see that somebody looked at the finding, and why it may stay.

## Bad

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

<!-- govkb: ignore REF002 -->
A severity is set from memory, as in INC-20260418-Z.

## Rule

Look at the current state first.
```

## Good

```markdown pitfalls/probe-before-classify.md
---
id: probe-before-classify
title: Probe before you classify
enforcement: none
---

# Probe before you classify

## Pattern

<!-- govkb: ignore REF002 -- that incident was never written up -->
A severity is set from memory, as in INC-20260418-Z.

## Rule

Look at the current state first.
```

## Fix

Name the rules by code or by slug, and say why after two dashes: `ignore REF002 -- reason`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import ReadResult, Suppression
from govkb.rules.names import advice, codes_named
from govkb.rules.rule import Rule
from govkb.rules.suppressing import reason_to_speak

RULE = Rule("READ021", "invalid-suppression", Severity.ERROR)

_VERBS = ("ignore", "ignore-file")
_KNOWN = (*_VERBS, "verbatim", "end verbatim")
_FORM = "write `ignore REF002 -- reason`, with a rule's code or slug"


def check_file(result: ReadResult, terms: Terms) -> Iterator[Diagnostic]:
    """Every comment that can't be followed, or not wholly."""
    for suppression in result.suppressions:
        for part, message, hint in _problems(suppression):
            start, end = _extent(result, suppression, part)
            yield RULE.at_source(result, start, end, message, hint=hint)


def _problems(suppression: Suppression) -> Iterator[tuple[str, str, str]]:
    """The words of the comment that are wrong (empty for all of it), a message and a hint."""
    verb = suppression.verb
    if verb not in _VERBS:
        yield verb, f"{verb!r} is nothing that govkb understands", _known(verb)
        return
    if not suppression.names:
        yield "", "the comment doesn't say what is to be ignored", _FORM
    elif not suppression.reason:
        yield "", "the comment doesn't say why, and so it hides nothing", _FORM
    for name in suppression.names:
        codes = codes_named(name)
        against = {reason_to_speak(code) for code in codes}
        if not codes:
            yield name, f"{name!r} names no rule", advice(name)
        elif None not in against:
            yield name, f"{name} can't be ignored", f"{against.pop()}: see `govkb rule READ021`"


def _extent(result: ReadResult, suppression: Suppression, part: str) -> tuple[int, int]:
    start, end = suppression.start, suppression.end
    word = rf"(?<![\w-]){re.escape(part)}(?![\w-])" if part else ""
    found = re.search(word.encode(), result.source.data[start:end])
    return (start + found.start(), start + found.end()) if found and part else (start, end)


def _known(verb: str) -> str:
    near = difflib.get_close_matches(verb, _KNOWN, 1)
    return f"did you mean `{near[0]}`?" if near else f"known: {', '.join(_KNOWN)}"
