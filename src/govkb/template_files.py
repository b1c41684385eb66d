"""Where templates are: those that govkb ships and those that a repository lays over them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from govkb.errors import ConfigurationError, StorageError


def shipped_templates() -> Path:
    """The folder that govkb ships: inside the wheel, or at the top of a checkout.

    An editable install has no copy of it, so that a change to a template shows at once.
    """
    package = Path(__file__).resolve().parent
    in_wheel = package / "templates"
    if in_wheel.is_dir():
        return in_wheel
    in_checkout = package.parents[1] / "templates"
    if (in_checkout / "vocabulary.yaml").is_file():
        return in_checkout
    raise StorageError("govkb's own templates are missing", "install govkb again")


def browser_file(name: str) -> bytes | None:
    """A script that was bundled when govkb was installed; None where that couldn't be done.

    It is inside the wheel, or in a checkout where the editable install put it.
    """
    package = Path(__file__).resolve().parent
    places = (package / "browser" / name, package.parents[1] / "browser" / "dist" / name)
    found = next((file for file in places if file.is_file()), None)
    return found.read_bytes() if found else None


class TemplateFiles(Struct, frozen=True):
    """Template folders in order of precedence: a repository's own first, govkb's last.

    `chosen` names the types of the last folder that are in force; None means all.
    """

    folders: tuple[Path, ...]
    chosen: tuple[str, ...] | None = None

    @classmethod
    def for_repository(cls, own: Path, chosen: tuple[str, ...] | None = None) -> TemplateFiles:
        """The folders in force for a repository whose own templates are in `own`, if anywhere.

        Raises ConfigurationError where `chosen` names a type that nobody declares.
        """
        shipped = shipped_templates()
        is_own = own.is_dir() and own.resolve() != shipped.resolve()
        files = cls((own, shipped) if is_own else (shipped,), chosen)
        known = {file.parent.name for f in files.folders for file in f.glob("*/type.yaml")}
        for name in chosen or ():
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                hint = (
                    f"did you mean {near[0]!r}?" if near else f"types: {', '.join(sorted(known))}"
                )
                raise ConfigurationError(
                    f"`types` names {name!r}, and no type is called that", hint
                )
        return files

    def type_names(self) -> list[str]:
        """Every folder that declares a type, sorted."""
        files = (file for f in self.folders for file in f.glob("*/type.yaml") if file.is_file())
        return sorted({file.parent.name for file in files if self._is_in_force(file)})

    def known_types(self) -> list[str]:
        """Every folder that declares a type, whether it is in force or not, sorted."""
        return replace(self, chosen=None).type_names()

    def _is_in_force(self, file: Path) -> bool:
        folder = file.parent
        if self.chosen is None or folder.name in self.chosen:
            return True
        return len(self.folders) > 1 and folder.parent != self.folders[-1]

    def contents(self) -> Iterator[bytes]:
        """The name and bytes of every declaration and template of records: what types depend on."""
        for folder in self.folders:
            files = (*folder.rglob("*.yaml"), *folder.glob("*/record.md.j2"))
            for file in sorted(file for file in files if file.is_file()):
                yield file.relative_to(folder).as_posix().encode()
                yield file.read_bytes()

    def page_contents(self) -> Iterator[bytes]:
        """The place and bytes of every template of pages that is in force: what pages depend on."""
        names = {f.relative_to(top).as_posix() for top in self.folders for f in top.rglob("*.j2")}
        for name in sorted(names):
            file = self.find(name)
            if file is not None:
                yield name.encode()
                yield file.read_bytes()

    def find(self, relative: str) -> Path | None:
        """The file that is in force at this place below the template folders."""
        return next((f / relative for f in self.folders if (f / relative).is_file()), None)

    def layers(self, relative: str) -> list[Path]:
        """All files at this place, the one in force last."""
        return [f / relative for f in reversed(self.folders) if (f / relative).is_file()]
