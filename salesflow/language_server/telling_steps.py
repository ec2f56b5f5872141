"""What a step, its results and its branches do, in words, as Markdown."""

from collections.abc import Iterator

from salesflow.analysis.chain import Chain
from salesflow.language_server.figures import Odds, in_hundred, odds_of, of_hundred
from salesflow.language_server.telling import code, codes, heading
from salesflow.process.model import Process
from salesflow.process.steps import DONE, LEAVE, Block, Branch, Result, Run, Step, Work
from salesflow.quantities import format_share
from salesflow.reporting.words import count, spread


def step_told(process: Process, step: Step, chain: Chain) -> str:
    """A step: who does what, what it takes, where its results lead, how many deals come."""
    kind = {Block: "block", Run: "run of a process"}.get(type(step), "step")
    odds = odds_of(process, chain, step.node)
    parts = [heading(step, kind), *_about(process, step), *_needs(step), *_limits(step)]
    rows = [f"- {_way(step, result)}" for result in step.next.values()]
    return "\n\n".join([*parts, "\n".join(rows), *_figures(odds)])


def result_told(step: Step, result: Result, chain: Chain) -> str:
    """A result: where it leads, when, how often, what it writes."""
    parts = [heading(result, f"result of {code(step.node)}"), f"{_way(step, result)}."]
    if result.captures:
        parts.append(f"Captures {codes(result.captures)}.")
    for field, value in result.set.items():
        parts.append(
            f"Sets {code(field)} to {code(str(value) if value is not None else 'filled')}."
        )
    taken = chain.all.taken.get(result.node) if chain.all is not None else None
    if taken is not None:
        parts.append(f"*In 100 deals it is taken {in_hundred(taken)}.*")
    return "\n\n".join(parts)


def branch_told(block: Step, branch: Branch) -> str:
    """A branch of a block."""
    when = f"It runs only for deals for which {code(str(branch.when))}." if branch.when else ""
    steps = f"Its steps: {codes(step.id for step in branch.steps.values())}."
    parts = [heading(branch, f"branch of {code(block.node)}"), when, steps]
    return "\n\n".join(part for part in parts if part)


def _about(process: Process, step: Step) -> Iterator[str]:
    if isinstance(step, Block):
        until = {"all": "all are done", "any": "one is done"}.get(
            step.join, f"{step.need} are done"
        )
        yield f"Runs {codes(step.branches)} side by side until {until}."
    elif isinstance(step, Run):
        yield f"Runs the process {code(step.process)}; its outcomes are the results here."
    elif isinstance(step, Work):
        yield from _work(process, step)
    if step.stage is not None:
        yield f"A deal enters the stage {code(step.stage)} here."
    if step.wait_for:
        ids = [node.rpartition(".")[2] for node in step.wait_for]
        yield f"Starts when the deal has come from each of {codes(ids)}."


def _work(process: Process, step: Work) -> Iterator[str]:
    if step.by is None:
        if not step.effort and not step.wait:
            yield "A meeting point." if step.wait_for else "A decision: it takes no time."
    else:
        department = process.department_of(step)
        where = f" ({code(department)})" if department not in (None, step.by) else ""
        helpers = f", together with {codes(step.with_)}" if step.with_ else ""
        facing = ", with the customer" if step.facing == "customer" else ""
        yield f"Done by {code(step.by)}{where}{helpers}{facing}."
    effort = f"Takes {spread(step.effort)} of work" if step.effort is not None else ""
    wait = f"waits {spread(step.wait)}" if step.wait is not None else ""
    if effort or wait:
        whole = f"{effort}, then {wait}" if effort and wait else effort or wait.capitalize()
        yield f"{whole}."


def _needs(step: Step) -> Iterator[str]:
    parts = []
    if step.requires:
        parts.append(f"Requires {codes(step.requires)}.")
    if isinstance(step, Work) and step.captures:
        parts.append(f"Captures {codes(step.captures)}.")
    if parts:
        yield " ".join(parts)


def _limits(step: Step) -> Iterator[str]:
    parts = []
    if step.sla is not None:
        share = f" for {format_share(step.sla.target)} of deals" if step.sla.target else ""
        parts.append(f"Should be complete within {step.sla.within}{share}.")
    if isinstance(step, Work) and step.escalate is not None:
        who = code(step.escalate.by)
        parts.append(f"After {step.escalate.after} {who} may take it too.")
    if step.timeout is not None:
        result = code(step.timeout.result)
        parts.append(f"Broken off after {step.timeout.after} with {result}.")
    if parts:
        yield " ".join(parts)


def _way(step: Step, result: Result) -> str:
    """One result on one line."""
    notes = []
    if result.share is not None:
        notes.append(format_share(result.share))
    if result.when is not None:
        notes.append(f"if {code(str(result.when))}")
    if result.otherwise:
        notes.append("otherwise")
    if result.at_most is not None:
        notes.append(f"at most {count(result.at_most, 'time')}")
    if step.timeout is not None and step.timeout.result == result.id:
        notes.append(f"when {step.timeout.after} are over")
    told = f" ({', '.join(notes)})" if notes else ""
    return f"{code(result.id)} {_leads(result)}{told}"


def _leads(result: Result) -> str:
    if result.targets == (LEAVE,):
        return "leaves the block"
    if result.targets == (DONE,):
        return "finishes the branch"
    scope = result.step.rpartition(".")[0]
    return f"→ {codes(target.removeprefix(f'{scope}.') for target in result.targets)}"


def _figures(odds: Odds | None) -> Iterator[str]:
    if odds is None:
        return
    about = "About, as limits are left out: of" if odds.approximate else "Of"
    if odds.reached is None:
        yield f"*In 100 deals a deal comes here {in_hundred(odds.visits)}.*"
        return
    again = f" ({odds.visits / odds.reached:.2g} times on average)" if _again(odds) else ""
    told = f"{about} 100 deals {of_hundred(odds.reached)} come here{again}."
    if odds.won is not None and odds.reached:
        told += f" Of 100 that come here {of_hundred(odds.won)} are won."
    yield f"*{told}*"


def _again(odds: Odds) -> bool:
    return bool(odds.reached) and odds.visits > 1.05 * (odds.reached or 0.0)
