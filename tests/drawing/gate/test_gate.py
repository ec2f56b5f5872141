"""What must hold of the picture of thirty steps in six departments, measured on its SVG.

Four believable processes, and the examples. ``python -m tests.drawing.gate.report`` says the
same as a table, for all of them.
"""

from functools import cache
from pathlib import Path

import pytest

import salesflow as sf
from salesflow.drawing.extract import flow
from salesflow.drawing.scene import Route, Scene
from salesflow.drawing.svg.picture import svg
from salesflow.process.model import Process
from tests.drawing.gate.drawn import Drawn, drawn
from tests.drawing.gate.expected import hard_laws, needed_bends
from tests.drawing.gate.measures import through_frames
from tests.drawing.gate.processes import DENSE, GATE, SHIPPED, USUAL
from tests.drawing.gate.reading import read

CROSSINGS, BENDS, ASPECT = 3, 25, 3.0
SCREEN = 1200  # pixels
FILES = {**GATE, **SHIPPED}


@cache
def process(file: Path) -> Process:
    return sf.load(file)


@cache
def judged(name: str) -> Drawn:
    return drawn(flow(process(FILES[name])))


@pytest.mark.parametrize("name", GATE)
def test_they_are_what_the_gate_speaks_of(name: str) -> None:
    found = process(GATE[name])
    assert len(found.nodes) == 30
    assert len(found.departments) == 6
    edges = len(flow(found).edges)
    assert edges > (40 if name in USUAL else 55)


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_wrong(name: str) -> None:
    """Through no node, no words over others, all inside, frames and lanes right, all ends held."""
    broken = judged(name).broken
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("name", FILES)
def test_no_line_strikes_words_of_another(name: str) -> None:
    struck = judged(name).measures.struck_words
    assert not struck, "\n".join(struck)


@pytest.mark.parametrize("name", FILES)
def test_no_line_runs_over_the_ground_of_a_block_that_is_not_its_own(name: str) -> None:
    """Where a block leaves room for it: one over all lanes does not."""
    over = [*through_frames(judged(name).picture)]
    assert not over, "\n".join(over)


@pytest.mark.parametrize("name", USUAL)
def test_crossings(name: str) -> None:
    crossings = judged(name).measures.crossings
    assert len(crossings) <= CROSSINGS, "\n".join(crossings)


@pytest.mark.parametrize("name", {**DENSE, "enterprise/enterprise": None})
def test_crossings_where_there_are_many_arrows(name: str) -> None:
    """A layout that only puts steps into lanes has three crossings for each arrow here."""
    found = judged(name)
    crossings, edges = found.measures.crossings, len(found.scene.diagram.edges)
    assert len(crossings) <= edges / 4, "\n".join(crossings)


@pytest.mark.parametrize("name", USUAL)
def test_bends(name: str) -> None:
    """Those of each line, also where several turn at one place."""
    bends = judged(name).measures.turns
    assert bends <= BENDS


@pytest.mark.parametrize("name", {**DENSE, "enterprise/enterprise": None})
def test_bends_where_there_are_many_arrows(name: str) -> None:
    """With nearly two arrows a step, the ways between lanes alone take more than 25 corners."""
    found = judged(name)
    needed = needed_bends(found.scene.diagram)
    assert needed > BENDS
    assert found.measures.turns <= 1.6 * needed + 3


@pytest.mark.parametrize("name", FILES)
def test_aspect(name: str) -> None:
    """What fits a screen's width anyway need not be wrapped."""
    found = judged(name)
    wide, aspect = found.scene.width, found.measures.aspect
    assert aspect <= ASPECT or wide < SCREEN


@pytest.mark.parametrize("name", GATE)
def test_lines_drawn_without_a_thought_would_not_pass(name: str) -> None:
    """The same boxes, and each line out to the right, up or down, and in from the left."""
    found = judged(name)
    measures, broken = hard_laws(read(svg(_careless(found.scene))), found.scene.diagram)
    assert measures.through_nodes
    assert broken
    assert measures.struck_words
    assert len(measures.crossings) > len(found.scene.diagram.edges) / 4
    bound = BENDS if name in USUAL else 1.6 * needed_bends(found.scene.diagram) + 3
    assert measures.turns > bound


def _careless(scene: Scene) -> Scene:
    def straight(route: Route) -> Route:
        start, end = scene.shapes[route.start], scene.shapes[route.end]
        right, left = start.x + start.width, end.x
        out, into = start.y + start.height / 2, end.y + end.height / 2
        points = ((right, out), (right + 12, out), (right + 12, into), (left, into))
        return route.replace(points=points)

    return scene.replace(routes=tuple(straight(route) for route in scene.routes))
