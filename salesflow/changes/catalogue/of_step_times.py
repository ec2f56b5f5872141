"""What changes about how long a step takes, and how long it should take."""

from typing import Any

from salesflow.changes.catalogue.clocks import Pair, at_step_hours, on_one_clock
from salesflow.changes.catalogue.concerned import concerns, own, steps_of
from salesflow.changes.catalogue.direction import Holds, comes, goes, grows, shrinks
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import it, says
from salesflow.distributions import Distribution
from salesflow.quantities import parse_share

# --------------------------------------------------------------------------------- effort and wait


def _compared(old: Distribution | None, new: Distribution | None) -> Pair:
    """Mean times, 0 where none is written; nothing where clocks differ, or where the mean says
    otherwise than what half of the cases take, and the slowest ones.
    """
    bases = {each.basis for each in (old, new) if each is not None}
    if len(bases) > 1:
        return None, None
    before, after = _marks(old), _marks(new)
    signs = {(b > a) - (b < a) for a, b in zip(before, after, strict=True) if a != b}
    return (None, None) if len(signs) > 1 else (before[0], after[0])


def _marks(times: Distribution | None) -> tuple[float, ...]:
    """The mean, what half of the cases take at most, and what nine of ten do."""
    if times is None:
        return (0.0, 0.0, 0.0)
    return (times.mean, float(times.quantile(0.5)), float(times.quantile(0.9)))


def _efforts(case: Case) -> Pair:
    old, new = steps_of(case)
    return _compared(getattr(old, "effort", None), getattr(new, "effort", None))


def _waits(case: Case) -> Pair:
    old, new = steps_of(case)
    return _compared(getattr(old, "wait", None), getattr(new, "wait", None))


_EFFORT = says(
    "{it} takes {new} of effort now instead of {old}.",
    added="{it} takes {new} of effort now; so far none was written.",
    removed="{it} takes no effort any more; so far it was {old}.",
)
_WAIT = says(
    "Deals wait {new} at {it} now instead of {old}.",
    added="Deals wait {new} at {it} now; so far they did not.",
    removed="Deals no longer wait at {it}; so far they waited {old}.",
)

WORK: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="step-effort-more",
        what="step",
        kind="changed",
        field="effort",
        level="check",
        mirror="step-effort-less",
        holds=grows(_efforts),
        audience=concerns(own),
        message=_EFFORT,
        why=(
            "Those who do the step have more to do with every deal. See that they have the time: "
            "`salesflow diff --simulate` says how much of it, and who has to wait for them."
        ),
        example=("    effort: 30min\n", "    effort: 45min\n"),
    ),
    ChangeRule(
        name="step-effort-less",
        what="step",
        kind="changed",
        field="effort",
        level="safe",
        mirror="step-effort-more",
        holds=shrinks(_efforts),
        audience=concerns(own),
        message=_EFFORT,
        why=(
            "Those who do the step have time for something else. If that is a goal rather than a "
            "measurement, see whether the work really got less."
        ),
        example=("    effort: 30min\n", "    effort: 20min\n"),
    ),
    ChangeRule(
        name="step-effort-spread",
        what="step",
        kind="changed",
        field="effort",
        level="check",
        mirror="step-effort-spread",
        audience=concerns(own),
        message=_EFFORT,
        why=(
            "The mean is the same, or some deals take longer and others shorter, and queues grow "
            "with the spread. See with `--simulate` whether anybody waits longer."
        ),
        example=("    effort: 30min\n", "    effort: {min: 10min, max: 50min}\n"),
    ),
    ChangeRule(
        name="step-wait-longer",
        what="step",
        kind="changed",
        field="wait",
        level="check",
        mirror="step-wait-shorter",
        holds=grows(_waits),
        audience=concerns(own),
        message=_WAIT,
        why=(
            "Deals take longer, though nobody works more. See whether time limits and promises of "
            "the step and around it can still be met, and what it does to the time to win."
        ),
        example=("    wait: 1d\n", "    wait: 2d\n"),
    ),
    ChangeRule(
        name="step-wait-shorter",
        what="step",
        kind="changed",
        field="wait",
        level="safe",
        mirror="step-wait-longer",
        holds=shrinks(_waits),
        audience=concerns(own),
        message=_WAIT,
        why=(
            "Deals get on sooner, and nobody works more on each. The next step gets them earlier; "
            "see that somebody is there for them."
        ),
        example=("    wait: 1d\n", "    wait: 4h\n"),
    ),
    ChangeRule(
        name="step-wait-spread",
        what="step",
        kind="changed",
        field="wait",
        level="check",
        mirror="step-wait-spread",
        audience=concerns(own),
        message=_WAIT,
        why=(
            "Some deals take longer and others shorter than before, or one is elapsed time and the "
            "other office hours. See whether time limits are met as often."
        ),
        example=("    wait: 1d\n", "    wait: {min: 1h, max: 47h}\n"),
    ),
)


