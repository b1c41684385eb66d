"""Puts templates/, the bundled browser scripts and the manual page into the wheel."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SCRIPT = "govkb-graph.js"
_LONGEST = 300
# Offline, npm would try for minutes; where it can't be asked, the still picture has to do.
_INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0")


class InstallationHook(BuildHookInterface[Any]):
    """Bundles the scripts where npm is, and ships templates and scripts in a standard wheel.

    An editable install gets no copy of either, which would go stale with the first edit:
    hatchling's own force-include would put one into site-packages.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the scripts; add them, the templates and the manual page to a standard wheel."""
        folder = Path(self.root) / "browser"
        fault = _bundled(folder)
        if fault:
            self.app.display_warning(
                f"the graph on the site will be a still picture: {fault} ({folder / 'README.md'})"
            )
        if version == "standard":
            build_data["force_include"]["templates"] = "govkb/templates"
            build_data["shared_data"]["man/govkb.1"] = "share/man/man1/govkb.1"
            script = folder / "dist" / _SCRIPT
            if script.is_file():
                build_data["force_include"][str(script)] = f"govkb/browser/{_SCRIPT}"


def _bundled(folder: Path) -> str | None:
    """Makes the scripts where they are missing or older than their sources; else says why not."""
    stamp, state = folder / "dist" / "made-from.txt", _state(folder)
    if (folder / "dist" / _SCRIPT).is_file() and stamp.is_file() and stamp.read_text() == state:
        return None
    # What can't be made anew must not be taken for what the sources say now.
    shutil.rmtree(folder / "dist", ignore_errors=True)
    npm = None if os.environ.get("GOVKB_WITHOUT_NPM") else shutil.which("npm")
    node = shutil.which("node")
    if npm is None or node is None:
        return "npm is not on PATH"
    (folder / "dist").mkdir(parents=True, exist_ok=True)
    for command in ((npm, *_INSTALL), (node, "build.js")):
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=_LONGEST)
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        if done.returncode:
            return _reason(command, done.stderr.decode(errors="replace"))
    stamp.write_text(state)
    return None


def _reason(command: tuple[str, ...], said: str) -> str:
    lines = [line for line in said.splitlines() if "rror" in line] or [""]
    return f"`{Path(command[0]).name} {command[1]}` failed: {lines[0].strip()}"


def _state(folder: Path) -> str:
    """What the scripts depend on, as one line."""
    names = ["package.json", "package-lock.json", "build.js"]
    files = [*(folder / name for name in names), *sorted((folder / "src").glob("*.js"))]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
