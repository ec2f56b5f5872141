"""Turns of phrase of the rules about behaviour: how a run goes wrong, what else to look at."""

from collections.abc import Iterable, Iterator

from salesflow.analysis.verdict import Fault
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by
from salesflow.findings import Finding, Related
from salesflow.process.model import Process
from salesflow.process.people import Element
from salesflow.process.steps import Block, Result, always

MOST_RELATED = 5


def told(
    rule: Rule,
    fault: Fault,
    element: Element,
    message: str,
    *,
    hint: str,
    related: Iterable[Related] = (),
    at: str = "",
) -> Finding:
    """A finding about a fault: its run, whether it is sure, an example of the deal.

    ``at`` is the place where the run ends, if the witness does not say.
    """
    witness = (*fault.witness, at) if at else fault.witness
    unsure = "" if fault.sure else " (possible: it hangs on the exact values)"
    said = f"{message.removesuffix('.')}{unsure}.{comes_by(witness)}"
    if fault.values and fault.sure:
        said += f" For example a deal with {example(fault.values)}."
    kept = tuple(related)[:MOST_RELATED]
    finding = rule.at(element, said, hint=hint, witness=witness, related=kept)
    return finding if fault.sure else rule.possible(finding)


def example(values: Iterable[tuple[str, str]]) -> str:
    """Values for a sentence: ```amount` 120000 and `region` DACH``."""
    *most, last = (f"`{name}` {value}" for name, value in values)
    return f"{', '.join(most)} and {last}" if most else last


def result_at(process: Process, node: str) -> Result | None:
    """The result with a node such as ``call.interested``; None for what is none of this process."""
    step = process.nodes.get(node.rpartition(".")[0])
    return step.next.get(node.rpartition(".")[2]) if step is not None else None


def places(process: Process, names: Iterable[str], message: str) -> Iterator[Related]:
    """The places of sources, results, steps and branches, each once."""
    for name in dict.fromkeys(names):
        element = element_at(process, name)
        if element is not None:
            yield Related(element.path, element.span, message)


def element_at(process: Process, node: str) -> Element | None:
    """The source, step, branch or result of a node; None for what lies in a run."""
    element: Element | None = process.sources.get(node) or process.nodes.get(node)
    if element is None:
        element = result_at(process, node)
    if element is None:
        block = process.nodes.get(node.rpartition(".")[0])
        branches = block.branches if isinstance(block, Block) else {}
        element = branches.get(node.rpartition(".")[2])
    return element


def never(process: Process, result: Result) -> tuple[str, str, tuple[Related, ...]]:
    """Why a result is never taken, what to do about it, and what else to look at."""
    step = process.nodes[result.step]
    free = always(step)
    if result.otherwise and free is not None:
        why = f"`{free.id}` is always allowed, so there is never an `otherwise`"
        hint = f"Give `{free.id}` a condition or a limit, or take `otherwise` away."
        return why, hint, (Related(free.path, free.span, "has no condition and no limit"),)
    if result.otherwise:
        why = "another result is allowed for every deal that comes there"
        return why, "Remove it, or narrow the conditions of the others.", ()
    if result.when is not None:
        why = f"no deal that comes there fulfils `{result.when}`"
        return why, "Change the condition, or remove it with what only it leads to.", ()
    why = f"nothing in `{step.node}` ever ends so"
    return why, "Remove it, or find out what keeps the work inside from ending so.", ()
