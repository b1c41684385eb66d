"""What forges put before people who begin a change or an issue: the sections of the types."""

from __future__ import annotations

from govkb.record_types import RecordType
from govkb.scaffolding.escaping import yaml_scalar
from govkb.scaffolding.forges import Forge

# The type that a change is a record of, and those that begin as an issue.
CHANGE = "change"
ISSUES = ("incident", "finding")
_CHANGES = {
    Forge.GITHUB: ".github/pull_request_template.md",
    Forge.GITLAB: ".gitlab/merge_request_templates/Default.md",
    Forge.FORGEJO: ".forgejo/pull_request_template.md",
}
_ISSUES = {
    Forge.GITHUB: ".github/ISSUE_TEMPLATE/{name}.md",
    Forge.GITLAB: ".gitlab/issue_templates/{label}.md",
    Forge.FORGEJO: ".forgejo/issue_template/{name}.md",
}


def change_template(forge: Forge, record: str) -> tuple[str, str]:
    """The path and text of the template of changes, from the text of a new record of one."""
    return _CHANGES[forge], _body(record)


def issue_template(forge: Forge, record_type: RecordType, record: str) -> tuple[str, str]:
    """The path and text of the template of issues that become records of a type."""
    path = _ISSUES[forge].format(name=record_type.name, label=record_type.label.replace("/", "-"))
    note = f'<!-- The record of it: govkb new {record_type.name} "TITLE" -->\n\n'
    about = "" if forge is Forge.GITLAB else _about(record_type)
    return path, f"{about}{note}{_body(record)}"


def _about(record_type: RecordType) -> str:
    """What the list of templates says of one."""
    label, purpose = yaml_scalar(record_type.label), yaml_scalar(record_type.purpose)
    return f"---\nname: {label}\nabout: {purpose}\n---\n\n"


def _body(record: str) -> str:
    """The sections of a record, without frontmatter and title, which a forge asks for itself."""
    text = record.partition("\n---\n")[2] if record.startswith("---\n") else record
    lines = text.lstrip().split("\n")
    return "\n".join(lines[1:] if lines[0].startswith("# ") else lines).lstrip()
