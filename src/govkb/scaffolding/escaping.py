"""Texts of people as parts of a record."""

from __future__ import annotations

import json
import re

from govkb import strict_yaml

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ,.()/'-]*[A-Za-z0-9.)]|[A-Za-z]", re.ASCII)


def yaml_scalar(text: str) -> str:
    """A text as YAML that reads back as the same text."""
    if _PLAIN.fullmatch(text) and strict_yaml.load(f"a: {text}\n").value == {"a": text}:
        return text
    return json.dumps(text, ensure_ascii=False)


def heading_text(text: str) -> str:
    """A text as Markdown in which no link and no HTML begins."""
    return re.sub(r"(?=[\[<])", r"\\", text)
