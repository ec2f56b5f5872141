"""The tool ``draw``: a picture of a process, as text or for the eye."""

from collections.abc import Mapping
from typing import Any

from salesflow import api
from salesflow.mcp_server.answer import Answer
from salesflow.mcp_server.ground import Ground, placed
from salesflow.mcp_server.sources import PATH, TEXT, process
from salesflow.mcp_server.tool import Parameter, Tell, Tool
from salesflow.reporting.drawn import HEATS
from salesflow.reporting.views import VIEWS

_FORMATS = ("mermaid", "svg", "png", "dot", "bpmn")  # a page is more than an assistant can read


def _run(asked: Mapping[str, Any], ground: Ground, _tell: Tell) -> Answer:
    drawn = process(asked["path"], asked["text"], ground)
    old = asked["against"]
    against = None if old is None else process(placed(ground, old), None, ground)
    result = None if asked["result"] is None else placed(ground, asked["result"])
    picture = api.draw(
        drawn,
        asked["format"],
        findings=api.check(drawn) if asked["findings"] else (),
        result=result,
        heat=asked["heat"],
        view=asked["view"],
        only=asked["only"] or (),
        around=asked["around"],
        depth=asked["depth"],
        against=against,
    )
    if isinstance(picture, bytes):
        return Answer(f"A picture of `{drawn.id}`, {asked['view']} view.", picture=picture)
    return Answer(picture)


TOOL = Tool(
    name="draw",
    title="Draw a process",
    meaning="A picture of a process: Mermaid (default), SVG, Graphviz or BPMN as text, PNG as an "
    "image. `flow` has a lane for each department, `departments` who hands over to whom, `stages` "
    "the pipeline as the CRM has it.",
    parameters=(
        PATH,
        TEXT,
        Parameter("format", "The format.", choices=_FORMATS, default="mermaid"),
        Parameter("view", "What is shown.", choices=VIEWS, default="flow"),
        Parameter("only", "Only these steps, stages or departments, and what is next.", "strings"),
        Parameter("around", "With `only`: so many steps far.", "integer", least=0, most=50),
        Parameter(
            "depth",
            "What is open: 0 nothing, 1 blocks (usual), 2 also sub-processes.",
            "integer",
            least=0,
            most=20,
        ),
        Parameter("findings", "Mark what `check` finds.", "boolean", default=False),
        Parameter("against", "File of an older version: what changed is marked."),
        Parameter("result", "File of `simulate --format json`: where deals wait."),
        Parameter("heat", "With `result`, what it shows.", choices=HEATS, default="waiting"),
    ),
    run=_run,
)
