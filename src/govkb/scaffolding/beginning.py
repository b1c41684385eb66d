"""The files with which a project begins, as texts: settings, the first record, what git is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import yaml

from govkb.scaffolding.escaping import heading_text, yaml_scalar
from govkb.scaffolding.yaml_lists import top_level, with_item, with_key
from govkb.template_files import shipped_templates

FIRST_TITLE = "Keep what we decide and learn as records"
_BUILT = ("/site/", "/.site.building/")


def settings(records: str) -> str:
    """The text of `govkb.toml` for a folder of records."""
    named = f"records = {json.dumps(records, ensure_ascii=False)}"
    return _shipped("govkb.toml").replace('records = "records"', named, 1)


def site_settings(name: str) -> str:
    """The text of `mkdocs.yml` for a site of this name."""
    title, rest = _shipped("mkdocs.yml").split("\n", 1)
    return f"{title.partition(':')[0]}: {yaml_scalar(name)}\n{rest}"


def first_record(record_id: str, day: str) -> str:
    """A decision that says what its own repository is for."""
    text = _shipped("decision.md").replace("@ID@", record_id).replace("@DATE@", day)
    return text.replace("@TITLE@", heading_text(FIRST_TITLE))


def ignoring(before: bytes) -> bytes:
    """A `.gitignore` that leaves out what a build writes."""
    return _with_lines(before, _BUILT, lambda line: line.strip("/"))


def attributing(before: bytes, records: str) -> bytes:
    """A `.gitattributes` that keeps what is hashed the same bytes on every machine."""
    folder = "" if records == "." else f"/{records}/**/"
    pattern = f"{folder}*.md"
    shown = json.dumps(pattern, ensure_ascii=False) if " " in pattern else pattern
    wanted = (f"{shown} text eol=lf", "*.ledger text eol=lf")
    return _with_lines(before, wanted, lambda line: " ".join(line.split()))


def _with_lines(before: bytes, wanted: Sequence[str], key: Callable[[str], str]) -> bytes:
    """A file with some more lines, those that it has already left out; its line ends stay."""
    text = before.decode("utf-8", "surrogateescape")
    end = "\r\n" if "\r\n" in text else "\n"
    known = {key(line.strip()) for line in text.splitlines()}
    missing = [line for line in wanted if key(line) not in known]
    if not missing:
        return before
    text += end if text and not text.endswith("\n") else ""
    return "".join([text, *(f"{line}{end}" for line in missing)]).encode("utf-8", "surrogateescape")


def with_plugin(before: str) -> str | None:
    """An `mkdocs.yml` with the plugin, and with the theme where it names none.

    None where it can't be told how; nothing is changed where the plugin is there already.
    """
    keys = top_level(before)
    if keys is None:
        return None
    plugins = keys.get("plugins")
    if plugins is not None and "govkb" in _names(plugins):
        return before
    text = before if "theme" in keys else with_key(before, "theme:\n  name: material\n")
    if plugins is None:
        return with_key(text, "plugins:\n  - search\n  - govkb\n")
    is_list = isinstance(plugins, yaml.SequenceNode)
    return with_item(text, plugins, "- govkb" if is_list else "govkb: {}", "govkb")


def _names(plugins: yaml.Node) -> set[str]:
    """The plugins that a list or a mapping of them names."""
    found: set[str] = set()
    for item in plugins.value if isinstance(plugins, yaml.CollectionNode) else ():
        node = item[0] if isinstance(item, tuple) else item
        if isinstance(node, yaml.MappingNode) and node.value:
            node = node.value[0][0]
        found |= {node.value} if isinstance(node, yaml.ScalarNode) else set()
    return found


def with_included(before: str, path: str) -> str:
    """A `.gitlab-ci.yml` that includes another file of its repository."""
    return before if path in before else _with_entry(before, "include", f"- local: {path}\n")


def with_hooks(before: str, hooks: str) -> str:
    """A `.pre-commit-config.yaml` with hooks of govkb, unless it has some."""
    return before if "govkb-check" in before else _with_entry(before, "repos", hooks)


def _with_entry(before: str, key: str, item: str) -> str:
    """A file with one item more in a list, which is begun where there is none."""
    items = (top_level(before) or {}).get(key)
    changed = with_item(before, items, item) if isinstance(items, yaml.SequenceNode) else None
    indented = "".join(f"  {line}\n" for line in item.splitlines())
    return changed or with_key(before, f"{key}:\n{indented}")


def _shipped(name: str) -> str:
    return (shipped_templates() / "init" / name).read_text("utf-8")
