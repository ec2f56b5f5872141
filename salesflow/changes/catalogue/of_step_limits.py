"""What changes about a step's limits: timeouts, escalations, what it waits for, what it runs."""

from typing import Any

from salesflow.changes.catalogue.clocks import at_step_hours, on_one_clock
from salesflow.changes.catalogue.concerned import (
    Audience,
    concerns,
    department_of_role,
    own,
    sides,
)
from salesflow.changes.catalogue.direction import Holds, comes, goes
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import Says, it, who
from salesflow.changes.edit import RUNNING, Level


class _Key:
    """The rows of one key of a step."""

    def __init__(self, field: str, audience: Audience, message: Says) -> None:
        """All that they have in common."""
        self.field, self.audience, self.message = field, audience, message

    def row(
        self,
        name: str,
        mirror: str,
        level: Level,
        why: str,
        example: tuple[str, str],
        *,
        holds: Holds | None = None,
    ) -> ChangeRule:
        return ChangeRule(
            name=name,
            what="step",
            kind="changed",
            field=self.field,
            level=level,
            mirror=mirror,
            holds=holds,
            audience=self.audience,
            message=self.message,
            why=why,
            example=example,
        )


def _sooner(case: Case) -> bool:
    """After less time, and all else as before."""
    return _later_by(case) < 0


def _later(case: Case) -> bool:
    return _later_by(case) > 0


def _later_by(case: Case) -> float:
    """How much later; 0 where times cannot be compared, or something else changed as well."""
    old, new = case.edit.old, case.edit.new
    before, after = on_one_clock(old["after"], new["after"], at_step_hours(case))
    if before is None or after is None or {**old, "after": ""} != {**new, "after": ""}:
        return 0
    return after - before


# ----------------------------------------------------------------------------------------- timeout


def _times_out(case: Case) -> str:
    old, new = case.edit.old, case.edit.new
    step = it(case)
    if old is None:
        return f"{step} is broken off {_by(new)} now; so far it had no time limit."
    if new is None:
        return f"{step} has no time limit any more; so far it was broken off {_by(old)}."
    if old["result"] == new["result"]:
        return f"{step} is broken off after {new['after']} now instead of {old['after']}."
    if old["after"] == new["after"]:
        ends = f"with `{new['result']}` now instead of `{old['result']}`"
        return f"{step}, when broken off after {new['after']}, ends {ends}."
    return f"{step} is broken off {_by(new)} now; so far {_by(old)}."


def _by(timeout: Any) -> str:
    return f"after {timeout['after']} with `{timeout['result']}`"


_TIMEOUT = _Key("timeout", concerns(own, RUNNING), _times_out)
_LINE = "    timeout: {after: 30d, result: silent}\n"
_REVIEW = "            wait: 5d\n"

TIMEOUTS: tuple[ChangeRule, ...] = (
    _TIMEOUT.row(
        "step-timeout-added",
        "step-timeout-removed",
        "check",
        "Deals that stay longer than that are taken away from whoever works on them. Those under "
        "way that already stand there for longer are broken off at once: look at them first.",
        (_REVIEW, _REVIEW + "            timeout: {after: 20d, result: refused}\n"),
        holds=comes,
    ),
    _TIMEOUT.row(
        "step-timeout-removed",
        "step-timeout-added",
        "check",
        "Deals may now stay for ever, and nobody notices. Say who looks after them, or keep a "
        "limit that is long enough.",
        (_LINE, ""),
        holds=goes,
    ),
    _TIMEOUT.row(
        "step-timeout-shorter",
        "step-timeout-longer",
        "check",
        "More deals are broken off, and those under way that stand there for longer already are "
        "broken off at once. Look at them first, and see with `--simulate` how many it will be.",
        (_LINE, "    timeout: {after: 20d, result: silent}\n"),
        holds=_sooner,
    ),
    _TIMEOUT.row(
        "step-timeout-longer",
        "step-timeout-shorter",
        "safe",
        "Nobody is broken off who was not before, and some deals get more time. They also stay "
        "open longer, which the pipeline shows.",
        (_LINE, "    timeout: {after: 45d, result: silent}\n"),
        holds=_later,
    ),
    _TIMEOUT.row(
        "step-timeout-changed",
        "step-timeout-changed",
        "check",
        "Deals that are broken off go another way, or the limit is kept by another clock: elapsed "
        "time and office hours cannot be compared. Look where they go and who gets them.",
        (_LINE, "    timeout: {after: 30d, result: not_a_fit}\n"),
    ),
)

# -------------------------------------------------------------------------------------- escalation


def _escalated_to(case: Case) -> set[str]:
    """The departments of those who may take the work too, before and now."""
    found: set[str] = set()
    for process, _ in sides(case):
        for value in (case.edit.old, case.edit.new):
            if value is not None:
                found |= department_of_role(process, value["by"])
    return found


def _escalates(case: Case) -> str:
    old, new = case.edit.old, case.edit.new
    (before, _), (after, _) = sides(case)
    if old is None:
        people = who(after, new["by"])
        return f"{people} may take {it(case)} too after {new['after']}; so far nobody else could."
    if new is None:
        people = who(before, old["by"])
        return f"{people} no longer takes {it(case)} over; so far they could after {old['after']}."
    if old["by"] == new["by"]:
        people = who(after, new["by"])
        return (
            f"{people} may take {it(case)} too after {new['after']} now instead of {old['after']}."
        )
    return (
        f"{who(after, new['by'])} may take {it(case)} too after {new['after']} now; so far it was "
        f"{who(before, old['by'])} after {old['after']}."
    )


_ESCALATE = _Key("escalate", concerns(own, _escalated_to), _escalates)
_OVER = "    escalate: {after: 3bd, by: manager}\n"

ESCALATIONS: tuple[ChangeRule, ...] = (
    _ESCALATE.row(
        "step-escalation-added",
        "step-escalation-removed",
        "check",
        "Others get work that so far was not theirs whenever nobody has begun in time. Agree on "
        "it with them, and see with `--simulate` how often it happens.",
        ("    effort: 30min\n", "    effort: 30min\n    escalate: {after: 1bd, by: manager}\n"),
        holds=comes,
    ),
    _ESCALATE.row(
        "step-escalation-removed",
        "step-escalation-added",
        "check",
        "Nobody steps in any more when work is not begun, so deals may wait longer. See whether "
        "time limits are still met.",
        (_OVER, ""),
        holds=goes,
    ),
    _ESCALATE.row(
        "step-escalation-sooner",
        "step-escalation-later",
        "check",
        "Those who step in have more to do, and those who do the step are left less time to begin. "
        "Agree on it with both.",
        (_OVER, "    escalate: {after: 2bd, by: manager}\n"),
        holds=_sooner,
    ),
    _ESCALATE.row(
        "step-escalation-later",
        "step-escalation-sooner",
        "check",
        "Deals wait longer before somebody steps in. See whether promises and time limits of the "
        "step are still met.",
        (_OVER, "    escalate: {after: 5bd, by: manager}\n"),
        holds=_later,
    ),
    _ESCALATE.row(
        "step-escalation-changed",
        "step-escalation-changed",
        "check",
        "Others step in than before, or after a time that cannot be compared. Tell those who now "
        "may have to, and those who no longer do.",
        (_OVER, "    escalate: {after: 3bd, by: counsel}\n"),
    ),
)

ROWS: tuple[ChangeRule, ...] = (*TIMEOUTS, *ESCALATIONS)
