"""Contracts of touchpoints: what the flow says of threads is what a walk through the game finds.

The walk follows who holds the deal move by move and knows nothing of what is filled on all ways.
"""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesflow.analysis.breaches import breaches
from salesflow.analysis.contract_runs import search
from salesflow.analysis.contracts import Contracts
from salesflow.analysis.data_use import Mentions
from salesflow.analysis.flow import Flow
from salesflow.analysis.handoffs import Threads
from salesflow.analysis.lacking import Lacking
from salesflow.testing import families, processes
from tests.analysis import shapes
from tests.analysis.test_lacking import Files, alone, loaded, requiring
from tests.mutation.fewer import all_are_tried

DEPARTMENTS: dict[str, Any] = {"sales": {}, "legal": {}, "buyer": {"external": True}}
PEOPLE = ("sales", "legal", "sales", "legal", "buyer", None)


@st.composite
def contracted(draw: Any, strategy: st.SearchStrategy[Files]) -> Files:
    """Processes with departments and a touchpoint that requires and returns fields."""
    files: Files = draw(requiring(strategy))
    for document in files.values():
        document["departments"] = DEPARTMENTS
        waiting = [document["steps"]]
        while waiting:
            for step in waiting.pop().values():
                who = draw(st.sampled_from(PEOPLE))
                if who is not None and not {"parallel", "run"} & step.keys():
                    step["by"] = who
                waiting.extend(branch["steps"] for branch in step.get("parallel", {}).values())
    main = files["main.salesflow.yaml"]
    some = st.lists(st.sampled_from([*main["data"]]), min_size=1, max_size=1)
    main["touchpoints"] = {
        "there": {"from": "sales", "to": "legal", "requires": draw(some), "returns": draw(some)},
        "back": {"from": "legal", "to": "sales", "requires": draw(some)},
    }
    return files


STRATEGIES: dict[str, st.SearchStrategy[Files]] = {
    "small": processes(steps=4, depth=1).map(alone),
    "families": families(steps=3),
    "loops": shapes.loops_through_splits(),
    "captures": shapes.parallel_captures(),
}


@pytest.mark.parametrize("name", STRATEGIES)
def test_flow_and_game_agree(name: str) -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=50, suppress_health_check=list(HealthCheck))
    @given(contracted(STRATEGIES[name]))
    def compare(files: Files) -> None:
        process = loaded(files)
        flow = Flow(process)
        contracts = Contracts(Threads(process, flow), Lacking(process, flow, Mentions(process)))
        found = {(b.touchpoint, b.how, b.field): b for b in breaches(contracts)}
        for touchpoint in process.touchpoints.values():
            promised = [("requires", f) for f in touchpoint.requires]
            promised += [("returns", f) for f in touchpoint.returns]
            for how, field in promised:
                if field in contracts.lacking.never:
                    continue
                walked, _ = search(contracts, touchpoint.id, how, field, budget=4_000)
                told = found.get((touchpoint.id, how, field))
                if (walked and not walked.decided) or (told and not told.decided):
                    continue
                assert (walked is None) == (told is None), (touchpoint.id, how, field, walked, told)
                seen["compared"] += 1
                seen["broken"] += told is not None

    compare()
    if all_are_tried():
        assert seen["compared"] >= 20, seen
        assert seen["broken"] >= 3, seen
