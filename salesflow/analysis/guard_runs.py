"""Whether a deal for which two results are enabled really comes to their step, by a run.

The step is given one more result, enabled where both are; then a run is looked for that takes it.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from salesflow.analysis.guard_deals import Deal
from salesflow.analysis.guards import Guards, Overlap
from salesflow.expressions import Expression
from salesflow.expressions.tree import And, Node
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.process.steps import Block, Result, Step

BUDGET = 4_000  # moves tried for one pair
MOST_RUNS = 12  # runs looked for in one process; pairs beyond are told without one


class Met(NamedTuple):
    """Two results that a deal, by example ``deal``, can take at one visit, and how it comes.

    ``witness`` is empty where no run was found in the time given: it is known only that such a
    deal could be.
    """

    overlap: Overlap
    deal: Deal
    witness: tuple[str, ...]

    @property
    def shadowed(self) -> bool:
        """Whether the first has a condition that lies wholly within that of the second."""
        return self.overlap.within and not self.overlap.free


def met(process: Process, guards: Guards, overlaps: Iterable[Overlap]) -> Iterator[Met]:
    """The overlaps that happen; a pair of which it is proved that it cannot is left out."""
    for number, overlap in enumerate(overlaps):
        found = guards.together(overlap)
        if found.deal is None:
            continue
        witness = _run(process, overlap) if number < MOST_RUNS else ()
        if witness is not None:
            yield Met(overlap, found.deal, witness)


def _run(process: Process, overlap: Overlap) -> tuple[str, ...] | None:
    """The way of a deal for which both are enabled; () where that is not known, None for none."""
    from salesflow.analysis.pursue import pursue  # the token game is slow to import
    from salesflow.process.net import Net
    from salesflow.process.telling import witness

    step = overlap.step
    both = _both(overlap)
    found = pursue(
        Net(_with(process, step, both)),
        0,
        lambda memo, _: memo,
        lambda _, move: both.node in move.taken,
        budget=BUDGET,
    )
    if found.way is None:
        return None if found.complete else ()
    return witness(found.way[:-1], at=step.node)


def _both(overlap: Overlap) -> Result:
    """A result that is enabled where both of an overlap are."""
    one, other = overlap.one, overlap.other
    whens = [result.when for result in (one, other) if result.when is not None]
    name = f"{one.id} and {other.id}"
    node = f"{overlap.step.node}.{name}"
    when = _joined(whens)
    return one.replace(id=name, node=node, when=when, set=FrozenMap(), captures=FrozenMap())


def _joined(whens: list[Expression]) -> Expression:
    """A condition that holds where all of these do."""
    parts: list[Node] = []
    results: dict[str, int] = {}
    literals: dict[str, set[Any]] = {}
    for when in whens:
        parts.extend(when.root.parts if isinstance(when.root, And) else [when.root])
        for name, most in when.results.items():
            results[name] = max(most, results.get(name, 0))
        for name, cuts in when.literals.items():
            literals.setdefault(name, set()).update(cuts)
    root = And(parts=tuple(parts)) if len(parts) > 1 else parts[0]
    return Expression(
        root=root,
        type="condition",
        text=str(root),
        mentions=frozenset().union(*(when.mentions for when in whens)),
        reads=frozenset().union(*(when.reads for when in whens)),
        steps=frozenset().union(*(when.steps for when in whens)),
        results=FrozenMap(results),
        literals=FrozenMap({name: tuple(sorted(cuts)) for name, cuts in literals.items()}),
    )


def _with(process: Process, step: Step, result: Result) -> Process:
    """The process with one more result of a step."""
    changed: Step = step.replace(next=FrozenMap({**step.next, result.id: result}))
    while changed.scope:
        node, _, name = changed.scope.rpartition(".")
        block = process.nodes[node]
        if not isinstance(block, Block):
            break
        branch = block.branches[name]
        branch = branch.replace(steps=FrozenMap({**branch.steps, changed.id: changed}))
        changed = block.replace(branches=FrozenMap({**block.branches, name: branch}))
    return process.replace(steps=FrozenMap({**process.steps, changed.id: changed}))
