"""Whether a deal for which a condition holds really comes to a step: a run that shows it.

The step is given one more result, enabled by the condition; then a run is looked for that takes it.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from salesflow.analysis.guard_nouns import Known
from salesflow.analysis.pursue import pursue
from salesflow.expressions import Expression
from salesflow.expressions.examples import example
from salesflow.expressions.tree import And, Compare, Field, Node, Not, Number, every
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.process.net import Net, State
from salesflow.process.steps import Block, Result, Step
from salesflow.process.telling import witness

BUDGET = 2_000  # moves tried for one run


class Run(NamedTuple):
    """A deal on its way to a step, and what is ``known`` of it there, fields by example.

    ``sure``: it does not hang on values within a cell. Without a ``witness`` nothing was found in
    the time given.
    """

    witness: tuple[str, ...] = ()
    known: Known | None = None
    sure: bool = False


def run_with(process: Process, step: Step, condition: Expression, *, budget: int) -> Run | None:
    """A run to the end of a step's work where a condition holds; None where there is none.

    Of several it is one that people would think of: with numbers that are not below 0 and, if there
    is one, none that the condition compares with. ``budget`` is the number of moves tried for each.
    """
    found = _run(process, step, condition, budget)
    if found is None or found.known is None or not condition.literals:
        return found
    usual = _not_below_zero(condition)
    for better in (_off_bounds(usual), usual):
        run = _run(process, step, better, budget)
        if run is not None and run.sure >= found.sure:
            return run
    return found


def _run(process: Process, step: Step, condition: Expression, budget: int) -> Run | None:
    name = "…"  # no id: the user has no such result
    result = Result(id=name, path="", node=f"{step.node}.{name}", step=step.node, when=condition)
    net = Net(_with(process, step, result))
    found = pursue(
        net, 0, lambda memo, _: memo, lambda _, move: result.node in move.taken, budget=budget
    )
    if found.way is None:
        return None if found.complete else Run()
    way = witness(found.way[:-1], at=step.node)
    return Run(way, _known(net, found.way[-1].state), not found.approximate)


def _known(net: Net, state: State) -> Known:
    memory = net.memory
    cells = {name: memory.cell(at, state.data.fields) for at, name in enumerate(memory.fields)}
    return Known(
        {
            name: None if cell is None else example(cell, memory.types[name])
            for name, cell in cells.items()
        },
        dict(zip(memory.counts, state.data.counts, strict=True)),
        {name: bool(state.data.visits >> at & 1) for at, name in enumerate(memory.visits)},
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


def all_of(whens: Sequence[Expression]) -> Expression:
    """A condition that holds where all of these do."""
    return _joined(whens, [part for when in whens for part in _row(when.root)])


def none_of(whens: Sequence[Expression]) -> Expression:
    """A condition that holds where none of these does."""
    return _joined(whens, [Not(condition=when.root) for when in whens])


def _off_bounds(condition: Expression) -> Expression:
    """The condition, for deals none of whose values is one that it compares with."""
    parts = [*_row(condition.root)]
    parts.extend(
        Not(condition=node.replace(sign="=="))
        for node in every(condition.root)
        if isinstance(node, Compare) and node.numeric and node.difference.fields
    )
    return condition.replace(root=And(parts=tuple(parts)))


def _not_below_zero(condition: Expression) -> Expression:
    """The condition, for deals none of whose numbers is below 0."""
    fields = {node.name: node for node in every(condition.root) if isinstance(node, Field)}
    numbers = [node for _, node in sorted(fields.items()) if node.numeric]
    zero = Number(value=0)
    more = [Not(condition=Compare(left=node, sign="<", right=zero)) for node in numbers]
    cuts = {node.name: (*condition.literals.get(node.name, ()), 0) for node in numbers}
    return condition.replace(
        root=And(parts=(*_row(condition.root), *more)),
        literals=FrozenMap({**condition.literals, **cuts}),
    )


def _row(root: Node) -> Sequence[Node]:
    return root.parts if isinstance(root, And) else (root,)


def _joined(whens: Sequence[Expression], parts: list[Node]) -> Expression:
    results: dict[str, int] = {}
    literals: dict[str, set[Any]] = {}
    for when in whens:
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
