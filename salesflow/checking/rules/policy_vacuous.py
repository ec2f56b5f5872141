"""A policy says nothing: what it is about never happens, or never with its condition.

Why it costs deals
    Everybody believes that large deals are approved before they are signed. In truth the amount is
    set to zero on the way, or the policy names a result that nobody can take: it is always kept,
    and protects nobody.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call, gives: {amount: {min: 1000, max: 20000}}}}
    data: {amount: {type: money}}
    steps:
      call: {by: sales, next: {fit: size, not_a_fit: lost}}
      size:
        next:
          large: {to: approval, when: amount >= 10000}
          small: {to: sign, otherwise: true}
      approval: {by: finance, next: {approved: sign, refused: lost}}
      sign: {by: sales, next: won}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    policies:
      large_deals_are_approved:  # error: [policy-vacuous]
        precedence: [approval.approved, won]
        when: amount >= 50000
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    sources: {inbound: {start: call, gives: {amount: {min: 1000, max: 20000}}}}
    data: {amount: {type: money}}
    steps:
      call: {by: sales, next: {fit: size, not_a_fit: lost}}
      size:
        next:
          large: {to: approval, when: amount >= 10000}
          small: {to: sign, otherwise: true}
      approval: {by: finance, next: {approved: sign, refused: lost}}
      sign: {by: sales, next: won}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    policies:
      large_deals_are_approved:
        precedence: [approval.approved, won]
        when: amount >= 10000
    ```
"""

from collections.abc import Iterator

from salesflow.analysis.judgement import BOTH, NEVER, NOBODY, VACUOUS, Judgement
from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each policy that never obliges anybody to anything."""
    for judgement in facts.policies:
        if judgement.verdict == VACUOUS:
            policy = judgement.policy
            why, hint = _why(judgement, facts)
            yield RULE.at(policy, f"`{policy.id}` says nothing: {why}.", hint=hint)


def _why(judgement: Judgement, facts: Facts) -> tuple[str, str]:
    policy = judgement.policy
    obliging = policy.events[0 if policy.kind == "response" else -1]
    if judgement.why == NEVER:
        return f"`{obliging}` never happens", "Name what it is about, or remove the policy."
    if judgement.why == NOBODY:
        steps = (name for name in policy.events if not getattr(facts.process.nodes[name], "by", ""))
        step = next(steps)
        return f"nobody does `{step}`", f"Give `{step}` a `by`, or name the step that people do."
    if judgement.why == BOTH:
        first, second = policy.events
        return f"no deal has both `{first}` and `{second}`", "Name the steps that it is about."
    when = policy.when.text if policy.when else ""
    moment = f"at `{obliging}`" if policy.kind in ("precedence", "response") else "when a deal ends"
    hint = "Correct the condition, or say where the field gets such a value."
    return f"`{when}` never holds {moment}", hint


RULE = Rule(
    name="policy-vacuous", family="policies", severity="warning", find=find, module=__name__
)
