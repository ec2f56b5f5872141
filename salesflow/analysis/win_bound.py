"""The greatest win rate that the shares of a process leave, time limits at their best.

The chain of shares leaves time limits out, and a deal that one of them takes elsewhere may still be
won, or leave the count as disqualified. So for each time limit that leads to anything but a loss
both are tried: it never comes, or it ends every visit. What lies between is no better than the best
of these combinations (Markov decision processes: some choice that is fixed at each step is best).
"""

from collections.abc import Mapping
from itertools import product

from salesflow.analysis.chain import Chain, chain_of
from salesflow.analysis.flow import Flow
from salesflow.analysis.graphs import reached
from salesflow.analysis.odds.deals import Deals
from salesflow.analysis.runs import inner_first
from salesflow.nouns import FrozenMap
from salesflow.process.model import Outcome, Process
from salesflow.process.steps import Result, Step, Work

_MOST_LIMITS = 5  # time limits that are tried out, in all combinations
_HAIR = 1e-9


def best_win_rate(process: Process, chain: Chain, start: str | None, wanted: float) -> float | None:
    """The win rate at best, of deals that reach ``start``; None where that is not certain.

    ``wanted`` is what it should come to: where that is possible any rate above may come back.
    """
    limits = _limits(process)
    if limits is None or (start is not None and start not in _top(process)):
        return None
    best: float | None = None
    for chosen in product([False, True], repeat=len(limits)):
        nodes = frozenset(node for node, always in zip(limits, chosen, strict=True) if always)
        changed = _with_timeouts(process, nodes) if nodes else process
        odds = _odds(changed, chain_of(changed) if nodes else chain, start)
        if odds is None:
            return None
        won, lost = odds
        if won + lost > _HAIR:
            best = max(best or 0.0, won / (won + lost))
        if best is not None and best >= wanted - _HAIR:
            break
    return best


def _top(process: Process) -> Mapping[str, Step]:
    return {step.node: step for step in process.steps.values()}


def _limits(process: Process) -> list[str] | None:
    """Steps of the top whose time limit may lead to more than a loss; None if too hard to say."""
    found: list[str] = []
    for part in inner_first(process):
        flow = Flow(part)
        lost = {name for name, outcome in part.outcomes.items() if outcome.kind == "lost"}
        for step in part.nodes.values():
            if step.timeout is None:
                continue
            targets = step.next[step.timeout.result].targets if not step.scope else ()
            ends = reached(targets, flow.successors) & {*part.outcomes}
            if targets and ends <= lost:
                continue
            if part is not process or step.scope:
                return None
            found.append(step.node)
    return found if len(found) <= _MOST_LIMITS else None


def _with_timeouts(process: Process, nodes: frozenset[str]) -> Process:
    """The process in which the time limit of some steps ends every visit."""

    def ended(step: Step) -> Step:
        if step.timeout is None or step.node not in nodes:
            return step
        return _always(step, step.next[step.timeout.result])

    return _changed(process, {name: ended(step) for name, step in process.steps.items()})


def _always(step: Step, result: Result) -> Work:
    """A step in place of another one that always ends with one result."""
    fields = {
        name: getattr(step, name)
        for name in ("id", "path", "node", "span", "scope", "stage", "wait_for")
    }
    only = result.replace(share=None, when=None, at_most=None, otherwise=False)
    return Work(**fields, next=FrozenMap({result.id: only}))


def _changed(process: Process, steps: Mapping[str, Step]) -> Process:
    return process.replace(steps=FrozenMap(steps))


def _odds(process: Process, chain: Chain, start: str | None) -> tuple[float, float] | None:
    """The chances that a deal reaches a step and is won, or lost; None if they are not certain."""
    whole = chain.all if chain.exact else None
    if whole is None or start is None:
        return None if whole is None else (whole.won, whole.lost)
    before = _before(process, start)
    return None if before is None else (whole.won - before.won, whole.lost - before.lost)


def _before(process: Process, start: str) -> Deals | None:
    """What becomes of deals that do not reach a step: there the others end."""
    end = Outcome(id="reached", path="outcomes.reached", node="reached", kind="done")
    arrives = Result(id="done", path="", node=f"{start}.done", step=start, targets=(end.id,))
    steps = {
        name: _always(step, arrives) if step.node == start else step
        for name, step in process.steps.items()
    }
    changed = _changed(process, steps).replace(
        outcomes=FrozenMap({**process.outcomes, end.id: end})
    )
    chain = chain_of(changed)
    return chain.all if chain.exact else None
