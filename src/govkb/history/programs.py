"""The one place that starts other programs. Nothing is ever handed to a shell."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

Finished = subprocess.CompletedProcess[bytes]


def run_program(
    command: Sequence[str],
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Finished | None:
    """What a program came to, run in a folder; None where it isn't installed."""
    try:
        return subprocess.run(
            command, input=stdin, capture_output=True, env=environment, cwd=folder, check=False
        )
    except FileNotFoundError:
        return None
