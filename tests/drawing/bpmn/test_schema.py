"""The standard's own schema, bpmn-moddle and a linter have nothing against what is exported."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesflow import api
from salesflow.drawing.bpmn.export import bpmn
from salesflow.testing import processes, sound_processes
from tests.drawing.bpmn.modeller import judged
from tests.drawing.bpmn.test_modeller import EVERYTHING, examples
from tests.drawing.test_mermaid import HOSTILE

CLEAN = {"schema": [], "warnings": [], "lint": []}


def test_the_examples_are_valid_and_well_made() -> None:
    documents = [bpmn(process) for process in examples()]
    assert judged(documents) == [CLEAN] * len(documents)


def test_whatever_is_written_is_valid() -> None:
    """What is wrong with a process (steps nobody reaches) is wrong with its picture too: no lint."""
    documents: list[str] = []

    @settings(max_examples=25, database=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(processes(), sound_processes()))
    def write(data: dict[str, Any]) -> None:
        documents.append(bpmn(api.load(data)))

    write()
    assert judged(documents, rules=["no-bpmndi", "single-event-definition"]) == [CLEAN] * len(
        documents
    )


def test_hostile_texts_stay_texts() -> None:
    documents = []
    for text in [*HOSTILE, "\x00\x07", "\ud800", "\ufffe", "]]>", "<!-- ", "&#0;"]:
        named = EVERYTHING.replace(name=text, description=text, goal=text, owner=text)
        steps = {name: step.replace(name=text) for name, step in EVERYTHING.steps.items()}
        documents.append(bpmn(named.replace(steps=type(EVERYTHING.steps)(steps))))
    assert judged(documents, rules=[]) == [CLEAN] * len(documents)


@pytest.mark.parametrize(
    ("spoil", "judge"),
    [
        (("<bpmn:outgoing>", "<bpmn:outwards>"), "schema"),
        (('sourceRef="hello.', 'sourceRef="other.'), "warnings"),
        (('bpmnElement="hello.outcomes.won"', 'bpmnElement="hello.outcomes.lost"'), "lint"),
    ],
)
def test_the_judges_see_what_is_wrong(spoil: tuple[str, str], judge: str) -> None:
    process = examples()[0]
    old, new = spoil
    closing = bpmn(process).replace("</bpmn:outgoing>", "</bpmn:outwards>")
    text = closing if judge == "schema" else bpmn(process)
    (answer,) = judged([text.replace(old, new)])
    assert answer[judge]
