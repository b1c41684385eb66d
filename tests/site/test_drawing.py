import math
import re
import xml.etree.ElementTree as ET

import pytest

from govkb.site.drawing import Edge, Node, draw, draw_shape

TYPES = ["incident", "decision", "evolution", "finding"]
SVG = "{http://www.w3.org/2000/svg}"


def node(name, href="x/", type_name="incident", is_centre=False, title="T", label=None):
    return Node(name, label or name, title, href, type_name, is_centre)


def picture(nodes, edges=(), positions=None):
    places = positions or {n.id: (200 * i, 100 * i) for i, n in enumerate(nodes)}
    svg = draw(nodes, edges, places, TYPES, "A <caption>")
    return ET.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def test_a_record_is_a_link_that_says_its_id_and_title():
    link = picture([node("INC-1", "incidents/INC-1/", title="Zero backups")]).find(f"{SVG}a")
    assert link.get("href") == "incidents/INC-1/"
    assert link.find(f".//{SVG}title").text == "INC-1: Zero backups"
    assert link.find(f".//{SVG}text").text == "INC-1"


@pytest.mark.parametrize("given", [{"href": None}, {"is_centre": True}])
def test_what_leads_nowhere_is_no_link(given):
    root = picture([node("INC-1", **given)])
    assert root.find(f"{SVG}a") is None
    assert root.find(f".//{SVG}text").text == "INC-1"


def test_everything_a_stranger_wrote_is_escaped():
    hostile = "\"><script>alert('1')</script>&"
    nodes = [node("a" + hostile, "p/" + hostile, title=hostile, label=hostile), node("b")]
    root = picture(nodes, [Edge(nodes[0].id, "b", "Caused by" + hostile, False)])
    assert root.find(f".//{SVG}script") is None
    assert root.find(f"{SVG}a").get("href") == "p/" + hostile
    titles = [title.text for title in root.iter(f"{SVG}title")]
    assert f"a{hostile}: {hostile}" in titles
    assert root.get("aria-label") == "A <caption>"


def test_the_picture_holds_everything_and_no_negative_room():
    nodes = [node("left"), node("right")]
    root = picture(nodes, positions={"left": (-300, -80), "right": (500, 90)})
    left, top, width, height = map(int, root.get("viewBox").split())
    for x, y in ((-300, -80), (500, 90)):
        assert left + 60 < x < left + width - 60
        assert top + 20 < y < top + height - 30
    assert (root.get("width"), root.get("height")) == (str(width), str(height))


def test_a_line_ends_before_both_shapes_and_its_head_is_at_the_target():
    nodes = [node("a"), node("b")]
    root = picture(nodes, [Edge("a", "b", "Supersedes", False)], {"a": (0, 0), "b": (300, 400)})
    edge = next(g for g in root.iter(f"{SVG}g") if "govkb-edge" in (g.get("class") or ""))
    assert edge.find(f"{SVG}title").text == "a supersedes b"
    line, head = (path.get("d") for path in edge.findall(f"{SVG}path"))
    x1, y1, x2, y2 = map(float, re.findall(r"-?[\d.]+", line))
    assert math.dist((0, 0), (x1, y1)) == pytest.approx(12, abs=1)
    assert math.dist((300, 400), (x2, y2)) == pytest.approx(14, abs=1)
    tip = tuple(map(float, re.findall(r"-?[\d.]+", head)[:2]))
    assert math.dist((x2, y2), tip) < 1


def test_a_mention_is_drawn_unlike_a_declared_relation():
    nodes = [node("a"), node("b")]
    for is_mention, name in ((True, "govkb-mentioned"), (False, "govkb-declared")):
        root = picture(nodes, [Edge("a", "b", "Mentions", is_mention)])
        assert [g for g in root.iter(f"{SVG}g") if name in (g.get("class") or "")]


def test_two_records_in_one_place_have_no_line_between_them():
    nodes = [node("a"), node("b")]
    root = picture(nodes, [Edge("a", "b", "Mentions", True)], {"a": (5, 5), "b": (5, 5)})
    assert list(root.iter(f"{SVG}path")) == []


def test_the_order_of_relations_changes_nothing():
    nodes = [node("a"), node("b"), node("c")]
    edges = [Edge("a", "b", "X", False), Edge("b", "c", "Y", True), Edge("a", "c", "Z", False)]
    places = {"a": (0, 0), "b": (200, 0), "c": (0, 200)}
    assert draw(nodes, edges, places, TYPES, "c") == draw(nodes, edges[::-1], places, TYPES, "c")


def test_types_differ_in_shape_and_the_legend_shows_the_same_one():
    shapes = {}
    for name in [*TYPES, "no such type"]:
        drawn = draw([node("a", type_name=name)], [], {"a": (0, 0)}, TYPES, "c")
        shape = re.search(r"<(?:circle|polygon)[^>]*/>", drawn)[0]
        assert shape in draw_shape(name, TYPES)
        shapes[name] = shape
    assert len(set(shapes.values())) == len(shapes)


def test_of_many_types_no_two_look_the_same():
    names = [f"type-{number}" for number in range(64)]
    assert len({draw_shape(name, names) for name in names}) == 64
