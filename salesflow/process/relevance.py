"""Which parts of a deal's past conditions look at, read off the net before anything is played."""

from collections.abc import Collection, Iterable, Iterator

from salesflow.expressions import Expression, FieldType
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.places import Layout


def conditions(layout: Layout) -> Iterator[tuple[str, str, Expression]]:
    """Path, prefix and condition of every guarded result and branch."""
    for way in layout.ways():
        if way.result.when is not None:
            yield way.path, way.node.prefix, way.result.when
    for lane in layout.lanes.values():
        if lane.branch.when is not None:
            yield lane.path, lane.block.prefix, lane.branch.when


def close(kept: set[str], sets: Collection[tuple[str, Expression]]) -> None:
    """Add the fields from which fields kept are set, and those from which they are."""
    sources: dict[str, set[str]] = {}
    for name, expression in sets:
        sources.setdefault(name, set()).update(expression.reads)
    waiting = list(kept)
    while waiting:
        new = sources.pop(waiting.pop(), set()) - kept
        kept |= new
        waiting.extend(new)


def caps(
    layout: Layout, asked: Iterable[tuple[str, Expression]], unlimited: Collection[str]
) -> dict[str, int]:
    """Result -> where its count may stop, for every result whose count is looked at."""
    caps = {
        way.path: way.result.at_most
        for way in layout.ways()
        if way.result.at_most is not None and way.path not in unlimited
    }
    for prefix, expression in asked:
        for name, literal in expression.results.items():
            caps[prefix + name] = max(caps.get(prefix + name, 0), literal + 1)
    return dict(sorted(caps.items()))


def types(layout: Layout) -> dict[str, FieldType]:
    """Field -> its type; what a process that is run declares counts where the deal's has none."""
    types = {SOURCE_FIELD: FieldType("choice", tuple(layout.process.sources))}
    for process in layout.processes.values():
        for field in process.data.values():
            types.setdefault(field.id, FieldType(field.type, field.values))
    return types
