"""What the forges are told: workflows that check every change and publish the site."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from enum import StrEnum

from govkb.template_files import shipped_templates


class Forge(StrEnum):
    """A kind of forge, by the name of its software or service."""

    GITHUB = "github"
    GITLAB = "gitlab"
    FORGEJO = "forgejo"


GITLAB_INCLUDED = ".gitlab/govkb.yml"
GITLAB_PIPELINE = ".gitlab-ci.yml"
HOOKS = ".pre-commit-config.yaml"
_WORKFLOWS = {
    Forge.GITHUB: ".github/workflows/govkb.yml",
    Forge.GITLAB: GITLAB_INCLUDED,
    Forge.FORGEJO: ".forgejo/workflows/govkb.yml",
}
# What addresses of repositories and files at the top of one tell of the forge.
_HOSTS = {
    "github": Forge.GITHUB,
    "gitlab": Forge.GITLAB,
    "codeberg": Forge.FORGEJO,
    "forgejo": Forge.FORGEJO,
}
TRACES = {
    ".github": Forge.GITHUB,
    GITLAB_PIPELINE: Forge.GITLAB,
    ".gitlab": Forge.GITLAB,
    ".forgejo": Forge.FORGEJO,
}


def forge_at(address: str) -> Forge | None:
    """The forge that the address of a repository belongs to, as far as its host tells."""
    host = address.partition("://")[2] or address
    host = host.rpartition("@")[2].partition("/")[0].partition(":")[0].lower()
    return next((forge for word, forge in _HOSTS.items() if word in host), None)


def workflow(forge: Forge, folder: str, records: str) -> tuple[str, str]:
    """The path and text of a forge's workflow for a project in a folder of its repository.

    Where the whole project is the folder of the records, Markdown files and ledgers are what a
    change may bring along to a build.
    """
    text = (shipped_templates() / "ci" / f"{forge}.yml").read_text("utf-8")
    brought = "*.md\n.govkb/ledger" if records == "." else records
    return _WORKFLOWS[forge], _filled(text, {"FOLDER": folder or ".", "RECORDS": brought})


def hooks(folder: str) -> str:
    """The entry of `.pre-commit-config.yaml` for a project in a folder of its repository."""
    text = (shipped_templates() / "ci" / "pre-commit.yml").read_text("utf-8")
    if not folder:
        return text
    there = f"cd {shlex.quote(folder)} && exec"
    return re.sub(
        r"(?m)^( *entry: )(.*)$",
        lambda found: found[1] + json.dumps(f"sh -c {shlex.quote(f'{there} {found[2]}')}"),
        text,
    )


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        # JSON's texts are YAML's; in GitLab a dollar sign begins a variable.
        text = text.replace(f"@{name}@", json.dumps(value, ensure_ascii=False))
    return text
