"""Values as JSON: always the same bytes for the same value, and never anything that JSON hasn't."""

from __future__ import annotations

import json
import math
from typing import Any

# ASCII, so that it survives every wrong guess at the encoding, and no line separator is hidden.
_ENCODER = json.JSONEncoder(allow_nan=False, sort_keys=True, separators=(",", ":"))


def json_text(value: Any) -> str:
    """The value on one line, with its keys sorted."""
    try:
        text = _ENCODER.encode(value)
    except (TypeError, ValueError):
        return _ENCODER.encode(_sayable(value))
    # Half of a surrogate pair is no character, and strict readers refuse it.
    return _ENCODER.encode(_sayable(value)) if "\\ud" in text else text


def _sayable(value: Any) -> Any:
    """The value with keys that are text, and with text for what JSON can't say."""
    if isinstance(value, dict):
        return {_text(str(key)): _sayable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_sayable(item) for item in value]
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, bool | int):
        return value
    return value if isinstance(value, float) and math.isfinite(value) else str(value)


def _text(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
