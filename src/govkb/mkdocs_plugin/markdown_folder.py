"""The site as plain Markdown in a folder, for `govkb build --emit markdown`."""

from __future__ import annotations

from pathlib import Path

from govkb.errors import UsageError
from govkb.files import write_below
from govkb.knowledge_base import KnowledgeBase
from govkb.mkdocs_plugin.site_folder import staged
from govkb.site.plain_markdown import markdown_pages

# By this the folder is known again; generators pass over files that begin with a dot.
MARK = ".made-by-govkb-build"


def emit_markdown(base: KnowledgeBase, folder: Path) -> int:
    """Writes every page and returns how many; what was there stays until the new one is complete.

    Raises UsageError where the folder is something else's, StorageError where the disk refuses.
    """
    target = folder.resolve()
    _refuse_to_replace(target, base)
    with staged(target) as stage:
        write_below(stage.new, [(MARK, b"It is replaced whole whenever it is made.\n")])
        write_below(stage.new, markdown_pages(base))
        return sum(1 for _ in stage.new.rglob("*.md"))


def _refuse_to_replace(target: Path, base: KnowledgeBase) -> None:
    root = base.config.root.resolve()
    records = [(root / folder).resolve() for folder in base.config.folders.all]
    if any(source.is_relative_to(target) for source in (root, *records)):
        raise UsageError(f"{target} holds the records", "choose a folder of its own")
    if any(target.is_relative_to(folder) for folder in records):
        message = f"{target} is in the folder of the records, and would be taken for some"
        raise UsageError(message, "choose a folder outside of it")
    is_empty = not target.exists() or (target.is_dir() and not any(target.iterdir()))
    if not is_empty and not (target / MARK).is_file():
        raise UsageError(f"{target} is there and was not made so", "remove it, or choose another")
