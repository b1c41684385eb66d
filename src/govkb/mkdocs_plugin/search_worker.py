"""The worker that answers searches: the theme's own, with a few lines of govkb's before it."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

_WORKER = re.compile(r"assets/javascripts/workers/search\.[0-9a-f]+\.min\.js")


def with_worker(files: Files, own: bytes, config: MkDocsConfig) -> None:
    """Puts our lines before those of the theme's worker, which the pages name.

    They see each question first and each answer last. In a worker of its own the theme's would have
    to be loaded by a name that changes with every release.
    """
    for file in [file for file in files if _WORKER.fullmatch(file.dest_uri)]:
        if own and file.abs_src_path:
            content = own + b"\n" + Path(file.abs_src_path).read_bytes()
            files.remove(file)
            files.append(File.generated(config, file.src_uri, content=content))
