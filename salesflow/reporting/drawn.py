"""A process as a picture in any format, with findings, a result or another version on it."""

from collections.abc import Callable, Iterable, Iterator
from types import UnionType
from typing import Any

from salesflow.analysis.chain import Chain
from salesflow.drawing.diagram import Diagram, Overlay
from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.model import Process
from salesflow.reporting.birdseye import birds_eye
from salesflow.reporting.overlay import both, findings_overlay
from salesflow.reporting.views import USUAL_DEPTH, VIEWS, view_of
from salesflow.simulation.result import SimulationResult

FORMATS = ("mermaid", "dot", "svg", "png", "html", "bpmn")
HEATS = ("waiting", "load", "value")


class Wanted(Noun):
    """What is wanted of a picture. ``depth`` and ``around`` None: as usual.

    ``doubt`` is said of the figures of the result; None: what there is to say.
    """

    view: str = "flow"
    findings: tuple[Finding, ...] = ()
    result: SimulationResult | None = None
    doubt: str | None = None
    heat: str = "waiting"
    only: tuple[str, ...] = ()
    around: int | None = None
    depth: int | None = None
    against: Process | None = None


_NOTHING = Wanted()


def several(given: Any) -> tuple[Any, ...]:
    """What was given as a tuple; one thing is a tuple of one. ``hold`` says what is none."""
    return (given,) if isinstance(given, str) or not isinstance(given, Iterable) else tuple(given)


def drawn(process: Process, format: str, wanted: Wanted = _NOTHING) -> str | bytes:  # noqa: A002
    """A picture as text, a png as bytes. UsageError for what cannot be drawn so."""
    hold(format, wanted)
    if format == "bpmn":
        from salesflow.drawing.bpmn.export import bpmn  # each format has its own needs

        return bpmn(process)
    if format == "html":
        from salesflow.reporting.paged.page import paged

        return paged(
            process,
            findings=wanted.findings,
            result=wanted.result,
            against=wanted.against,
            view=wanted.view,
            heat=wanted.heat,
        )
    if format == "mermaid":
        from salesflow.drawing.mermaid import fits, mermaid

        return mermaid(diagram_of(process, wanted, fits=fits))
    return _RENDERED[format](diagram_of(process, wanted))


def diagram_of(
    process: Process,
    wanted: Wanted,
    *,
    fits: Callable[[Diagram], bool] = bool,
    chain: Chain | None = None,
) -> Diagram:
    """What a picture shows. A flow that does not fit comes from further away, with a note that
    says so; of two versions comes what is near a change. ``chain`` is that of the process, if
    known.
    """
    overlay, notes = _overlay(process, wanted)
    depth = USUAL_DEPTH if wanted.depth is None else wanted.depth
    if wanted.against is not None:
        from salesflow.reporting.changed.picture import beside  # only where versions are compared

        old, view = wanted.against, wanted.view
        diagram = beside(old, process, view=view, overlay=overlay, depth=depth, small=fits)
    else:
        diagram = view_of(process, wanted.view, overlay=overlay, depth=depth, chain=chain)
    if wanted.only:
        from salesflow.drawing.only import only

        around = 1 if wanted.around is None else wanted.around
        diagram = only(diagram, wanted.only, around, steps=_names(process))
    if wanted.view == "flow" and not fits(diagram):
        diagram = birds_eye(process, diagram, fits, overlay=overlay, depth=depth)
    if wanted.result is not None:
        diagram = _told(diagram, process, wanted.result)
    return diagram.replace(notes=(*diagram.notes, *notes))


def _names(process: Process) -> frozenset[str]:
    """What steps are called: their ids, short and full paths."""
    steps = process.nodes.values()
    return frozenset(name for each in steps for name in (each.id, each.node, each.path))


