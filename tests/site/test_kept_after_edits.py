"""Whatever is edited: a build with all that is kept gives what a build from nothing does."""

import random
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
DAY = date(2026, 4, 22)
SETTINGS = "site_name: Ours\ntheme: {name: material, font: false}\nplugins: [govkb]\n"
LINES = (
    "A sentence more.",
    "See {id}, and [what came of it]({id}.md#learnings).",
    "- [ ] A task more",
    "- [x] A task less",
    "- Something learned on 2026-04-20.",
    "- **Something learned** ([supersedes L-0123abcd])",
    "## Learnings",
    "### A part",
    "| ID | Gate | Status |\n|---|---|---|\n| G1 | It runs | open |",
    "```python\nprint(1)\n```",
    "> [!WARNING]\n> Mind the step.",
    "[^1]: A note.",
    "<!-- nothing -->",
    "Created `docs/{id}.md` in commit 0123abc.",
    "Until 2026-04-23 at the latest.",
)
FIELDS = (
    "due: 2026-04-22",
    "aliases: [ANOTHER-NAME]",
    "tags: [one, two]",
    "owner: somebody",
    "relates_to: [{id}]",
    "supersedes: [{{ref: {id}, until: {id}#learnings}}]",
    "summary: In short, as in {id}",
)


class Author:
    """Somebody who edits records without a plan, and the calendar with them."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.random = random.Random(seed)
        self.day = DAY

    def edit(self) -> str:
        """Changes something; says what."""
        ways = [self.text, self.text, self.text, self.less, self.field, self.title, self.tick]
        ways += [self.status, self.away, self.rename, self.tomorrow]
        way = self.random.choice(ways)
        return f"{way.__name__}: {way()}"

    def text(self):
        """A line more, anywhere in the body."""
        file, lines, start = self._record()
        line = self.random.choice(LINES).format(id=self._id())
        lines.insert(self.random.randint(start, len(lines)), f"\n{line}\n")
        return self._write(file, lines, line)

    def less(self):
        """A line less."""
        file, lines, start = self._record()
        at = self.random.randrange(start, len(lines))
        return self._write(file, lines[:at] + lines[at + 1 :], lines[at])

    def field(self):
        """A field more."""
        file, lines, _ = self._record()
        line = self.random.choice(FIELDS).format(id=self._id())
        return self._write(file, [lines[0], line, *lines[1:]], line)

    def title(self):
        """Another title, in the field and in the heading."""
        file, lines, _ = self._record()
        lines = [re.sub(r"^(title:|#) (.*)$", r"\1 \2 again", line) for line in lines]
        return self._write(file, lines, "title")

    def tick(self):
        """Every box the other way round."""
        file, lines, _ = self._record(b"- [ ]")
        return self._write(file, [line.replace("- [ ]", "- [x]") for line in lines], "ticked")

    def status(self):
        """A status of some type's, which need not be this one's."""
        file, lines, _ = self._record(b"\nstatus:")
        to = self.random.choice(("open", "closed", "accepted", "superseded", "resolved"))
        lines = [re.sub(r"^status: .*$", f"status: {to}", line) for line in lines]
        return self._write(file, lines, to)

    def away(self):
        """A record less."""
        file = self.random.choice(self._files())
        file.unlink()
        return file.name

    def rename(self):
        """Another name for a file."""
        file = self.random.choice(self._files())
        file.rename(file.with_name(f"{file.stem}-x.md"))
        return file.name

    def tomorrow(self):
        """A day later."""
        self.day += timedelta(days=1)
        return self.day

    def _files(self):
        return sorted((self.root / "records").rglob("*.md"))

    def _id(self):
        return self.random.choice(self._files()).stem

    def _record(self, holding=b""):
        files = [f for f in self._files() if holding in f.read_bytes()] or self._files()
        file = self.random.choice(files)
        lines = file.read_text().split("\n")
        ends = [number for number, line in enumerate(lines) if line == "---"]
        return file, lines, (ends[1] + 1 if len(ends) > 1 else 0)

    def _write(self, file, lines, what):
        file.write_text("\n".join(lines))
        return f"{file.name}: {what}"


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("seed", [0, 1, 2, 13, 14, 42])
def test_what_is_kept_is_what_would_be_made(tmp_path, built, seed):
    root, cache = tmp_path / "project", tmp_path / "cache"
    shutil.copytree(REPOSITORY / "records", root / "records")
    (root / "mkdocs.yml").write_text(SETTINGS)
    author = Author(root, seed)
    built(root, tmp_path / "warm", cache, author.day)
    for _ in range(8):
        done = author.edit()
        warm, _ = built(root, tmp_path / "warm", cache, author.day)
        cold, _ = built(root, tmp_path / "cold", None, author.day)
        differing = [path for path in cold if warm.get(path) != cold[path]]
        assert (differing, warm.keys()) == ([], cold.keys()), done
