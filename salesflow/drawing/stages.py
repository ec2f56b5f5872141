"""The pipeline as the CRM shows it: stages, and how deals go from one to the next."""

from collections.abc import Iterator, Mapping, Sequence

from salesflow.analysis.chain import Chain
from salesflow.analysis.flow import Flow
from salesflow.analysis.movements import stage_moves
from salesflow.drawing import facts
from salesflow.drawing.diagram import Diagram, Edge, Node, Overlay, settle
from salesflow.drawing.standing import arriving, standing
from salesflow.drawing.titles import about_of, title_of
from salesflow.drawing.volumes import MEASURE, Volumes, figures, volumes_of
from salesflow.errors import UsageError
from salesflow.process.model import Process, Stage
from salesflow.quantities import format_share

_NOTHING_OVER = Overlay()
_MOST_NAMED = 4
_ALL = 0.9999


def stages(
    process: Process, *, overlay: Overlay = _NOTHING_OVER, chain: Chain | None = None
) -> Diagram:
    """A node per stage in the order of the flow, an edge where a deal goes from one to the next.

    An edge has the share of all that leave the stage, and how many deals a week, as the shares of
    the process say; with figures in the overlay those of the stages and edges (paths as in
    ``stages.lead>outcomes.lost``). ``chain`` is that of the process, if known. UsageError
    for a process without stages.
    """
    _hold(process)
    ways = sorted(_ways(process))
    volumes = Volumes(None) if overlay.figures else volumes_of(process, chain)
    nodes = [*_nodes(process, ways, volumes)]
    paths = {way: ">".join(way) for way in ways}
    marks = settle(overlay, {*paths.values(), *(node.path for node in nodes)})
    edges = [*_edges(process, overlay, paths, nodes, volumes)]
    told = any(edge.figure for edge in edges)
    return Diagram(
        title=title_of(process),
        about=about_of(process),
        lanes=(),
        nodes=tuple(
            node.replace(figure=overlay.figures.get(node.path), marks=marks.get(node.path, ()))
            for node in nodes
        ),
        edges=tuple(edge.replace(marks=marks.get(edge.path, ())) for edge in edges),
        notes=tuple(filter(None, (_unsure(process, standing(process)), volumes.why))),
        measure=overlay.measure if overlay.figures else MEASURE if told else "",
    )


def _edges(
    process: Process,
    overlay: Overlay,
    paths: Mapping[tuple[str, str], str],
    nodes: Sequence[Node],
    volumes: Volumes,
) -> Iterator[Edge]:
    """An edge for each way from stage to stage, without its marks."""
    told = figures(volumes, lambda deals: stage_moves(process, deals))
    shares = _shares(process, volumes)
    ids = {node.path: node.id for node in nodes}
    for way, path in paths.items():
        yield Edge(
            start=ids[way[0]],
            end=ids[way[1]],
            path=path,
            label=_label(shares.get(way)),
            share=shares.get(way),
            figure=overlay.figures.get(path, told.get(way)),
        )


def _hold(process: Process) -> None:
    """Hold that there are stages, and steps in them."""
    if not process.stages:
        raise UsageError(
            f"`{process.id}` has no stages: write `stages: {{lead: {{win_chance: 10%}}}}` at the "
            "top, and `stage: lead` at the step that begins it."
        )
    if not any(step.stage for step in process.nodes.values()):
        name = next(iter(process.stages))
        raise UsageError(
            f"No step of `{process.id}` has a stage: write `stage: {name}` at the step that "
            "begins it."
        )


def _ways(process: Process) -> Iterator[tuple[str, str]]:
    """Paths of stages and of what can follow them."""
    found: dict[tuple[str, str], None] = {}
    for place, before in arriving(process).items():
        step, outcome = process.nodes.get(place), process.outcomes.get(place)
        after = f"stages.{step.stage}" if step is not None and step.stage else ""
        after = outcome.path if outcome is not None else after
        found.update(dict.fromkeys((path, after) for path in before if after not in ("", path)))
    yield from found


