"""What a page holds. All texts are plain: the page makes them visible and escapes them.

A ``path`` is an element's: ``steps.x``, ``steps.x.next.r``, ``departments.d``, ``stages.s`` …
"""

from salesflow.drawing.diagram import Figure
from salesflow.drawing.scene import Scene
from salesflow.nouns import FrozenMap, Noun


class Line(Noun):
    """A row of the panel: words at the left, a value (``60%``) at the right.

    ``to`` is the path of what it leads to, or "". ``tone``: error, warning, info, won, lost,
    disqualified, added, removed, changed, quiet or "".
    """

    text: str
    value: str = ""
    to: str = ""
    tone: str = ""


class Section(Noun):
    """Rows under a heading."""

    title: str
    lines: tuple[Line, ...]


class Card(Noun):
    """All about one element that the picture itself does not say. A department's is its guide."""

    path: str
    lead: str = ""
    sections: tuple[Section, ...] = ()


class View(Noun):
    """A picture of the page. ``closed`` names the frames and stages that are closed at first."""

    id: str
    label: str
    scene: Scene
    closed: tuple[str, ...] = ()


class Stage(Noun):
    """A stage of the pipeline."""

    id: str
    label: str


class Heat(Noun):
    """One measure, by path of nodes and edges."""

    id: str
    label: str
    figures: FrozenMap[str, Figure]


class Remark(Noun):
    """A finding, pinned to its element.

    ``related`` are rows that lead to what has to do with it; ``way`` are the paths of the nodes and
    edges of its witness in turn; ``place`` is where it stands (``file.yaml:12``).
    """

    path: str
    severity: str
    rule: str
    text: str
    help: str = ""
    related: tuple[Line, ...] = ()
    way: tuple[str, ...] = ()
    place: str = ""


class Rate(Noun):
    """How many deals a week take an edge, and how many hours each spends before it.

    ``waiting``: those of the hours in which nobody has begun.
    """

    week: float
    hours: float = 0.0
    waiting: float = 0.0


class Edit(Noun):
    """A change between two versions: ``kind`` is added, removed or changed."""

    path: str
    kind: str
    text: str
    level: str = ""
    audience: tuple[str, ...] = ()


class Versions(Noun):
    """What two versions are called, and what has changed; the flow is drawn of both together."""

    old: str
    new: str
    verdict: str
    edits: tuple[Edit, ...]


class Page(Noun):
    """Everything on a page. ``about`` stands in the panel while nothing is chosen.

    ``rated`` is a sentence: where the rates come from, or why there are none.
    """

    title: str
    views: tuple[View, ...]
    about: tuple[Section, ...] = ()
    cards: tuple[Card, ...] = ()
    stages: tuple[Stage, ...] = ()
    heats: tuple[Heat, ...] = ()
    remarks: tuple[Remark, ...] = ()
    rates: FrozenMap[str, Rate] = FrozenMap()
    rated: str = ""
    versions: Versions | None = None
