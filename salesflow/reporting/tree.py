"""The process as a tree for the terminal: sources, steps with their results, outcomes."""

from collections.abc import Iterator

from salesflow.analysis.crossings import Handoff
from salesflow.analysis.handoffs import handoffs
from salesflow.checking.words import transition
from salesflow.process.model import Process, Source
from salesflow.process.steps import LEAVE, Block, Branch, Result, Run, Step, Work
from salesflow.quantities import format_share
from salesflow.reporting.shares import lines
from salesflow.reporting.visible import line
from salesflow.reporting.words import count, sentence, spread


def tree(process: Process, *, colour: bool = False) -> str:
    """The whole process, a line per element; ``colour`` makes ids bold on a terminal."""
    rows = [*_rows(process)]
    return "".join(_paint(depth, head, rest, colour=colour) for depth, head, rest in rows)


_Row = tuple[int, str, str]


def _paint(depth: int, head: str, rest: str, *, colour: bool) -> str:
    shown = line(head)
    if colour and depth <= 1 and shown:
        shown = f"\x1b[1m{shown}\x1b[0m"
    text = "  " * depth + shown + (f"  {line(rest)}" if rest else "")
    return f"{text.rstrip()}\n"


def _rows(process: Process) -> Iterator[_Row]:
    version = f" {process.version}" if process.version else ""
    yield 0, f"{process.id}{version}", process.name
    if process.goal:
        yield 1, "goal", process.goal
    if process.description:
        yield 1, "about", process.description
    yield 1, "size", _size(process)
    yield 0, "", ""
    yield 0, "sources", ""
    for source in process.sources.values():
        yield 1, f"{source.id} → {source.start}", _source(source)
    yield 0, "steps", ""
    for step in process.steps.values():
        yield from _step(process, step, 1)
    yield 0, "outcomes", ""
    for outcome in process.outcomes.values():
        needs = f"needs {', '.join(outcome.requires)}" if outcome.requires else ""
        kind = "" if outcome.kind == outcome.id else outcome.kind
        yield 1, outcome.id, _dots(kind, needs)
    if process.touchpoints:
        yield 0, "touchpoints", ""
    for touchpoint in process.touchpoints.values():
        at = f" at {touchpoint.at}" if touchpoint.at else ""
        by = f"accepted within {touchpoint.accept_within}" if touchpoint.accept_within else ""
        needs = f"needs {', '.join(touchpoint.requires)}" if touchpoint.requires else ""
        gives = f"returns {', '.join(touchpoint.returns)}" if touchpoint.returns else ""
        head = f"{touchpoint.id}: {touchpoint.giver} → {touchpoint.receiver}{at}"
        yield 1, head, _dots(needs, gives, by)
    yield from _handoffs(process)
    said = [*lines(process)]
    if said:
        yield 0, "what the shares say", ""
    for head, text in said:
        yield 1, head, text


def _handoffs(process: Process) -> Iterator[_Row]:
    """Who hands over to whom, where, and the touchpoint that says what."""
    table = handoffs(process)
    if table:
        yield 0, "handoffs", ""
    same: dict[tuple[str, str, str], list[Handoff]] = {}
    for handoff in table:
        same.setdefault((handoff.giver, handoff.receiver, handoff.at), []).append(handoff)
    order = {node: place for place, node in enumerate(process.nodes)}
    for (giver, receiver, at), group in sorted(
        same.items(), key=lambda row: order[row[1][0].place]
    ):
        ways = sentence([transition(handoff.transition) for handoff in group], "or")
        contracts = sorted({name for handoff in group for name in handoff.covered_by})
        contract = sentence(contracts) or "no touchpoint"
        yield 1, f"{giver} → {receiver} at {at}", _dots(f"by {ways}", contract)


def _size(process: Process) -> str:
    ours = [department for department in process.departments.values() if not department.external]
    return sentence(
        [
            count(len(process.sources), "source"),
            count(len(process.nodes), "step"),
            count(len(process.outcomes), "outcome"),
            count(len(ours), "department"),
        ]
    )


def _dots(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _source(source: Source) -> str:
    arrivals = ""
    if source.arrivals is not None and source.arrivals.every is not None:
        arrivals = f"{source.arrivals.batch} every {source.arrivals.every}"
    elif source.arrivals is not None:
        arrivals = str(source.arrivals.rate)
    gives = f"gives {', '.join(source.gives)}" if source.gives else ""
    return _dots(source.department or "", arrivals, gives)


def _step(process: Process, step: Step, depth: int) -> Iterator[_Row]:
    yield depth, step.id, _dots(*_about(process, step))
    if isinstance(step, Block):
        for branch in step.branches.values():
            yield from _branch(process, branch, depth + 1)
    for result in step.next.values():
        yield depth + 1, f"{result.id} → {_targets(result)}", _dots(*_choice(step, result))


def _branch(process: Process, branch: Branch, depth: int) -> Iterator[_Row]:
    yield depth, f"branch {branch.id}", f"if {branch.when}" if branch.when else ""
    for step in branch.steps.values():
        yield from _step(process, step, depth + 1)


def _targets(result: Result) -> str:
    if result.targets == (LEAVE,):
        return "leaves the block"
    scope = result.step.rpartition(".")[0]
    return " and ".join(target.removeprefix(f"{scope}.") for target in result.targets)


def _about(process: Process, step: Step) -> Iterator[str]:
    if isinstance(step, Block):
        words = {"all": "all branches", "any": "the first branch"}
        some = "1 branch" if step.need == 1 else f"{step.need} branches"
        yield f"block, until {words.get(step.join, some)}"
    elif isinstance(step, Run):
        yield f"runs {step.process}"
    elif isinstance(step, Work):
        yield from _work(process, step)
    if step.wait_for:
        yield f"waits for {', '.join(node.rpartition('.')[2] for node in step.wait_for)}"
    if step.requires:
        yield f"needs {', '.join(step.requires)}"
    if step.sla is not None:
        target = f" for {format_share(step.sla.target)}" if step.sla.target is not None else ""
        yield f"within {step.sla.within}{target}"


def _work(process: Process, step: Work) -> Iterator[str]:
    if step.by is not None:
        department = process.department_of(step)
        where = f" ({department})" if department not in (None, step.by) else ""
        yield f"{step.by}{where}{' with ' + ', '.join(step.with_) if step.with_ else ''}"
    elif not step.effort and not step.wait:
        yield "meeting point" if step.wait_for else "decision"
    if step.effort is not None:
        yield f"effort {spread(step.effort)}"
    if step.wait is not None:
        yield f"wait {spread(step.wait)}"
    if step.captures:
        yield f"captures {', '.join(step.captures)}"


def _choice(step: Step, result: Result) -> Iterator[str]:
    if result.share is not None:
        yield format_share(result.share)
    if result.when is not None:
        yield f"if {result.when}"
    if result.otherwise:
        yield "otherwise"
    if result.at_most is not None:
        yield f"at most {count(result.at_most, 'time')}"
    if step.timeout is not None and step.timeout.result == result.id:
        yield f"when {step.timeout.after} are over"
    if result.set:
        yield f"sets {', '.join(result.set)}"
