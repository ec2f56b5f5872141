"""A department that has once begun with a deal goes on until somebody else ends it.

Why it costs deals
    Reminders still go out after the customer has signed, unless somebody tells the department to
    stop. It has no step after which it is done, so its work shows up as open in every forecast.

    Where nothing else ends the work either it is an `endless-loop`.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, marketing: {}}
    sources: {inbound: {start: decision}}
    steps:
      decision:
        parallel:
          talk: {steps: {call: {by: sales, next: {agreed: done, refused: leave}}}}
          remind: {steps: {mail: {by: marketing, next: mail}}}  # error: [never-leaves]
        join: any
        next: {done: won, refused: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {}, marketing: {}}
    sources: {inbound: {start: decision}}
    steps:
      decision:
        parallel:
          talk: {steps: {call: {by: sales, next: {agreed: done, refused: leave}}}}
          remind: {steps: {mail: {by: marketing, next: {again: mail, unheard: leave}}}}
        join: any
        next: {done: won, refused: lost, unheard: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by, named
from salesflow.findings import Finding, Related
from salesflow.process.steps import Step

_MOST_RELATED = 5


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each department whose steps lead to nobody else and to no end."""
    flow = facts.flow
    if not facts.process.people.declared or all(place in flow.ending for place in flow.arrival):
        return
    busy: dict[str, list[Step]] = {}
    for step in facts.process.nodes.values():
        department = facts.threads.ours(step)
        if department is not None and flow.reachable(step.node):
            busy.setdefault(department, []).append(step)
    for department, steps in sorted(busy.items()):
        own = {step.node for step in steps}
        held = [step for step in steps if step.node not in flow.ending]
        moves = all(end in own for step in steps for end in flow.successors[step.node])
        if held == steps and moves and all(_goes_on(facts, step) for step in steps):
            yield _finding(facts, department, steps)


def _goes_on(facts: Facts, step: Step) -> bool:
    """Whether a step has a way on, and something else can end it."""
    return bool(facts.flow.successors[step.node]) and facts.finishing.withdrawn(step.scope)


def _finding(facts: Facts, department: str, steps: list[Step]) -> Finding:
    first, *rest = sorted(steps, key=lambda step: facts.flow.distance[step.node])
    witness = facts.flow.way(first.node)
    where = f"`{first.node}`" if not rest else named([first.node, *(s.node for s in rest)])
    leads = "leads only to itself" if not rest else "lead only to each other"
    message = (
        f"Once `{department}` has begun, it goes on until something else ends the work: "
        f"{where} {leads}.{comes_by(witness)}"
    )
    hint = "Give it a result after which it is done: one that leads to `done` or `leave`."
    related = tuple(Related(s.path, s.span, "goes on as well") for s in rest[:_MOST_RELATED])
    return RULE.at(first, message, hint=hint, witness=witness, related=related)


RULE = Rule(
    name="never-leaves", family="bridges", severity="info", preset="all", find=find, module=__name__
)
