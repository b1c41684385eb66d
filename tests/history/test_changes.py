"""What became of entries since a base and since they were sealed, asked of the functions alone."""

from __future__ import annotations

import pytest

from govkb.history import (
    ChangeKind,
    Ledger,
    LedgerLine,
    compare_with_base,
    digest_of,
    entries_of,
    tombstone,
)
from govkb.history.changes import (
    EntryChange,
    compare_with_ledger,
    compare_with_ledgers,
    digests_shown,
    joined,
    merged,
)
from govkb.history.moves import is_cumulative

ONE, TWO, THREE = (
    "A green job is no proof of a backup.",
    "Look at the object, not at the log.",
    "Probe before you classify.",
)
A, B = "INC-20260418-A", "INC-20260418-B"
DAY = "2026-04-18"
FOLDER = "records/.govkb/ledger"


def of(*records):
    return {record.id: record for record in records}


def told(changes):
    """Changes as kind, text before, text now."""
    return [
        (c.kind.value, c.before.text if c.before else None, c.after.text if c.after else None)
        for c in changes
    ]


def told_of(changes):
    """Changes as kind, digest that was sealed, text now."""
    return [
        (c.kind.value, c.sealed.digest if c.sealed else None, c.after.text if c.after else None)
        for c in changes
    ]


def digest(text, record_id=A, section="Learnings"):
    return digest_of(record_id, section, text)


def redacting(ledger, text, section="Learnings"):
    line = LedgerLine("redact", digest(text, ledger.record_id, section), DAY, section)
    return ledger.with_lines([line])


def stone(text, record_id=A):
    return tombstone(digest(text, record_id), DAY, "names a customer")


# Since a base


def test_an_edit_says_what_was_and_what_is_and_where(incident):
    before, after = incident(ONE, TWO), incident(ONE, f"{TWO} Twice.")
    (found,) = compare_with_base(of(before), of(after))
    assert told([found]) == [("edited", TWO, f"{TWO} Twice.")]
    assert (found.record_id, found.section) == (A, "Learnings")
    assert (found.path, found.record) == (after.path, after)
    assert (found.sealed, found.digest) == (None, digest(TWO))


def test_of_a_record_that_is_gone_everything_is_dropped_at_its_old_path(incident):
    before = incident(ONE, TWO, timeline=["08:00 it rang"])
    found = compare_with_base(of(before), {})
    assert told(found) == [
        ("dropped", "08:00 it rang", None),
        ("dropped", ONE, None),
        ("dropped", TWO, None),
    ]
    assert {(c.path, c.record) for c in found} == {(before.path, None)}


def test_a_change_is_told_of_where_the_record_is_now(incident, record_of):
    after = record_of(A, f"## Learnings\n\n- {ONE}\n", "incidents/renamed.md")
    (found,) = compare_with_base(of(incident(ONE, TWO)), of(after))
    assert found.path == "records/incidents/renamed.md"


def test_a_section_is_append_only_where_the_base_or_the_head_says_so(record_of):
    """A pitfall's type promises nothing about learnings, an incident's does."""
    loose = record_of(A, f"## Learnings\n\n- {ONE}\n", "pitfalls/x.md")
    kept = record_of(A, f"## Learnings\n\n- {TWO}\n", "incidents/x.md")
    assert compare_with_base(of(loose), of(loose)) == ()
    assert [c.digest for c in compare_with_base(of(loose), of(kept))] == [digest(ONE)]
    assert [c.digest for c in compare_with_base(of(kept), of(loose))] == [digest(TWO)]


def test_a_record_of_no_type_promises_nothing(record_of):
    before = record_of("x", f"## Learnings\n\n- {ONE}\n", "nowhere/x.md")
    assert before.type is None
    assert compare_with_base(of(before), {}) == ()
    assert digests_shown(before) == {}


