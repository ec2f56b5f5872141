"""Two results of a step have the same condition and do the same.

Why it costs deals
    Nobody can tell the two apart: whoever works on the deal picks one by taste, and every count by
    result is worth nothing. Mostly one was copied and its condition never changed.

    Results that go to the same place for different reasons (`too_dear: lost`, `too_late: lost`) are
    fine: the name is the reason.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}}
    sources: {inbound: {start: call, gives: {amount: {min: 1000, max: 90000}}}}
    steps:
      call:
        by: sales
        next:
          large: {to: demo, when: amount >= 50000}
          medium: {to: demo, when: amount >= 50000}  # error: [duplicate-transition]
          small: {to: won, otherwise: true}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}}
    sources: {inbound: {start: call, gives: {amount: {min: 1000, max: 90000}}}}
    steps:
      call:
        by: sales
        next:
          large: {to: demo, when: amount >= 50000}
          medium: {to: demo, when: amount >= 10000 and amount < 50000}
          small: {to: won, otherwise: true}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding, Related
from salesflow.process.steps import Result, Step


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each result that repeats one with an earlier name."""
    for step in facts.process.nodes.values():
        conditional = [result for result in step.next.values() if result.when is not None]
        if len(conditional) > 1:
            yield from _repeated(step, conditional)


def _repeated(step: Step, conditional: list[Result]) -> Iterator[Finding]:
    first: dict[object, Result] = {}
    for result in sorted(conditional, key=lambda result: result.id):
        same = (result.targets, result.when, result.set, result.captures, result.at_most)
        other = first.setdefault(same, result)
        if other is not result:
            message = (
                f"`{step.node}.{result.id}` has the same condition as `{other.id}`, "
                "and leads to the same place."
            )
            related = (Related(other.path, other.span, "the same again"),)
            hint = "Change the condition of one of them, or keep only one."
            yield RULE.at(result, message, hint=hint, related=related)


RULE = Rule(
    name="duplicate-transition", family="structure", severity="warning", find=find, module=__name__
)
