"""Touchpoints as rows, and where they are crossed.

The touchpoints of a process hold wherever its deals are, in runs too; those of a process that is
run hold inside that run, each run with its own rows (``enterprise:approval.to_finance``).
"""

from collections.abc import Iterable, Iterator

from salesflow.analysis.handoffs import lies_in
from salesflow.calendars import Calendar, accepting
from salesflow.process.model import Process, Touchpoint
from salesflow.process.places import Node
from salesflow.process.steps import Run
from salesflow.simulation.building.draft import Draft
from salesflow.simulation.building.opened import Opened
from salesflow.simulation.program import Bridge, Span
from salesflow.simulation.program import Touchpoint as TouchpointRow


class Bridges:
    """The touchpoints of one process and its runs, by who takes over."""

    def __init__(self, opened: Opened, draft: Draft) -> None:
        """Write the rows to the draft."""
        self._draft = draft
        self._towards: dict[int, list[tuple[str, str | None, Bridge]]] = {}
        for process, prefix in _contracts(opened):
            for _, touchpoint in sorted(process.touchpoints.items()):
                self._add(touchpoint, process, prefix, opened)

    def _add(self, touchpoint: Touchpoint, process: Process, prefix: str, opened: Opened) -> None:
        draft = self._draft
        giver = draft.department_at[touchpoint.giver]
        receiver = draft.department_at[touchpoint.receiver]
        bridge = Bridge(giver, len(draft.touchpoints))
        at = None if touchpoint.at is None else prefix + touchpoint.at
        draft.touchpoints.append(
            TouchpointRow(
                path=opened.path(prefix + touchpoint.id),
                process=opened.number,
                requires=opened.requires(touchpoint.requires),
                accept=_accept(touchpoint, process, draft),
            )
        )
        if giver != receiver:
            self._towards.setdefault(receiver, []).append((prefix, at, bridge))

    def over(self, node: Node, department: int) -> tuple[Bridge, ...]:
        """What is crossed where a department takes over at a node."""
        return tuple(
            bridge
            for prefix, at, bridge in self._towards.get(department, ())
            if node.path.startswith(prefix) and (at is None or lies_in(node.path, at))
        )


def givers(processes: Iterable[Process]) -> set[str]:
    """The departments that touchpoints speak of."""
    return {t.giver for process in processes for t in process.touchpoints.values()}


def _contracts(opened: Opened) -> Iterator[tuple[Process, str]]:
    yield opened.process, ""
    for node in opened.layout.nodes.values():
        if isinstance(node.step, Run):
            yield opened.layout.processes[node.step.process], f"{node.path}."


def _accept(touchpoint: Touchpoint, process: Process, draft: Draft) -> Span | None:
    """The time to accept in; business time is that of the receiving department."""
    within = touchpoint.accept_within
    if within is None:
        return None
    own = process.people.calendars.get(process.departments[touchpoint.receiver].calendar or "")
    members = draft.crowd.of_department(touchpoint.receiver)
    calendar = accepting(members, own if isinstance(own, Calendar) else None)
    return draft.tables.span(within, calendar)
