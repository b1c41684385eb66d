"""Which statuses follow which, over one move or several."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.record_types import StatusMachine

INCIDENT = StatusMachine(
    "open",
    {
        "open": ("mitigated",),
        "mitigated": ("open", "closed"),
        "closed": ("archived",),
        "archived": (),
    },
)
names = st.sampled_from("abcde")
machines = st.dictionaries(names, st.sets(names, max_size=3).map(lambda s: tuple(sorted(s)))).map(
    lambda moves: StatusMachine("a", {name: moves.get(name, ()) for name in "abcde"})
)


@pytest.mark.parametrize(
    ("start", "end", "way"),
    [
        ("open", "closed", ("mitigated",)),
        ("open", "archived", ("mitigated", "closed")),
        ("open", "mitigated", ()),
        ("closed", "open", ()),
        ("open", "open", ()),
        ("unknown", "open", ()),
    ],
)
def test_the_way_between_two_statuses_is_the_shortest(start, end, way):
    assert INCIDENT.way(start, end) == way


def test_what_can_be_reached_may_include_the_status_itself():
    assert INCIDENT.reachable("open") == {"open", "mitigated", "closed", "archived"}
    assert INCIDENT.reachable("closed") == {"archived"}
    assert INCIDENT.reachable("archived") == INCIDENT.reachable("unknown") == set()


@given(machines, names, names)
def test_a_way_is_made_of_moves_and_is_there_where_the_end_can_be_reached(machine, start, end):
    way = machine.way(start, end)
    if end != start and end in machine.reachable(start):
        steps = (start, *way, end)
        assert all(b in machine.moves[a] for a, b in itertools.pairwise(steps))
    else:
        assert way == ()


@pytest.mark.parametrize(
    ("moves", "frozen"),
    [
        ("{draft: [final], final: [replaced], replaced: []}", {"final", "replaced"}),
        ("{draft: [final, replaced], final: [draft], replaced: []}", {"final", "replaced"}),
        ("{draft: [final], final: [draft], replaced: []}", {"final"}),
    ],
)
def test_frozen_is_what_follows_without_a_way_back(project, moves, frozen):
    declaration = (
        'type: note\nlabel: Note\npurpose: A thought.\nid: "NOTE-{seq:3}"\npath: "notes/{id}.md"\n'
        f"status: {{initial: draft, {moves[1:]}\nfrozen_after: final\n"
    )
    workspace = project({"templates/note/type.yaml": declaration}).open()
    assert workspace.catalogue.faults == ()
    assert workspace.catalogue.types["note"].frozen_statuses == frozen
    assert workspace.catalogue.types["incident"].frozen_statuses == frozenset()


def test_declarations_are_held_against_the_schema_that_govkb_ships(project):
    vocabulary = "relations:\n  follows: {label: Follows, later: true, void_while: [draft]}\n"
    workspace = project(
        {
            "templates/vocabulary.schema.yaml": "type: object\nadditionalProperties: false\n",
            "templates/vocabulary.yaml": vocabulary,
        }
    ).open()
    assert workspace.catalogue.faults == ()
    follows = workspace.catalogue.vocabulary.relations["follows"]
    assert (follows.is_later, follows.void_while) == (True, {"draft"})
