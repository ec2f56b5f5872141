"""A picture with every place worked out: SVG, PNG, the page and the BPMN diagram draw it.

Lengths are pixels at 100%; x grows to the right, y downwards; (x, y) is the top left corner.
"""

from salesflow.drawing.diagram import Diagram, Edge, Frame, Lane, Node
from salesflow.nouns import Noun

HEAD = 120.0  # at the left of each lane, kept free for its name


class Text(Noun):
    """Lines of text that fill a box exactly; ``anchor`` is start, middle or end of each line."""

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    anchor: str = "start"


class Shape(Noun):
    """A node with its place. An outcome may have several: the first has ``copy`` 0.

    ``lines`` are its label as it is wrapped, ``details`` its detail.
    """

    node: Node
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    details: tuple[str, ...] = ()
    copy: int = 0


class Route(Noun):
    """An edge from border to border: horizontal and vertical stretches between ``points``.

    ``main``: it lies on the usual path. ``back``: it leads to where the deal was before.
    ``start`` and ``end`` are places in ``Scene.shapes`` (an outcome has several).
    """

    edge: Edge
    points: tuple[tuple[float, float], ...]
    start: int
    end: int
    label: Text | None = None
    main: bool = False
    back: bool = False


class Band(Noun):
    """A lane over the whole width, in one of the rows a long process is wrapped into."""

    lane: Lane
    row: int
    x: float
    y: float
    width: float
    height: float


class Border(Noun):
    """A frame with its place; its label stands in its top left corner."""

    frame: Frame
    x: float
    y: float
    width: float
    height: float
    label: Text


class Scene(Noun):
    """A whole picture. Everything lies within ``width`` and ``height``."""

    diagram: Diagram
    width: float
    height: float
    bands: tuple[Band, ...]
    borders: tuple[Border, ...]
    shapes: tuple[Shape, ...]
    routes: tuple[Route, ...]