def test_without_ledgers_nothing_is_known_to_be_redacted(incident):
    found = compare_with_base(of(incident(ONE)), of(incident(stone(ONE))))
    assert [c.digest for c in found] == [digest(ONE)]


def test_a_redacted_entry_under_its_tombstone_is_no_change(incident, ledger_of):
    before = incident(ONE, TWO, THREE)
    ledger = redacting(ledger_of(before), TWO)
    after = incident(ONE, stone(TWO), THREE)
    assert compare_with_base(of(before), of(after), {A: ledger}) == ()
    assert compare_with_base(of(after), of(after), {A: ledger}) == ()


def test_the_text_of_a_redacted_entry_is_never_told(incident, ledger_of):
    before = incident(ONE, TWO, THREE)
    ledger = redacting(ledger_of(before), TWO)
    unmarked, plain = ("unmarked", None, None), ("dropped", ONE, None)
    for learnings, said in (((ONE, THREE), [unmarked]), ((THREE,), [plain, unmarked])):
        found = compare_with_base(of(before), of(incident(*learnings)), {A: ledger})
        assert told(found) == said
        assert (found[-1].digest, found[-1].sealed.redacted) == (digest(TWO), True)
        assert {c.sealed for c in found[:-1]} <= {None}


def test_a_tombstone_in_another_place_is_reordered(incident, ledger_of):
    before = incident(ONE, TWO, THREE)
    ledger = redacting(ledger_of(before), THREE)
    after = incident(stone(THREE), ONE, TWO)
    found = compare_with_base(of(before), of(after), {A: ledger})
    assert told(found) == [("reordered", THREE, stone(THREE))]
    assert found[0].sealed is None


@pytest.fixture
def split(incident, ledger_of, with_move):
    """Incident A before, and both incidents with their ledgers after TWO went into B."""
    before = incident(ONE, TWO)
    there = incident(TWO, name="B")
    ledgers = {A: with_move(ledger_of(before), TWO, B), B: ledger_of(there)}
    return before, of(incident(ONE), there), ledgers


def test_what_was_moved_and_has_arrived_is_no_change(split):
    before, head, ledgers = split
    assert compare_with_base(of(before), head, ledgers) == ()
    assert compare_with_ledger(ledgers[A], head, ledgers, "x") == ()


def test_what_was_moved_has_to_be_seen_where_it_is_now(split, incident):
    before, head, ledgers = split
    for there in ((), (incident(name="B"),), (incident(ONE, name="B"),)):
        later = of(head[A], *there)
        assert told(compare_with_base(of(before), later, ledgers)) == [("dropped", TWO, None)]
        # What the ledgers say agrees: what is missing there is told of there.
        assert compare_with_ledger(ledgers[A], later, ledgers, "x") == ()


def test_what_was_moved_may_be_redacted_where_it_is_now(split, incident):
    before, head, ledgers = split
    ledgers = {**ledgers, B: redacting(ledgers[B], TWO)}
    head = of(head[A], incident(stone(TWO, B), name="B"))
    assert compare_with_base(of(before), head, ledgers) == ()
    # The tombstone of another entry, redacted before, is none for this one.
    was = {B: ledgers[B]}
    found = compare_with_base(of(before), head, ledgers, was.get)
    assert told(found) == [("dropped", TWO, None)]


def test_what_was_moved_and_came_back_may_go_elsewhere(incident, ledger_of, with_move):
    before, last = incident(ONE, TWO), incident(TWO, name="C")
    there = with_move(ledger_of(incident(TWO, name="B")), TWO, A)
    came_back = with_move(ledger_of(before), TWO, B).with_lines([ledger_of(before).lines[1]])
    ledgers = {A: with_move(came_back, TWO, last.id), B: there, last.id: ledger_of(last)}
    head = of(incident(ONE), incident(name="B"), last)
    assert compare_with_base(of(before), head, ledgers) == ()
    for record_id in ledgers:
        assert compare_with_ledger(ledgers[record_id], head, ledgers, "x") == ()


