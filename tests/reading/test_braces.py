"""Alternatives in braces: what they stand for, and where they are too many."""

import pytest

from govkb.reading.braces import expanded


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tests/smoke.sh", ["tests/smoke.sh"]),
        ("platformctl/{plan.py,health.py}", ["platformctl/plan.py", "platformctl/health.py"]),
        (
            "schema/module.schema.{json,md}",
            ["schema/module.schema.json", "schema/module.schema.md"],
        ),
        ("{a,{b,c}d}{1,2}", ["a1", "a2", "bd1", "bd2", "cd1", "cd2"]),
        ("hosts{,.bak}", ["hosts", "hosts.bak"]),
        ("{,}x", ["x"]),
        ("{a}{}", ["{a}{}"]),
        ("{a,b", ["{a,b"]),
        ("a}{b,c}", ["a}b", "a}c"]),
        ("{a,b{c,d}", ["{a,bc", "{a,bd"]),
    ],
)
def test_braces_stand_for_names(text, names):
    assert expanded(text) == names


@pytest.mark.parametrize(
    "text",
    ["{a,b}" * 9, "{a,b}" * 190, "{" * 900 + "," + "}" * 900, "{a," * 12 + "}" * 12, "{a,b}" * 999],
)
def test_too_many_of_them_are_not_told(text):
    assert expanded(text) is None
    assert expanded("{a,b}" * 8) is not None
