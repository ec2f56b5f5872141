"""How far a process is described: the level it has reached, and what the next one needs.

1 flow · 2 departments and data · 3 effort, shares and arrivals · 4 policies and objectives (tests
and variants, in files of their own, count for who reads them too).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from salesflow.analysis.choices import open_choice
from salesflow.analysis.flow import Flow
from salesflow.analysis.handoffs import Threads
from salesflow.names import listed
from salesflow.process.model import Process
from salesflow.process.steps import Step, Work

LAST = 4
_MOST = 3


class Maturity(NamedTuple):
    """The ``level`` reached, 1 to 4, and in short words what the next one needs."""

    level: int
    missing: tuple[str, ...] = ()


def maturity(process: Process, *, threads: Threads | None = None) -> Maturity:
    """How far a process is described. ``threads``, where they are known already."""
    threads = threads or Threads(process, Flow(process))
    needs: tuple[Callable[[], Iterator[str]], ...] = (
        lambda: _second(process, threads),
        lambda: _third(process, threads),
        lambda: _fourth(process),
    )
    for level, need in enumerate(needs, 1):
        missing = tuple(need())
        if missing:
            return Maturity(level, missing)
    return Maturity(LAST)


def _second(process: Process, threads: Threads) -> Iterator[str]:
    if not process.people.declared:
        said = sorted({step.by for step in _work(process) if step.by is not None})
        yield f"`departments` with their roles{_for(said)}"
    nobody = [step for step in _work(process) if step.by is None and (step.effort or step.wait)]
    if nobody:
        yield f"`by` at {_nodes(nobody)}"
    if not process.data:
        yield "`data`, and what steps capture and require"
    if process.people.declared and not process.touchpoints and threads.receivers:
        takers = sorted({receiver.department for receiver in threads.receivers})
        yield f"`touchpoints` for what others hand over to {listed(takers, most=_MOST)}"


def _third(process: Process, threads: Threads) -> Iterator[str]:
    quiet = [source.id for source in process.sources.values() if source.arrivals is None]
    # A process that ends `done` or `failed` is mostly run by another one: deals come from there.
    if quiet and not process.is_part:
        yield f"`arrivals` of {listed(sorted(quiet), most=_MOST)}"
    steps = [
        step
        for step in _work(process)
        if step.by is not None and step.effort is None and step.wait is None
    ]
    if steps:
        yield f"`effort` or `wait` at {_nodes(steps)}"
    open_results = [result for step in _work(process) for result in _undecided(step)]
    if open_results:
        yield f"`share` of {listed(sorted(open_results), most=_MOST)}"
    working = {step.by for step in _work(process) if threads.ours(step)}
    working.update(name for step in _work(process) for name in step.with_)
    uncounted = [
        role.id
        for role in process.roles.values()
        if role.id in working and role.people is None and not role.external
    ]
    if uncounted:
        yield f"`people` of {listed(sorted(uncounted), most=_MOST)}"


def _fourth(process: Process) -> Iterator[str]:
    if not process.policies and not process.objectives:
        yield "`policies` or `objectives`"


def _undecided(step: Step) -> list[str]:
    """The results without a share, where several can be chosen and nothing but shares decides."""
    chosen = step.chosen()
    if len(chosen) < 2 or not open_choice(step):
        return []
    return [f"{step.node}.{result.id}" for result in chosen if result.share is None]


def _for(names: list[str]) -> str:
    return f", for {listed(names, most=_MOST)}" if names else ""


def _work(process: Process) -> Iterator[Work]:
    for step in process.nodes.values():
        if isinstance(step, Work):
            yield step


def _nodes(steps: Iterable[Step]) -> str:
    return listed(sorted(step.node for step in steps), most=_MOST)