def test_a_text_that_was_changed_on_the_way_has_not_arrived(incident, ledger_of):
    """Each step is right by itself; what stands between was never shown to anybody."""
    before, last = incident(ONE, TWO), incident(THREE, name="C")
    between = digest(THREE, B)
    first = LedgerLine("move", digest(TWO), DAY, "Learnings", B, between)
    added = LedgerLine("add", between, DAY, "Learnings")
    second = LedgerLine("move", between, DAY, "Learnings", last.id, digest(THREE, last.id))
    ledgers = {
        A: ledger_of(before).with_lines([first]),
        B: Ledger(B, (added, second)),
        last.id: ledger_of(last),
    }
    head = of(incident(ONE), last)
    assert told(compare_with_base(of(before), head, ledgers)) == [("dropped", TWO, None)]
    assert [c.kind for c in compare_with_ledger(ledgers[A], head, ledgers, "x")] == [
        ChangeKind.DROPPED
    ]


def test_a_move_to_a_ledger_that_never_added_it_is_none(split, incident):
    before, head, ledgers = split
    for other in ({A: ledgers[A]}, {**ledgers, B: Ledger(B)}):
        assert told(compare_with_base(of(before), head, other)) == [("dropped", TWO, None)]
        (found,) = compare_with_ledger(other[A], head, other, "x")
        assert (found.kind, found.sealed.digest) == (ChangeKind.DROPPED, digest(TWO))
        assert (found.sealed.moved_to, found.section) == (B, "Learnings")
        assert (found.record, found.path) == (head[A], head[A].path)


def test_a_move_of_a_record_that_is_gone_is_told_of_at_its_ledger(split):
    _, head, ledgers = split
    (found,) = compare_with_ledger(
        Ledger(A, ledgers[A].lines[1:]), of(head[B]), {A: ledgers[A]}, "the ledger"
    )
    assert (found.kind, found.record, found.path) == (ChangeKind.DROPPED, None, "the ledger")


def test_what_arrived_has_to_be_the_same_text(incident, ledger_of):
    """The other record's ledger added something, but it isn't what is gone here."""
    before, there = incident(ONE, TWO), incident(THREE, ONE, name="B")
    move = LedgerLine("move", digest(TWO), DAY, "Learnings", B, digest(THREE, B))
    ledgers = {A: ledger_of(before).with_lines([move]), B: ledger_of(there)}
    head = of(incident(ONE), there)
    assert told(compare_with_base(of(before), head, ledgers)) == [("dropped", TWO, None)]


def test_the_text_counts_in_whatever_section_it_arrived(incident, ledger_of):
    before, there = incident(ONE, TWO), incident(timeline=[TWO], name="B")
    moved_as = digest(TWO, B, "Timeline")
    move = LedgerLine("move", digest(TWO), DAY, "Learnings", B, moved_as)
    ledgers = {A: ledger_of(before).with_lines([move]), B: ledger_of(there)}
    assert compare_with_base(of(before), of(incident(ONE), there), ledgers) == ()


def test_nothing_leaves_a_cumulative_section(incident, handoff, ledger_of):
    before, there = handoff(ONE, TWO), incident(TWO, name="B")
    old = digest(TWO, before.id, "Key Learnings")
    move = LedgerLine("move", old, DAY, "Key Learnings", B, digest(TWO, B))
    ledgers = {before.id: ledger_of(before).with_lines([move]), B: ledger_of(there)}
    found = compare_with_base(of(before), of(handoff(ONE), there), ledgers)
    assert told(found) == [("dropped", TWO, None)]


def test_only_a_section_that_its_type_calls_cumulative_is_so(incident, handoff, record_of):
    assert is_cumulative(handoff(ONE), "Key Learnings")
    assert not is_cumulative(handoff(ONE), "Learnings")
    assert not is_cumulative(incident(ONE), "Learnings")
    assert not is_cumulative(None, "Key Learnings")
    assert not is_cumulative(record_of("x", "", "nowhere/x.md"), "Key Learnings")


