"""Some results of a step have a share, and one that can be taken instead has none.

Why it costs deals
    Nobody can say how often this result is taken, so the process cannot be simulated, and plans
    that read the shares leave these deals out.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call:
        by: sales
        next:
          interested: {to: demo, share: 30%}
          not_a_fit: lost  # error: [share-missing]
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call:
        by: sales
        next:
          interested: {to: demo, share: 30%}
          not_a_fit: {to: lost, share: rest}
      demo: {by: sales, next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.choices import share_total, together
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding
from salesflow.process.steps import Result, Step
from salesflow.quantities import format_share


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each result without a share beside one with a share."""
    mixed = False
    for step in facts.process.nodes.values():
        chosen = step.chosen()
        given = [result for result in chosen if result.share is not None]
        if given and len(given) < len(chosen):
            mixed = True
            for result in chosen:
                if result.share is None and any(together(result, other) for other in given):
                    yield _finding(step, result)
    for pair, *_ in facts.met if mixed and facts.guarded else ():
        step, lone = pair.overlap.step, pair.overlap.unshared
        given = [other for other in step.chosen() if other.share is not None]
        if lone is not None and not any(together(lone, other) for other in given):
            yield _finding(step, lone)


def _finding(step: Step, result: Result) -> Finding:
    left = round(1 - share_total(step), 10)
    hint = "Give it a share."
    if left > 0:
        hint = f"Give it a share: the others leave {format_share(left)} (`share: rest`)."
    message = f"`{step.node}.{result.id}` has no share, and other results of `{step.id}` have one."
    return RULE.at(result, message, hint=hint)


RULE = Rule(name="share-missing", family="shares", severity="warning", find=find, module=__name__)
