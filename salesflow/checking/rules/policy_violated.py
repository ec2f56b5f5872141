"""A policy that must hold on every path does not: there is a way for a deal around it.

Why it costs deals
    The policy says that no large deal is signed before purchasing has agreed. The process has a way
    that leads past purchasing, and sooner or later a deal takes it: under pressure, on the last day
    of the quarter.

    Every way through the process counts, time-outs and withdrawn work included. A `when` is judged
    at the event that obliges: the second of `precedence`, the first of `response`, else the end of
    the deal, in each case on the data that the deal has after it. `different_person` is violated
    where both steps belong to one role that has one person, or whose person keeps the deal.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    data: {amount: {type: money}}
    steps:
      call: {by: sales, captures: [amount], next: {small: sign, large: approval, not_a_fit: lost}}
      approval: {by: finance, next: {approved: sign, refused: lost}}
      sign: {by: sales, next: won}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    policies:
      large_deals_are_approved:  # error: [policy-violated]
        precedence: [approval.approved, won]
        when: amount >= 50000
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call}}
    data: {amount: {type: money}}
    steps:
      call: {by: sales, captures: [amount], next: {fit: size, not_a_fit: lost}}
      size:
        next:
          large: {to: approval, when: amount >= 50000}
          small: {to: sign, otherwise: true}
      approval: {by: finance, next: {approved: sign, refused: lost}}
      sign: {by: sales, next: won}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    policies:
      large_deals_are_approved:
        precedence: [approval.approved, won]
        when: amount >= 50000
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.judgement import VIOLATED, Judgement
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.checking.words import comes_by
from salesflow.findings import Finding
from salesflow.process.model import Policy, Process
from salesflow.process.people import Role

_WRONG = {
    "precedence": "a deal can come to `{1}` without `{0}` before it",
    "response": "a deal can end without `{1}` after `{0}`",
    "never": "a deal can come to `{0}`",
    "at_most_once": "`{0}` can happen twice to a deal",
    "not_both": "both `{0}` and `{1}` can happen to one deal",
}
_HELP = {
    "precedence": "Lead every way to `{1}` through `{0}`",
    "response": "Lead every way from `{0}` to the end through `{1}`",
    "never": "Take away the way to `{0}`",
    "at_most_once": "Give the result that leads back to `{0}` a limit (`at_most: 1`)",
    "not_both": "Part the ways of `{0}` and `{1}`",
}


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each policy that some run violates; a warning where that is not sure."""
    for judgement in facts.policies:
        if judgement.verdict == VIOLATED:
            finding = _finding(judgement, facts.process)
            yield finding if judgement.sure else RULE.possible(finding)


def _finding(judgement: Judgement, process: Process) -> Finding:
    policy = judgement.policy
    if policy.kind == "different_person":
        wrong, hint = _one_person(policy, process)
    else:
        wrong = _WRONG[policy.kind].format(*policy.events)
        hint = _HELP[policy.kind].format(*policy.events)
        hint += ", or narrow the policy with `when`." if policy.when is None else "."
    perhaps = "" if judgement.sure else "perhaps "
    message = f"`{policy.id}` is {perhaps}violated: {wrong}{_when(judgement)}."
    message += comes_by(judgement.witness)
    return RULE.at(policy, message, hint=hint, witness=judgement.witness)


def _when(judgement: Judgement) -> str:
    """The condition, and a deal for which it holds."""
    when = judgement.policy.when
    if when is None:
        return ""
    example = ", ".join(f"`{name}: {value}`" for name, value in judgement.values)
    word = "in deals with" if judgement.policy.kind == "different_person" else "though"
    return f", {word} `{when.text}`" + (f" (for example {example})" if example else "")


def _one_person(policy: Policy, process: Process) -> tuple[str, str]:
    first, second = policy.events
    role: Role = process.roles[getattr(process.nodes[first], "by", "")]
    both = f"`{first}` and `{second}` are both for `{role.id}`"
    hint = f"Let another role do `{second}`"
    if role.people == 1:
        return f"{both}, which has one person", f"{hint}, or give `{role.id}` more people."
    reason = "whose person keeps the deal to its end"
    return f"{both}, {reason}", f"{hint}, or take `keeps_deal` away from `{role.id}`."


RULE = Rule(
    name="policy-violated",
    family="policies",
    severity="error",
    preset="correctness",
    find=find,
    module=__name__,
)