def test_entries_that_each_record_says_the_other_has_are_lost(incident, ledger_of, with_move):
    before = incident(ONE, TWO)
    there = ledger_of(incident(TWO, name="B"))
    ledgers = {A: with_move(ledger_of(before), TWO, B), B: with_move(there, TWO, A)}
    head = of(incident(ONE), incident(name="B"))
    assert told(compare_with_base(of(before), head, ledgers)) == [("dropped", TWO, None)]


def test_an_entry_that_was_moved_on_is_in_the_care_of_the_last(incident, ledger_of, with_move):
    before, last = incident(ONE, TWO), incident(TWO, name="C")
    there = with_move(ledger_of(incident(TWO, name="B")), TWO, last.id)
    ledgers = {A: with_move(ledger_of(before), TWO, B), B: there, last.id: ledger_of(last)}
    head = of(incident(ONE), incident(name="B"), last)
    assert compare_with_base(of(before), head, ledgers) == ()
    del ledgers[last.id]
    assert told(compare_with_base(of(before), head, ledgers)) == [("dropped", TWO, None)]


def test_of_several_moves_the_last_says_where_it_is(incident, ledger_of, with_move):
    before, last = incident(ONE, TWO), incident(TWO, name="D")
    there = with_move(ledger_of(incident(TWO, name="B")), TWO, "INC-20260418-C")
    there = with_move(there.with_lines([there.lines[0]]), TWO, last.id)
    ledgers = {A: with_move(ledger_of(before), TWO, B), B: there, last.id: ledger_of(last)}
    head = of(incident(ONE), incident(name="B"), last)
    assert compare_with_base(of(before), head, ledgers) == ()


def test_other_entries_of_the_record_it_was_moved_to_are_no_matter(split, incident, ledger_of):
    before, head, ledgers = split
    there = incident(THREE, TWO, timeline=["08:00 it rang"], name="B")
    ledgers = {**ledgers, B: ledger_of(there)}
    assert compare_with_base(of(before), {**head, B: there}, ledgers) == ()


def test_a_move_of_what_the_other_only_names_is_none(incident, ledger_of, with_move):
    """A redaction line with the digest isn't the line that adds it."""
    before = incident(ONE, TWO)
    there = Ledger(B, (LedgerLine("redact", digest(TWO, B), DAY, "Learnings"),))
    ledgers = {A: with_move(ledger_of(before), TWO, B), B: there}
    found = compare_with_base(of(before), of(incident(ONE)), ledgers)
    assert told(found) == [("dropped", TWO, None)]


def test_of_two_alike_that_were_moved_on_one_stays(incident, ledger_of, with_move):
    """The other record added it twice and handed one of them on to a record without a ledger."""
    before = incident(ONE, TWO)
    there = with_move(ledger_of(incident(TWO, TWO, name="B")), TWO, "INC-20260418-C")
    ledgers = {A: with_move(ledger_of(before), TWO, B), B: there}
    head = of(incident(ONE), incident(TWO, name="B"))
    assert compare_with_base(of(before), head, ledgers) == ()


# Hidden entries


def test_an_entry_in_a_comment_is_hidden_and_the_comment_is_not_told_of(incident):
    before = incident(ONE, TWO, THREE)
    after = incident(ONE, after=f"\n<!--\n- {TWO}\n-->\n\n- {THREE}\n")
    (found,) = compare_with_base(of(before), of(after))
    assert (found.kind, found.before.text) == (ChangeKind.HIDDEN, TWO)
    assert found.after.block.kind == "html"


