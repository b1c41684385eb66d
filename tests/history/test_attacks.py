"""Whatever is done to records in a repository: nothing legal is refused, nothing illegal passes.

A model, plain lists, knows what every record has to show. After each legal step the tree is clean
against `main`; each illegal step is found out, whatever its author does next, and is then undone.
"""

from __future__ import annotations

import os
import shutil
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from govkb import checking
from govkb.diagnostics import Severity
from govkb.history import digest_of, open_repository
from govkb.history.entries import tombstone
from govkb.workspace.auditing import audit
from govkb.workspace.learning import find_entry, learn, redact
from govkb.workspace.sealing import protected_ledgers, save, seal

SECTION = "Learnings"
IDS = [f"INC-202604{day}-A" for day in range(10, 18)]
UNUSED = ["INC-20260428-A", "INC-20260429-A"]
LEDGERS = "records/.govkb/ledger"
DAY = date(2026, 4, 22)
TEXTS = st.sampled_from(
    (
        "A green job is no proof of a backup",
        "Été comme hiver, look at the object 🚒 itself",
        "Probe before you **classify**, `then` see [why](https://example.org/)",
        "What | stands | in a row | of a table isn't one",
    )
)
SHORT = "Nothing yet."
STYLES = st.fixed_dictionaries(
    {
        "marker": st.sampled_from(["- ", "* ", "+ ", "1. ", "7) "]),
        "end": st.sampled_from(["\n", "\r\n", "  \n"]),
        "form": st.sampled_from(["NFC", "NFD"]),
        "mark": st.sampled_from(["", "\ufeff"]),
    }
)
PLAIN = {"marker": "- ", "end": "\n", "form": "NFC", "mark": ""}
# What whoever broke the promise may do to get away with it.
COVERS = st.sampled_from(["nothing", "seal", "seal --base main", "commit", "seal, commit"])
GONE = {"APP001", "APP002", "APP006"}
# Of two that are alike the other one may seem to have moved.
ANYHOW = {*GONE, "APP003", "APP004"}
HIDES = [
    ("```\n", "\n```"),
    ("~~~ text\n", "\n~~~"),
    ("<!--\n", "\n-->"),
    ("<!-- ", " -->"),
    ("<details>\n", "\n</details>"),
    ("<script>\n", "\n</script>"),
]


@dataclass(frozen=True)
class Item:
    """An entry of the model; `number` is it for good, wherever it goes."""

    number: int
    text: str
    stone: str | None = None

    @property
    def shown(self):
        return self.stone or self.text


