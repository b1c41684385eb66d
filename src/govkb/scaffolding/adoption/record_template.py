"""The `record.md.j2` of an inferred type: what `govkb new` writes."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from govkb.scaffolding.adoption.evidence import Evidence
from govkb.scaffolding.adoption.type_file import Type
from govkb.scaffolding.adoption.values import schema_of
from govkb.scaffolding.adoption.yaml_text import inline

_JINJA = re.compile(r"\{[{%#]")
_TEXT = "_Say here what there is to say._"


def template_text(found: Type, evidence: Evidence) -> str:
    """A record with everything that the type requires: what most records of it have there."""
    front = ["id: {{ id }}", "title: {{ title | yaml }}"]
    if any(document.declared_type == found.name for document in found.documents):
        front.append(f"type: {found.name}")
    if found.statuses is not None:
        front.append(f"status: {_literal(inline(found.statuses.initial))}")
    front += [
        f"{name}: {_value(name, found, evidence)}" for name in found.required if name != "title"
    ]
    sections = [f"## {use.name}\n\n{_TEXT}" for use in found.sections if use.is_required]
    body = "\n\n".join(["# {{ title }}", *map(_literal, sections)])
    return "---\n" + "\n".join(front) + f"\n---\n\n{body}\n"


def _value(name: str, found: Type, evidence: Evidence) -> str:
    """What most records have in a field, today's date where it is a date."""
    values = [v for v in evidence.values(found.documents, name) if v not in (None, "")]
    if schema_of(values, name, evidence.terms) == {"$ref": "#/$defs/day"}:
        return "{{ date }}"
    counts = Counter(json.dumps(value, ensure_ascii=False) for value in values)
    commonest = max(sorted(counts), key=lambda text: counts[text])
    value: Any = json.loads(commonest)
    return _literal(inline(value))


def _literal(text: str) -> str:
    """A text that the template engine leaves as it is."""
    return f"{{% raw %}}{text}{{% endraw %}}" if _JINJA.search(text) else text
