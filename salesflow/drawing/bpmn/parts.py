"""The nouns of a BPMN process: what stands in it, and what flows from where to where.

``key`` is an XML id without the prefix of its process.
"""

from salesflow.drawing.bpmn.xml import Tag
from salesflow.nouns import Noun


class Part(Noun):
    """A flow node. ``id`` is that of its node in the diagram, whose kind is ``drawn``.

    ``kind`` is a tag of BPMN (``userTask``), ``around`` the block in whose sub-process it stands,
    or "". ``told`` is documentation and data, ``inside`` what else it holds: an event's definition.
    """

    id: str
    key: str
    kind: str
    drawn: str
    label: str = ""
    lane: str = ""
    around: str = ""
    told: tuple[Tag, ...] = ()
    inside: tuple[Tag, ...] = ()
    tone: str = ""  # an outcome's kind
    called: str = ""  # the process that a call activity runs


class Boundary(Noun):
    """An event on the border of the activity or sub-process ``host``, where one flow starts.

    On a sub-process it has a node ``id`` in the diagram, reached from the node ``thrown`` inside.
    """

    key: str
    host: str
    around: str
    label: str
    told: tuple[Tag, ...]
    definition: Tag
    id: str = ""
    thrown: str = ""


class Flow(Noun):
    """A sequence flow; ``start`` and ``end`` are nodes of the diagram, ``kind`` that of its edge.

    ``start_key`` and ``end_key`` are what it connects in BPMN: a block's sub-process where the
    diagram has the first or last event in it, an event on a border where it has what that is on.
    """

    key: str
    start: str
    end: str
    start_key: str
    end_key: str
    label: str = ""
    kind: str = "flow"
    around: str = ""
    condition: str = ""
    default: bool = False
    share: float | None = None
    told: tuple[Tag, ...] = ()


class Thrown(Noun):
    """What is thrown inside a block to abandon it with the result ``code``.

    It is a root element: ``id`` is its whole XML id.
    """

    id: str
    name: str
    code: str


class Parts(Noun):
    """All that one BPMN process holds; ``blocks`` are the sub-processes, outer before inner."""

    parts: tuple[Part, ...]
    blocks: tuple[Part, ...]
    boundaries: tuple[Boundary, ...]
    flows: tuple[Flow, ...]
    errors: tuple[Thrown, ...]
