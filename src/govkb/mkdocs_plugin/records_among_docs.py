"""Records in MkDocs's own folder: each has its page already, so none gets a second one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mkdocs.structure.files import File, InclusionLevel

from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.site.addresses import record_uri


def without_records(files: Iterable[File], base: KnowledgeBase, *, directories: bool) -> list[File]:
    """Those of MkDocs's files that are no records.

    The others are left out of the site, and links to them lead to the pages of the records.
    """
    root = base.config.root.resolve().as_posix().rstrip("/")
    records = {f"{root}/{result.path}": result.record for result in base.results}
    kept = []
    for file in files:
        path = Path(file.abs_src_path).resolve().as_posix() if file.abs_src_path else ""
        if path in records:
            _lead_to_page(file, records[path], directories=directories)
        else:
            kept.append(file)
    return kept


def _lead_to_page(file: File, record: Record | None, *, directories: bool) -> None:
    file.inclusion = InclusionLevel.EXCLUDED
    uri = record_uri(record) if record else None
    if uri is not None:
        page = File(uri, None, file.dest_dir, directories)
        file.dest_uri, file.url = page.dest_uri, page.url
