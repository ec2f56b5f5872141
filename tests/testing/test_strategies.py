"""The strategies for users: what they write loads, and is worth testing with."""

import json
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings

from salesflow.analysis.explore import explore
from salesflow.analysis.forget import Forgetting
from salesflow.api import load
from salesflow.process.net import Net
from salesflow.testing import families, processes
from tests.process.written import process_of

WORDS = ("parallel", "wait_for", "leave", "timeout", "at_most", "otherwise", "when", "captures")
FURTHER = ("set", "at_least", "any", "share", "visited(", "times(", "gives", '"to": [')


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(processes(arithmetic=True))
def test_processes_load(data: dict[str, Any]) -> None:
    assert load(data).id == "generated"


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(families())
def test_families_load(files: dict[str, Any]) -> None:
    main, inner = (json.dumps(data) for data in files.values())
    process = process_of(main, **{"inner.salesflow": inner})
    assert process.id == "main"
    assert all(run.id == "inner" for run in process.runs.values())


def test_they_use_the_whole_language_and_go_wrong_in_every_way() -> None:
    met: Counter[str] = Counter()

    @settings(max_examples=300, database=None, suppress_health_check=list(HealthCheck))
    @given(families())
    def meet(files: dict[str, Any]) -> None:
        main, inner = (json.dumps(data) for data in files.values())
        net = Net(process_of(main, **{"inner.salesflow": inner}))
        found = explore(net, budget=500, forget=Forgetting(net))
        met.update(word for word in (*WORDS, *FURTHER, '"run"') if word in main)
        met.update({flag.kind for flag in found.faults})
        met.update(idle=bool(found.idle), trapped=bool(found.trapped), won=bool(found.finals))

    meet()
    flags = ("TWICE", "UNHANDLED", "PILE", "UNFINISHED", "UNFILLED")
    missing = [
        w for w in (*WORDS, *FURTHER, '"run"', *flags, "idle", "trapped", "won") if not met[w]
    ]
    assert not missing
