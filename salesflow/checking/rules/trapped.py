"""The drawing has a way out, but not for this deal: what it is, or has taken, closes every one.

Why it costs deals
    The loop looks harmless, for there is a result that leads out of it. Its condition asks for
    something that never changes inside, or its limit is spent: this deal goes round for ever, and
    the forecast counts it as open.

    A loop that nothing leads out of is `endless-loop`.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {budget: {type: yes_no}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, captures: [budget], next: {interested: demo, not_a_fit: lost}}
      demo:  # error: [trapped]
        by: sales
        next:
          buys: {to: won, when: budget}
          waits: {to: remind, when: not budget}
      remind: {by: sales, next: demo}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {budget: {type: yes_no}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, captures: [budget], next: {interested: demo, not_a_fit: lost}}
      demo:
        by: sales
        next:
          buys: {to: won, when: budget}
          waits: {to: remind, when: not budget}
      remind: {by: sales, captures: [budget], next: {asked: demo, silent: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.verdict import TRAPPED, Fault
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import named
from salesflow.findings import Finding
from salesflow.process.steps import Block, Result


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each way into a loop that the drawing leaves and the run does not."""
    faults = [fault for fault in facts.behaviour.faults if fault.kind == TRAPPED]
    if not faults:
        return
    for fault in facts.trouble.of_kind(TRAPPED):
        step = facts.trouble.step(fault.node)
        if step.node in facts.flow.ending or facts.finishing.withdrawn(step.scope):
            yield _finding(facts, fault)


def _finding(facts: Facts, fault: Fault) -> Finding:
    from salesflow.checking.run_words import places, told  # only where something is wrong

    step = facts.trouble.step(fault.node)
    loop = facts.trouble.loops.get(step.node, (step.node,))
    ways = [result.node for result in _ways_out(facts, loop)]
    message = f"A deal that comes to `{fault.node}` like this never ends: it can only go round"
    hint = "Give the loop a result that leads out of it, without condition and limit."
    if ways:
        closed = "is closed for it" if len(ways) == 1 else "are closed for it"
        message += f", and {named(ways)} {closed}"
        hint = (
            f"Give the loop a way out for every deal: an `otherwise`, or a wider condition or "
            f"limit at {named(ways)}."
        )
    related = places(facts.process, ways, "leads out, but not for this deal")
    return told(RULE, fault, step, message, hint=hint, related=related)


def _ways_out(facts: Facts, loop: tuple[str, ...]) -> Iterator[Result]:
    """The results of a loop that lead out of it to an end, as far as the drawing goes."""
    flow, members = facts.flow, {*loop}
    for node in loop:
        step = facts.process.nodes[node]
        for result in step.next.values():
            start = result.node if isinstance(step, Block) else node
            ends = [edge.end for edge in flow.edges.get(start, ()) if edge.via == result.node]
            out = [end for end in ends if flow.element(end) not in members and end in flow.ending]
            if out:
                yield result


RULE = Rule(
    name="trapped",
    family="behaviour",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
