"""What changes where a result is, or was, what deals take that no other result takes."""

from salesflow.changes.catalogue.concerned import concerns, own, results_of, steps_of
from salesflow.changes.catalogue.conditions import Shift, allowed, by_example, shift
from salesflow.changes.catalogue.direction import comes
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.told_results import by_condition, told
from salesflow.changes.catalogue.wording import it, says, shortened
from salesflow.process.steps import Result

_LARGE = "otherwise: true}"
_SMALL_SINCE = """\
      small: {to: papers, when: amount < 20000}
      large: {to: papers, otherwise: true}
"""
_SMALL_LAST = """\
      small: {to: papers, otherwise: true}
      large: {to: papers, when: amount >= 30000}
"""


def _falls_back(case: Case) -> bool:
    """Whether the result has `otherwise` in one of the versions."""
    return any(result is not None and result.otherwise for result in results_of(case))


_CONDITION = says(
    "{it} has the condition `{new}` now; so far it was the way of all others.",
    removed="{it} needs no condition now, as the way of all others; it was `{old}`.",
)


def _reach(case: Case) -> Shift:
    """Which deals can take it now and which so far, other results considered."""
    old, new = (
        allowed(step, result) if step is not None and result is not None else None
        for step, result in zip(steps_of(case), results_of(case), strict=True)
    )
    return shift(case, old, new)


def _for_the_same(case: Case) -> bool:
    return _reach(case).none


def _turns(case: Case) -> str:
    """What it is now and what it was."""
    old, new = results_of(case)
    if case.edit.new is None:
        return f"{it(case)} is taken {_by_choice(new)} now; so far where no other result was"
    return f"{it(case)} takes whatever no other result takes now; so far it was {_by_choice(old)}"


def _turns_for_some(case: Case) -> str:
    return f"{_turns(case)}.{by_example(_reach(case))}"


def _turns_for_none(case: Case) -> str:
    return f"{_turns(case)}. It is the same deals."


def _by_choice(result: Result | None) -> str:
    """``when `amount < 20000```, or ``for any deal``."""
    if result is None or result.when is None:
        return "for any deal"
    return f"when `{shortened(str(result.when))}`"


_FALLBACKS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="result-condition-of-fallback",
        what="result",
        kind="changed",
        field="when",
        level="cosmetic",
        mirror="result-condition-of-fallback",
        holds=_falls_back,
        audience=concerns(own),
        message=_CONDITION,
        why=(
            "Which deals can take it hangs on the conditions of the other results as well: the "
            "change of `otherwise` beside it says for whom that makes a difference. Read that one."
        ),
        example=(_LARGE, "when: amount >= 30000}"),
    ),
    ChangeRule(
        name="result-fallback-reworded",
        what="result",
        kind="changed",
        field="otherwise",
        level="cosmetic",
        mirror="result-fallback-reworded",
        holds=_for_the_same,
        audience=concerns(own),
        message=_turns_for_none,
        why=(
            "It was proved over all values that the same deals take it. Should the condition of "
            "another result change, the two ways to write it are no longer the same."
        ),
        example=(_LARGE, "when: amount >= 20000}"),
    ),
    ChangeRule(
        name="result-becomes-fallback",
        what="result",
        kind="changed",
        field="otherwise",
        level="check",
        mirror="result-no-longer-fallback",
        holds=comes,
        audience=concerns(by_condition),
        message=_turns_for_some,
        why=(
            "Deals take it exactly when every other result is closed to them. See that the others "
            "leave such deals, and that it leads where these should go."
        ),
        example=(_SMALL_SINCE, _SMALL_LAST),
    ),
    ChangeRule(
        name="result-no-longer-fallback",
        what="result",
        kind="changed",
        field="otherwise",
        level="check",
        mirror="result-becomes-fallback",
        audience=concerns(by_condition),
        message=_turns_for_some,
        why=(
            "Deals for which no other result is allowed may have no way on: `salesflow check` says "
            "so. Those for which another is allowed may now take this one."
        ),
        example=(_LARGE, "when: amount >= 30000}"),
    ),
)

ROWS: tuple[ChangeRule, ...] = tuple(map(told, _FALLBACKS))
