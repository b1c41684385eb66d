"""What mkdocs.yml says of the repository that the records are in."""

from __future__ import annotations

import os.path
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from govkb.site.source_links import SourceLinks


def source_links(config: MkDocsConfig) -> SourceLinks:
    """The settings that MkDocs makes its own edit links from."""
    root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    docs = Path(os.path.relpath(config.docs_dir, root)).as_posix()
    return SourceLinks(
        config.repo_url or "",
        config.edit_uri or "",
        config.edit_uri_template or "",
        # Without docs a folder elsewhere stands in for them, and the address means the usual one.
        "docs" if docs.startswith("..") else docs,
    )
