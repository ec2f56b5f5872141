"""The bird's eye view: departments, and who hands deals over to whom."""

from collections.abc import Iterator, Mapping

from salesflow.analysis.chain import Chain
from salesflow.analysis.handoffs import handoffs
from salesflow.analysis.movements import handed_over
from salesflow.drawing.diagram import Diagram, Edge, Figure, Mark, Node, Overlay, settle
from salesflow.drawing.facts import promise
from salesflow.drawing.titles import about_of, title_of
from salesflow.drawing.volumes import MEASURE, figures, volumes_of
from salesflow.process.model import Process, Touchpoint
from salesflow.process.people import Department
from salesflow.process.steps import Run, Work

_NOTHING_OVER = Overlay()


def departments(
    process: Process, *, overlay: Overlay = _NOTHING_OVER, chain: Chain | None = None
) -> Diagram:
    """A node per department of ours, an edge per pair that hands over.

    An edge has the touchpoints with what they promise, and how many deals a week: as the overlay
    has it under ``departments.GIVER>RECEIVER``, or else as the shares say. Departments outside the
    company are looked through, and named in a note. ``chain`` is that of the process, if known.
    """
    pairs: dict[tuple[str, str], set[str]] = {}
    for handoff in handoffs(process):
        pairs.setdefault((handoff.giver, handoff.receiver), set()).update(handoff.covered_by)
    shown = {name for pair in pairs for name in pair}
    names = [n for n, each in process.departments.items() if n in shown or not each.external]
    ways = {pair: f"departments.{'>'.join(pair)}" for pair in sorted(pairs)}
    marks = settle(overlay, {*ways.values(), *(f"departments.{name}" for name in names)})
    amounts, measure, why = _amounts(process, overlay, ways, chain)
    return Diagram(
        title=title_of(process),
        about=about_of(process),
        lanes=(),
        nodes=tuple(
            node.replace(figure=overlay.figures.get(node.path), marks=marks.get(node.path, ()))
            for node in (_node(process, process.departments[name]) for name in names)
        ),
        edges=tuple(
            Edge(
                start=pair[0],
                end=pair[1],
                path=path,
                label=", ".join(_label(process.touchpoints[name]) for name in sorted(pairs[pair])),
                figure=amounts.get(pair),
                marks=(*marks.get(path, ()), *_on(process, pairs[pair], overlay)),
            )
            for pair, path in ways.items()
        ),
        notes=tuple(filter(None, (_promised(process, pairs), _outside(process, shown), why))),
        measure=measure,
    )


def _amounts(
    process: Process,
    overlay: Overlay,
    ways: Mapping[tuple[str, str], str],
    chain: Chain | None,
) -> tuple[Mapping[tuple[str, str], Figure], str, str]:
    """Figures of the edges, what they say, and a note on that."""
    if overlay.figures:
        told = {
            pair: overlay.figures[path] for pair, path in ways.items() if path in overlay.figures
        }
        return told, overlay.measure, ""
    if not ways:
        return {}, "", ""
    volumes = volumes_of(process, chain)
    amounts = figures(volumes, lambda deals: handed_over(process, deals))
    return amounts, MEASURE if amounts else "", volumes.why


def _on(process: Process, names: set[str], overlay: Overlay) -> Iterator[Mark]:
    for name in sorted(names):
        yield from overlay.marks.get(process.touchpoints[name].path, ())


def _label(touchpoint: Touchpoint) -> str:
    within = touchpoint.accept_within
    return touchpoint.title if within is None else f"{touchpoint.title} ≤{within}"


def _node(process: Process, department: Department) -> Node:
    work = [*_work(process, department.id)]
    comes = [s.title for s in process.sources.values() if s.department == department.id]
    facts = [f"{', '.join(sorted(comes))} begins here."] if comes else []
    if work:
        facts.append(f"Does {', '.join(sorted({step.heading for step in work}))}.")
    facts.extend(_promises(process, department.id))
    return Node(
        id=department.id,
        path=department.path,
        kind="department",
        label=department.heading,
        detail=f"{len(work)} steps" if len(work) != 1 else "1 step",
        facts=tuple(facts),
    )


def _work(process: Process, department: str) -> Iterator[Work]:
    """The steps that a department does, in runs too."""
    for step in process.nodes.values():
        if isinstance(step, Work) and process.department_of(step) == department:
            yield step
        elif isinstance(step, Run) and step.process in process.runs:
            yield from _work(process.runs[step.process], department)


def _promises(process: Process, department: str) -> Iterator[str]:
    """What others may count on when they hand over to a department."""
    for _, touchpoint in sorted(process.touchpoints.items()):
        promised = promise(touchpoint)
        if touchpoint.receiver == department and promised:
            giver = process.departments[touchpoint.giver].heading
            yield f"Begins what comes from {giver} ({touchpoint.title}) {promised}."


def _promised(process: Process, pairs: Mapping[tuple[str, str], set[str]]) -> str:
    names = {name for covered in pairs.values() for name in covered}
    if all(process.touchpoints[name].accept_within is None for name in names):
        return ""
    return "≤ says how soon work begins after a handoff."


def _outside(process: Process, shown: set[str]) -> str:
    names = [
        each.title
        for name, each in process.departments.items()
        if each.external and name not in shown and any(_work(process, name))
    ]
    if not names:
        return ""
    by_way = f"What goes by way of {' and '.join(sorted(names))}"
    return f"{by_way} is drawn as a handoff between our own departments."
