"""bpmn-js opens what salesflow exports without a warning, and has the flow that is meant."""

from collections.abc import Iterator
from math import hypot
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.drawing.bpmn.export import bpmn
from salesflow.process.model import Process
from salesflow.source.write import emit
from salesflow.testing import families, processes, sound_processes
from tests.drawing.bpmn.folded import Elements, meant, nodes_by_id, shown
from tests.drawing.bpmn.modeller import Modeller
from tests.drawing.test_mermaid import HOSTILE
from tests.process.everything import INNER, TEXT
from tests.process.written import process_of

EXAMPLES = Path(__file__).parents[3] / "examples"
FILES = [
    "hello/hello.salesflow.yaml",
    "smb/smb.salesflow.yaml",
    "enterprise/enterprise.salesflow.yaml",
    "enterprise/enterprise_dach.salesflow.yaml",
    "enterprise/supplier_approval.salesflow.yaml",
]
GENERATE = (Phase.generate,)  # to make failures smaller in a browser takes minutes
EVERYTHING = process_of(TEXT, inner=INNER)


@pytest.fixture(scope="module")
def modeller(browser: Any) -> Iterator[Modeller]:
    opened = Modeller(browser)
    yield opened
    opened.page.close()


def examples() -> list[Process]:
    return [*(api.load(EXAMPLES / file) for file in FILES), EVERYTHING]


@pytest.mark.parametrize("process", examples(), ids=lambda process: process.id)
def test_the_picture_shows_the_process(modeller: Modeller, process: Process) -> None:
    elements = modeller.open(bpmn(process))
    assert shown(elements, process) == meant(process)
    _everything_has_its_lane(elements, process)
    _everything_is_called_what_it_is(elements, process)
    _flows_meet_their_shapes(elements)
    assert _covered(elements) == []


@settings(max_examples=15, phases=GENERATE, suppress_health_check=list(HealthCheck))
@given(st.one_of(processes(), sound_processes()))
def test_any_process_is_shown(modeller: Modeller, data: dict[str, Any]) -> None:
    process = api.load(data)
    elements = modeller.open(bpmn(process))
    assert shown(elements, process) == meant(process)
    _flows_meet_their_shapes(elements)


@settings(max_examples=6, phases=GENERATE, suppress_health_check=list(HealthCheck))
@given(families())
def test_what_is_run_is_in_the_document(modeller: Modeller, files: dict[str, Any]) -> None:
    main, inner = (emit(data) for data in files.values())
    process = process_of(main, **{"inner.salesflow": inner})
    text = bpmn(process)
    elements = modeller.open(text)
    assert shown(elements, process) == meant(process)
    for run in process.runs.values():
        assert f'<bpmn:process id="{run.id}"' in text


def test_hostile_names_are_only_names(modeller: Modeller) -> None:
    for name in HOSTILE:
        data = {
            "salesflow": 1,
            "process": "p",
            "name": name,
            "description": name,
            "departments": {"sales": {"name": name}},
            "sources": {"web": {"start": "call", "name": name}},
            "steps": {
                "call": {
                    "name": name,
                    "description": name,
                    "by": "sales",
                    "next": {"yes_please": {"to": "won", "name": name}, "thanks": {"to": "lost"}},
                }
            },
            "outcomes": {"won": {"kind": "won", "name": name}, "lost": {"kind": "lost"}},
        }
        process = api.load(data)
        elements = modeller.open(bpmn(process))
        assert shown(elements, process) == meant(process)
        if name.isprintable() and name:
            assert elements["p.steps.call"]["name"] == name
            assert elements["p.steps.call.next.yes_please"]["name"] == name
        else:
            assert elements["p.steps.call"]["name"].isprintable()


def test_what_bpmn_has_words_for_is_said_in_them(modeller: Modeller) -> None:
    elements = modeller.open(bpmn(EVERYTHING))
    kinds = {key: (each["type"], each["event"]) for key, each in elements.items()}
    assert kinds["everything.sources.web"] == ("StartEvent", "MessageEventDefinition")
    assert kinds["everything.sources.fair"] == ("StartEvent", "TimerEventDefinition")
    timer = elements["everything.steps.call-timer"]
    assert (timer["host"], timer["after"]) == ("everything.steps.call", "P45D")
    assert elements["everything.steps.call.next.fit"]["when"] == "amount > 100 or vip"


