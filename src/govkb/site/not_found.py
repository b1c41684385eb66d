"""The page that answers where an address leads nowhere: it looks for the id in the address."""

from __future__ import annotations

import json
from collections.abc import Iterable

from govkb.reading import Record
from govkb.site.addresses import Addresses, record_uri
from govkb.site.templating import PageTemplates

IDS = "assets/ids.json"


def not_found(templates: PageTemplates, addresses: Addresses, root: str) -> str:
    """What the page says; `root` is the address of the site on its server, with both slashes.

    The page answers at any depth, so that its links begin at the root.
    """
    home = f"{root}{addresses.of(addresses.home)}"
    return templates.fill("not_found", home=home, root=root, ids=f"{root}{IDS}")


def ids_file(records: Iterable[Record], addresses: Addresses) -> bytes:
    """Every record's id by the folder of its page, for the script that looks for one."""
    folders: dict[str, list[str]] = {}
    for record in records:
        folder, _, name = (record_uri(record) or "").rpartition("/")
        if name:
            folders.setdefault(folder, []).append(record.id)
    ending = "/" if addresses.directories else ".html"
    found = {folder: sorted(ids) for folder, ids in sorted(folders.items())}
    text = json.dumps({"ending": ending, "ids": found}, ensure_ascii=True, separators=(",", ":"))
    return f"{text}\n".encode()
