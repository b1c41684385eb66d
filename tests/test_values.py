"""What holds for the values that govkb is made of (ADR-0019)."""

import dataclasses
import importlib
import pkgutil

import msgspec

import govkb


def test_every_default_of_a_struct_is_a_value():
    """`field` of the wrong library would be one itself, and nobody notices before it is used."""
    for module in pkgutil.walk_packages(govkb.__path__, "govkb."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting, seen = [msgspec.Struct], []
    while waiting:
        found = waiting.pop()
        waiting += found.__subclasses__()
        seen += [found] if found.__module__.startswith("govkb.") else []
    assert len(seen) > 250
    for struct in seen:
        for default in struct.__struct_defaults__:
            assert not isinstance(default, dataclasses.Field), struct
