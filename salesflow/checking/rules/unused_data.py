"""A field is captured, and nothing ever uses it.

Why it costs deals
    Somebody asks the customer for it and types it in, in every deal, for nothing: no step requires
    it, no condition reads it, no department is promised it.

    A field with a `master` is kept for the system named there and counts as used.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data:
      budget: {type: money}
      hobby: {type: text}
    sources: {inbound: {start: call}}
    steps:
      call:  # error: [unused-data]
        by: sales
        captures: [budget, hobby]
        next: {interested: demo, not_a_fit: lost}
      demo: {by: sales, requires: [budget], next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {budget: {type: money}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, captures: [budget], next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, requires: [budget], next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.data_use import Mentions, Use, filled
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding, Related
from salesflow.process.steps import Run

_MOST_RELATED = 5


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each field that steps capture and nothing uses, where it is captured first."""
    process = facts.process
    if not process.data or process.is_part:  # that other one may use it
        return
    used: set[str | None] = set()
    for each in (process, *process.runs.values()):
        mentions = facts.mentions if each is process else Mentions(each)
        used |= {*mentions.needed, each.value}
        for _, _, _, expression in mentions.expressions:
            used |= expression.mentions
    if not facts.mentions.filled - used:
        return
    useless: dict[str, list[Use]] = {}
    for use in filled(process):
        field = process.data.get(use.field)
        if isinstance(use.element, Run):
            continue  # what it captures may be for others that run it
        if use.field not in used and field is not None and not field.master:
            useless.setdefault(use.field, []).append(use)
    for uses in useless.values():
        if any(use.how == "captures" for use in uses):
            yield _finding(facts, uses)


def _finding(facts: Facts, uses: list[Use]) -> Finding:
    distance = facts.flow.distance
    far = len(distance)
    captures = [use for use in uses if use.how == "captures"]
    captures.sort(key=lambda use: (distance.get(use.at, far), use.element.path))
    first = captures[0]
    message = f"`{first.element.node}` captures `{first.field}`, and nothing uses it."
    hint = (
        f"Say who needs it (`requires: [{first.field}]` of a step, an outcome or a touchpoint), "
        "or stop asking for it."
    )
    related = tuple(
        Related(use.element.path, use.element.span, "filled here too")
        for use in sorted(uses, key=lambda use: use.element.path)
        if use.element is not first.element
    )
    return RULE.at(first.element, message, hint=hint, related=related[:_MOST_RELATED])


RULE = Rule(
    name="unused-data",
    family="data",
    severity="warning",
    find=find,
    module=__name__,
)
