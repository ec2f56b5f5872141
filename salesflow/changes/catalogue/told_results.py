"""What a change of a result means to who gets the deals behind its step, or hands them to it."""

from collections.abc import Sequence

from salesflow.changes.catalogue.concerned import own, results_of, steps_of
from salesflow.changes.catalogue.conditions import NEVER, Shift, allowed, shift
from salesflow.changes.catalogue.receivers import (
    both,
    decided_for,
    of_step,
    reached,
    reached_by,
    takers,
)
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import outer
from salesflow.changes.sheet import home_of, last_id
from salesflow.expressions import Expression
from salesflow.process.steps import Result, Step

MORE, FEWER = "get more deals from {}", "get fewer deals from {}"
_MOST = 8  # results of a step that are compared with each other


def by_choice(case: Case) -> set[str]:
    """Whom it concerns that a result is taken more or less often: then others are not, or are."""
    return own(case) | reached(case) | decided_for(case)


def by_condition(case: Case) -> set[str]:
    """Whom it concerns that a result is for other deals; not those who surely get the same."""
    found = own(case) | decided_for(case)
    rest = reached(case) - found
    if rest and _stands_alone(case):
        rest = {name for name in rest if not _deals(case, name).none}
    return found | rest


# ------------------------------------------------------------------------------- what is said of it


def told(rule: ChangeRule) -> ChangeRule:
    """The rule with a sentence for each department that does not end the step itself."""

    def sentence(case: Case, department: str) -> str:
        means = receives(case, department)
        if not means:
            return ""
        example = _for_example(case, department, means)
        message = case.edit.message or rule.message(case)
        return f"You {means.format(outer(case))}{example}: {message}"

    return rule.replace(told=sentence)


def receives(case: Case, department: str) -> str:
    """What a department gets from the step now: words that follow "you", ``{}`` is the step.

    "" for one who works on the step.
    """
    if department in _as_named(case, own(case), own(case)):
        return ""
    before, after = reached_by(case)
    before, after = _as_named(case, before, set()), _as_named(case, set(), after)
    if department not in before | after or _decides_for(case, department):
        return "hand deals to {} that go other ways"
    if department not in after:
        return "get no deals from {} any more"
    if department not in before:
        return "get deals from {} now"
    if case.edit.field not in ("", "when", "otherwise") or _wide(case):
        return "get other deals from {}"
    return _by_deals(case, department)


def _decides_for(case: Case, department: str) -> bool:
    """Whether it hands deals to a decision, and gets none by the result."""
    behind = [
        takers(process, [result])
        for process, result in zip(both(case), results_of(case), strict=True)
        if result is not None
    ]
    return department in decided_for(case) and not any(department in names for names in behind)


def _by_deals(case: Case, department: str) -> str:
    """For who is behind the step before and now: whether more come, or fewer."""
    old, new = _conditions(case, department)
    if _never(case, new) and not _never(case, old):
        return "get no deals from {} any more"
    if _never(case, old) and not _never(case, new):
        return "get deals from {} now; so far none came"
    moved = _deals(case, department)
    if moved.wider:
        return MORE
    return FEWER if moved.narrower else "get other deals from {}"


def _for_example(case: Case, department: str, means: str) -> str:
    """A deal that comes now, or no longer does."""
    from salesflow.checking.guard_words import a_deal  # only for what is said

    moved = _deals(case, department) if means in (MORE, FEWER) else Shift()
    if moved.more is not None:
        return f" (for example {a_deal(moved.more)})"
    return f" (for example no longer {a_deal(moved.fewer)})" if moved.fewer is not None else ""


def _as_named(case: Case, before: set[str], after: set[str]) -> set[str]:
    """Departments of the old and of the new version by the ids that reports know them by."""
    removed = case.edit.kind == "removed"
    pairs = case.matching.old_of if removed else case.matching.new_of
    mapped, kept = (after, before) if removed else (before, after)
    return kept | {_other(case, name, pairs) for name in mapped}


def _other(case: Case, department: str, pairs: object) -> str:
    for home in (home_of(case.edit.path), ""):
        path = pairs.get(f"{home}departments.{department}")  # type: ignore[attr-defined]
        if path is not None:
            return last_id(path)
    return department


# ---------------------------------------------------------------------------------- for which deals


def _deals(case: Case, department: str) -> Shift:
    """Which deals come to a department from the step now and did not, and the other way round."""
    old, new = _conditions(case, department)
    without = shift(of_step(case), old, new)
    return Shift(without.fewer, without.more, without.decided)


def _conditions(case: Case, department: str) -> tuple[Expression | None, Expression | None]:
    """For which deals none of the results that lead to a department is allowed, before and now."""
    old, new = (
        _none_allowed(step, [r for r in _by_condition(step) if department in takers(process, [r])])
        for process, step in zip(both(case), steps_of(of_step(case)), strict=True)
    )
    return old, new


def _none_allowed(step: Step | None, results: Sequence[Result]) -> Expression | None:
    from salesflow.analysis.guard_runs import none_of  # slow to import, and rarely needed

    if step is None or not results:
        return None
    conditions = [allowed(step, result) for result in results]
    some = [condition for condition in conditions if condition is not None]
    return none_of(some) if len(some) == len(conditions) else NEVER


def _by_condition(step: Step | None) -> list[Result]:
    """The results that deals take by what they are."""
    if step is None:
        return []
    return [*step.chosen(), *(result for result in step.next.values() if result.otherwise)]


def _never(case: Case, none_allowed: Expression | None) -> bool:
    """Whether no deal at all comes by some results."""
    return none_allowed is None or shift(of_step(case), None, none_allowed).none


def _wide(case: Case) -> bool:
    """Whether there are too many results to compare what each leaves to the others."""
    steps = steps_of(of_step(case))
    return any(step is not None and len(step.next) > _MOST for step in steps)


def _stands_alone(case: Case) -> bool:
    """Whether no deal has the choice between the result and another one, before and now."""
    if _wide(case):
        return False
    there = zip(steps_of(of_step(case)), results_of(case), strict=True)
    return all(result is None or _apart(case, step, result) for step, result in there)


def _apart(case: Case, step: Step | None, result: Result) -> bool:
    from salesflow.analysis.guard_runs import none_of  # slow to import, and rarely needed

    if step is None:
        return False
    own_deals = allowed(step, result)
    for other in _by_condition(step):
        theirs = allowed(step, other)
        if other is result or theirs is NEVER or own_deals is NEVER:
            continue
        if own_deals is None or theirs is None or other.at_most is not None:
            return False
        neither = none_of([none_of([own_deals]), none_of([theirs])])
        if not shift(of_step(case), neither, NEVER).none:
            return False
    return True
