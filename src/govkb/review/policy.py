"""What is asked of records otherwise than it was, and what of it is less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from govkb.config import SETTINGS_FILES, Config
from govkb.knowledge_base import Before, KnowledgeBase
from govkb.review.views import PolicyChange
from govkb.rules.policy import loosened


def policy_changes(before: Before, base: KnowledgeBase) -> tuple[PolicyChange, ...]:
    """Every file that says what is checked and that differs, then what it asks for less."""
    files = sorted(_files(before, base))
    less = (PolicyChange(path, what, True) for path, what in loosened(before, base))
    return (*(PolicyChange(path, what) for path, what in files), *less)


def _files(before: Before, base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    then, now = before.terms.config, base.config
    folders = {f"{config.templates}/" for config in (then, now)}
    baselines = {config.rules.baseline for config in (then, now)}
    are_other = _plain(then) != _plain(now)
    for path in before.changed:
        if path in SETTINGS_FILES and (are_other or path == SETTINGS_FILES[0]):
            yield path, "the settings have changed"
        elif path in baselines:
            yield path, "the baseline has changed"
        else:
            folder = next((f for f in folders if path.startswith(f)), None)
            if folder is not None:
                yield path, _in_templates(path.removeprefix(folder), before, base)
    for path in before.workflows:
        yield path, "a workflow that runs govkb has changed"
    if before.attributes:
        yield ".gitattributes", "attributes of git have changed"


def _in_templates(place: str, before: Before, base: KnowledgeBase) -> str:
    name, _, file = place.partition("/")
    if name == "vocabulary.yaml":
        return "the shared vocabulary has changed"
    if file != "type.yaml":
        return "a template has changed"
    was, is_now = (name in terms.catalogue.types for terms in (before.terms, base.terms))
    how = "has changed" if was and is_now else "is new" if is_now else "is gone"
    return f"the type {name!r} {how}"


def _plain(config: Config) -> Config:
    """The settings, wherever they were read."""
    return replace(config, root=Path(), file=None)
