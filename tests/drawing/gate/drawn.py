"""A diagram, drawn and measured."""

from typing import NamedTuple

from salesflow.drawing.diagram import Diagram
from salesflow.drawing.layout.arrange import layout
from salesflow.drawing.scene import Scene
from salesflow.drawing.svg.picture import svg
from tests.drawing.gate.expected import hard_laws
from tests.drawing.gate.measures import Measures
from tests.drawing.gate.reading import Picture, read


class Drawn(NamedTuple):
    scene: Scene
    text: str
    picture: Picture
    measures: Measures
    broken: list[str]  # what may not be in any picture


def drawn(diagram: Diagram) -> Drawn:
    scene = layout(diagram)
    text = svg(scene)
    picture = read(text)
    measures, broken = hard_laws(picture, diagram)
    return Drawn(scene, text, picture, measures, broken)
