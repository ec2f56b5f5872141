"""The same diagram laid out by other programs: Graphviz, ELK (elkjs) and bpmn-auto-layout.

Each gives a ``Picture`` as the tests measure them, and the CPU seconds of the whole program.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import fromstring

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from salesflow.drawing.diagram import Diagram, Edge  # noqa: E402 (tests are no package installed)
from salesflow.drawing.layout.sizes import EDGE, size_of  # noqa: E402
from salesflow.drawing.lettering import width, wrap  # noqa: E402
from tests.drawing.gate.reading import Box, Line, Node, Picture, Point, Words  # noqa: E402

MOST = 120  # seconds
INCH = 72.0
ELK = """
const ELK = require('elkjs');
const graph = JSON.parse(require('fs').readFileSync(0, 'utf8'));
new ELK().layout(graph).then(done => console.log(JSON.stringify(done)));
"""
AUTO = """
import { layoutProcess } from 'bpmn-auto-layout';
import { readFileSync } from 'fs';
console.log(await layoutProcess(readFileSync(0, 'utf8')));
"""
HOW = {
    "elk.algorithm": "layered",
    "elk.direction": "RIGHT",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.edgeLabels.placement": "TAIL",
}

Drawn = tuple[Picture, float]


def ran(command: Sequence[str], text: str, folder: Path | None = None) -> tuple[str, float]:
    """What a program says, and how long it took; TimeoutExpired after two minutes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        command, input=text, capture_output=True, text=True, timeout=MOST, check=True, cwd=folder
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def words_of(edge: Edge) -> tuple[tuple[str, ...], float, float]:
    """The lines of an edge's label, and how wide and high it is."""
    lines = wrap(edge.label, EDGE, 110, 4)
    return lines, max((width(line, EDGE) for line in lines), default=0.0), 13.75 * len(lines)


def apart(diagram: Diagram) -> Diagram:
    """With an outcome of its own for each edge to one, as ours stand near their cause."""
    outcomes = {node.id: node for node in diagram.nodes if node.kind == "outcome"}
    nodes = [node for node in diagram.nodes if node.id not in outcomes]
    edges = []
    for place, edge in enumerate(diagram.edges):
        end = edge.end
        if end in outcomes:
            nodes.append(outcomes[end].replace(id=f"{end}@{place}"))
            end = f"{end}@{place}"
        edges.append(edge.replace(end=end))
    return diagram.replace(nodes=tuple(nodes), edges=tuple(edges))


def graphviz(diagram: Diagram, *, splines: str = "ortho") -> Drawn:
    """Graphviz dot, a cluster for each department, boxes and labels as large as ours."""
    names = {node.id: f"n{place}" for place, node in enumerate(diagram.nodes)}
    rows = [
        "digraph {",
        f'rankdir=LR; splines={splines}; node [shape=box, fixedsize=true, label=""]',
    ]
    for place, lane in enumerate(diagram.lanes):
        inside = "; ".join(names[node.id] for node in diagram.nodes if node.lane == lane.id)
        rows.append(f"subgraph cluster_{place} {{ {inside} }}")
    for node in diagram.nodes:
        size = size_of(node)
        rows.append(f"{names[node.id]} [width={size.width / INCH}, height={size.height / INCH}]")
    label = "xlabel" if splines == "ortho" else "label"  # ortho knows no other
    for edge in diagram.edges:
        text = json.dumps("\n".join(words_of(edge)[0]))
        rows.append(f"{names[edge.start]} -> {names[edge.end]} [{label}={text}, fontsize={EDGE}]")
    told, seconds = ran(["dot", "-Tjson"], "\n".join([*rows, "}"]))
    return _of_graphviz(json.loads(told), diagram), seconds