def test_of_a_code_block_that_hides_an_entry_only_the_entry_is_told_of(incident):
    before = incident(ONE, TWO, THREE)
    after = incident(ONE, after=f"\n```\n- {TWO}\n```\n\n- {THREE}\n")
    found = compare_with_base(of(before), of(after))
    assert [(c.kind, c.before.text) for c in found] == [(ChangeKind.HIDDEN, TWO)]
    assert found[0].after.block.kind == "code"


def test_what_hides_several_entries_is_not_told_of_besides(incident):
    before = incident(ONE, TWO, THREE, "Not this one.", "Nor that.")
    fence = f"```\n- {ONE}\n- {TWO}\n- {THREE}\n```\n"
    after = incident(after=f"{fence}\n<!-- - Not this one. -->\n\n- Nor that.\n")
    found = compare_with_base(of(before), of(after))
    assert [c.kind for c in found] == [ChangeKind.HIDDEN] * 4


def test_a_long_entry_with_many_small_edits_is_the_same_one(incident):
    text = "ab " * 120
    before, after = incident(f"One {text}one {text}."), incident(f"Two {text}two {text}!")
    assert [c.kind for c in compare_with_base(of(before), of(after))] == [ChangeKind.EDITED]


def test_another_code_block_put_in_is_told_of_besides(incident):
    before = incident(ONE, TWO, THREE)
    blocks = f"\n```\n- {TWO}\n```\n\n- {THREE}\n"
    after = incident(after=f"```\nmake\n```\n\n- {ONE}\n{blocks}")
    found = compare_with_base(of(before), of(after))
    assert [c.kind for c in found] == [ChangeKind.HIDDEN, ChangeKind.INSERTED]
    assert found[1].after.text == "```\nmake\n```"


def test_an_entry_that_merely_moved_is_not_hidden_by_a_copy_in_a_comment(incident):
    before = incident(ONE, TWO)
    after = incident(TWO, ONE, THREE, after=f"\n<!--\n- {ONE}\n- {TWO}\n-->\n")
    assert [c.kind for c in compare_with_base(of(before), of(after))] == [ChangeKind.REORDERED]


def test_a_sealed_entry_in_a_comment_is_hidden_too(incident, ledger_of):
    ledger = ledger_of(incident(ONE, TWO))
    after = incident(ONE, after=f"\n<!--\n- {TWO}\n-->\n")
    (found,) = compare_with_ledger(ledger, of(after), {A: ledger}, "x")
    assert (found.kind, found.sealed.digest) == (ChangeKind.HIDDEN, digest(TWO))


# Since sealing


def since_sealing(ledgers, head):
    return list(compare_with_ledgers(ledgers, head, digests_shown, FOLDER))


def test_where_nobody_has_begun_to_seal_there_is_nothing_to_say(incident):
    assert since_sealing({}, of(incident(ONE))) == []


def test_a_record_without_a_ledger_has_entries_that_are_not_sealed(incident, ledger_of):
    first, second, third = incident(ONE), incident(TWO, name="B"), incident(name="C")
    found = since_sealing({A: ledger_of(first)}, of(first, second, third))
    assert told_of(found) == [("unsealed", None, TWO)]
    assert (found[0].record_id, found[0].path, found[0].record) == (B, second.path, second)
    assert (found[0].section, found[0].digest) == ("Learnings", None)


def test_of_a_ledger_without_its_record_everything_is_dropped_at_the_ledger(incident, ledger_of):
    ledger = ledger_of(incident(ONE, TWO))
    found = since_sealing({A: ledger}, {})
    assert told_of(found) == [("dropped", digest(ONE), None), ("dropped", digest(TWO), None)]
    assert {(c.path, c.record) for c in found} == {(f"{FOLDER}/{A}.ledger", None)}


