"""What is known of one change while it waits to be merged."""

from __future__ import annotations

from msgspec import Struct

from govkb.gating.gates import GateSettings
from govkb.gating.labels import LabelSettings


class Change(Struct, frozen=True):
    """A change with the gates and the labels that it is judged by; None where nobody told.

    `files` are the paths of what it touches and leaves there, `gone` of what it takes away. `place`
    is the settings file, where faults are shown that have no place of their own. `lines` is how
    many lines are added and taken away, `body` its text as authors wrote it for the forge.
    """

    gates: GateSettings
    taxonomy: LabelSettings
    place: str
    files: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    labels: tuple[str, ...] | None = None
    body: str | None = None
    author: str | None = None
    reviewers: tuple[str, ...] | None = None
    is_by_agent: bool = False
    target: str | None = None
    lines: int | None = None

    @property
    def touched(self) -> tuple[str, ...]:
        """The paths of everything that it touches, sorted."""
        return tuple(sorted({*self.files, *self.gone}))
