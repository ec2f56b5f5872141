"""Variations of a process: they load, they differ, and every kind of edit comes."""

from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import salesflow as sf
from salesflow.testing import sound_processes, variations

EXAMPLES = Path(__file__).parents[2] / "examples"
ENTERPRISE = sf.load(EXAMPLES / "enterprise" / "enterprise.salesflow.yaml")


def edits(old: sf.Process, new: sf.Process) -> set[str]:
    """In which ways steps differ."""
    found = set()
    for node, was in old.nodes.items():
        step = new.nodes[node]
        found |= {key for key in ("name", "requires") if getattr(was, key) != getattr(step, key)}
        found |= {"by"} if getattr(was, "by", None) != getattr(step, "by", None) else set()
        found |= {"added"} if step.next.keys() - was.next.keys() else set()
        found |= {"dropped"} if was.next.keys() - step.next.keys() else set()
        for result in was.next.keys() & step.next.keys():
            one, other = was.next[result], step.next[result]
            found |= {"to"} if one.targets != other.targets else set()
            found |= {"limit"} if one.at_most != other.at_most else set()
    return found


def test_every_kind_of_edit_comes_and_the_rest_stays() -> None:
    kinds: Counter[str] = Counter()

    @settings(max_examples=80, database=None, suppress_health_check=list(HealthCheck))
    @given(variations(ENTERPRISE))
    def meet(process: sf.Process) -> None:
        assert [*process.nodes] == [*ENTERPRISE.nodes]
        for same in ("id", "people", "runs", "sources", "outcomes", "objectives"):
            assert getattr(process, same) == getattr(ENTERPRISE, same)
        made = edits(ENTERPRISE, process)
        assert bool(made) == (process != ENTERPRISE)
        kinds.update(made or {"same"})

    meet()
    assert {*kinds} - {"same"} == {"name", "requires", "by", "added", "dropped", "to", "limit"}
    assert kinds["same"] < 40


@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(st.data(), sound_processes(depth=2))
def test_any_process_has_variations(data: st.DataObject, written: dict[str, object]) -> None:
    process = sf.load(written)
    assert data.draw(variations(process)).id == process.id
