"""A project on disk: everything that reads or writes its files goes through here."""

from govkb.workspace.workspace import Workspace, local_today

__all__ = ["Workspace", "local_today"]
