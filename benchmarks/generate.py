"""Writes a made-up but realistic knowledge base: python benchmarks/generate.py 10000 FOLDER.

Every record is clean, 3 to 5 KB long, names about six others in its frontmatter and a few more in
its text, and holds headings, lists, tables and code in the proportions of real incident records.
The same number always gives the same bytes.
"""

from __future__ import annotations

import argparse
import random
import string
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

FIRST_DAY = date(2000, 1, 1)
SUBJECTS = (
    "vault", "ingress", "backup job", "certificate", "scheduler", "mirror", "token", "database",
    "queue", "gateway", "probe", "runner", "registry", "alert route", "volume", "resolver",
)  # fmt: skip
EVENTS = (
    "sealed after reboot", "answered with stale data", "was skipped for weeks", "ran twice",
    "filled the disk", "lost its lease", "rejected every client", "restarted in a loop",
    "wrote to the wrong bucket", "expired without a warning", "dropped half of the events",
)  # fmt: skip
SENTENCES = (
    "The {subject} {event}, and nobody was told until the morning report.",
    "The first probe looked at the wrong replica, so its result was taken for good news.",
    "A restart cleared the symptom and left the cause where it was.",
    "The dashboard showed the average of all shards; one of them had been silent for days.",
    "The change had been reviewed, but the default of the new option was not what its name says.",
    "Two jobs wrote to the same path, and the later one won.",
    "What was known at that time is in {mention}, together with the commands and their output.",
    "The same pattern had been seen before; compare {mention} and the rule that followed from it.",
    "It took `systemctl status {subject}` and forty minutes to see that the unit was masked.",
    "Restoring needed the *previous* key, which was still in the old store.",
)
SEVERITIES = ("critical", "high", "medium", "low")
LIKELIHOODS = ("certain", "likely", "possible", "unlikely")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    generate(arguments.number, arguments.folder)


def generate(number: int, folder: Path) -> None:
    """Writes `number` records below `folder`/records."""
    (folder / "govkb.toml").parent.mkdir(parents=True, exist_ok=True)
    (folder / "govkb.toml").write_text('records = "records"\n')
    for place, text in records(number):
        file = folder / "records" / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def records(number: int) -> Iterator[tuple[str, str]]:
    """Path and text of each record. Ids follow each other, so that any earlier one can be named."""
    for index in range(number):
        chance = random.Random(index)
        yield _record(index, chance)


