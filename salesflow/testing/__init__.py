"""For tests of your own: hypothesis strategies that write processes.

Needs hypothesis (``pip install hypothesis``). What they write is data of the language, so it can
be given to ``salesflow.load``, and it always loads. In what ``processes`` and ``families`` write,
anything may be wrong with how it behaves: deadlocks, double visits, work left over, loops without
end. What ``sound_processes`` and ``sound_families`` write is grown from whole blocks, and nothing
is wrong with how it behaves, with its conditions or with its data. ::

    from hypothesis import given
    import salesflow as sf
    from salesflow.testing import processes

    @given(processes())
    def test_our_exporter(data):
        our_exporter(sf.load(data))
"""

from salesflow.testing.sound import sound_families, sound_processes
from salesflow.testing.wild import families, processes

__all__ = ["families", "processes", "sound_families", "sound_processes"]