class History(RuleBasedStateMachine):
    """A repository on the branch `topic`, what it shows, and what it showed where it left main."""

    def __init__(self, project, git):
        super().__init__()
        self.made = project({"README.md": "# Records\n"})
        self.repository = git(self.made.root)
        self.workspace = self.made.open()
        self.numbers = iter(range(1, 10_000))
        self.now = {IDS[0]: self._items("The first thing that was learned", SHORT)}
        self.paths = {IDS[0]: f"records/incidents/{IDS[0]}.md"}
        self.styles = {IDS[0]: PLAIN}
        self._show(IDS[0])
        self._seal()
        self.repository.commit("first")
        self.repository.run("switch", "--quiet", "--create", "topic")
        self.base = self.main = dict(self.now)
        self.main_paths = dict(self.paths)

    def _items(self, *texts):
        found = []
        for text in texts:
            number = next(self.numbers)
            found.append(Item(number, text if text == SHORT else f"{text} ({number})"))
        return tuple(found)

    def _text(self, record_id, lines, style):
        head = f"---\nid: {record_id}\ntitle: Zero backups\nseverity: high\n"
        head += f"detected: {record_id[4:8]}-{record_id[8:10]}-{record_id[10:12]}\n---\n\n"
        head += "# Zero backups\n\n## Summary\n\nNone was written.\n\n## Learnings\n\n"
        text = head.replace("\n", style["end"].strip(" "))
        text += "".join(f"{style['marker']}{line}{style['end']}" for line in lines)
        return style["mark"] + unicodedata.normalize(style["form"], text)

    def _show(self, record_id):
        lines = [item.shown for item in self.now[record_id]]
        text = self._text(record_id, lines, self.styles[record_id])
        self.made.write({self.paths[record_id]: text})

    def _seal(self, ref=None):
        sealed = seal(self.workspace.load(), protected_ledgers(self.workspace, ref), DAY)
        save(self.workspace, (found.ledger for found in sealed.done.values()))
        return sealed

    def _sealed(self, ref=None):
        refused = self._seal(ref).refused
        told = {i: (found.is_rewritten, found.refused) for i, found in refused.items()}
        assert told == {}

    def _errors(self, base="main"):
        found = checking.check(self.workspace.load(base, DAY))
        return {d.code for d in found if d.code[:3] == "APP" and d.severity is Severity.ERROR}

    def _record(self, data):
        return data.draw(st.sampled_from(sorted(self.now)))

    @property
    def _merged_numbers(self):
        return {item.number for items in self.base.values() for item in items}

    def _protected(self):
        """Every entry that main has, with the record that has it now and its place there."""
        merged = self._merged_numbers
        return [
            (record_id, at)
            for record_id, items in sorted(self.now.items())
            for at, item in enumerate(items)
            if item.number in merged
        ]

    # What is legal

    @rule(data=st.data(), text=TEXTS)
    def learns(self, data, text):
        record_id = self._record(data)
        record = self.workspace.load().records_by_id[record_id]
        (item,) = self._items(text)
        entry = learn(self.workspace, record, item.text, DAY, None)
        self.now[record_id] += (replace(item, text=entry.text),)

    @rule(data=st.data(), texts=st.lists(TEXTS | st.just(SHORT), min_size=1, max_size=3))
    def appends_by_hand_and_seals(self, data, texts):
        record_id = self._record(data)
        banned = {item.text for item in self.now[record_id] if item.stone}
        self.now[record_id] += self._items(*(text for text in texts if text not in banned))
        self._show(record_id)
        self._sealed()

    @rule(data=st.data(), folder=st.sampled_from(["incidents", "incidents/2026", "archive"]))
    def renames(self, data, folder):
        record_id = self._record(data)
        path = f"records/{folder}/{record_id}-renamed-{next(self.numbers)}.md"
        (self.made.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.made.root / self.paths[record_id]).rename(self.made.root / path)
        self.paths[record_id] = path

    @rule(data=st.data(), style=STYLES)
    def changes_what_no_reader_sees(self, data, style):
        record_id = self._record(data)
        self.styles[record_id] = style
        self._show(record_id)

    @rule(data=st.data())
    def splits(self, data):
        source = self._record(data)
        target = data.draw(st.sampled_from(IDS))
        had = self.now.get(target, ())
        banned = {item.text for item in had if item.stone}
        # What comes back before it was merged has changed places.
        home = {item.number for item in self.base.get(target, ())}
        movable = [
            item
            for item in self.now[source]
            if not item.stone and item.text not in {SHORT, *banned} and item.number not in home
        ]
        if target == source or not movable:
            return
        moved = data.draw(st.lists(st.sampled_from(movable), unique=True, min_size=1))
        self.now[target] = (*had, *moved)
        self.now[source] = tuple(item for item in self.now[source] if item not in moved)
        self.paths.setdefault(target, f"records/incidents/{target}.md")
        self.styles.setdefault(target, PLAIN)
        self._show(source)
        self._show(target)
        self._sealed()

    @rule(data=st.data())
    def redacts(self, data):
        record_id = self._record(data)
        kept = [item for item in self.now[record_id] if not item.stone]
        if not kept:
            return
        item = data.draw(st.sampled_from(kept))
        digest = digest_of(record_id, SECTION, unicodedata.normalize("NFC", item.text))
        found = find_entry(self.workspace.load(), f"L-{digest}")
        redact(self.workspace, found, "names a customer", DAY)
        stone = tombstone(digest, DAY.isoformat(), "names a customer")
        self.now[record_id] = tuple(
            replace(other, stone=stone) if other.text == item.text else other
            for other in self.now[record_id]
        )

    @rule(data=st.data())
    def rewrites_what_was_never_merged(self, data):
        record_id = self._record(data)
        merged = self._merged_numbers
        items = list(self.now[record_id])
        own = [at for at, i in enumerate(items) if i.number not in merged and not i.stone]
        if not own:
            return
        at = data.draw(st.sampled_from(own))
        items[at : at + 1] = data.draw(
            st.sampled_from([(), self._items("Said in other words now")])
        )
        self.now[record_id] = tuple(items)
        self._show(record_id)
        self._sealed("main")
        # Until then the last commit has lines that the ledger hasn't any more.
        self.repository.commit("in other words")

    @rule()
    def seals_again(self):
        # Of entries that are alike and all redacted one line is enough: the others may go.
        self._sealed()
        assert self._seal().done == {}

    @rule(how=st.sampled_from(["commit", "amend", "squash"]))
    def commits(self, how):
        if how == "squash":
            self.repository.run("reset", "--quiet", "--soft", self._fork())
        self.repository.run("add", "--all")
        is_ahead = self.repository.run("rev-parse", "HEAD") != self._fork()
        amend = ["--amend"] if how == "amend" and is_ahead else []
        self.repository.run("commit", "--quiet", "--allow-empty", "--message", how, *amend)

    def _fork(self):
        return self.repository.run("merge-base", "main", "HEAD")

    @precondition(lambda self: self.main is self.base)
    @rule()
    def merges_into_main(self):
        self.repository.commit("merged")
        self.repository.run("branch", "--force", "main")
        self.base = self.main = dict(self.now)
        self.main_paths = dict(self.paths)

    @precondition(lambda self: self.main is self.base)
    @rule(data=st.data(), text=TEXTS)
    def somebody_else_merges_first(self, data, text):
        self.repository.commit("mine")
        self.repository.run("switch", "--quiet", "main")
        record_id = data.draw(st.sampled_from(sorted(self.main)))
        (item,) = self._items(text)
        record = self.workspace.load().records_by_id[record_id]
        entry = learn(self.workspace, record, item.text, DAY, None)
        theirs = (*self.main[record_id], replace(item, text=entry.text))
        self.main = {**self.main, record_id: theirs}
        self.repository.commit("theirs")
        self.repository.run("switch", "--quiet", "topic")

    @precondition(lambda self: self.main is not self.base)
    @rule(is_rebased=st.booleans())
    def takes_over_what_main_has(self, is_rebased):
        (record_id,) = (i for i in self.main if self.main[i] != self.base[i])
        new = self.main[record_id][-1]
        self.repository.commit("mine")
        ours = self._ledger_lines(record_id, "HEAD")
        theirs = self._ledger_lines(record_id, "main")
        # As git would after a conflict, with the lines of both sides, theirs first.
        if is_rebased:
            self.repository.run("reset", "--quiet", "--soft", "main")
        else:
            self.repository.run("merge", "--quiet", "--strategy", "ours", "main")
        text = "".join((*theirs, *ours[len(theirs) - 1 :]))
        self.made.write({f"{LEDGERS}/{record_id}.ledger": text})
        had = {item.number for item in self.base[record_id]}
        places = [n for n, item in enumerate(self.now[record_id]) if item.number in had]
        after = places[-1] + 1 if places else 0
        items = self.now[record_id]
        self.now[record_id] = (*items[:after], new, *items[after:])
        self._show(record_id)
        self.base = self.main
        self._sealed("main")
        self.repository.commit("both")

    def _ledger_lines(self, record_id, ref):
        text = self.repository.run("show", f"{ref}:{LEDGERS}/{record_id}.ledger")
        return f"{text}\n".splitlines(keepends=True)

    @invariant()
    def nothing_legal_is_refused(self):
        assert self._errors() == set()

    # What is illegal

    def _is_found_out(self, data, expected, change, *, breaks_history=True):
        """Does what breaks the promise, then what may cover it up; then everything is undone."""
        kept = self._contents()
        head = self.repository.run("rev-parse", "HEAD")
        cover = data.draw(COVERS)
        change()
        if "seal" in cover:
            self._seal("main" if "main" in cover else None)
        if "commit" in cover:
            self.repository.commit("oops")
        found = self._errors()
        assert found & {*expected, *self._redacted_code()}, (cover, found)
        if "commit" in cover and breaks_history:
            repository = open_repository(self.made.root)
            told = audit(repository, "main..HEAD", self.workspace.terms, first_parent=False)
            assert told.breaches or expected == {"APP010"}, cover
        self.repository.run("reset", "--quiet", "--soft", head)
        shutil.rmtree(self.made.root / "records")
        self.made.write(kept)

    def _redacted_code(self):
        """What may be said instead, where an entry was redacted before it was tampered with."""
        return {"APP009"} if any(i.stone for items in self.now.values() for i in items) else ()

    def _contents(self):
        root = self.made.root
        files = (file for file in (root / "records").rglob("*") if file.is_file())
        return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}

    def _rewritten(self, record_id, lines):
        text = self._text(record_id, lines, self.styles[record_id])
        self.made.write({self.paths[record_id]: text})

    def _shown(self, record_id):
        return [item.shown for item in self.now[record_id]]

    def _is_at_home(self, record_id, at):
        """Whether main has an entry in this record: only then its place is settled."""
        return self.now[record_id][at].number in {i.number for i in self.base.get(record_id, ())}

    def _is_settled(self, record_id, at):
        """Whether nothing like an entry was appended since, which could take its place."""
        merged = self._merged_numbers
        text = self.now[record_id][at].text
        alike = [i for items in self.now.values() for i in items if i.text == text]
        return all(item.number in merged for item in alike)

    def _one_of(self, data, is_fit=lambda item: True, *, at_home=False):
        """A merged entry with its record, and the lines that this shows; None if there is none."""
        fit = [
            (i, at)
            for i, at in self._protected()
            if is_fit(self.now[i][at])
            and (not at_home or self._is_at_home(i, at))
            and self._is_settled(i, at)
        ]
        if not fit:
            return None
        record_id, at = data.draw(st.sampled_from(fit))
        return record_id, at, self._shown(record_id)

    @rule(data=st.data(), new=st.sampled_from(["", "some", "\u200b", "\u043e"]))
    def edits_an_entry(self, data, new):
        if (found := self._one_of(data, lambda item: not item.stone)) is None:
            return
        record_id, at, lines = found
        place = data.draw(st.integers(1, len(lines[at]) - 2))
        lines[at] = lines[at][:place] + new + lines[at][place + 1 :]
        if lines[at].split() == self._shown(record_id)[at].split():
            return
        self._is_found_out(data, ANYHOW, lambda: self._rewritten(record_id, lines))

    @rule(data=st.data())
    def drops_an_entry(self, data):
        if (found := self._one_of(data)) is None:
            return
        record_id, at, lines = found
        del lines[at]
        self._is_found_out(data, ANYHOW, lambda: self._rewritten(record_id, lines))

    @rule(data=st.data())
    def changes_the_order(self, data):
        if (found := self._one_of(data, at_home=True)) is None:
            return
        record_id, at, lines = found
        places = range(len(lines))
        merged = [other for other in places if self._is_at_home(record_id, other)]
        other = data.draw(st.sampled_from(merged))
        if lines[other] == lines[at]:
            return
        lines[at], lines[other] = lines[other], lines[at]
        self._is_found_out(data, ANYHOW, lambda: self._rewritten(record_id, lines))

    @rule(data=st.data())
    def puts_an_entry_before(self, data):
        if (found := self._one_of(data, at_home=True)) is None:
            return
        record_id, at, lines = found
        lines.insert(at, self._items("What was always known")[0].text)
        self._is_found_out(data, {"APP004"}, lambda: self._rewritten(record_id, lines))

    @rule(data=st.data(), around=st.sampled_from(HIDES))
    def hides_an_entry(self, data, around):
        if (found := self._one_of(data)) is None:
            return
        record_id, at, lines = found
        before, after = around
        style = {**self.styles[record_id], "marker": "", "end": "\n"}
        shown = [f"- {line}" for line in lines]
        shown[at] = f"\n{before}- {lines[at]}{after}\n"
        text = self._text(record_id, shown, style)
        path = self.paths[record_id]
        self._is_found_out(data, ANYHOW, lambda: self.made.write({path: text}))

    @rule(
        data=st.data(),
        old=st.sampled_from(["## Learnings", "---\n\n# Zero", "id: INC-20260", "\n\n"]),
        new=st.sampled_from(["## Lessons of old", "", "\n\n## Learnings\n\n```\n"]),
    )
    def breaks_the_record(self, data, old, new):
        """Renames the section, or the record, or makes the record one that can't be read."""
        if (found := self._one_of(data)) is None:
            return
        record_id, _, lines = found
        text = self._text(record_id, lines, {**self.styles[record_id], "end": "\n"})
        broken = text.replace(old, new)
        if broken == text or (old, new) == ("\n\n", ""):
            return
        path = self.paths[record_id]
        self._is_found_out(data, GONE, lambda: self.made.write({path: broken}))

    @rule(data=st.data(), with_ledger=st.booleans())
    def deletes_a_record(self, data, with_ledger):
        if (found := self._one_of(data)) is None:
            return
        record_id = found[0]

        def delete():
            (self.made.root / self.paths[record_id]).unlink()
            if with_ledger:
                (self.made.root / LEDGERS / f"{record_id}.ledger").unlink()

        self._is_found_out(data, {*GONE, "APP009", "APP010"}, delete)

    @rule(data=st.data(), with_all=st.booleans())
    def forges_the_ledger(self, data, with_all):
        """Edits an entry and makes the ledger say that it was always so."""
        if (found := self._one_of(data, lambda item: not item.stone)) is None:
            return
        record_id, at, lines = found
        old = lines[at]
        lines[at] = f"Now {old}"
        ledger = self.made.root / LEDGERS / f"{record_id}.ledger"

        def forge():
            self._rewritten(record_id, lines)
            if with_all:
                shutil.rmtree(self.made.root / LEDGERS)
                return
            was, is_now = (
                digest_of(record_id, SECTION, unicodedata.normalize("NFC", text))
                for text in (old, lines[at])
            )
            ledger.write_text(ledger.read_text("utf-8").replace(was, is_now), "utf-8")

        self._is_found_out(data, {*ANYHOW, "APP010"}, forge)

    @rule(data=st.data(), says_moved_twice=st.booleans())
    def claims_a_move(self, data, says_moved_twice):
        """Drops an entry and makes the ledgers say that another record has it."""
        if (found := self._one_of(data, lambda i: not i.stone and i.text != SHORT)) is None:
            return
        record_id, at, lines = found
        text = unicodedata.normalize("NFC", lines.pop(at))
        target = data.draw(st.sampled_from([i for i in IDS if i != record_id]))
        digest = digest_of(record_id, SECTION, text)
        there = data.draw(
            st.sampled_from(
                [
                    digest_of(target, SECTION, text),
                    *(line.digest for line in self._ledger(target) if line.event == "add"),
                ]
            )
        )

        def claim():
            self._rewritten(record_id, lines)
            self._note(record_id, f"move {digest} {DAY} {target} {there} {SECTION}")
            if says_moved_twice:
                self._note(target, f"add {there} {DAY} {SECTION}")
                self._note(target, f"move {there} {DAY} {record_id} {digest} {SECTION}")

        self._is_found_out(data, {*GONE, "APP011"}, claim)

    @rule(data=st.data())
    def edits_an_entry_on_the_way(self, data):
        """Makes the ledgers say that it was moved twice, and changes it meanwhile."""
        if (found := self._one_of(data, lambda i: not i.stone and i.text != SHORT)) is None:
            return
        record_id, at, lines = found
        old = unicodedata.normalize("NFC", lines.pop(at))
        new = f"Never {old}"
        over, target = UNUSED
        was, between, there = (
            digest_of(i, SECTION, text)
            for i, text in ((record_id, old), (over, new), (target, new))
        )

        def launder():
            self._rewritten(record_id, lines)
            text = self._text(target, [new], PLAIN)
            self.made.write({f"records/incidents/{target}.md": text})
            self._note(record_id, f"move {was} {DAY} {over} {between} {SECTION}")
            self._note(over, f"add {between} {DAY} {SECTION}")
            self._note(over, f"move {between} {DAY} {target} {there} {SECTION}")
            self._note(target, f"add {there} {DAY} {SECTION}")

        self._is_found_out(data, GONE, launder)

    def _ledger(self, record_id):
        ledger = self.workspace.load().ledgers.get(record_id)
        return ledger.lines if ledger is not None else ()

    def _note(self, record_id, line):
        file = self.made.root / LEDGERS / f"{record_id}.ledger"
        had = file.read_text("utf-8") if file.exists() else f"govkb-ledger 1 {record_id}\n"
        file.write_text(f"{had}{line}\n", "utf-8")

    # Redactions

    @rule(data=st.data())
    def takes_a_redaction_back(self, data):
        if (found := self._one_of(data, lambda item: bool(item.stone))) is None:
            return
        record_id, at, _ = found
        text = self.now[record_id][at].text
        back = [i.text if i.text == text else i.shown for i in self.now[record_id]]
        digest = digest_of(record_id, SECTION, unicodedata.normalize("NFC", text))
        base = next(i for i in self._merged_items() if i.number == self.now[record_id][at].number)
        if not base.stone:
            return  # it was never merged

        def take_back():
            file = self.made.root / LEDGERS / f"{record_id}.ledger"
            kept = file.read_text("utf-8").splitlines(keepends=True)
            file.write_text("".join(x for x in kept if f"redact {digest}" not in x), "utf-8")
            self._rewritten(record_id, back)

        self._is_found_out(data, {"APP010"}, take_back)

    def _merged_items(self):
        return (item for items in self.base.values() for item in items)

    @rule(data=st.data(), is_restored=st.booleans())
    def adds_what_was_redacted_again(self, data, is_restored):
        if (found := self._one_of(data, lambda item: bool(item.stone), at_home=True)) is None:
            return
        record_id, at, lines = found
        text, number = self.now[record_id][at].text, self.now[record_id][at].number
        was_redacted = {item.number for item in self._merged_items() if item.stone}
        if is_restored:
            lines[at] = text
        else:
            lines.append(text)
        self._is_found_out(
            data,
            {"APP009"},
            lambda: self._rewritten(record_id, lines),
            # Appending is what a history may show, and a redaction of now has taken nothing.
            breaks_history=is_restored and number in was_redacted,
        )

    @rule(data=st.data(), names_another=st.booleans())
    def drops_a_tombstone(self, data, names_another):
        if (found := self._one_of(data, lambda item: bool(item.stone))) is None:
            return
        record_id, at, lines = found
        # What was never merged in this record is lost to the one that it came from.
        expected = {"APP009"} if self._is_at_home(record_id, at) else {"APP002", "APP009"}
        if names_another:
            expected = {"APP001", "APP002", "APP009"}
            lines[at] = tombstone("0" * 64, DAY.isoformat(), "names a customer")
        else:
            lines = [line for line in lines if line != lines[at]]
        self._is_found_out(data, expected, lambda: self._rewritten(record_id, lines))

    @rule(data=st.data())
    def copies_an_entry(self, data):
        if (found := self._one_of(data, lambda i: not i.stone and i.text != SHORT)) is None:
            return
        record_id, at, _ = found
        target = data.draw(st.sampled_from(IDS))
        if target not in self.now:
            return
        text = self.now[record_id][at].text
        if any(i.text == text and i.stone for i in self.now[target]):
            return
        shown = [*self._shown(target), text]
        self._is_found_out(
            data,
            {"APP008"},
            lambda: self._rewritten(target, shown),
            breaks_history=False,
        )


@pytest.mark.long
def test_nothing_legal_is_refused_and_nothing_illegal_passes(project, git):
    # The same attacks each time, unless somebody asks for a number of new ones.
    asked = os.environ.get("GOVKB_ATTACKS")
    chosen = settings(
        max_examples=int(asked or 20),
        derandomize=asked is None,
        stateful_step_count=25,
        deadline=None,
        # What is found comes as it was found: making it smaller takes many minutes.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_machine(lambda: History(project, git), settings=chosen)
