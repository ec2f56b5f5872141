"""Something needs a field, and nothing in the whole process ever fills it.

Why it costs deals
    The step that requires it begins with a gap every time, or the condition that reads it is never
    true, so that all deals go the other way. Somewhere a form, a call or a document is missing.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {budget: {type: money}, company: {type: text}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, captures: [company], next: {interested: demo, not_a_fit: lost}}
      demo:  # error: [never-captured]
        by: sales
        requires: [company, budget]
        next: {buys: won, passes: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {budget: {type: money}, company: {type: text}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: sales, captures: [company, budget], next: {interested: demo, not_a_fit: lost}}
      demo: {by: sales, requires: [company, budget], next: {buys: won, passes: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator
from operator import attrgetter

from salesflow.analysis.data_use import Use, needed
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding, Related

_ALWAYS = "source"  # the field that every deal has
_MOST_RELATED = 5
_NEEDS = {
    "requires": "is required",
    "returns": "is to be returned",
    "when": "is read in a condition",
    "set": "is read to set another field",
    "run": "must be there for the process that is run",
}


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each field that is needed and never filled, where it is first needed."""
    if not facts.process.data:
        return
    known = facts.mentions.filled | {_ALWAYS}
    if facts.mentions.needed <= known:
        return
    missing: dict[str, list[Use]] = {}
    for use in needed(facts.process):
        if use.field not in known:
            missing.setdefault(use.field, []).append(use)
    distance = facts.flow.distance
    far = len(distance)
    for uses in missing.values():
        uses.sort(key=lambda use: (distance.get(use.at, far), use.element.path, use.how))
        yield _finding(facts, uses)


def _finding(facts: Facts, uses: list[Use]) -> Finding:
    field, how, element, at = uses[0]
    others = {use.element.path: use for use in uses[1:] if use.element is not element}
    related = tuple(
        Related(use.element.path, use.element.span, f"{_NEEDS[use.how]} here too")
        for use in sorted(others.values(), key=attrgetter("element.path"))[:_MOST_RELATED]
    )
    message = f"`{field}` {_NEEDS[how]} by `{element.node}`, and nothing ever fills it."
    if how in ("when", "set"):
        message = f"`{field}` {_NEEDS[how]} of `{element.node}`, and nothing ever fills it."
    hint = f"Let an earlier step capture it (`captures: [{field}]`) or a source give it."
    witness = facts.flow.way(at) if at else ()
    return RULE.at(element, message, hint=hint, witness=witness, related=related)


RULE = Rule(
    name="never-captured",
    family="data",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
