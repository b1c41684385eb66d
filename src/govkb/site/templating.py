"""Fills the site's page templates, a repository's own before govkb's."""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType

from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined, TemplateError
from jinja2.bccache import Bucket
from jinja2.sandbox import SandboxedEnvironment
from msgspec import Struct

from govkb.errors import ConfigurationError
from govkb.template_files import TemplateFiles

_FOLDER = "site"
_ASSETS = ("govkb.css", "govkb.js", "govkb-table.js", "govkb-search.js")


class CompiledTemplates(BytecodeCache):
    """Templates as this process has compiled them, for who builds one site again and again.

    They never reach a disk: code from there could be anybody's. They hold for environments of the
    same settings.
    """

    def __init__(self) -> None:
        self._codes: dict[tuple[type, str], tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives the code of a template, where its text is still the same."""
        checksum, code = self._codes.get(_place_of(bucket), ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the code of a template."""
        assert bucket.code is not None
        self._codes[_place_of(bucket)] = bucket.checksum, bucket.code

    def clear(self) -> None:
        """Forgets all of them."""
        self._codes.clear()


def _place_of(bucket: Bucket) -> tuple[type, str]:
    # What is compiled for a sandbox is other code.
    return type(bucket.environment), bucket.key


class PageTemplates(Struct, frozen=True):
    """The templates in force. Everything that they fill in is escaped unless it is Markup.

    A repository may bring templates of its own, and whoever can change them must not be able to run
    code where the site is built: then all of them are in a sandbox, which takes twice the time.
    """

    environment: Environment

    @classmethod
    def of(cls, files: TemplateFiles, compiled: CompiledTemplates | None = None) -> PageTemplates:
        """The templates that these folders hold."""
        has_own = any((folder / _FOLDER).is_dir() for folder in files.folders[:-1])
        kind = SandboxedEnvironment if has_own else Environment
        environment = kind(
            loader=FunctionLoader(_reader(files)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=compiled,
        )
        return cls(environment)

    def fill(self, name: str, **values: object) -> str:
        """The page `templates/site/NAME.html.j2` with these values.

        Raises ConfigurationError where the template can't be used.
        """
        file = f"{name}.html.j2"
        try:
            return self.environment.get_template(file).render(**values)
        except TemplateError as error:
            reason = error.message or type(error).__name__
            raise ConfigurationError(f"templates/{_FOLDER}/{file}: {reason}") from error


def site_assets(files: TemplateFiles) -> dict[str, bytes]:
    """The style sheet and the script of the pages, by the place where the site has them."""
    found = {name: files.find(f"{_FOLDER}/assets/{name}") for name in _ASSETS}
    return {f"assets/{name}": file.read_bytes() for name, file in found.items() if file}


def search_worker(files: TemplateFiles) -> bytes:
    """What the worker of the search does before and after the theme's own."""
    file = files.find(f"{_FOLDER}/assets/govkb-search-worker.js")
    return file.read_bytes() if file else b""


def _reader(files: TemplateFiles) -> Callable[[str], str | None]:
    def read(name: str) -> str | None:
        file = files.find(f"{_FOLDER}/{name}")
        return file.read_text("utf-8") if file else None

    return read
