"""The ledgers of a project: where they are, and the reading of them."""

from __future__ import annotations

from govkb.config import Config
from govkb.history import Ledger, read_ledger
from govkb.history.ledger import SUFFIX
from govkb.workspace.trees import Tree


def read_ledgers(tree: Tree, config: Config) -> dict[str, Ledger]:
    """Every ledger of a tree, by record id."""
    folder = config.ledger_folder
    ledgers = {}
    for file in tree.files(folder, lambda _: False):
        name = file.path.rpartition("/")[2]
        if name.endswith(SUFFIX) and not file.is_link:
            text = tree.read(file.path).decode("utf-8", "replace")
            ledger = read_ledger(name, text)
            ledgers[ledger.record_id] = ledger
    return ledgers
