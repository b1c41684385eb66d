"""Takes the pictures of the README: python browser/screenshots.py, or make screenshots.

It needs Chromium. The site is built of a fixed day, so that the same records and the same browser
with the same fonts give the same pictures.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import sys
import tempfile
import threading
from datetime import UTC, date, datetime, time
from pathlib import Path

from playwright.sync_api import sync_playwright

from govkb.mkdocs_plugin.running import build_site
from govkb.workspace import Workspace

ROOT = Path(__file__).parents[1]
DAY, NOON = date(2026, 5, 20), time(12, tzinfo=UTC)
SIZE = {"width": 1280, "height": 800}
# Name, address and colours.
PICTURES = (("home", "", "light"), ("record", "incidents/INC-20260418-B/", "dark"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    """The command."""
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        raise SystemExit(f"No browser on PATH: none of {', '.join(BROWSERS)}")
    workspace = Workspace.open(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        site = build_site(workspace, workspace.load(None, DAY), Path(folder) / "site").folder
        handler = functools.partial(_Quiet, directory=str(site))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            take(f"http://127.0.0.1:{server.server_port}/", chromium)
            server.shutdown()


def take(home: str, chromium: str) -> None:
    """Takes every picture of the site at this address."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, address, colours in PICTURES:
            page = browser.new_context(viewport=SIZE, color_scheme=colours).new_page()
            page.clock.set_fixed_time(datetime.combine(DAY, NOON))
            page.goto(home + address, wait_until="networkidle")
            file = ROOT / "docs" / "images" / f"{name}.png"
            page.screenshot(path=file)
            sys.stdout.write(f"{file.relative_to(ROOT)}: {file.stat().st_size:,} bytes\n")
        browser.close()


if __name__ == "__main__":
    main()
