"""The shares of a step's results do not add up to 100%.

Why it costs deals
    Every figure that rests on them is wrong: how many deals reach the next step, how many people
    are needed, what the quarter will bring. With 95% one deal in twenty vanishes from the plan.

    It is asked where shares alone decide, and every result has one. With conditions (`when`) or
    limits (`at_most`) shares only weigh what is allowed against each other. `share: rest` takes
    what the others leave.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    steps:
      call:  # error: [shares-not-whole]
        by: sales
        next:
          interested: {to: demo, share: 30%}
          not_a_fit: {to: lost, share: 60%}
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

from salesflow.analysis.choices import open_choice, whole
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding, Related
from salesflow.process.steps import Result, Step
from salesflow.quantities import format_share


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each step whose shares are more, or all told less, than 100%."""
    for step in facts.process.nodes.values():
        chosen = step.chosen()
        given = [result.share for result in chosen if result.share is not None]
        total = sum(given)
        if not given or whole(total) or not open_choice(step):
            continue
        if total > 1 or len(given) == len(chosen):  # else it is `share-missing`
            yield _finding(step, total)


def _finding(step: Step, total: float) -> Finding:
    if total < 1:
        verdict = f"{_percent(1 - total)} is missing"
        hint = "Write `share: rest` at one of them, or name the result that is missing."
    else:
        verdict = f"that is {_percent(total - 1)} too much"
        hint = "Lower them, and write `share: rest` at one: it takes what the others leave."
        if any(result.rest for result in step.chosen()):
            hint = "Lower them, so that something is left for `rest`."
    message = f"The shares of `{step.node}` add up to {_percent(total)}: {verdict}."
    related = tuple(
        Related(result.path, result.span, f"`{result.id}`: {_written(result)}")
        for result in sorted(step.chosen(), key=lambda result: result.span)
        if result.share is not None
    )
    return RULE.at(step, message, hint=hint, related=related)


def _written(result: Result) -> str:
    return "rest" if result.rest else _percent(result.share or 0.0)


def _percent(share: float) -> str:
    return format_share(round(share, 10))


RULE = Rule(
    name="shares-not-whole",
    family="shares",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
