"""Permanent addresses: `r/NAME/` leads to the record of that name, wherever its page is.

An id that is changed becomes an alias of the record, and its address goes on leading there. Where
several records have a name, none of them is chosen: the page lists them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import quote

from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.site.addresses import is_safe_name
from govkb.site.record_fields import aliases_of

SCRIPT = "assets/short-address.js"
# A page that is moved to takes the fragment along only where a script says so.
SCRIPT_TEXT = """\
if (location.hash && document.links.length === 1) {
  location.replace(document.links[0].href.split("#")[0] + location.hash);
}
"""
_TOP = "../../"
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; \
base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{head}</head>
<body>
{body}<script src="../../assets/short-address.js"></script>
</body>
</html>
"""


def short_address(name: str) -> str:
    """The permanent address of a record by its id or an alias, from the top of the site."""
    return f"r/{quote(name)}/"


def short_addresses(
    base: KnowledgeBase, root: str, pages: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """A page for every id and every alias that can be part of an address.

    `root` is the address of the site, empty where it isn't known; `pages` are the addresses of the
    records' pages after that, by id.
    """
    yield SCRIPT, SCRIPT_TEXT.encode()
    for name, records in _named(base, pages).items():
        if len(records) == 1:
            page = _leading_to(records[0], pages[records[0].id], root)
        else:
            page = _choice(name, [(record, pages[record.id]) for record in records])
        yield f"r/{name}/index.html", page.encode()


def _named(base: KnowledgeBase, pages: Mapping[str, str]) -> dict[str, list[Record]]:
    """The records with a page by each of their names; an id is nobody's but its record's.

    Two names that differ only in letter case would be one folder on many disks: the first has it.
    """
    paged = [r for _, r in sorted(base.records_by_id.items()) if r.id in pages]
    named = {record.id: [record] for record in paged}
    ids = {record.id.casefold() for record in paged}
    folders: dict[str, str] = {}
    for record in paged:
        for alias in filter(is_safe_name, dict.fromkeys(aliases_of(record))):
            folded = alias.casefold()
            if folded not in ids and folders.setdefault(folded, alias) == alias:
                named.setdefault(alias, []).append(record)
    return named


def _leading_to(record: Record, address: str, root: str) -> str:
    href = escape(f"{_TOP}{address}")
    canonical = escape(f"{root}{address}") if root else href
    head = (
        f'<link rel="canonical" href="{canonical}">\n'
        f'<meta http-equiv="refresh" content="0; url={href}">\n'
    )
    title = escape(f"{record.id}: {record.title}")
    body = f'<p>This record is at <a href="{href}">{title}</a>.</p>\n'
    return _PAGE.format(title=title, head=head, body=body)


def _choice(name: str, records: list[tuple[Record, str]]) -> str:
    """A page that says which records have the name."""
    items = "".join(
        f'<li><a href="{escape(_TOP + address)}">'
        f"{escape(f'{record.id}: {record.title}')}</a></li>\n"
        for record, address in records
    )
    title = escape(name)
    body = f"<p>{title} is a name of several records:</p>\n<ul>\n{items}</ul>\n"
    return _PAGE.format(title=title, head="", body=body)
