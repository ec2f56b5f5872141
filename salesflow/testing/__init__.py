"""For tests of your own: assertions on processes and rules, and strategies that write processes.

Assertions need nothing but salesflow::

    from salesflow.testing import assert_clean, assert_ends

    def test_a_big_deal_is_won_by_way_of_finance():
        assert_clean("enterprise.salesflow.yaml")
        assert_ends(process, "lost", deal={"discount": "25%"}, takes={"approve": "refused"})

Strategies need hypothesis (``pip install hypothesis``). What ``processes`` and its like write is
data of the language, so it can be given to ``salesflow.load``, and it always loads. In what
``processes`` and ``families`` write, anything may be wrong with how it behaves: deadlocks, double
visits, work left over, loops without end. What ``sound_processes`` and ``sound_families`` write is
grown from whole blocks, and nothing is wrong with how it behaves, with its conditions or with its
data. ``deals`` draws deals somewhere on their way through a process of yours, ``variations`` what
its next version might be. ::

    from hypothesis import given
    import salesflow as sf
    from salesflow.testing import deals, processes

    @given(processes())
    def test_our_exporter(data):
        our_exporter(sf.load(data))

    @given(deals(sf.load("enterprise.salesflow.yaml")))
    def test_our_crm_takes_every_deal(deal):
        our_crm.push(deal.to_dict())

Each is loaded on first use; type checkers read ``__init__.pyi``.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "assert_clean": "salesflow.testing.asserting",
    "assert_ends": "salesflow.testing.asserting",
    "assert_rule": "salesflow.testing.manuals",
    "deals": "salesflow.testing.underway",
    "families": "salesflow.testing.wild",
    "processes": "salesflow.testing.wild",
    "sound_families": "salesflow.testing.sound",
    "sound_processes": "salesflow.testing.sound",
    "variations": "salesflow.testing.varied",
}

__all__ = [*_HOMES]  # noqa: PLE0604 - the names are strings


def __getattr__(name: str) -> Any:
    """Load a public name from its home, once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'salesflow.testing' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, sorted, loaded or not."""
    return sorted(__all__)
