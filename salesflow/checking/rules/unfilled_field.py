"""A condition compares a field that is not filled for some deals: for them it is false.

Why it costs deals
    A deal whose amount nobody has entered yet is taken for a small one, quietly, and skips the
    approval. Nobody decided that; the field was just empty.

    `filled(amount) and amount >= 50000` says that it is meant. What nothing ever fills is
    `never-captured`, a field that the step requires `missing-data`, and where no condition is left
    for the deal, it is stuck: `uncovered-guard`.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}}
    sources: {inbound: {start: call}, partner: {start: offer}}
    steps:
      call: {by: sales, captures: [amount], next: {interested: offer, not_a_fit: lost}}
      offer:
        by: sales
        next:
          large: {to: approve, when: amount >= 50000}  # error: [unfilled-field]
          standard: {to: won, otherwise: true}
      approve: {by: director, next: {approved: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    data: {amount: {type: money}}
    sources: {inbound: {start: call}, partner: {start: offer, gives: {amount: filled}}}
    steps:
      call: {by: sales, captures: [amount], next: {interested: offer, not_a_fit: lost}}
      offer:
        by: sales
        next:
          large: {to: approve, when: amount >= 50000}
          standard: {to: won, otherwise: true}
      approve: {by: director, next: {approved: won, refused: lost}}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.verdict import UNFILLED, Fault
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by
from salesflow.findings import Finding, Related
from salesflow.process.people import Element

_ALWAYS = "source"  # the field that every deal has
_MOST_RELATED = 5


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each place and field that is read there while it is not filled."""
    reads = facts.mentions.expressions
    if not any(expression.reads for _, _, _, expression in reads):
        return
    faults = [fault for fault in facts.behaviour.faults if fault.kind == UNFILLED]
    if not faults:
        return
    known = facts.mentions.filled | {_ALWAYS}
    told = {(gap.step.node, field) for gap in facts.stranded for field in gap.deal.without}
    places = {element.node: (element, at) for element, at, _, _ in reads}
    groups: dict[tuple[str, str], list[Fault]] = {}
    for fault in sorted(faults, key=lambda fault: (len(fault.witness), fault.node)):
        at = places.get(fault.node, (None, ""))[1]
        step = facts.process.nodes.get(at)
        if step is None or fault.field in step.requires or fault.field not in known:
            continue
        if (at, fault.field) not in told:
            groups.setdefault((at, fault.field), []).append(fault)
    for (at, _), same in groups.items():
        yield _finding(at, [(fault, places[fault.node][0]) for fault in same])


def _finding(at: str, same: list[tuple[Fault, Element]]) -> Finding:
    fault, element = same[0]
    field = fault.field
    when = getattr(element, "when", None)
    maybe = "may not be filled" if fault.sure else "is possibly not filled"
    message = f"`{element.node}` compares `{field}`, which {maybe}: the condition is false then."
    if when is None or field not in when.reads:
        message = f"`{element.node}` works with `{field}`, which {maybe}: it sets nothing then."
    hint = f"Let a step on this way capture it (`captures: [{field}]`) or the source give it."
    if when is not None and field in when.reads:
        hint += f" If it may be empty, write `filled({field}) and …`."
    related = tuple(
        Related(other.path, other.span, f"reads `{field}` too")
        for other in {other.path: other for _, other in same[1:] if other is not element}.values()
    )
    way = _way(fault.witness, at)
    return RULE.at(
        element, message + comes_by(way), hint=hint, witness=way, related=related[:_MOST_RELATED]
    )


def _way(witness: tuple[str, ...], at: str) -> tuple[str, ...]:
    """The way to the step, without the result that was taken there when it was seen."""
    way = witness[:-1]
    return (*(way[:-1] if way and way[-1].rpartition(".")[0] == at else way), at)


RULE = Rule(name="unfilled-field", family="guards", severity="warning", find=find, module=__name__)
