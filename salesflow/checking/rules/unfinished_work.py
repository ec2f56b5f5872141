"""A deal ends won, a branch is done or a sub-process ends while some of its work still runs.

Why it costs deals
    The deal is booked as won, and the security review that was started beside it still runs, or was
    never finished: its result comes too late to count. People work on what is over, and whoever
    counts on their result does not get it.

    A deal that ends `lost` or `disqualified` withdraws its open work; that is meant.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, next: {accepted: {to: [contract, announce]}, declined: lost}}
      contract: {by: legal, next: {signed: won, refused: lost}}  # error: [unfinished-work]
      announce: {by: sales, next: {told: archive}}
      archive: {by: sales, next: {filed: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: offer}}
    steps:
      offer: {by: sales, next: {accepted: {to: [contract, announce]}, declined: lost}}
      contract: {by: legal, next: {signed: closed, refused: lost}}
      announce: {by: sales, next: {told: closed}}
      closed: {wait_for: [contract, announce], next: won}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.unjoined import Unjoined
from salesflow.analysis.verdict import UNFINISHED, Fault
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import named
from salesflow.findings import Finding
from salesflow.process.steps import DONE, Step


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each end, and each branch, that can come while work still runs."""
    if any(fault.kind == UNFINISHED for fault in facts.behaviour.faults):
        for found in facts.trouble.unjoined:
            if found.fault.kind == UNFINISHED:
                yield _finding(facts, found)


def _finding(facts: Facts, found: Unjoined) -> Finding:
    from salesflow.analysis.unjoined import splits  # only where something is wrong
    from salesflow.checking.run_words import places, told

    fault, running = found
    process = facts.process
    outcome = fault.node in process.outcomes
    home, _, name = fault.node.rpartition(".")
    what = f"the deal as `{fault.node}`" if outcome else f"the branch `{name}`"
    element, way = _ending(facts, fault)
    by = element.node
    if fault.node in way:  # a run's own result: told of the step in it that brings it about
        what = f"the run `{home}` as `{name}`"
        by = way[way.index(fault.node) - 1].rpartition(".")[0]
    fault = fault._replace(witness=way)
    runs = f"{named(running)} still {'runs' if len(running) == 1 else 'run'}"
    left = runs if running else "other work in it still runs"
    message = f"`{by}` can end {what} while {left}"
    end = name if outcome or fault.node in way else DONE
    ids = ", ".join(name.rpartition(".")[2] for name in (by, *running))
    hint = f"Let the ways meet before `{end}`"
    if running and by in process.nodes:
        hint += f": a step with `wait_for: [{ids}]`, and from there on to `{end}`"
    related = [*places(process, running, "can still be open then")]
    related += places(process, splits(process, fault.witness), "the ways part here")
    return told(RULE, fault, element, message, hint=f"{hint}.", related=related, at=fault.node)


def _ending(facts: Facts, fault: Fault) -> tuple[Step, tuple[str, ...]]:
    """The step that ends something, and the way to it; in a run the step that runs it."""
    process = facts.process
    taken = [name.rpartition(".")[0] for name in fault.witness]
    for at in reversed(range(len(taken))):
        step = process.nodes.get(taken[at])
        if step is not None and (fault.node in process.outcomes or step.scope == fault.node):
            return step, fault.witness[: at + 1]  # what it ends in turn does not matter
    return facts.trouble.step(fault.node), fault.witness


RULE = Rule(
    name="unfinished-work",
    family="behaviour",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
