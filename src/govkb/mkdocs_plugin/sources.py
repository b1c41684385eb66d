"""What something that shows many records was made from, so that it can be kept from build to build.

It may show anything of any record. Which texts it asks for is noted while it is made; all else is
in the outlook.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from govkb.reading.noting import noting
from govkb.site.background import Background

Made = TypeVar("Made")


class Sources(msgspec.Struct, array_like=True, frozen=True):
    """An outlook, and the digest of everything that was noted, by name."""

    outlook: bytes
    noted: dict[str, bytes]

    def are_still(self, outlook: bytes, background: Background) -> bool:
        """Whether the same would be made again."""
        known = ((background.digest_of(name), digest) for name, digest in self.noted.items())
        return self.outlook == outlook and all(now == before for now, before in known)


def made_with_sources(
    outlook: bytes, background: Background, make: Callable[[], Made]
) -> tuple[Made, Sources]:
    """What `make` makes, all of it before it returns, and what it was made from."""
    background.release_texts()
    with noting() as noted:
        made = make()
    return made, Sources(outlook, {name: background.digest_of(name) for name in sorted(noted)})
