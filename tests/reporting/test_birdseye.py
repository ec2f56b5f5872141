"""What comes where a flow is too large: the same from further away, and a note that says so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from salesflow import api
from salesflow.drawing.diagram import Diagram, Overlay
from salesflow.process.model import Process
from salesflow.reporting.birdseye import birds_eye
from salesflow.reporting.views import view_of

ENTERPRISE = Path(__file__).parents[2] / "examples" / "enterprise" / "enterprise.salesflow.yaml"


def within(most: int) -> Callable[[Diagram], bool]:
    return lambda diagram: len(diagram.edges) <= most


@pytest.fixture(scope="module")
def process() -> Process:
    return api.load(ENTERPRISE)


def test_views_from_further_away_have_fewer_transitions(process: Process) -> None:
    sizes = [
        *(len(view_of(process, "flow", depth=depth).edges) for depth in (2, 1, 0)),
        *(len(view_of(process, view).edges) for view in ("stages", "departments")),
    ]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("view", "depth", "words"),
    [
        ("flow", 1, "depth 1 is shown"),
        ("flow", 0, "blocks are closed"),
        ("stages", 0, "stages are shown"),
        ("departments", 0, "departments are shown"),
    ],
)
def test_the_first_that_fits_is_shown(process: Process, view: str, depth: int, words: str) -> None:
    whole = view_of(process, "flow", depth=2)
    wanted = view_of(process, view, depth=depth)
    shown = birds_eye(process, whole, within(len(wanted.edges)), overlay=Overlay(), depth=2)
    assert shown.replace(notes=shown.notes[1:]) == wanted
    note = f"{len(whole.edges)} transitions are more than Mermaid draws: {words}."
    assert shown.notes[0] == note


def test_departments_come_even_where_they_do_not_fit(process: Process) -> None:
    whole = view_of(process, "flow")
    shown = birds_eye(process, whole, within(0), overlay=Overlay(), depth=1)
    assert shown.edges == view_of(process, "departments").edges


def test_what_the_process_does_not_have_is_not_tried() -> None:
    plain = api.loads("""\
salesflow: 1
process: p
sources: {inbound: {start: call}}
steps: {call: {by: sales, next: won}}
outcomes: {won: {kind: won}}
""")
    whole = view_of(plain, "flow")
    tried: list[Diagram] = []

    def never(diagram: Diagram) -> bool:
        tried.append(diagram)
        return False

    birds_eye(plain, whole, never, overlay=Overlay(), depth=1)
    assert [{node.kind for node in diagram.nodes} for diagram in tried] == [{"department"}]
