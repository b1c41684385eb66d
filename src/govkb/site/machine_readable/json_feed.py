"""A feed as JSON Feed 1.1."""

from __future__ import annotations

from typing import Any

from govkb.site.machine_readable.feed import Feed, FeedEntry
from govkb.site.machine_readable.json_text import json_text

_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> str:
    """The feed as the file NAME.json; without addresses where the site doesn't know its own."""
    root = feed.masthead.root
    value = {
        "version": _VERSION,
        "title": feed.title,
        "description": feed.masthead.subtitle,
        "home_page_url": feed.page if root else None,
        "feed_url": f"{root}{feed.name}.json" if root else None,
        "language": "en",
        "authors": [{"name": feed.masthead.title}],
        "items": [_item(entry, is_addressed=bool(root)) for entry in feed.entries],
    }
    return json_text(_said(value)) + "\n"


def _item(entry: FeedEntry, *, is_addressed: bool) -> dict[str, Any]:
    moment = f"{entry.day}T00:00:00Z"
    item = {
        "id": entry.id,
        "url": entry.address if is_addressed else None,
        "title": entry.title,
        "content_html": entry.html,
        "date_published": moment,
        "date_modified": moment,
        "tags": list(entry.tags),
    }
    return _said(item)


def _said(value: dict[str, Any]) -> dict[str, Any]:
    """The value without what isn't known: the format has no null."""
    return {key: item for key, item in value.items() if item is not None}