def _of_graphviz(told: dict, diagram: Diagram) -> Picture:
    left, low, right, top = (float(number) for number in told["bb"].split(","))

    def at(text: str) -> Point:
        x, y = (float(number) for number in text.split(",")[-2:])
        return x, top - y

    nodes = []
    for placed in (thing for thing in told["objects"] if thing["name"].startswith("n")):
        x, y = at(placed["pos"])
        wide, high = (float(placed[side]) * INCH / 2 for side in ("width", "height"))
        path = diagram.nodes[int(placed["name"][1:])].path
        nodes.append(Node(path, Box(x - wide, y - high, x + wide, y + high), frozenset()))
    lines, words = [], []
    for placed, edge in zip(told["edges"], diagram.edges, strict=True):
        parts = placed["pos"].split()
        tip = [at(part) for part in parts if part.startswith("e,")]
        points = [at(part) for part in parts if not part.startswith(("e,", "s,"))]
        lines.append(Line(edge.path, (*points[::3], *tip), frozenset()))
        where = placed.get("xlp") or placed.get("lp")
        if where:
            words.append(_label(edge, at(where)))
    return Picture(Box(left, 0, right, top - low), tuple(nodes), tuple(lines), (), (), tuple(words))


def _label(edge: Edge, middle: Point) -> Words:
    _, wide, high = words_of(edge)
    x, y = middle
    return _at_box(edge, Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))


def _at_box(edge: Edge, box: Box) -> Words:
    return Words(edge.label, box, "edge", edge.path, EDGE, bold=False)


def elk(diagram: Diagram, home: Path) -> Drawn:
    """ELK layered with orthogonal lines; it knows no lanes. ``home`` has node_modules/elkjs."""
    graph = {
        "id": "root",
        "layoutOptions": HOW,
        "children": [
            {"id": node.id, "width": size_of(node).width, "height": size_of(node).height}
            for node in diagram.nodes
        ],
        "edges": [
            {
                "id": f"e{place}",
                "sources": [edge.start],
                "targets": [edge.end],
                "labels": [{"text": "x", "width": wide, "height": high}] * bool(lines),
            }
            for place, edge in enumerate(diagram.edges)
            for lines, wide, high in [words_of(edge)]
        ],
    }
    told, seconds = ran(["node", "-e", ELK], json.dumps(graph), home)
    return _of_elk(json.loads(told), diagram), seconds


def _of_elk(told: dict, diagram: Diagram) -> Picture:
    nodes = tuple(
        Node(node.path, _box(placed), frozenset())
        for node, placed in zip(diagram.nodes, told["children"], strict=True)
    )
    lines, words = [], []
    for placed, edge in zip(told["edges"], diagram.edges, strict=True):
        (section,) = placed["sections"]
        ways = (section["startPoint"], *section.get("bendPoints", ()), section["endPoint"])
        lines.append(Line(edge.path, tuple((p["x"], p["y"]) for p in ways), frozenset()))
        words += [_at_box(edge, _box(label)) for label in placed.get("labels", ())]
    view = Box(0, 0, told["width"], told["height"])
    return Picture(view, nodes, tuple(lines), (), (), tuple(words))


def _box(placed: dict) -> Box:
    x, y = placed["x"], placed["y"]
    return Box(x, y, x + placed["width"], y + placed["height"])


def auto_layout(bpmn: str, home: Path) -> Drawn:
    """bpmn-auto-layout on a BPMN file; it leaves lanes out, and labels have no place."""
    with TemporaryDirectory(dir=home) as folder:
        file = Path(folder) / "auto.mjs"
        file.write_text(AUTO, "utf-8")
        told, seconds = ran(["node", str(file)], bpmn, home)
    nodes, lines = [], []
    root = fromstring(told)
    for shape in root.iter("{http://www.omg.org/spec/BPMN/20100524/DI}BPMNShape"):
        bounds = next(e for e in shape if e.tag.endswith("}Bounds"))
        x, y, wide, high = (float(bounds.get(n, 0)) for n in ("x", "y", "width", "height"))
        name = shape.get("bpmnElement", "")
        nodes.append(Node(name, Box(x, y, x + wide, y + high), frozenset()))
    for edge in root.iter("{http://www.omg.org/spec/BPMN/20100524/DI}BPMNEdge"):
        ways = [e for e in edge if e.tag.endswith("}waypoint")]
        points = tuple((float(e.get("x", 0)), float(e.get("y", 0))) for e in ways)
        lines.append(Line(edge.get("bpmnElement", ""), points, frozenset()))
    xs = [x for node in nodes for x in (node.box.left, node.box.right)]
    ys = [y for node in nodes for y in (node.box.top, node.box.bottom)]
    view = Box(min(xs), min(ys), max(xs), max(ys))
    return Picture(view, tuple(nodes), tuple(lines), (), (), ()), seconds
