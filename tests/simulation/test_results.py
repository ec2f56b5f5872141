"""A result as a whole: its JSON, its shortcuts, what comes in from the forecast."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

import salesflow as sf
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.simulation.comparison import compare
from salesflow.simulation.compile import program_of
from salesflow.simulation.forecast import Forecast, PartForecast
from salesflow.simulation.measures.seen import seen_of
from salesflow.simulation.result import SimulationResult
from salesflow.simulation.result_json import number as plain
from salesflow.simulation.results import result_of
from salesflow.simulation.tally import Tally
from tests.simulation.made import SHOP, WEEK, blank, busy, changed, program, shop

PROCESS = shop()
PROGRAM = program(PROCESS)
FORECAST = Forecast(
    FrozenMap({"seller": 0.31}),
    (PartForecast("shop", 0.5, exact=True, why="", arrivals=10.0, hours=3.0),),
    ("Something is odd.",),
)


def result(*tallies: Tally, **more: Any) -> SimulationResult:
    return result_of(
        PROGRAM, [PROCESS], tallies or busy(PROGRAM), seed=7, duration="2w", warmup="1w", **more
    )


def with_scenario() -> SimulationResult:
    base = result()
    seen = seen_of(PROGRAM, [PROCESS], busy(PROGRAM))
    scenario = compare(seen, seen, base, name="same", title="The same", changes=["a.b: 3"])
    return base.replace(scenarios=FrozenMap({"same": scenario}))


def numbers(data: Any) -> Iterator[Any]:
    if isinstance(data, dict):
        for key, value in data.items():
            assert isinstance(key, str)
            yield from numbers(value)
    elif isinstance(data, list):
        for value in data:
            yield from numbers(value)
    else:
        yield data


def test_what_stands_at_the_top() -> None:
    data = result().to_dict()
    head = {key: data[key] for key in ("version", "process", "seed", "replications", "duration", "warmup", "warmup_found", "currency", "zone", "instances", "warnings", "title")}  # fmt: skip
    assert head == {
        "version": 1,
        "process": "shop",
        "seed": 7,
        "replications": 2,
        "duration": "2w",
        "warmup": "1w",
        "warmup_found": False,
        "currency": "EUR",
        "zone": "UTC",
        "instances": 30,
        "warnings": [],
        "title": "The shop",
    }
    assert data["program"] == PROGRAM.digest
    assert data["program"].startswith("sha256:")
    assert "processes" not in data


def test_every_normative_name_is_there() -> None:
    data = with_scenario().to_dict()
    assert {"deals", "kpis", "cycle_time_won", "cycle_time", "steps", "roles", "touchpoints", "objectives", "scenarios"} <= set(data)  # fmt: skip
    assert set(data["deals"]) == {"arrived", "won", "lost", "disqualified", "done", "failed", "open", "stuck"}  # fmt: skip
    assert {"win_rate", "win_value", "value_per_won", "throughput", "cycle_time", "cycle_time_won", "cost_per_won", "rework", "open_deals", "stuck"} <= set(data["kpis"])  # fmt: skip
    assert set(data["cycle_time"]) == {"mean", "median", "p90"}
    assert {"visits", "waiting", "effort", "elapsed", "results", "attainment"} <= set(data["steps"]["call"])  # fmt: skip
    assert {"utilization", "waiting", "queue", "selling_time"} <= set(data["roles"]["seller"])
    assert {"crossings", "accept_time", "attainment"} <= set(data["touchpoints"]["papers"])
    assert {"name", "measure", "bound", "value", "verdict"} <= set(data["objectives"][0])
    assert set(data["deals"]["won"]) == {"mean", "low", "high"}


def test_a_scenario_in_json() -> None:
    data = with_scenario().to_dict()["scenarios"]["same"]
    assert set(data) == {"title", "changes", "kpis", "roles", "objectives"}
    assert data["title"] == "The same"
    assert data["changes"] == ["a.b: 3"]
    rate = data["kpis"]["win_rate"]
    assert rate["difference"] == {"mean": 0.0, "low": 0.0, "high": 0.0}
    assert rate["significant"] is False
    assert rate["value"]["mean"] == pytest.approx(4 / 14)
    assert data["roles"]["seller"]["utilization"]["significant"] is False


def test_json_has_no_nan_and_reads_back() -> None:
    one = result(busy(PROGRAM)[0])  # one replication has no intervals
    data = one.to_dict()
    assert data["kpis"]["throughput"] == {"mean": 4.5, "low": None, "high": None}
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    full = with_scenario().to_dict()
    assert json.loads(json.dumps(full, allow_nan=False)) == full
    assert all(isinstance(value, (str, int, float, type(None))) for value in numbers(full))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), None])
def test_what_json_cannot_say_is_null(value: float | None) -> None:
    assert plain(value) is None


def test_a_role_whose_load_is_without_bound_is_null() -> None:
    endless = FORECAST._replace(offered=FrozenMap({"seller": float("inf")}))
    assert result(forecast=endless).to_dict()["roles"]["seller"]["offered"] is None


def test_what_was_known_before_comes_in() -> None:
    found = result(forecast=FORECAST, warnings=("Interrupted.",), warmup_found=True)
    assert found.roles["seller"].offered == 0.31
    assert found.roles["lawyer"].offered is None
    assert found.process.exact_win_rate == 0.5
    assert found.warnings == ("Something is odd.", "Interrupted.")
    assert found.to_dict()["warmup_found"] is True


def test_a_win_rate_that_is_not_exact_is_not_told() -> None:
    rough = FORECAST._replace(parts=(FORECAST.parts[0]._replace(exact=False),))
    assert result(forecast=rough).process.exact_win_rate is None
    assert result().process.exact_win_rate is None


def test_figures_of_one_process_are_at_hand() -> None:
    found = result()
    part = found.processes["shop"]
    assert found.process is part
    for name in ("deals", "kpis", "cycle_time", "cycle_time_won", "steps", "touchpoints", "stages", "objectives"):  # fmt: skip
        assert getattr(found, name) == getattr(part, name)
    rate = found.kpis["win_rate"]
    assert rate is not None
    assert rate.low <= rate.mean <= rate.high


def test_no_tallies_are_no_result() -> None:
    with pytest.raises(ValueError, match="no replication was played"):
        result_of(PROGRAM, [PROCESS], [], seed=1, duration="2w", warmup="1w")


def test_two_tallies_of_one_replication_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="replication 0 is there twice"):
        result(blank(PROGRAM, 0), blank(PROGRAM, 1), blank(PROGRAM, 0))


# Several processes

OTHER = SHOP.replace("process: shop\nname: The shop\n", "process: stall\n")


def pair() -> tuple[list[Process], Any]:
    processes = [shop(), sf.loads(OTHER)]
    return processes, program_of(processes, duration=2 * WEEK, warmup=WEEK)


def test_several_processes_stand_by_their_ids() -> None:
    processes, of = pair()
    first = blank(of, 0)
    first = first._replace(parts=changed(first.parts, 1, ended=8))
    found = result_of(of, processes, [first, blank(of, 1)], seed=1, duration="2w", warmup="1w")
    data = found.to_dict()
    assert "process" not in data
    assert "kpis" not in data
    assert [*data["processes"]] == ["shop", "stall"]
    assert data["processes"]["stall"]["kpis"]["throughput"]["mean"] == 2.0
    assert data["processes"]["shop"]["kpis"]["throughput"]["mean"] == 0.0
    assert data["processes"]["stall"]["title"] == "stall"
    assert [*data["roles"]] == ["lawyer", "seller"]
    assert [*found.processes["stall"].steps] == ["call", "draft"]


def test_scenarios_of_several_processes_stand_by_their_ids() -> None:
    processes, of = pair()
    tallies = [blank(of, 0), blank(of, 1)]
    base = result_of(of, processes, tallies, seed=1, duration="2w", warmup="1w")
    seen = seen_of(of, processes, tallies)
    scenario = compare(seen, seen, base, name="s", title="s", changes=())
    data = base.replace(scenarios=FrozenMap({"s": scenario})).to_dict()["scenarios"]["s"]
    assert data["processes"]["stall"]["kpis"]["throughput"]["significant"] is False
    assert "kpis" not in data


def test_figures_of_several_processes_are_not_at_hand() -> None:
    processes, of = pair()
    found = result_of(of, processes, [blank(of, 0)], seed=1, duration="2w", warmup="1w")
    with pytest.raises(
        ValueError,
        match="several processes were simulated: take one of `processes`: `shop`, `stall`",
    ):
        _ = found.kpis
