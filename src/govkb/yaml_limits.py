"""How much YAML there may be in one text, by what the text is."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True):
    """How long a text may be, and what to advise where it is longer, or nested too deep."""

    most_bytes: int
    when_too_large: str
    when_too_deep: str


FRONTMATTER = Limits(
    32 * 1024, "move long text into the body", "a record's fields are flat or nearly so"
)
SIDECAR = Limits(
    32 * 1024,
    "metadata is short: move long text into a record",
    "metadata is flat or nearly so",
)
# Some vocabularies have thousands of values.
DECLARATION = Limits(
    256 * 1024,
    "it says what many records share: leave out what none of them uses",
    "give what is nested a name of its own under `definitions` in vocabulary.yaml",
)
