"""How long a picture takes: ``python benchmarks/bench_drawing.py [--npm DIR]``.

Prints a table: our layout and SVG of thirty steps in six departments and of believable processes of
1,000 and 3,000 steps (goals for the layout: 15 ms, 0.5 s, 3 s); beside it, in the same run and on
the same diagram, Graphviz dot (places and polylines), ELK layered where DIR has
``npm install elkjs``, and two layouts of networkx, which only place points: no boxes, no lines.
CPU time; the best of three where it is below a second.
"""

import argparse
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import networkx as nx
from believable import process as believable
from drawn_by_others import MOST, apart, elk, graphviz

import salesflow as sf
from salesflow.drawing.diagram import Diagram
from salesflow.drawing.extract import flow
from salesflow.drawing.layout.arrange import layout
from salesflow.drawing.svg.picture import svg
from tests.drawing.gate.processes import GATE

SIZES = (1_000, 3_000)


def cpu(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
        if best > 1:
            break
    return best


def shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"


def others(work: Callable[[], float]) -> str:
    try:
        return shown(work())
    except subprocess.TimeoutExpired:
        return f"> {MOST} s"
    except subprocess.CalledProcessError:
        return "breaks down"


def points(diagram: Diagram) -> nx.DiGraph:
    """The graph with a layer for each node: how far it is from where deals come in."""
    graph = nx.DiGraph((edge.start, edge.end) for edge in diagram.edges)
    sources = [node.id for node in diagram.nodes if node.kind == "source"]
    away = nx.multi_source_dijkstra_path_length(graph, sources)
    for node in graph:
        graph.nodes[node]["layer"] = away.get(node, 0)
    return graph


def row(name: str, diagram: Diagram, npm: Path | None) -> str:
    scene = layout(diagram)
    split = apart(diagram)
    cells = [
        name,
        f"{len(diagram.nodes):,}",
        f"{len(diagram.edges):,}",
        shown(cpu(lambda: layout(diagram))),
        shown(cpu(lambda: svg(scene))),
        others(lambda: graphviz(split, splines="polyline")[1]) if shutil.which("dot") else "-",
        others(lambda: elk(split, npm)[1]) if npm else "-",
        shown(cpu(lambda: nx.multipartite_layout(points(diagram), subset_key="layer"))),
        shown(cpu(lambda: nx.kamada_kawai_layout(points(diagram))))
        if len(split.nodes) < 99
        else "-",
    ]
    return " | ".join(cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--npm", type=Path)
    npm = parser.parse_args().npm
    print("| process | nodes | edges | layout | SVG | Graphviz dot | ELK layered |", end="")
    print(" networkx multipartite | networkx Kamada-Kawai |\n|---|" + "---:|" * 8)
    diagrams = {"30 steps, 6 departments": flow(sf.load(GATE["enterprise_sale"]))}
    for count in SIZES:
        diagrams[f"{count:,} steps"] = flow(sf.load(believable(count)))
    for name, diagram in diagrams.items():
        print(f"| {row(name, diagram, npm)} |", flush=True)


if __name__ == "__main__":
    main()