def test_names_on_each_other_are_noticed() -> None:
    box = {"x": 0, "y": 0, "width": 50, "height": 50}
    task = {"type": "Task", "box": box, "words": None}
    event = {"type": "EndEvent", "box": {**box, "x": 90}, "words": {**box, "x": 30}}
    assert _covered({"task": task, "event": event}) == ["event on task"]
    assert _covered({"task": task, "event": {**event, "words": {**box, "x": 60, "y": 60}}}) == []


# ---------------------------------------------------------------------------- what must be true


def _everything_has_its_lane(elements: Elements, process: Process) -> None:
    lanes = {key: each for key, each in elements.items() if each["type"] == "Lane"}
    held = [node for lane in lanes.values() for node in lane["held"]]
    flow_nodes = {
        key
        for key, each in elements.items()
        if each["type"].endswith(("Event", "Gateway", "Task", "Activity", "SubProcess"))
    }
    assert sorted(held) == sorted(flow_nodes if lanes else [])
    for step in process.nodes.values():
        department = process.department_of(step)
        if department is not None and department in process.departments:
            key = f"{process.id}.{step.path}"
            assert key in lanes[f"{process.id}.departments.{department}"]["held"]
            assert _inside(elements[key]["box"], lanes[f"{process.id}.departments.{department}"])
    for each in elements.values():
        if each["type"] not in ("BoundaryEvent", "Participant") and each["box"]:
            assert _inside(each["box"], elements[each["parent"]]) or each["parent"] not in elements


def _everything_is_called_what_it_is(elements: Elements, process: Process) -> None:
    for key, node in nodes_by_id(process).items():
        thing = process.nodes.get(node) or process.sources.get(node) or process.outcomes[node]
        if key in elements:
            assert elements[key]["name"] == thing.heading
        else:
            assert node in process.outcomes, f"{key} is not drawn"


def _flows_meet_their_shapes(elements: Elements) -> None:
    for flow in elements.values():
        if flow["points"] is None:
            continue
        for side, point in (("start", flow["points"][0]), ("end", flow["points"][-1])):
            off = _off_outline(point, elements[flow[side]])
            assert off <= 1.5, f"{flow['id']} ends {off:.1f} pixels beside {flow[side]}"
        for (x, y), (u, v) in zip(flow["points"], flow["points"][1:], strict=False):
            assert x == u or y == v, f"{flow['id']} runs askew"


def _covered(elements: Elements) -> list[str]:
    """Names that lie on each other, or on something that is not around them."""
    words = {key: each["words"] for key, each in elements.items() if each["words"]}
    shapes = {
        key: each["box"]
        for key, each in elements.items()
        if each["type"].endswith(("Event", "Gateway", "Task", "Activity"))
    }
    return [
        f"{one} on {other}"
        for one, name in words.items()
        for other, box in [*shapes.items(), *words.items()]
        if one != other and _overlap(_narrow(name), _narrow(box))
    ]


def _narrow(box: dict[str, float]) -> dict[str, float]:
    """Without the room that modellers may need for other fonts."""
    return {
        "x": box["x"] + 7,
        "y": box["y"] + 1,
        "width": box["width"] - 14,
        "height": box["height"] - 2,
    }


def _overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    )


def _off_outline(point: list[float], element: dict[str, Any]) -> float:
    x, y = point
    box = element["box"]
    cx, cy = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if element["type"].endswith("Event"):
        return abs(hypot(x - cx, y - cy) - box["width"] / 2)
    if element["type"].endswith("Gateway"):
        return abs(abs(x - cx) + abs(y - cy) - box["width"] / 2)
    across = max(box["x"] - x, x - box["x"] - box["width"])
    down = max(box["y"] - y, y - box["y"] - box["height"])
    return abs(max(across, down))


def _inside(box: dict[str, float], around: dict[str, Any]) -> bool:
    outer = around["box"]
    return bool(
        outer["x"] <= box["x"]
        and outer["y"] <= box["y"]
        and box["x"] + box["width"] <= outer["x"] + outer["width"]
        and box["y"] + box["height"] <= outer["y"] + outer["height"]
    )