def record_id(index: int) -> str:
    """The id of the record with this number: three incidents, a decision and a finding a day."""
    day, kind = FIRST_DAY + timedelta(days=index // 5), index % 5
    if kind < 3:
        return f"INC-{day:%Y%m%d}-{string.ascii_uppercase[kind]}"
    return f"DEC-{day:%Y%m%d}-choice-{index}" if kind == 3 else f"F-{day:%Y-%m%d}-CONDITION-{index}"


def _record(index: int, chance: random.Random) -> tuple[str, str]:
    kind = index % 5
    writer = _incident if kind < 3 else _decision if kind == 3 else _finding
    return writer(index, chance)


def _others(index: int, chance: random.Random, number: int) -> list[str]:
    """Earlier records, most of them recent."""
    earlier = min(index, 400) if chance.random() < 0.8 else index
    picks = {index - chance.randint(1, earlier) for _ in range(number)} if earlier else set()
    return [record_id(pick) for pick in sorted(picks)]


def _incident(index: int, chance: random.Random) -> tuple[str, str]:
    day = FIRST_DAY + timedelta(days=index // 5)
    title = _title(chance)
    others = _others(index, chance, 6)
    fields = [
        f"id: {record_id(index)}",
        "type: incident",
        f"title: {title} ({index})",
        "status: closed",
        f"severity: {chance.choice(SEVERITIES)}",
        f"owner: team-{chance.choice(string.ascii_lowercase)}",
        f"started: {day}T06:12:00Z",
        f"detected: {day}T07:40:00Z",
        f"mitigated: {day}T09:05:00Z",
        f"resolved: {day}T16:30:00Z",
        "detected_by: 'alert: probe failed twice'",
        "affected:",
        *[f"  - service-{chance.randint(1, 90)}" for _ in range(3)],
        "tags: [storage, backup, probe]",
        *_list("relates_to", others[2:]),
        *_list("caused_by", others[:1]),
        *_noted("evidence", others[1:2]),
    ]
    body = [
        ("Summary", _paragraphs(chance, others, 2)),
        ("Impact", _table(chance)),
        ("Timeline", _timeline(chance, day)),
        ("Contributing factors", _paragraphs(chance, others, 2)),
        ("Resolution", _code(chance) + "\n\n" + _paragraphs(chance, others, 1)),
        ("Learnings", _items(chance, 3)),
    ]
    slug = title.lower().replace(" ", "-")
    return f"incidents/{record_id(index)}-{slug}.md", _text(title, fields, body)


def _decision(index: int, chance: random.Random) -> tuple[str, str]:
    day = FIRST_DAY + timedelta(days=index // 5)
    title = f"How the {chance.choice(SUBJECTS)} is run ({index})"
    others = _others(index, chance, 6)
    fields = [
        f"id: {record_id(index)}",
        f"title: {title}",
        f"date: {day}",
        "status: ratified",
        "deciders: [platform team, security team]",
        "consulted:",
        "  - operations",
        "execution: done",
        f"review_by: {day + timedelta(days=365)}",
        "tags: [platform]",
        *_list("relates_to", others[1:]),
        *_list("resolves", others[:1]),
    ]
    body = [
        ("Context", _paragraphs(chance, others, 3)),
        ("Considered options", _items(chance, 4)),
        ("Decision", _paragraphs(chance, others, 2)),
        ("Consequences", _table(chance)),
        ("Confirmation", _code(chance)),
    ]
    return f"decisions/{record_id(index)}.md", _text(title, fields, body)


def _finding(index: int, chance: random.Random) -> tuple[str, str]:
    day = FIRST_DAY + timedelta(days=index // 5)
    title = _title(chance)
    others = _others(index, chance, 6)
    fields = [
        f"id: {record_id(index)}",
        f"title: {title} ({index})",
        "status: in-treatment",
        f"severity: {chance.choice(SEVERITIES)}",
        "qualifiers: [latent]",
        f"likelihood: {chance.choice(LIKELIHOODS)}",
        "treatment: reduce",
        "owner: platform team",
        f"detected: {day}",
        f"due: {day + timedelta(days=90)}",
        *_list("relates_to", others[2:]),
        *_list("surfaced_by", others[:2]),
    ]
    body = [
        ("Criteria", _paragraphs(chance, others, 1)),
        ("Condition", _paragraphs(chance, others, 2) + "\n\n" + _table(chance)),
        ("Cause", _paragraphs(chance, others, 2)),
        ("Effect", _items(chance, 3)),
        ("Recommendation", _items(chance, 3) + "\n\n" + _code(chance)),
    ]
    return f"findings/{record_id(index)}.md", _text(title, fields, body)


def _title(chance: random.Random) -> str:
    return f"The {chance.choice(SUBJECTS)} {chance.choice(EVENTS)}"


def _list(field: str, ids: list[str]) -> list[str]:
    return [f"{field}:", *[f"  - {one}" for one in ids]] if ids else []


def _noted(field: str, ids: list[str]) -> list[str]:
    return [f"{field}:", *[f"  - {{ref: {one}, note: same signal}}" for one in ids]] if ids else []


def _text(title: str, fields: list[str], sections: list[tuple[str, str]]) -> str:
    head = "\n".join(fields)
    body = "\n\n".join(f"## {name}\n\n{text}" for name, text in sections)
    return f"---\n{head}\n---\n\n# {title}\n\n{body}\n"


def _sentence(chance: random.Random, others: list[str]) -> str:
    mention = chance.choice(others) if others else "the log"
    return chance.choice(SENTENCES).format(
        subject=chance.choice(SUBJECTS), event=chance.choice(EVENTS), mention=mention
    )


def _paragraphs(chance: random.Random, others: list[str], number: int) -> str:
    return "\n\n".join(
        "\n".join(_sentence(chance, others) for _ in range(4)) for _ in range(number)
    )


def _items(chance: random.Random, number: int) -> str:
    return "\n".join(f"- {_sentence(chance, [])}" for _ in range(number))


def _timeline(chance: random.Random, day: date) -> str:
    return "\n".join(f"- {day}T{hour:02}:10:00Z {_sentence(chance, [])}" for hour in range(6, 11))


def _table(chance: random.Random) -> str:
    rows = [f"| {chance.choice(SUBJECTS)} | {chance.choice(EVENTS)} | no |" for _ in range(4)]
    return "\n".join(["| What | How | Lost |", "|---|---|---|", *rows])


def _code(chance: random.Random) -> str:
    subject = chance.choice(SUBJECTS).replace(" ", "-")
    commands = f"kubectl -n platform get {subject} -o yaml\njournalctl -u {subject} --since today"
    return f"```sh\n{commands}\n```"


if __name__ == "__main__":
    main()
