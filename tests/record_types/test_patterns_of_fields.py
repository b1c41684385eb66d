"""Regular expressions that people write stand only in fields; none of them can run away."""

from __future__ import annotations

import subprocess
import sys

import pytest

EVIL = [r"([A-Z]+)+-\d+$", r"^(A|AA)*$", r"^(A*)*-$", r"^((A+)*)+!$", r"(.*A){20}"]
CHECK = """
import sys
from govkb.record_types.json_schemas import compiled
pattern, length = sys.argv[1], int(sys.argv[2])
validator = compiled({"properties": {"a": {"type": "string", "pattern": pattern}}})
print(validator.is_valid({"a": "A" * length + "?"}))
"""


@pytest.mark.parametrize("length", [40, 10_000])
@pytest.mark.parametrize("pattern", EVIL)
def test_row_48_a_pattern_ends_soon_whatever_it_meets(pattern, length):
    arguments = [sys.executable, "-c", CHECK, pattern, str(length)]
    done = subprocess.run(arguments, capture_output=True, timeout=20, check=True)
    assert done.stdout.decode().strip() in ("True", "False")
