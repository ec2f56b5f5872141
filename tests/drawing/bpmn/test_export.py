"""What stands in the document: notation, data beside it, places that do not change."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesflow import api
from salesflow.drawing.bpmn.borders import free_spot
from salesflow.drawing.bpmn.data import NAMESPACE, value_text
from salesflow.drawing.bpmn.docking import Box, cut, docked, tidy
from salesflow.drawing.bpmn.events import iso, once
from salesflow.drawing.bpmn.export import bpmn
from salesflow.process.model import Process
from salesflow.quantities import Duration
from salesflow.visible import visible
from tests.process.everything import INNER, TEXT
from tests.process.written import process_of

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
OURS = "{https://salesflow.dev/bpmn/1}"

BLOCK = """\
salesflow: 1
process: papers
sources: {web: {start: both}}
steps:
  both:
    parallel:
      law: {steps: {draft: {by: legal, next: {ok: {to: done, share: 90%}, refused: leave}}}}
      buy: {when: amount > 500, steps: {order: {by: buyer, next: done}}}
      ask: {steps: {call: {by: sales, next: {good: done, fine: done}}}}
    join: JOIN
    timeout: {after: TIME, result: late}
    next: {done: meet, refused: lost, late: lost}
  meet: {next: {go: {to: [left, right]}}}
  left: {by: sales, next: {a: end, b: end}}
  right: {by: sales, next: end}
  end: {wait_for: [left, right], next: won}
outcomes: {won: {kind: won}, lost: {kind: lost}}
data: {amount: {type: money}}
"""


def papers(join: str = "all", time: str = "2d") -> Process:
    return api.loads(BLOCK.replace("JOIN", join).replace("TIME", time))


def block(join: str = "all", time: str = "2d") -> ET.Element:
    return ET.fromstring(bpmn(papers(join, time)))


def kind(root: ET.Element, name: str) -> str:
    return _found(root, name).tag.removeprefix(MODEL)


def _found(root: ET.Element, name: str) -> ET.Element:
    return next(each for each in root.iter() if each.get("id") == f"papers.{name}")


@pytest.mark.parametrize(
    ("join", "gateway", "ends"),
    [
        ("all", "inclusiveGateway", False),
        ("any", "exclusiveGateway", True),
        ("{at_least: 2}", "complexGateway", True),
    ],
)
def test_a_block_is_a_sub_process(join: str, gateway: str, ends: bool) -> None:
    root = block(join)
    assert kind(root, "steps.both") == "subProcess"
    assert kind(root, "steps.both-fork") == "inclusiveGateway"
    assert kind(root, "steps.both-join") == gateway
    last = _found(root, "steps.both-end")
    assert (last.find(f"{MODEL}terminateEventDefinition") is not None) == ends
    caught = _found(root, "steps.both-caught.refused")
    thrown = _found(root, "steps.both-leave.refused")
    errors = {each.find(f"{MODEL}errorEventDefinition") for each in (caught, thrown)}
    (error,) = {each.get("errorRef") for each in errors if each is not None}
    (known,) = [each for each in root.iter(f"{MODEL}error") if each.get("id") == error]
    assert known.get("errorCode") == "refused"


def test_what_waits_for_several_meets_in_front_of_it() -> None:
    root = block()
    assert kind(root, "steps.meet-split.go") == "parallelGateway"
    assert kind(root, "steps.end") == "parallelGateway"
    assert kind(root, "steps.end-merge.left") == "exclusiveGateway"
    incoming = [each.text for each in _found(root, "steps.end").findall(f"{MODEL}incoming")]
    assert len(incoming) == 2


@pytest.mark.parametrize(
    ("time", "text"), [("90min", "PT1H30M"), ("2w", "P14D"), ("1.5d", "P1DT12H")]
)
def test_times_are_those_of_the_standard(time: str, text: str) -> None:
    duration = _found(block(time=time), "steps.both-timer").find(f".//{MODEL}timeDuration")
    assert duration is not None
    assert (duration.text, duration.get("language")) == (text, None)


def test_business_time_is_said_in_our_words() -> None:
    definition = once(Duration(5, "bd")).inside[0]
    assert (definition.text, definition.attributes["language"]) == ("5bd", NAMESPACE)


@given(st.integers(min_value=0, max_value=10**13))
def test_iso_times_mean_the_same(milliseconds: int) -> None:
    text = iso(Duration(milliseconds / 1000, "s"))
    days, _, clock = text.removeprefix("P").partition("T")
    total = float(days.removesuffix("D") or 0) * 86_400_000
    for letter, size in (("H", 3_600_000), ("M", 60_000), ("S", 1000)):
        number, found, rest = clock.partition(letter)
        if found:
            total, clock = total + float(number) * size, rest
    assert (round(total), clock) == (milliseconds, "")


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=8))
def test_values_are_read_back_from_their_text(value: object) -> None:
    text = value_text(value)
    assert visible(text) == text
    assert text == text.strip()
    try:
        read = json.loads(text)
    except ValueError:
        read = text
    assert read == value


def test_data_stands_at_the_element_it_is_about() -> None:
    root = ET.fromstring(bpmn(process_of(TEXT, inner=INNER)))
    call = next(each for each in root.iter() if each.get("id") == "everything.steps.call")
    data = call.find(f"{MODEL}extensionElements/{OURS}data")
    assert data is not None
    assert data.findtext(f"{OURS}by") == "ae"
    assert data.findtext(f"{OURS}effort") == '{"min": "1h", "usual": "2h", "max": "8h"}'
    assert data.find(f"{OURS}next") is None


def test_the_same_process_gives_the_same_document_whatever_the_hash_seed() -> None:
    code = "from tests.drawing.bpmn.test_export import bpmn, papers; print(bpmn(papers()))"
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[3])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1


# ----------------------------------------------------------------------------------- geometry

BOX = Box(100, 100, 50, 50)


def test_a_way_out_of_a_box_begins_on_its_border() -> None:
    assert cut(((120, 120), (200, 120), (200, 300)), BOX) == ((150, 120), (200, 120), (200, 300))
    assert cut(((120, 120), (120, 130), (300, 130)), BOX) == ((150, 130), (300, 130))
    assert cut(((120, 120), (120, 90)), BOX) == ((120, 100), (120, 90))


@given(st.floats(-40, 40), st.sampled_from(["startEvent", "exclusiveGateway"]))
def test_flows_begin_on_the_outline(off: float, kind: str) -> None:
    for way in (((150, 125 + off), (300, 125 + off)), ((125 + off, 150), (125 + off, 300))):
        points = tidy(docked(way, BOX, kind))
        x, y = points[0][0] - 125, points[0][1] - 125
        if kind == "startEvent":
            assert abs((x * x + y * y) ** 0.5 - 25) < 1e-6
        else:
            assert abs(abs(x) + abs(y) - 25) < 1e-6
        for (x, y), (u, v) in pairwise(points):
            assert x == u or y == v


@given(
    st.floats(0, 200),
    st.lists(st.floats(20, 180), max_size=2),
    st.lists(st.floats(0, 200), max_size=2),
)
def test_events_on_a_border_do_not_cover_each_other(
    wanted: float, events: list[float], ends: list[float]
) -> None:
    spot = free_spot(wanted, 400, events, ends)
    assert 0 <= spot <= 400
    assert all(abs(spot - each) > 41.9 for each in events)
    assert all(abs(spot - each) > 21.9 for each in ends)
