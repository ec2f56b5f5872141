"""What may be missing where it is required, against a game that tries everything."""

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesflow.analysis.data_use import Mentions
from salesflow.analysis.flow import Flow
from salesflow.analysis.lacking import Lacking
from salesflow.process.model import Process
from salesflow.testing import families, processes
from tests.analysis import shapes
from tests.analysis.data_oracle import lacking
from tests.mutation.fewer import all_are_tried
from tests.process.written import process_of

Files = dict[str, dict[str, Any]]
FIELDS = ("amount", "discount", "region", "vip", "urgent", "contract")


def alone(data: dict[str, Any]) -> Files:
    return {"main.salesflow.yaml": data}


@st.composite
def requiring(draw: Any, strategy: st.SearchStrategy[Files]) -> Files:
    """Processes whose steps, blocks, runs and outcomes require fields."""
    files: Files = json.loads(json.dumps(draw(strategy)))
    main = files["main.salesflow.yaml"]
    known = [field for field in FIELDS if field in main["data"]]
    some = st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True)
    waiting = [main["steps"]]
    while waiting:
        for step in waiting.pop().values():
            if draw(st.integers(0, 2)) == 2:
                step["requires"] = draw(some)
            waiting.extend(branch["steps"] for branch in step.get("parallel", {}).values())
    for outcome in main["outcomes"].values():
        if draw(st.integers(0, 2)) == 2:
            outcome["requires"] = draw(some)
    return files


def loaded(files: Files) -> Process:
    texts = {name.removesuffix(".yaml"): json.dumps(data) for name, data in files.items()}
    return process_of(texts.pop("main.salesflow"), **texts)


STRATEGIES: dict[str, tuple[st.SearchStrategy[Files], int, int]] = {
    "small": (processes(steps=4, depth=1).map(alone), 150, 60),
    "deep": (processes(steps=3, depth=3).map(alone), 150, 50),
    "families": (families(steps=3), 150, 50),
    "livelocks": (shapes.livelocks(), 80, 40),
    "correlated": (shapes.correlated(), 120, 50),
    "loops": (shapes.loops_through_splits(), 80, 40),
    "blocks": (shapes.blocks(), 150, 40),
    "runs": (shapes.runs(), 120, 40),
    "captures": (shapes.parallel_captures(), 150, 60),
}


@pytest.mark.parametrize("name", STRATEGIES)
def test_what_may_be_missing_is_the_truth(name: str) -> None:
    strategy, examples, least = STRATEGIES[name]
    seen: Counter[str] = Counter()

    @settings(max_examples=examples, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(requiring(strategy))
    def compare(files: Files) -> None:
        process = loaded(files)
        known = lacking(process)
        if known is None:
            return
        seen["compared"] += 1
        facts = Lacking(process, Flow(process), Mentions(process))
        lacks = [*facts.lacks()]
        assert all(lack.decided for lack in lacks)
        found = {(lack.place, lack.field) for lack in lacks}
        assert len(found) == len(lacks)
        assert found <= known.keys()
        assert {key for key, first in known.items() if first and key[1] not in facts.never} <= found
        for lack in lacks:
            assert lack.witness[0] in process.sources
            assert lack.witness[-1] == lack.place
        seen["lacking"] += bool(lacks)

    compare()
    if all_are_tried():
        assert seen["compared"] >= least, seen
        assert seen["lacking"] >= 3, seen
