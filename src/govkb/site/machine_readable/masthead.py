"""What a site says of itself."""

from __future__ import annotations

from msgspec import Struct


class Masthead(Struct, frozen=True):
    """The name of a site, the address of its root, and a sentence about it, as far as known."""

    name: str
    address: str | None = None
    description: str | None = None

    @property
    def root(self) -> str:
        """What full addresses begin with; empty where the site doesn't know its own."""
        return f"{self.address.rstrip('/')}/" if self.address else ""

    @property
    def title(self) -> str:
        """The name on one line, and never nothing."""
        return " ".join(self.name.split()) or "Knowledge base"

    @property
    def subtitle(self) -> str | None:
        """The description on one line."""
        return " ".join((self.description or "").split()) or None
