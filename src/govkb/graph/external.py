"""References that lead out of the repository: tickets, merge requests and addresses."""

from __future__ import annotations

import re
from typing import NamedTuple

from govkb.settings import ReferenceSettings

_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.ASCII)
_TICKET = re.compile(
    r"@?(?P<repo>(?:[A-Za-z0-9_.-]+/)*[A-Za-z0-9_.-]*)(?P<sign>[#!])(?P<number>[0-9]+)", re.ASCII
)


class Ticket(NamedTuple):
    """A ticket (`#`) or merge request (`!`). `repo` is empty where only the number is written."""

    repo: str
    sign: str
    number: str


def ticket_in(name: str) -> Ticket | None:
    """The ticket that a name is: `owner/repo#58`, `@repo#298`, `repo!31`, `#297`, `board#1064`."""
    found = _TICKET.fullmatch(name)
    if found is None or (found["repo"] and not re.search("[A-Za-z]", found["repo"])):
        return None
    return Ticket(found["repo"], found["sign"], found["number"])


def is_address(name: str) -> bool:
    """Whether it is a web or mail address."""
    return _ADDRESS.fullmatch(name) is not None


def address_of(ticket: Ticket, settings: ReferenceSettings) -> str | None:
    """The ticket's web address by the templates of the settings; None where none fits.

    The template of the repository or tracker itself comes first, then that of its owner, then the
    one called `#` or `!`, then `default`.
    """
    owner, _, name = ticket.repo.rpartition("/")
    repo = f"{settings.owner}/{name}" if settings.owner and not owner else ticket.repo
    owner = owner or settings.owner or ""
    for key in (ticket.repo, repo, owner, ticket.sign, "default"):
        template = settings.urls.get(f"{key}{ticket.sign}") or settings.urls.get(key)
        if key and template:
            return template.replace("{repo}", repo).replace("{number}", ticket.number)
    return None
