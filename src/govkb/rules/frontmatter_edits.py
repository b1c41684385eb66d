"""Edits of frontmatter that are known to say what they should, because the result is read again."""

from __future__ import annotations

import copy
import json
from typing import Any

from govkb import strict_yaml
from govkb.diagnostics import Edit
from govkb.reading import Record

Path = tuple[str, ...]


def with_field(record: Record, path: Path, value: Any) -> Edit | None:
    """Adds a single value to a mapping that is there; None where one more line can't do it."""
    parent, name = path[:-1], path[-1]
    before = _loaded(record)
    fields = _at(before, parent)
    if not isinstance(fields, dict) or not fields or name in fields:
        return None
    first, _ = record.extent_of((*parent, next(iter(fields))))
    start = record.source.data.rfind(b"\n", 0, first) + 1
    indent = record.source.text(start, first)
    edit = Edit(start, start, f"{indent}{name}: {_scalar(value)}\n")
    fields[name] = value
    return edit if not indent.strip() and _loaded(record, edit) == before else None


def without_field(record: Record, name: str) -> Edit | None:
    """Takes a field away with all its lines; None where it doesn't have them to itself."""
    before = _loaded(record)
    if not isinstance(before, dict) or name not in before or len(before) < 2:
        return None
    starts = sorted(record.extent_of((key,))[0] for key in before)
    start, _ = record.extent_of((name,))
    end = next((other for other in starts if other > start), record.yaml_end)
    end = _without_comments(record.source.data, start, end)
    edit = Edit(start, end, "")
    del before[name]
    return edit if _loaded(record, edit) == before else None


def _without_comments(data: bytes, start: int, end: int) -> int:
    """The same end without the blank lines and comments before it: they belong to what follows."""
    while end > start:
        line_start = data.rfind(b"\n", start, end - 1) + 1
        line = data[line_start:end].strip()
        if line_start <= start or (line and not line.startswith(b"#")):
            return end
        end = line_start
    return end


def _loaded(record: Record, edit: Edit | None = None) -> Any:
    """What the frontmatter says, or would say after an edit; None where it would be broken."""
    start, end = record.yaml_start, record.yaml_end
    text = record.source.text(start, end)
    if edit is not None:
        before, after = record.source.text(start, edit.start), record.source.text(edit.end, end)
        text = before + edit.text + after
    document = strict_yaml.load(text)
    return None if document.is_broken or document.faults else copy.deepcopy(document.value)


def _at(value: Any, path: Path) -> Any:
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _scalar(value: Any) -> str:
    """A single value as YAML, quoted only where it would be read as something else without."""
    if not isinstance(value, str):
        return json.dumps(value)
    return value if strict_yaml.load(f"x: {value}").value == {"x": value} else json.dumps(value)
