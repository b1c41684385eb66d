"""A project on disk: everything that reads or writes its files goes through here."""

from govkb.workspace.clock import effective_today, local_today
from govkb.workspace.workspace import Workspace

__all__ = ["Workspace", "effective_today", "local_today"]
