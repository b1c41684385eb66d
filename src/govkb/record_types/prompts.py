"""What a type's template asks of the author of a new record: words in italics, to be replaced."""

from __future__ import annotations

import re
from pathlib import Path

# What stands in a section for which the type has no template.
DEFAULT_PROMPT = "_Say here what there is to say._"
# Shorter ones might be anybody's.
_PROMPT = re.compile(r"(?<!\w)_(?=\S)[^_\n{}]{10,}(?<=\S)_(?!\w)")


def read_prompts(template: Path | None) -> tuple[str, ...]:
    """Every prompt of a template, each once and in their order, without those that it computes."""
    if template is None:
        return (DEFAULT_PROMPT,)
    return tuple(dict.fromkeys(_PROMPT.findall(template.read_text("utf-8", "replace"))))