def _nodes(process: Process, ways: list[tuple[str, str]], volumes: Volumes) -> Iterator[Node]:
    for source in process.sources.values():
        told = facts.of_source(process, source)
        yield Node(
            id=f"{source.id}.source",
            path=source.path,
            kind="source",
            label=source.heading,
            facts=told,
        )
    for stage in _in_order(process):
        yield Node(
            id=stage.id,
            path=stage.path,
            kind="stage",
            label=stage.heading,
            detail=_detail(stage),
            stage=stage.id,
            facts=tuple(_facts(process, stage, volumes)),
        )
    ends = {end for _, end in ways}
    for outcome in process.outcomes.values():
        if outcome.path in ends:
            yield Node(
                id=f"{outcome.id}.outcome",
                path=outcome.path,
                kind="outcome",
                label=outcome.heading,
                tone=outcome.kind,
                facts=facts.of_outcome(process, outcome),
            )


def _in_order(process: Process) -> list[Stage]:
    """Stages by their win chance, as the language orders them; without, as deals come to them."""
    distance = Flow(process).distance
    first: dict[str, int] = {}
    for step in process.nodes.values():
        if step.stage:
            place = distance.get(step.node, len(distance))
            first[step.stage] = min(first.get(step.stage, place), place)
    chances = {stage.id: stage.win_chance for stage in process.stages.values()}
    if None in chances.values():
        chances = dict.fromkeys(chances)
    far = len(distance) + 1
    return sorted(
        process.stages.values(),
        key=lambda stage: (chances[stage.id] or 0.0, first.get(stage.id, far), stage.id),
    )


def _detail(stage: Stage) -> str:
    told = []
    if stage.win_chance is not None:
        told.append(f"wins {format_share(stage.win_chance)}")
    if stage.max_age is not None:
        told.append(f"at most {stage.max_age}")
    return ", ".join(told)


def _facts(process: Process, stage: Stage, volumes: Volumes) -> Iterator[str]:
    steps = sorted(step.heading for step in process.nodes.values() if step.stage == stage.id)
    yield f"Begins at {', '.join(steps)}." if steps else "No step begins it."
    for crm, name in sorted(stage.crm.items()):
        yield f"In {crm}: {name}."
    odds = volumes.deals.stages.get(stage.id) if volumes.deals is not None else None
    if odds is not None and odds.reached:
        yield (
            f"As the shares say, {_percent(odds.reached)} of all deals come here, "
            f"{_percent(odds.win_chance)} of them are won."
        )


def _shares(process: Process, volumes: Volumes) -> Mapping[tuple[str, str], float]:
    """Of all deals that leave a stage the share that takes each way."""
    moves = stage_moves(process, volumes.deals) if volumes.deals is not None else {}
    leaving: dict[str, float] = {}
    for (start, _), number in moves.items():
        leaving[start] = leaving.get(start, 0.0) + number
    return {way: number / leaving[way[0]] for way, number in moves.items() if leaving[way[0]]}


def _label(share: float | None) -> str:
    return "" if share is None or share > _ALL else _percent(share)


def _percent(share: float) -> str:
    return f"{share * 100:.2g}%" if share < 0.1 else f"{share:.0%}"


def _unsure(process: Process, stands: Mapping[str, frozenset[str]]) -> str:
    """Which steps a deal passes in this stage or that."""
    told = []
    for node in sorted(stands):
        names = sorted(stands[node] - {""})
        if len(names) > 1:
            titles = " or ".join(process.stages[name].title for name in names)
            told.append(f"{process.nodes[node].heading} ({titles})")
    if not told:
        return ""
    more = f" and {len(told) - _MOST_NAMED} more" if len(told) > _MOST_NAMED else ""
    return f"Deals keep their stage at {', '.join(told[:_MOST_NAMED])}{more}."
