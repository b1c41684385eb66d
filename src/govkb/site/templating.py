"""Fills the site's page templates, a repository's own before govkb's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jinja2 import Environment, FunctionLoader, StrictUndefined

from govkb.template_files import TemplateFiles

_FOLDER = "site"
_ASSETS = ("govkb.css", "govkb.js")


@dataclass(frozen=True, slots=True)
class PageTemplates:
    """The templates in force. Everything that they fill in is escaped unless it is Markup."""

    environment: Environment

    @classmethod
    def of(cls, files: TemplateFiles) -> PageTemplates:
        """The templates that these folders hold."""
        environment = Environment(
            loader=FunctionLoader(_reader(files)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        return cls(environment)

    def fill(self, name: str, **values: object) -> str:
        """The page `templates/site/NAME.html.j2` with these values."""
        return self.environment.get_template(f"{name}.html.j2").render(**values)


def site_assets(files: TemplateFiles) -> dict[str, bytes]:
    """The style sheet and the script of the pages, by the place where the site has them."""
    found = {name: files.find(f"{_FOLDER}/assets/{name}") for name in _ASSETS}
    return {f"assets/{name}": file.read_bytes() for name, file in found.items() if file}


def _reader(files: TemplateFiles) -> Callable[[str], str | None]:
    def read(name: str) -> str | None:
        file = files.find(f"{_FOLDER}/{name}")
        return file.read_text("utf-8") if file else None

    return read
