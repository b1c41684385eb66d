"""Text that stays text wherever a script puts it.

Material's script takes the hint of an element (`title`) for HTML, and so it takes the text of an
entry of a menu or a table of contents that is too long for its line. Escaping doesn't help there:
the browser has undone it by then. An unseen joiner after a `<` keeps it from opening anything.
"""

from __future__ import annotations

import re

_OPENING = re.compile(r"<(?=[A-Za-z/!?])")
_JOINER = "\u2060"


def inert(text: str) -> str:
    """The plain text, which reads the same, without anything that could open an element."""
    return _OPENING.sub(f"<{_JOINER}", text)
