"""Where templates are: those that govkb ships and those that a repository lays over them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from govkb.errors import StorageError


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


@dataclass(frozen=True, slots=True)
class TemplateFiles:
    """Template folders in order of precedence: a repository's own first, govkb's last."""

    folders: tuple[Path, ...]

    @classmethod
    def for_repository(cls, own: Path) -> TemplateFiles:
        """The folders in force for a repository whose own templates are in `own`, if anywhere."""
        shipped = shipped_templates()
        if own.is_dir() and own.resolve() != shipped.resolve():
            return cls((own, shipped))
        return cls((shipped,))

    def type_names(self) -> list[str]:
        """Every folder that declares a type, sorted."""
        files = (file for f in self.folders for file in f.glob("*/type.yaml") if file.is_file())
        return sorted({file.parent.name for file in files})

    def find(self, relative: str) -> Path | None:
        """The file that is in force at this place below the template folders."""
        return next((f / relative for f in self.folders if (f / relative).is_file()), None)

    def layers(self, relative: str) -> list[Path]:
        """All files at this place, the one in force last."""
        return [f / relative for f in reversed(self.folders) if (f / relative).is_file()]
