"""Puts templates/ into the wheel as govkb/templates."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TemplatesHook(BuildHookInterface[Any]):
    """Ships the templates, but never into an editable install.

    hatchling's own force-include would copy them into site-packages there, and the copy would
    go stale with the first edit.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the templates to a standard wheel."""
        if version == "standard":
            build_data["force_include"]["templates"] = "govkb/templates"
