"""The `record.md.j2` of an inferred type: what `govkb new` writes."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from govkb.scaffolding.adoption.evidence import Evidence
from govkb.scaffolding.adoption.groups import REST
from govkb.scaffolding.adoption.paths import paths_of
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
    given = {"title", *evidence.sidecars.handed_down(_place(found))}
    front += [f"{n}: {_value(n, found, evidence)}" for n in found.required if n not in given]
    sections = [f"## {use.name}\n\n{_TEXT}" for use in found.sections if use.is_required]
    body = "\n\n".join(["# {{ title }}", *map(_literal, sections)])
    return "---\n" + "\n".join(front) + f"\n---\n\n{body}\n"


def _place(found: Type) -> str:
    """Where `govkb new` puts a record: at the first path of the first form."""
    first = [document for document in found.documents if document.id in found.shapes[0].ids]
    return paths_of(first, found.name == REST)[0].template.replace("{folders}", "")


def _value(name: str, found: Type, evidence: Evidence) -> str:
    """What most records have in a field: today's date for dates, no references at all."""
    if name in {reference.name for reference in found.references}:
        return "[]"
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
