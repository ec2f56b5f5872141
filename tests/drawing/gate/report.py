"""The measures of the gate's processes and the examples as a table; pictures where one is asked for.

``python -m tests.drawing.gate.report [--pictures FOLDER] [--all] [NAME…]``; ``--all`` says every
flaw.
"""

# ruff: noqa: T201 (a report is printed)
import argparse
from pathlib import Path

import salesflow as sf
from salesflow.drawing.extract import flow
from tests.drawing.gate.drawn import Drawn, drawn
from tests.drawing.gate.expected import needed_bends
from tests.drawing.gate.processes import GATE, SHIPPED

_HEAD = "process | crossings | bends (all, needed) | through | struck | overlaps | wide | outside | wrong | aspect"


def row(name: str, found: Drawn) -> str:
    m = found.measures
    overlaps = len(m.overlapping_nodes) + len(m.overlapping_words)
    bends = f"{m.bends} ({m.turns}, {needed_bends(found.scene.diagram)})"
    figures = (
        len(m.crossings),
        bends,
        len(m.through_nodes),
        len(m.struck_words),
    )
    more = (overlaps, len(m.wide_words), len(m.outside), len(found.broken) - len(m.broken))
    return " | ".join((name, *map(str, (*figures, *more)), f"{m.aspect:.2f}"))


def flaws(found: Drawn) -> list[str]:
    m = found.measures
    soft = [f"crossing: {what}" for what in m.crossings] + [f"struck: {w}" for w in m.struck_words]
    return [*found.broken, *soft]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--all", action="store_true")
    chosen = parser.parse_args()
    files = {**GATE, **SHIPPED}
    print(_HEAD)
    for name in chosen.names or files:
        found = drawn(flow(sf.load(files[name])))
        print(row(name, found), flush=True)
        for flaw in flaws(found)[: None if chosen.all else 6]:
            print(f"    {flaw}")
        if chosen.pictures:
            chosen.pictures.mkdir(parents=True, exist_ok=True)
            file = chosen.pictures / f"{name.replace('/', '-')}.svg"
            file.write_text(found.text, "utf-8")


if __name__ == "__main__":
    main()
