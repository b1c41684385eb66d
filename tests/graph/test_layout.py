import itertools
import json
import random
import subprocess
import sys
from types import SimpleNamespace

import pytest

from govkb.graph.layout import around, layout
from govkb.graph.spacing import HEIGHT, WIDTH, apart


def graph(pairs):
    relations = [SimpleNamespace(source=one, target=other) for one, other in pairs]
    outgoing, incoming = {}, {}
    for relation in relations:
        outgoing.setdefault(relation.source, []).append(relation)
        incoming.setdefault(relation.target, []).append(relation)
    return SimpleNamespace(relations=relations, outgoing=outgoing, incoming=incoming)


def web(size, seed=1):
    """Records with four relations each, in no order."""
    source = random.Random(seed)
    ids = [f"R-{number:04d}" for number in range(size)]
    return graph(source.sample(ids, 2) for _ in range(2 * size)), ids


def overlapping(places):
    names = sorted(places)
    return [
        (one, other)
        for number, one in enumerate(names)
        for other in names[:number]
        if abs(places[one][0] - places[other][0]) < WIDTH
        and abs(places[one][1] - places[other][1]) < HEIGHT
    ]


# On either side of the size from which networkx isn't asked any more.
@pytest.mark.parametrize("size", [1, 2, 60, 300])
def test_no_label_stands_over_another(size):
    relations, ids = web(max(size, 2))
    places = layout(relations, ids[:size])
    assert sorted(places) == ids[:size]
    assert overlapping(places) == []


def test_groups_and_records_without_relations_stand_apart():
    pairs = [(f"{group}{n}", f"{group}{n + 1}") for group in "ABC" for n in range(9)]
    alone = [f"Z{n}" for n in range(30)]
    places = layout(graph(pairs), [*dict.fromkeys(i for pair in pairs for i in pair), *alone])
    assert overlapping(places) == []
    corners = [
        [f(places[i][axis] for i in places if i[0] == group) for axis in (0, 1) for f in (min, max)]
        for group in "ABCZ"
    ]
    for number, (left, right, top, bottom) in enumerate(corners):
        for l2, r2, t2, b2 in corners[:number]:
            assert right < l2 or r2 < left or bottom < t2 or b2 < top


def test_small_groups_stand_beside_a_large_one_and_fill_the_width_of_a_page():
    large, ids = web(60)
    chains = [(f"{chain}{n}", f"{chain}{n + 1}") for chain in "ABCD" for n in range(3)]
    both = graph([*((r.source, r.target) for r in large.relations), *chains])
    alone, together = (
        layout(large, ids),
        layout(both, [*ids, *{i for pair in chains for i in pair}]),
    )
    (width, height), (_, before) = extent(together.values()), extent(alone.values())
    assert height < 1.2 * before
    assert width > 1.6 * height


def extent(places):
    return tuple(max(values) - min(values) for values in zip(*places, strict=True))


@pytest.mark.parametrize("size", [60, 300, 1200])
def test_the_order_of_records_and_relations_changes_nothing(size):
    relations, ids = web(size)
    turned = graph((r.target, r.source) for r in reversed(relations.relations))
    assert layout(turned, ids[::-1]) == layout(relations, ids)


_PLACES = """
import json, sys
from types import SimpleNamespace as N
from govkb.graph.layout import layout
pairs, ids = json.load(sys.stdin)
graph = N(relations=[N(source=a, target=b) for a, b in pairs])
print(json.dumps(layout(graph, set(ids)), sort_keys=True))
"""


def test_another_process_finds_the_same_places():
    relations, ids = web(40)
    given = json.dumps([[(r.source, r.target) for r in relations.relations], ids])
    runs = {
        subprocess.run(
            [sys.executable, "-c", _PLACES],
            input=given,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {json.dumps(layout(relations, ids), sort_keys=True) + "\n"}


def test_a_group_for_which_networkx_would_need_scipy(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy", None)
    relations, ids = web(620)
    assert len(set(layout(relations, ids).values())) == len(ids)


def test_related_records_end_up_nearer_than_others():
    relations, ids = web(300)
    ring = graph(itertools.pairwise(ids))
    places = layout(ring, ids)

    def mean(pairs):
        distances = [abs(complex(*places[a]) - complex(*places[b])) for a, b in pairs]
        return sum(distances) / len(distances)

    related = [(r.source, r.target) for r in ring.relations]
    assert mean(related) < mean((r.source, r.target) for r in relations.relations) / 2


def test_a_large_graph_has_its_shape_and_every_record_a_place_of_its_own():
    """Thirty circles of fifty: what belongs together is together, and no two are in one place."""
    groups = [[f"R-{g:02d}-{n:02d}" for n in range(50)] for g in range(30)]
    rings = [pair for group in groups for pair in itertools.pairwise([*group, group[0]])]
    bridges = [(one[0], other[0]) for one, other in itertools.pairwise(groups)]
    ids = [record_id for group in groups for record_id in group]
    places = layout(graph([*rings, *bridges]), ids)
    assert sorted(places) == ids
    assert len(set(places.values())) == len(ids)

    def spread(names):
        points = [complex(*places[name]) for name in names]
        middle = sum(points) / len(points)
        return sum(abs(point - middle) for point in points) / len(points)

    assert max(map(spread, groups)) < spread(ids) / 3


@pytest.mark.parametrize(
    "pairs",
    [
        [(0, n) for n in range(1, 2000)],
        [(n, n + 1) for n in range(1999)],
        [(n, (n - 1) // 3) for n in range(1, 2000)],
        [(n, 1 - n) for n in (0, 1)] * 3,
    ],
    ids=["star", "path", "tree", "pair, stated often"],
)
def test_related_records_are_near_in_graphs_of_every_shape(pairs):
    related = [(f"R-{one:04d}", f"R-{other:04d}") for one, other in pairs]
    ids = sorted({end for pair in related for end in pair})
    size = len(ids)
    places = layout(graph(related), ids)
    assert len(set(places.values())) > 0.98 * len(ids)
    lengths = sorted(abs(complex(*places[a]) - complex(*places[b])) for a, b in related)
    across = max(abs(complex(*place) - complex(*places[ids[0]])) for place in places.values())
    # In a star every record has to be at the rim of the same circle; elsewhere few are far.
    assert lengths[len(lengths) // 2] < across * (0.9 if pairs[1] == (0, 2) else 0.1) or size == 2


def test_records_in_one_place_are_pushed_apart():
    places = apart(dict.fromkeys("abcdefgh", (0.0, 0.0)))
    assert overlapping({k: (round(x), round(y)) for k, (x, y) in places.items()}) == []


@pytest.mark.parametrize("neighbours", [1, 7, 8, 40])
def test_around_one_record_nothing_overlaps_and_the_nearest_come_first(neighbours):
    near = [(f"N{n:02d}", "middle") for n in range(neighbours)]
    far = [(f"N{n:02d}", f"X{n:02d}") for n in range(neighbours)]
    found = around(graph([*near, *far]), "middle")
    places = found.places
    assert overlapping(places) == []
    assert len(places) == min(14, 1 + 2 * neighbours)
    shown = [name for name in places if name[0] == "N"]
    assert len(shown) == min(neighbours, 13)
    assert "middle" in places
    near_left, far_left = neighbours - len(shown), 2 * neighbours + 1 - len(places)
    assert found.left_out == (near_left or far_left)


def test_a_record_without_relations_is_alone():
    alone = around(graph([]), "middle")
    assert (list(alone.places), alone.left_out) == (["middle"], 0)
