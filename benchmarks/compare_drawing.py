"""How good pictures are to read, ours beside others', measured by the tests' own measures.

``python benchmarks/compare_drawing.py [--npm DIR]`` with DIR a folder where
``npm install elkjs bpmn-auto-layout`` was run; Graphviz (dot) is asked where it is installed.
Graphviz and ELK get the same diagram, with boxes and labels of the same size and, as ours has, an
outcome beside each of its causes; only ours has lanes and rows (Graphviz a cluster for each
department). bpmn-auto-layout gets our BPMN, whose boxes and gateways are others, and leaves the
lanes out.
"""

import argparse
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from drawn_by_others import Picture, apart, auto_layout, elk, graphviz

import salesflow as sf
from salesflow.drawing.extract import flow
from salesflow.drawing.layout.arrange import layout
from salesflow.drawing.svg.picture import svg
from salesflow.process.model import Process
from tests.drawing.gate.measures import measure
from tests.drawing.gate.processes import GATE, SHIPPED
from tests.drawing.gate.reading import read

FILES = {**GATE, "enterprise example": SHIPPED["enterprise/enterprise"]}


def tools(process: Process, npm: Path | None) -> dict[str, Callable[[], Picture]]:
    """Who draws it, each as a function that does."""
    diagram = flow(process)
    found: dict[str, Callable[[], Picture]] = {"salesflow": lambda: read(svg(layout(diagram)))}
    if shutil.which("dot"):
        found["Graphviz, ortho"] = lambda: graphviz(apart(diagram))[0]
        found["Graphviz, polyline"] = lambda: graphviz(apart(diagram), splines="polyline")[0]
    if npm:
        found["ELK layered"] = lambda: elk(apart(diagram), npm)[0]
        found["bpmn-auto-layout"] = lambda: auto_layout(sf.draw(process, "bpmn"), npm)[0]
    return found


def figures(picture: Picture) -> str:
    m = measure(picture)
    wide, high = (picture.view[n + 2] - picture.view[n] for n in (0, 1))
    counted = (m.crossings, m.through_nodes, m.overlapping_words, m.struck_words)
    crossings, through, over, struck = map(len, counted)
    rest = (m.bends, through, over, struck, f"{wide / high:.1f}", f"{wide * high / 1e6:.1f}")
    return " | ".join(map(str, (crossings, *rest)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--npm", type=Path)
    chosen = parser.parse_args()
    print(
        "| process | drawn by | crossings | bends | through boxes | words over something |", end=""
    )
    print(" words struck | aspect | megapixels |\n|---|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, file in FILES.items():
        for tool, draw in tools(sf.load(file), chosen.npm).items():
            try:
                told = figures(draw())
            except subprocess.CalledProcessError:
                told = "breaks down | | | | | |"
            print(f"| {name} | {tool} | {told} |", flush=True)


if __name__ == "__main__":
    main()
