"""A link leads to a script.

## What it does

Reports links and images whose address begins with `javascript:`, `vbscript:` or `data:`, however it
is spelled: with entities, blanks or capital letters, as Markdown or as HTML.

## Why

The site takes such addresses out, so nothing runs there. A forge, an editor or a mail program that
shows the record may not, and nobody writes one by mistake.

## Bad

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

See [the dashboard](javascript:alert(1)).
```

## Good

```markdown incidents/INC-20260418-B-zero-backups-for-74-days.md
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

See [the dashboard](https://status.example.org/backups).
```

## Fix

Take the address out, or write it as code where the record is about it: `javascript:alert(1)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import Terms
from govkb.reading import Record
from govkb.rules.rule import Rule

RULE = Rule("SAFE001", "hostile-link", Severity.ERROR)

# Nearly no record has any of these. A scheme is written with gaps only in values of HTML, and in
# addresses between angle brackets.
_MARKS = (b"script:", b"data:", b"&#", b"&colon;", b"&tab;", b"&newline;")
_WITH_GAPS = (re.compile(rb"<[A-Za-z][^<>]{0,2000}?="), re.compile(rb"\][(:]\s*<"))
# Parsing a body takes a hundred times longer than this look at it.
_QUICK = re.compile(
    rb"(?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t|data\s*(?::|&)|&#|&(?:colon|tab|newline);",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"(?P<scheme>javascript|vbscript|data):", re.IGNORECASE)
# What browsers leave out of a scheme before they look at it.
_LEFT_OUT = re.compile(r"[\x00-\x20\x7f-\xa0]+")
_IN_HTML = re.compile(
    rb"<[a-z][^<>]{0,2000}?\s(?:href|src|action|formaction|xlink:href)\s*=\s*"
    rb"(?P<target>\"[^\"]{0,2000}|'[^']{0,2000}|[^\s>]{1,2000})",
    re.IGNORECASE,
)


def check_record(record: Record, terms: Terms) -> Iterator[Diagnostic]:
    """Every link to a script in the body of a record."""
    data = record.source.data
    lowered = data.lower()
    may_link = any(mark in lowered for mark in _MARKS) or any(p.search(data) for p in _WITH_GAPS)
    if not may_link or _QUICK.search(data, record.body_start) is None:
        return
    found = {link.start: (link.end, link.target) for link in record.body.links}
    hidden = (*record.body.code_blocks, *record.body.code_spans)
    for match in _IN_HTML.finditer(data, record.body_start):
        if not any(start <= match.start() < end for start, end in hidden):
            target = match["target"].decode().strip("\"'")
            found.setdefault(match.start(), (match.end(), unescape(target)))
    for start in sorted(found):
        end, target = found[start]
        scheme = _SCHEME.match(_LEFT_OUT.sub("", target))
        if scheme is not None:
            message = f"the link leads to a script: its address begins with `{scheme[0].lower()}`"
            hint = "take it out, or write it as code"
            yield RULE.at_offsets(record, start, end, message, hint=hint)
