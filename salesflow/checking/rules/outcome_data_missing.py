"""An outcome requires a field, and a deal can end so without it.

Why it costs deals
    Won without a contract on file, lost without a reason: nobody can bill the one or learn from the
    other. When it is missed the deal is over and the people who knew have moved on.

    Every way counts: a time-out, a `leave` and a branch that is withdrawn end a step without its
    captures. What nothing ever fills is `never-captured`.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {loss_reason: {type: text}}
    sources: {inbound: {start: call}}
    steps:
      call:
        by: sales
        next: {interested: demo, not_a_fit: {to: lost, set: {loss_reason: filled}}}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes:
      won: {kind: won}
      lost: {kind: lost, requires: [loss_reason]}  # error: [outcome-data-missing]
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {loss_reason: {type: text}}
    sources: {inbound: {start: call}}
    steps:
      call:
        by: sales
        next: {interested: demo, not_a_fit: {to: lost, set: {loss_reason: filled}}}
      demo:
        by: sales
        next: {buys: won, passes: {to: lost, set: {loss_reason: filled}}}
    outcomes:
      won: {kind: won}
      lost: {kind: lost, requires: [loss_reason]}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.data_words import captured_where
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by, transition
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each outcome and field that may be missing there."""
    for lack in facts.lacks:
        outcome = facts.process.outcomes.get(lack.place)
        if outcome is None or not lack.decided:
            continue
        can = "can" if lack.sure else "can perhaps"
        field = lack.field
        message = f"A deal {can} end `{outcome.id}` without `{field}`.{comes_by(lack.witness)}"
        last = transition(lack.witness[-2])
        hint = f"Fill it on this way, for example at {last}: `set: {{{field}: …}}` or `captures`."
        finding = RULE.at(
            outcome,
            message,
            hint=hint,
            witness=lack.witness,
            related=captured_where(facts, field),
        )
        yield finding if lack.sure else RULE.possible(finding)


RULE = Rule(
    name="outcome-data-missing",
    family="data",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
