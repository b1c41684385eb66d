"""How items stand, with what other records say of them."""

import pytest

from govkb.checking import Asked, Inquiry
from govkb.queries.items import item_states

ROUND = """type: round
label: Round
purpose: To try things.
id: "round-{int}"
path: "rounds/{id}.md"
fields: {waived: {type: array}}
status: {initial: open, open: [over], over: [], done: [over]}
relations: {previous_round: {to: [round]}}
items:
  fix:
    label: Fix
    section: Fixes
    name: "R{int}"
    states: [open, resolved]
    blocks: [over]
    waivers: waived
    settled_by: {relation: previous_round, by: settles}
  answer:
    label: Answer
    section: Answers
    name: "R{int}"
    states: [resolved, open]
    done: [resolved]
    answers: {item: fix, through: previous_round}
"""
FIRST = "- R1: Two criteria have no place.\n- R2: The key is wrong.\n- R3: Nobody owns it."


@pytest.fixture
def base(project):
    def make(answers, extra="", fixes=FIRST):
        head = "---\nid: round-{}\ntitle: One\nstatus: over\n{}---\n\n## {}\n\n{}\n"
        first = head.format(1, extra, "Fixes", fixes)
        second = head.format(2, "previous_round: round-1\n", "Answers", answers)
        files = {"records/rounds/round-1.md": first, "records/rounds/round-2.md": second}
        return project({"templates/round/type.yaml": ROUND, **files}).load()

    return make


def open_names(base):
    states = item_states(base.records_by_id["round-1"], base)
    return [one.item.name for one in states if one.is_open]


def reported(base, rule):
    found = Inquiry(Asked(select=(rule,))).answer(base).diagnostics
    return [d.message.split(" R", 1)[1][0] for d in found]


def test_an_answer_has_the_name_or_nearly_the_words(base):
    made = base("- R2: It was.\n- R7: Two criteria have no place!")
    assert open_names(made) == ["R3"]
    assert reported(made, "unanswered-item") == ["3"]
    assert reported(made, "undecided-item") == ["3"]


def test_an_answer_that_is_open_is_none(base):
    made = base("- R2: It was.\n  - State: open\n- R3: Ava does.")
    assert open_names(made) == ["R1", "R2"]
    assert reported(made, "unanswered-item") == ["1", "2"]


def test_what_was_waived_needs_no_answer(base):
    made = base("- R2: It was.", "waived: [{item: R3, by: Ava, why: it goes away}]\n")
    assert open_names(made) == ["R1"]
    assert reported(made, "unanswered-item") == reported(made, "undecided-item") == ["1"]


def test_words_are_not_compared_where_that_would_take_long(base):
    fixes = "\n".join(f"- R{n}: Two criteria have no place." for n in range(60))
    made = base(
        "\n".join(f"- R{n + 60}: Two criteria have no place." for n in range(60)), "", fixes
    )
    assert len(open_names(made)) == 60
