"""Where the work of a step lies once it left its block, came into one, or changed to another."""

from salesflow.changes.catalogue.concerned import sides
from salesflow.changes.catalogue.row import Case
from salesflow.changes.sheet import home_of, node_of
from salesflow.checking.words import named
from salesflow.process.model import Process
from salesflow.process.steps import Step


def elsewhere(case: Case) -> str:
    """Where a step lies now, beside the block that it lay in."""
    old, new = (_block(path) for path in (case.edit.old, case.edit.new))
    if new:
        return f"in `{new}`" + (f" instead of in `{old}`" if old and old != new else "")
    process, path = list(sides(case))[-1]
    step = process.nodes[node_of(path)]
    block = process.nodes.get(old)
    beside = [block] if block is not None else _once_beside(case, process)
    word = "in" if block is not None else "beside"
    before = [each.node for each in beside if each.node in _behind(process, step)]
    after = [each.node for each in beside if step.node in _behind(process, each)]
    if bool(before) == bool(after):
        return f"outside `{old}`"
    other = named((before or after)[:2])
    return f"{'before' if before else 'after'} {other} instead of {word} {_them(before or after)}"


def _them(nodes: list[str]) -> str:
    return "it" if len(nodes) == 1 else "them"


def _once_beside(case: Case, process: Process) -> list[Step]:
    """The steps of the old block's other branches, where they lie at the top of the new version."""
    within = case.edit.old.rpartition(".steps.")[0]
    around = within.rpartition(".parallel.")[0]
    found = []
    for old, new in case.matching.new_of.items():
        if old.startswith(f"{around}.parallel.") and not old.startswith(f"{within}."):
            step = process.nodes.get(node_of(new.removeprefix(home_of(new))))
            if step is not None and step.path == new.removeprefix(home_of(new)) and not step.scope:
                found.append(step)
    return found


def _block(path: str) -> str:
    """The block around a step."""
    node = node_of(path.removeprefix(home_of(path)))
    return node.rpartition(".")[0].rpartition(".")[0]


def _behind(process: Process, step: Step) -> set[str]:
    """The steps that deals may come to after this one, blocks unopened."""
    found: set[str] = set()
    waiting = [step]
    while waiting:
        for result in waiting.pop().next.values():
            new = [
                process.nodes[n] for n in result.targets if n in process.nodes and n not in found
            ]
            found.update(each.node for each in new)
            waiting += new
    return found
