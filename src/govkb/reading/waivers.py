"""Items that need not be done: which ones somebody has waived, and for how long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from govkb.reading.items import Item, plain_name
from govkb.reading.record import Record
from govkb.record_types.items import ItemType

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def waivers_of(record: Record, kind: ItemType, today: date | None = None) -> dict[str, int]:
    """The short names of the items that need not be done, each with its place in the field.

    With a day only those whose waiver is in force then. The day on which one expires is still
    within; of several for one item the one that lasts longest counts.
    """
    waivers = record.metadata.get(kind.waivers) if kind.waivers is not None else None
    found: dict[str, int] = {}
    lasting: dict[str, str] = {}
    for number, waiver in enumerate(waivers if isinstance(waivers, list) else ()):
        if isinstance(waiver, dict):
            name, last = plain_name(str(waiver.get("item", ""))), last_day_of(waiver)
            is_over = today is not None and last < today.isoformat()
            if not is_over and (name not in found or last > lasting[name]):
                found[name], lasting[name] = number, last
    return found


def last_day_of(waiver: Mapping[str, Any]) -> str:
    """The last day on which a waiver holds, as text that can be compared; `never` where none is."""
    expires = str(waiver.get("expires") or "")
    return expires[:10] if _DAY.match(expires) else "never"


def is_settled(item: Item, record: Record, today: date | None = None) -> bool:
    """Whether an item is done, or need not be; with a day, whether it need not be then."""
    return not item.is_open or plain_name(item.name) in waivers_of(record, item.kind, today)