def _told(diagram: Diagram, process: Process, result: SimulationResult) -> Diagram:
    """A stage says how many deals come to it, a step what the result says of it."""
    from salesflow.reporting.measured import part_of, stage_arrivals
    from salesflow.reporting.measured_facts import facts_of

    facts = facts_of(process, part_of(process, result), result)
    come = stage_arrivals(process, result)
    nodes = []
    for node in diagram.nodes:
        words = [node.detail, come.get(node.path, "") if node.kind == "stage" else ""]
        more = facts.get(node.path, ()) if node.kind != "join" else ()
        nodes.append(
            node.replace(detail=", ".join(filter(None, words)), facts=(*node.facts, *more))
        )
    return diagram.replace(nodes=tuple(nodes))


def hold(format: str, wanted: Wanted) -> None:  # noqa: A002 - the word users know
    """Hold that this can be drawn; UsageError that says what cannot."""
    for good, words in (
        (_all(wanted.findings, Finding), "`findings` are those of a check: `check(process)`"),
        (_all(wanted.only, str), "`only` takes names of steps, stages or departments"),
        (_all((wanted.against,), Process | None), "`against` is a process: `load(PATH)`"),
    ):
        if not good:
            raise UsageError(f"{words}.")
    for what, word, known in (
        ("format", format, FORMATS),
        ("view", wanted.view, VIEWS),
        ("heat", wanted.heat, HEATS),
    ):
        if word not in known:
            raise UsageError(f"The {what} `{word}` is unknown: {_either(known)}.")
    for what, number in (("depth", wanted.depth), ("around", wanted.around)):
        if number is not None and (type(number) is not int or number < 0):
            raise UsageError(f"`{what}` is a whole number from 0 on, not {number!r}.")
    unfit = [*_unfit(format, wanted)]
    if unfit:
        raise UsageError(f"{_WHY[format]}: leave out {' and '.join(unfit)}.")
    if wanted.depth is not None and wanted.view != "flow":
        raise UsageError(f"`depth` opens the flow, and the view is `{wanted.view}`: leave it out.")
    if wanted.heat != _NOTHING.heat and wanted.result is None:
        raise UsageError("`heat` shows a result: give `result` too.")
    if wanted.around is not None and not wanted.only:
        raise UsageError("`around` goes with `only`: how far around it.")


def _all(things: tuple[object, ...], kind: type | UnionType) -> bool:
    return all(isinstance(thing, kind) for thing in things)


def _either(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


_WHY = {
    "bpmn": "BPMN holds the process and nothing else",
    "html": "A page shows all of the process, and there one searches and closes",
}
_UNFIT = {
    "bpmn": ("view", "findings", "result", "heat", "only", "around", "depth", "against"),
    "html": ("only", "around", "depth"),
}


def _unfit(format: str, wanted: Wanted) -> Iterator[str]:  # noqa: A002
    """What is asked for, and the format has no place for it."""
    for name in _UNFIT.get(format, ()):
        if getattr(wanted, name) != getattr(_NOTHING, name):
            yield f"`{name}`"


def _overlay(process: Process, wanted: Wanted) -> tuple[Overlay, tuple[str, ...]]:
    """What is laid over the process, and what is to be said of that."""
    found = findings_overlay(wanted.findings, process)
    if wanted.result is None:
        return found, ()
    from salesflow.reporting.measured import results_overlay, stale  # only where one is shown

    seen = results_overlay(process, wanted.result, wanted.heat)
    doubt = stale(process, wanted.result) if wanted.doubt is None else wanted.doubt
    return both(found, seen), (doubt,) if doubt else ()


def _dot(diagram: Diagram) -> str:
    from salesflow.drawing.dot import dot

    return dot(diagram)


def _svg(diagram: Diagram) -> str:
    from salesflow.drawing.layout.arrange import layout
    from salesflow.drawing.svg.picture import svg

    return svg(layout(diagram))


def _png(diagram: Diagram) -> bytes:
    from salesflow.drawing.layout.arrange import layout
    from salesflow.drawing.png import png

    return png(layout(diagram))


_RENDERED: FrozenMap[str, Callable[[Diagram], str | bytes]] = FrozenMap(
    {"dot": _dot, "svg": _svg, "png": _png}
)
