"""Results come back from their JSON as they were, and whatever else is there is refused in words."""

import contextlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow import api
from salesflow.errors import UsageError
from salesflow.nouns import FrozenMap
from salesflow.simulation.result import Estimate, SimulationResult
from salesflow.simulation.result_reading import read_result, result_of_document
from tests.reporting.simulated_results import result as rich
from tests.reporting.simulated_results import scenarios

TEXT = """\
salesflow: 1
process: NAME
departments: {sales: {people: 2}}
sources: {inbound: {start: call, arrivals: 30 per week}}
steps:
  call: {by: sales, effort: 2h, next: {fit: {to: won, share: 40%}, unfit: {to: lost, share: rest}}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
HINT = "A result is what `salesflow simulate PATH --format json -o FILE.json` writes."
AGAIN = "Simulate again, and leave the file as it is written."


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def simulated(*names: str) -> SimulationResult:
    processes = [api.loads(TEXT.replace("NAME", name)) for name in names]
    return api.simulate(processes, duration="2w", warmup="0d", replications=2, engine="python")


def written(result: SimulationResult) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(result.to_dict()))
    return document


def refusal(content: str | bytes) -> str:
    Path("r.json").write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(UsageError) as caught:
        read_result("r.json")
    return str(caught.value)


@pytest.mark.parametrize("names", [("one",), ("one", "other")])
def test_a_result_comes_back_as_it_was(names: tuple[str, ...]) -> None:
    result = simulated(*names)
    assert [process.id for process in result.models] == [*names]
    Path("r.json").write_text(json.dumps(result.to_dict(), indent=2))
    back = read_result("r.json")
    assert back == result
    assert back.models == ()
    assert back.to_dict() == result.to_dict()


def test_all_but_scenarios_of_a_rich_result_comes_back() -> None:
    result = rich(scenarios=scenarios())
    assert result_of_document(written(result)) == result.replace(scenarios=FrozenMap())


def test_an_interval_without_ends_comes_back() -> None:
    wide = Estimate(3.0, float("-inf"), float("inf"))
    result = simulated("one")
    (part,) = result.processes.values()
    part = part.replace(kpis=FrozenMap({"win_rate": wide, "wins": wide._replace(low=0.0)}))
    result = result.replace(processes=FrozenMap({"one": part}))
    document = written(result)
    assert document["kpis"]["win_rate"] == {"mean": 3.0, "low": None, "high": None}
    assert result_of_document(document) == result


def test_models_are_no_part_of_a_result() -> None:
    result = simulated("one")
    assert result == result.replace(models=())
    assert "models" not in result.to_dict()
    assert "models" not in repr(result)


def test_words_for_a_report_are_no_part_of_its_json() -> None:
    result = rich()
    assert any(one.counted for one in result.objectives)
    assert all("counted" not in one for one in result.to_dict()["objectives"])


def test_a_file_that_a_windows_editor_saved_is_read() -> None:
    result = simulated("one")
    Path("r.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(result.to_dict()).encode())
    assert read_result("r.json") == result


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            '{"version": 1,\n  "a" 2}',
            f"r.json:2:7: this is no JSON: expecting ':' delimiter. {HINT}",
        ),
        ("", f"r.json:1:1: this is no JSON: expecting value. {HINT}"),
        ("salesflow: 1\n", f"r.json:1:1: this is no JSON: expecting value. {HINT}"),
        ("[]", f"`r.json` is no result of a simulation. {HINT}"),
        ("{}", f"`r.json` is no result of a simulation. {HINT}"),
        ('{"version": 1, "findings": []}', f"`r.json` is no result of a simulation. {HINT}"),
        (b"\xff\xfe{", f"`r.json` is no result of a simulation. {HINT}"),
        (
            '{"version": NaN}',
            f"`r.json` is no result of a simulation: a number in it is none that JSON knows. {HINT}",
        ),
        (
            '{"version": 1' + "0" * 5000 + "}",
            f"`r.json` is no result of a simulation: a number in it is none that JSON knows. {HINT}",
        ),
        (
            "[" * 200_000,
            f"`r.json` is no result of a simulation: it is nested too deeply. {HINT}",
        ),
        (
            '{"version": 2, "program": "", "replications": 1}',
            "`r.json` is a result of version 2, and this salesflow reads version 1: simulate again.",
        ),
    ],
)
def test_what_is_no_result_is_refused(content: str | bytes, said: str) -> None:
    assert refusal(content) == said


def test_what_cannot_be_read_is_refused() -> None:
    Path("folder").mkdir()
    for name, why in (
        ("nowhere.json", "no such file or directory"),
        ("folder", "is a directory"),
        ("a\0b", "this is no file name"),
    ):
        with pytest.raises(UsageError) as caught:
            read_result(name)
        assert str(caught.value) == f"`{name}` cannot be read: {why}."


@pytest.mark.parametrize(
    ("at", "value", "said"),
    [
        (["steps", "call", "visits", "mean"], "3", "`steps.call.visits.mean` must be a number"),
        (["steps", "call", "visits", "mean"], None, "`steps.call.visits.mean` must be a number"),
        (["steps", "call", "visits", "low"], "", "`steps.call.visits.low` must be a number"),
        (
            ["steps", "call", "visits"],
            {"mean": 1, "low": 1, "high": []},
            "`steps.call.visits.high` must be a number",
        ),
        (["steps", "call", "visits", "mean"], True, "`steps.call.visits.mean` must be a number"),
        (["steps", "call", "visits", "mean"], 10**400, "`steps.call.visits.mean` must be a number"),
        (["steps", "call"], [], "`steps.call` must be a map"),
        (["steps"], None, "`steps` must be a map"),
        (["flow", "call.fit"], 3, "`flow.call.fit` must be a map"),
        (["roles", "sales", "people"], 1.5, "`roles.sales.people` must be a whole number"),
        (["roles", "sales", "week"], {}, "`roles.sales.week` must be a list"),
        (["roles", "sales", "week", 3], None, "`roles.sales.week.3` must be a number"),
        (["distribution"], [[1, 2]], "`distribution.0` must be a list of 3"),
        (["interrupted"], 0, "`interrupted` must be true or false"),
        (["process"], 7, "`process` must be a text"),
        (["duration"], 7, "`duration` must be a text"),
    ],
)
def test_what_a_field_must_be_is_said(at: list[Any], value: object, said: str) -> None:
    document = written(simulated("one"))
    place: Any = document
    for part in at[:-1]:
        place = place[part]
    place[at[-1]] = value
    told = refusal(json.dumps(document))
    assert told == f"`r.json` is no result that can be used: {said}. {AGAIN}"


def test_a_number_beyond_all_floats_is_refused() -> None:
    text = json.dumps(written(simulated("one")))
    for far in ("1e999", "-1e999"):
        changed = re.sub(r'("visits": {"mean": )[^,]*', rf"\g<1>{far}", text, count=1)
        assert changed != text
        said = "`steps.call.visits.mean` must be a number"
        assert refusal(changed) == f"`r.json` is no result that can be used: {said}. {AGAIN}"


def test_a_field_that_is_missing_is_said() -> None:
    document = written(simulated("one", "other"))
    del document["processes"]["other"]["steps"]["call"]["waiting"]
    assert refusal(json.dumps(document)) == (
        "`r.json` lacks `processes.other.steps.call.waiting`: it may be of an older salesflow. "
        f"{AGAIN}"
    )


def test_fields_with_a_default_may_be_missing() -> None:
    result = simulated("one")
    document = written(result)
    for name in ("interrupted", "chain", "unfinished"):
        del document[name]
    assert result_of_document(document).interrupted is False


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
WHOLE = written(rich())


@given(st.data())
def test_no_change_of_a_result_makes_it_crash(data: st.DataObject) -> None:
    """Something else stands at one place of the document: it is a result, or refused."""
    document = json.loads(json.dumps(WHOLE))
    place: Any = document
    while True:
        keys = [*range(len(place))] if isinstance(place, list) else [*place]
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(JSON)
    with contextlib.suppress(UsageError):
        assert isinstance(result_of_document(document), SimulationResult)
