"""Names by which other tools know a finding again after its line has moved."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from govkb.diagnostics import Diagnostic

# Lines, sizes and ages change without the fault changing; so does the place in a list.
_NUMBER = re.compile(r"(?<![\w.'-])[0-9][0-9,]*(?![\w.'-])")
_INDEX = re.compile(r"\[[0-9]+\]")


def with_fingerprints(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    """Each diagnostic with 32 hex digits that no other one of the same report has.

    They follow from the rule, the record (the file, where there is none), the field and the
    message; of several alike the order tells them apart.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for diagnostic in diagnostics:
        alike = (
            diagnostic.code,
            diagnostic.record or diagnostic.path,
            _INDEX.sub("[]", diagnostic.key or ""),
            _NUMBER.sub("#", diagnostic.message),
        )
        seen[alike] += 1
        text = "\0".join((*alike, str(seen[alike]))).encode("utf-8", "surrogatepass")
        yield diagnostic, hashlib.sha256(text).hexdigest()[:32]
