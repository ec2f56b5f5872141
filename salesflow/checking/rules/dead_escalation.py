"""An escalation that can never help: it comes too late, or nobody is there to take over.

Why it costs deals
    The director is said to step in when a deal lies too long, and never does: by then the time
    limit has ended the step or the promise is broken, or the role has nobody in it. An escalation
    lets the other role take the work until it is begun; without effort it begins at once.

Wrong:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {roles: {seller: {}, director: {}}}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: seller, next: {interested: demo, not_a_fit: lost}}
      demo:  # error: [dead-escalation]
        by: seller
        escalate: {after: 10d, by: director}
        timeout: {after: 10d, result: silent}
        next: {buys: won, passes: lost, silent: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```

Right:
    ```yaml
    salesflow: 1
    process: smb
    departments: {sales: {roles: {seller: {}, director: {}}}}
    sources: {inbound: {start: call}}
    steps:
      call: {by: seller, next: {interested: demo, not_a_fit: lost}}
      demo:
        by: seller
        escalate: {after: 5d, by: director}
        timeout: {after: 10d, result: silent}
        next: {buys: won, passes: lost, silent: lost}
    outcomes: {won: {kind: won}, lost: {kind: lost}}
    ```
"""

from collections.abc import Iterator

from salesflow.checking.facts import Facts
from salesflow.checking.rule import Rule
from salesflow.findings import Finding, Related
from salesflow.process.steps import Escalation, Work


def find(facts: Facts) -> Iterator[Finding]:
    """A finding for each escalation that cannot help."""
    for step in facts.process.nodes.values():
        if isinstance(step, Work) and step.escalate is not None:
            if step.escalate.by in (step.by, *step.with_):
                continue  # a finding of its own
            yield from _judge(facts, step, step.escalate)


def _judge(facts: Facts, step: Work, escalate: Escalation) -> Iterator[Finding]:
    role = facts.process.roles.get(escalate.by)
    said = f"`{step.node}` escalates to `{escalate.by}`"
    if role is not None and (role.people == 0 or role.external):
        why = "who is external" if role.external else "a role with nobody in it"
        hint = "Name a role of ours with people."
        related = (Related(role.path, role.span, "this role"),)
        yield RULE.at(step, f"{said}, {why}.", hint=hint, related=related)
        return
    said += f" after {escalate.after}"
    hint = "Let it escalate sooner."
    if step.timeout is not None and facts.limits.not_before(
        step, escalate.after, step.timeout.after
    ):
        message = f"{said}, but after {step.timeout.after} its time limit has ended it."
        yield RULE.at(step, message, hint=hint)
    elif step.sla is not None and facts.limits.later(step, escalate.after, step.sla.within):
        message = f"{said}, but it is to be done within {step.sla.within}: by then that is broken."
        yield RULE.at(step, message, hint=hint)
    elif step.wait is not None and step.effort is None:
        message = f"{said}, but there is no effort to take over: the wait begins at once."
        hint = "Say how much hands-on work it is (`effort`), or remove the escalation."
        yield RULE.at(step, message, hint=hint)


RULE = Rule(name="dead-escalation", family="time", severity="warning", find=find, module=__name__)
