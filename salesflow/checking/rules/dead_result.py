"""A result is drawn and never taken in any run: another one always takes its place.

Why it costs deals
    Somebody meant it for certain deals, and those go another way. A frequent case is `otherwise`
    beside a result that is always allowed: there is never an "otherwise".

    A condition that no deal fulfils is `impossible-guard`; where a step behind the result is never
    come to, `dead-step` says so.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: offer, not_a_fit: lost}}
      offer:
        by: sales
        next:
          accepted: won
          no_answer: {to: lost, otherwise: true}  # error: [dead-result]
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, next: {interested: offer, not_a_fit: lost}}
      offer:
        by: sales
        next:
          accepted: won
          no_answer: lost
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding
from salesflow.process.steps import Result, always


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each result that no run takes, unless something else tells why."""
    dead = facts.behaviour.never_taken
    told = facts.guards.impossible if dead and facts.guarded else ()
    known = {result.node for result in _displaced(facts)}
    if not dead and not known:
        return
    from salesflow.checking.run_words import never  # only where something is wrong

    alone = facts.trouble.never.alone()
    found = {result.node: result for result in alone if result.node not in told}
    for node in known.difference(found):
        step = facts.process.nodes[node.rpartition(".")[0]]
        if facts.flow.reachable(step.node) and not dead:  # what cannot be said of all runs
            found[node] = step.next[node.rpartition(".")[2]]
    for node in sorted(found):
        result = found[node]
        why, hint, related = never(facts.process, result)
        yield RULE.at(result, f"`{node}` is never taken: {why}.", hint=hint, related=related)


def _displaced(facts: Facts) -> Iterator[Result]:
    """Each ``otherwise`` beside a result that is always allowed."""
    for step in facts.process.nodes.values():
        for result in step.next.values():
            if result.otherwise and always(step) is not None:
                yield result


RULE = Rule(name="dead-result", family="behaviour", severity="warning", find=find, module=__name__)
