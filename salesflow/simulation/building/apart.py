"""Who must not do a step, because they did another one: ``different_person``.

A policy of a process that is run holds inside that run. Steps that no role does which another of
the policy's steps could need are left out: their people differ anyhow.
"""

from collections.abc import Iterator, Mapping

from salesflow.process.model import Process
from salesflow.process.steps import Run
from salesflow.simulation.building.draft import Draft
from salesflow.simulation.building.opened import Opened
from salesflow.simulation.program import Apart
from salesflow.simulation.program import Node as NodeRow


def apart_of(
    opened: Opened, draft: Draft, rows: Mapping[str, NodeRow]
) -> dict[str, tuple[Apart, ...]]:
    """Node path -> its parts in policies; ``rows`` have the crews. Sides are numbered here."""
    found: dict[str, tuple[Apart, ...]] = {}
    for nodes in _policies(opened):
        leaders = {path: _leaders(rows[path], draft) for path in nodes}
        sides = [path for path in nodes if _shares(path, leaders)]
        first, last = draft.sides, draft.sides + len(sides)
        draft.sides = last
        for own, path in enumerate(sides, first):
            found[path] = (*found.get(path, ()), Apart(own, first, last))
    return found


def _policies(opened: Opened) -> Iterator[list[str]]:
    """The node paths of each policy, in the order written, each once."""
    for prefix, process in _runs(opened):
        for _, policy in sorted(process.policies.items()):
            if policy.kind == "different_person":
                names = dict.fromkeys(prefix + event for event in policy.events)
                yield [name for name in names if name in opened.node_at]


def _runs(opened: Opened) -> Iterator[tuple[str, Process]]:
    yield "", opened.process
    for node in opened.layout.nodes.values():
        if isinstance(node.step, Run):
            yield f"{node.path}.", opened.layout.processes[node.step.process]


def _leaders(row: NodeRow, draft: Draft) -> set[int]:
    crews = draft.crews.crews.rows
    return {crews[number].leader for number in (row.crew, row.escalate_crew) if number >= 0}


def _shares(path: str, leaders: Mapping[str, set[int]]) -> bool:
    """Whether somebody who may lead a step may lead another one of them."""
    others = (roles for other, roles in leaders.items() if other != path)
    return any(leaders[path] & roles for roles in others)