@pytest.mark.parametrize(
    ("learnings", "said"),
    [
        ((ONE, TWO, THREE), []),
        ((ONE, TWO), [("dropped", THREE, None)]),
        ((ONE, THREE), [("dropped", TWO, None)]),
        ((ONE, "Else.", THREE), [("edited", TWO, "Else.")]),
        ((ONE, TWO, THREE, "New."), [("unsealed", None, "New.")]),
        ((ONE, "New.", TWO, THREE), [("inserted", None, "New.")]),
        ((ONE, THREE, TWO), [("reordered", TWO, TWO)]),
        ((ONE, TWO, THREE, ONE), [("unsealed", None, ONE)]),
        ((), [("dropped", ONE, None), ("dropped", TWO, None), ("dropped", THREE, None)]),
    ],
    ids=["same", "last", "middle", "edit", "new", "insert", "order", "repeated", "none"],
)
def test_what_a_record_shows_is_held_against_its_ledger(incident, ledger_of, learnings, said):
    ledger = ledger_of(incident(ONE, TWO, THREE))
    found = told_of(since_sealing({A: ledger}, of(incident(*learnings))))
    expected = [(kind, digest(text) if text else None, now) for kind, text, now in said]
    if said and said[0][0] == "reordered":
        # Which of two that changed places has moved nobody can say.
        assert [kind for kind, *_ in found] == ["reordered"]
        assert found[0][1] == digest(found[0][2])
    else:
        assert found == expected


def test_every_section_is_held_against_its_own_part_of_the_ledger(incident, ledger_of):
    record = incident(ONE, timeline=["08:00 it rang", "09:00 it stopped"])
    ledger = ledger_of(record)
    assert since_sealing({A: ledger}, of(record)) == []
    found = since_sealing({A: ledger}, of(incident(ONE, timeline=["08:00 it rang"])))
    dropped = digest("09:00 it stopped", A, "Timeline")
    assert told_of(found) == [("dropped", dropped, None)]
    only = incident(ONE)
    found = since_sealing({A: ledger_of(only)}, of(record))
    assert [(c.kind.value, c.section) for c in found] == [("unsealed", "Timeline")] * 2


def test_a_ledger_holds_a_section_that_the_type_knows_nothing_of(incident):
    ledger = Ledger(A, (LedgerLine("add", digest(ONE, A, "Lore"), DAY, "Lore"),))
    found = since_sealing({A: ledger}, of(incident()))
    assert [(c.kind.value, c.section) for c in found] == [("dropped", "Lore")]


def test_a_redacted_entry_needs_its_tombstone_in_its_place(incident, ledger_of):
    ledger = redacting(ledger_of(incident(ONE, TWO, THREE)), TWO)

    def said(*learnings):
        return told_of(since_sealing({A: ledger}, of(incident(*learnings))))

    assert said(ONE, stone(TWO), THREE) == []
    assert said(ONE, THREE) == [("unmarked", digest(TWO), None)]
    assert said(ONE, "Else.", THREE) == [("unmarked", digest(TWO), "Else.")]
    assert said(ONE, stone(THREE), THREE) == [("unmarked", digest(TWO), stone(THREE))]
    assert said(ONE, THREE, stone(TWO)) == [("reordered", digest(TWO), stone(TWO))]
    assert said(ONE, TWO, THREE) == [("unmarked", digest(TWO), TWO)]


@pytest.mark.parametrize("count", [2, 3])
def test_equal_entries_are_sealed_one_by_one(incident, ledger_of, count):
    ledger = ledger_of(incident(*[ONE] * count))

    def said(number):
        return told_of(compare_with_ledger(ledger, of(incident(*[ONE] * number)), {A: ledger}, "x"))

    assert said(count) == []
    assert said(count + 2) == [("unsealed", None, ONE)] * 2
    assert said(count - 1) == [("dropped", digest(ONE), None)]