# ------------------------------------------------------------------------------------- the promise


def _tighter(case: Case) -> bool:
    """Sooner or for more visits, and neither later nor for fewer."""
    time, target = _promise(case)
    return time is not None and target is not None and time <= 0 <= target


def _looser(case: Case) -> bool:
    time, target = _promise(case)
    return time is not None and target is not None and target <= 0 <= time


def _promise(case: Case) -> Pair:
    """How much later, and for how much larger a share; nothing where times cannot be compared."""
    old, new = case.edit.old, case.edit.new
    before, after = on_one_clock(old["within"], new["within"], at_step_hours(case))
    if before is None or after is None:
        return None, None
    shares = [parse_share(str(each.get("target", "100%"))) or 0.0 for each in (old, new)]
    return after - before, shares[1] - shares[0]


def promised(sla: Any) -> str:
    """A service level in words: ``within 2bd in 80% of visits``."""
    return f"within {sla['within']}" + (f" in {sla['target']} of visits" if "target" in sla else "")


def _promises(case: Case) -> str:
    old, new = case.edit.old, case.edit.new
    if old is None:
        return f"{it(case)} is to be done {promised(new)} now; so far nothing was promised."
    if new is None:
        return f"No time is promised for {it(case)} any more; so far it was {promised(old)}."
    if old.get("target") == new.get("target"):
        share = f", in {new['target']} of visits" if "target" in new else ""
        times = f"within {new['within']} now instead of {old['within']}"
        return f"{it(case)} is to be done {times}{share}."
    if old["within"] == new["within"]:
        now, then = (each.get("target", "100%") for each in (new, old))
        return (
            f"{it(case)} is to be done within {new['within']} in {now} of visits now, not {then}."
        )
    return f"{it(case)} is to be done {promised(new)} now; so far {promised(old)}."


_SLA_LINE = "    sla: {within: 2bd, target: 80%}\n"


def _sla(
    name: str, mirror: str, why: str, example: tuple[str, str], *, holds: Holds | None = None
) -> ChangeRule:
    return ChangeRule(
        name=name,
        what="step",
        kind="changed",
        field="sla",
        level="check",
        mirror=mirror,
        holds=holds,
        audience=concerns(own),
        message=_promises,
        why=why,
        example=example,
    )


PROMISE: tuple[ChangeRule, ...] = (
    _sla(
        "step-sla-added",
        "step-sla-removed",
        "From now on it is measured how many visits are done in time. It binds nobody by itself: "
        "agree on it with those who do the step, and see with `salesflow check` whether it can be "
        "kept at all.",
        ("    captures: [quote]\n", "    captures: [quote]\n    sla: {within: 3bd}\n"),
        holds=comes,
    ),
    _sla(
        "step-sla-removed",
        "step-sla-added",
        "Nobody measures any more whether the step is done in time. Ask those who get the deals "
        "next whether they counted on it.",
        (_SLA_LINE, ""),
        holds=goes,
    ),
    _sla(
        "step-sla-tighter",
        "step-sla-looser",
        "Less time is left, or more visits must make it. Agree on it with those who do the step; "
        "`salesflow check` says whether their hours allow it, `--simulate` how often it is kept.",
        (_SLA_LINE, "    sla: {within: 1bd, target: 80%}\n"),
        holds=_tighter,
    ),
    _sla(
        "step-sla-looser",
        "step-sla-tighter",
        "Less is promised than before, so deals may stay longer before anybody complains. Tell "
        "those who get them next, and do not compare attainment across the change.",
        (_SLA_LINE, "    sla: {within: 2bd, target: 70%}\n"),
        holds=_looser,
    ),
    _sla(
        "step-sla-changed",
        "step-sla-changed",
        "It is tighter in one way and looser in another, or elapsed time and office hours cannot "
        "be compared. Agree on it with those who do the step and those who wait for it.",
        (_SLA_LINE, "    sla: {within: 1bd, target: 70%}\n"),
    ),
)

ROWS: tuple[ChangeRule, ...] = (*WORK, *PROMISE)
