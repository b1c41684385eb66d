"""What a site publishes of the ledgers, so that anyone can hold later ones against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govkb.history import Ledger
from govkb.history.log import LogEvent, checkpoint_of, log_of, log_text

LOG = "ledger/log.txt"
CHECKPOINT = "ledger/checkpoint.txt"


def published(
    ledgers: Mapping[str, Ledger], earlier: Sequence[LogEvent], origin: str
) -> dict[str, bytes]:
    """The log and its checkpoint, by address; nothing where nobody has sealed anything.

    The log goes on from an `earlier` one. Raises FindingsError where it can't.
    """
    if not ledgers and not earlier:
        return {}
    log = log_of(ledgers, earlier)
    checkpoint = checkpoint_of(origin, log)
    return {LOG: log_text(log).encode(), CHECKPOINT: checkpoint.text().encode()}
