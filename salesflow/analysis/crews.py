"""Who does a step, and whether deals can be won without somebody."""

from collections.abc import Iterator

from salesflow.analysis.flow import Flow
from salesflow.process.model import Process
from salesflow.process.people import Role
from salesflow.process.steps import DONE, Block, Work


def roles_of(process: Process, work: Work) -> Iterator[Role]:
    """The roles of ours that do a step, each once."""
    for name in dict.fromkeys((work.by or "", *work.with_)):
        role = process.roles.get(name)
        if role is not None and not role.external:
            yield role


def needing(process: Process, role: str) -> set[str]:
    """The nodes whose work is not done without a role, whoever else may be asked."""
    return {
        node
        for node, step in process.nodes.items()
        if isinstance(step, Work)
        and step.effort is not None
        and (role in step.with_ or (role == step.by and step.escalate is None))
    }


def won_without(process: Process, flow: Flow, closed: set[str]) -> bool:
    """Whether a deal can be won though nobody gets through some steps.

    Meeting points need all that they wait for, a block as many branches as its join says, of those
    that always run; conditions and limits are not judged.
    """
    winning = {outcome.id for outcome in process.outcomes.values() if outcome.kind == "won"}
    waiting = [source.node for source in process.sources.values()]
    seen = {*waiting}
    met: dict[str, set[str]] = {}
    for place in waiting:  # grows while it is walked
        for edge in flow.edges.get(place, ()):
            end = edge.end
            if end in seen or end in closed or not _met(process, flow, place, end, met):
                continue
            if end in winning:
                return True
            seen.add(end)
            waiting.append(end)
    return False


def _met(process: Process, flow: Flow, place: str, end: str, met: dict[str, set[str]]) -> bool:
    """Note an arrival; whether the place begins with it."""
    step = process.nodes.get(end)
    giver = flow.element(place)
    if step is not None:
        if not step.wait_for:
            return True
        met.setdefault(end, set()).add(giver)
        return met[end].issuperset(step.wait_for)
    block = process.nodes.get(end.rpartition(".")[0])
    if not isinstance(block, Block) or not end.endswith(f".{DONE}") or giver == block.node:
        return True
    finished = met.setdefault(end, set())
    finished.add(next(b.id for b in block.branches.values() if giver.startswith(f"{b.node}.")))
    always = [b.id for b in block.branches.values() if b.when is None]
    if block.join == "all":
        return finished.issuperset(always)
    return len(finished) >= min({"any": 1}.get(block.join, block.need), max(len(always), 1))
