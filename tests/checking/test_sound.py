"""Laws of the catalogue on processes in which nothing is wrong, and on those made wrong.

What ``salesflow.testing.sound_processes`` writes is sound by the way it is grown: no rule that
finds an error may find one. With every way out cut it is not, and that is always found.
"""

import json
import os
import random
import subprocess
import sys
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.checking.catalogue import FAMILIES
from salesflow.checking.run import run_checks
from salesflow.process.steps import Block, Run
from salesflow.testing import processes, sound_families, sound_processes
from tests.checking.test_laws import essence, shuffled
from tests.mutation.fewer import all_are_tried
from tests.process.written import process_of

Data = dict[str, Any]

quick = settings(
    max_examples=60,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
MAIN = "main.salesflow"
sound = st.one_of(
    sound_processes(depth=2).map(lambda data: {f"{MAIN}.yaml": data}), sound_families()
)


def loaded(files: dict[str, Data]) -> Any:
    texts = {name.removesuffix(".yaml"): json.dumps(data) for name, data in files.items()}
    return process_of(texts.pop(MAIN), **texts)


def test_a_sound_process_gets_no_error_of_any_family() -> None:
    shapes: set[type] = set()

    @settings(quick, max_examples=100)
    @given(sound)
    def check(files: dict[str, Data]) -> None:
        process = loaded(files)
        shapes.update(type(step) for step in process.nodes.values())
        shapes.update([tuple] if any(s.wait_for for s in process.nodes.values()) else [])
        found = run_checks(process, preset="correctness")
        wrong = {family: [f for f in found if f.family == family] for family in FAMILIES}
        assert not any(f.severity == "error" for each in wrong.values() for f in each), wrong

    check()
    assert {Block, Run, tuple} <= shapes or not all_are_tried()


@quick
@given(sound_processes(depth=2))
def test_cutting_every_way_out_is_always_found(data: Data) -> None:
    for step in data["steps"].values():
        ways = {name: way for name, way in step["next"].items() if not ends(way)}
        step["next"] = ways
        if "timeout" in step and step["timeout"]["result"] not in ways:
            del step["timeout"]
        if not ways:
            del step["next"]
    found = run_checks(api.load(data), preset="correctness")
    assert any(f.severity == "error" and f.family in ("structure", "behaviour") for f in found)


def ends(way: Data) -> bool:
    """Whether a result leads to an outcome."""
    return way["to"] in ("won", "lost")


@quick
@given(sound_processes(depth=2), st.randoms(use_true_random=False))
def test_the_order_of_keys_never_matters_to_the_verdict(data: Data, order: random.Random) -> None:
    breaking = random.Random(len(json.dumps(data)))
    for step in data["steps"].values():  # some ways lead elsewhere, so that there is what to find
        for way in step["next"].values():
            if "when" in way and breaking.random() < 0.5:
                way["when"] = "amount >= 200"
    plain = run_checks(api.load(data), preset="all")
    assert essence(run_checks(api.load(shuffled(data, order)), preset="all")) == essence(plain)


def test_the_seed_of_hashing_never_matters() -> None:
    drawn: list[Data] = []

    @settings(max_examples=12, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(processes(steps=4, depth=1))
    def collect(data: Data) -> None:
        drawn.append(data)

    collect()
    script = (
        "import json, sys\n"
        "from salesflow import api\n"
        "from salesflow.checking.run import run_checks\n"
        "for data in json.load(sys.stdin):\n"
        "    print(run_checks(api.load(data), preset='all'))\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            input=json.dumps(drawn),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(told) == 1
    assert "behaviour" in told.pop()
