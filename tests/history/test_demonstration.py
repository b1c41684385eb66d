"""The script that lets a reader watch each attack fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.long
@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_every_attempt_is_seen(checkout, tmp_path):
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    command = bin_folder / "govkb"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m govkb "$@"\n')
    command.chmod(0o755)
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(Path(checkout) / "src"),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    script = checkout / "docs" / "demonstrations" / "attacks.sh"
    done = subprocess.run(
        ["bash", str(script)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("every attempt was seen\n")
    attempts = done.stdout.count("\n== ")
    assert attempts == 18
    guide = (checkout / "docs" / "append-only.md").read_text("utf-8")
    assert "eighteen ways" in guide