def test_a_tombstone_more_than_was_redacted_says_nothing(incident, ledger_of):
    ledger = redacting(ledger_of(incident(ONE, TWO, THREE)), TWO)
    for learnings in (
        (ONE, stone(TWO), stone(TWO), THREE),
        (ONE, stone(TWO), THREE, stone(TWO), stone(TWO)),
    ):
        assert since_sealing({A: ledger}, of(incident(*learnings))) == []
    twice = redacting(ledger_of(incident(ONE, TWO, TWO)), TWO)
    assert since_sealing({A: twice}, of(incident(ONE, stone(TWO), stone(TWO)))) == []
    found = told_of(since_sealing({A: twice}, of(incident(ONE, stone(TWO)))))
    assert found == [("unmarked", digest(TWO), None)]


def test_a_redacted_text_that_comes_back_is_told_of_once(incident, ledger_of):
    ledger = redacting(ledger_of(incident(ONE, TWO)), TWO)
    found = since_sealing({A: ledger}, of(incident(ONE, stone(TWO), TWO)))
    assert told_of(found) == [("unmarked", digest(TWO), TWO)]


def test_digests_shown_are_those_of_the_sections_in_bytes(incident):
    record = incident(ONE, TWO, timeline=["08:00 it rang"])
    shown = digests_shown(record)
    assert shown["Learnings"] == bytes.fromhex(digest(ONE) + digest(TWO))
    assert shown["Timeline"] == joined([digest("08:00 it rang", A, "Timeline")])
    assert set(shown) == set(record.type.append_only_sections)


def test_only_what_differs_from_its_ledger_is_looked_at(incident, ledger_of, monkeypatch):
    """10,000 records that are as they were sealed must not be compared entry by entry."""
    record = incident(ONE, timeline=["08:00 it rang"])
    monkeypatch.setattr("govkb.history.changes.compare_with_ledger", None)
    assert since_sealing({A: ledger_of(record)}, of(record)) == []
    with pytest.raises(TypeError):
        since_sealing({A: redacting(ledger_of(record), ONE)}, of(record))


# Both together


def change(text, kind=ChangeKind.EDITED, record=None, **more):
    entries = {e.text: e for e in entries_of(record, "Learnings")} if record else {}
    return EntryChange(kind, A, "Learnings", "x", record, entries.get(text), **more)


def test_an_entry_is_told_of_once_and_the_base_goes_first(incident, ledger_of):
    before, after = incident(ONE, TWO), incident(ONE, f"{TWO} Twice.", THREE)
    ledger = ledger_of(before)
    base = compare_with_base(of(before), of(after))
    sealing = compare_with_ledger(ledger, of(after), {A: ledger}, "x")
    assert [c.kind.value for c in sealing] == ["edited", "unsealed"]
    found = merged(base, sealing)
    assert told(found) == [("edited", TWO, f"{TWO} Twice."), ("unsealed", None, THREE)]
    assert merged((), sealing) == sealing
    assert merged(base, ()) == base


def test_two_findings_about_one_place_are_one(incident):
    """What was inserted since the base isn't sealed either."""
    before, after = incident(ONE), incident(THREE, ONE)
    base = compare_with_base(of(before), of(after))
    sealing = compare_with_ledger(Ledger(A), of(after), {}, "x")
    assert [c.after.text for c in sealing] == [THREE, ONE]
    assert told(merged(base, sealing)) == [("inserted", None, THREE), ("unsealed", None, ONE)]


def test_entries_that_are_gone_are_different_ones(incident, ledger_of):
    """Those that stand nowhere now are told apart by what they were."""
    base = compare_with_base(of(incident(ONE)), {})
    ledger = ledger_of(incident(ONE, TWO))
    sealing = compare_with_ledger(ledger, {}, {}, "x")
    assert [c.digest for c in merged(base, sealing)] == [digest(ONE), digest(TWO)]


def test_a_digest_in_another_record_is_another_entry(incident, ledger_of):
    base = compare_with_base(of(incident(ONE)), {})
    sealing = compare_with_ledger(ledger_of(incident(ONE, name="B")), {}, {}, "x")
    assert [c.record_id for c in merged(base, sealing)] == [A, B]
