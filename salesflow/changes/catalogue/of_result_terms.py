"""What changes about when a result is allowed, and how often."""

from salesflow.changes.catalogue.concerned import concerns, own, results_of
from salesflow.changes.catalogue.conditions import Shift, by_example, shift
from salesflow.changes.catalogue.direction import comes, goes, grows, numbers
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.told_results import by_choice, by_condition, told
from salesflow.changes.catalogue.wording import it, says
from salesflow.changes.edit import RUNNING

# -------------------------------------------------------------------------------------- conditions


def _shift(case: Case) -> Shift:
    old, new = results_of(case)
    return shift(case, old.when if old else None, new.when if new else None)


def _for_more(case: Case) -> bool:
    return _shift(case).wider


def _for_fewer(case: Case) -> bool:
    return _shift(case).narrower


def _for_the_same(case: Case) -> bool:
    return _shift(case).none


_IS = says(
    "{it} is allowed when `{new}` now; so far when `{old}`.",
    added="{it} is allowed only when `{new}` now; so far for every deal.",
    removed="{it} is allowed for every deal now; so far only when `{old}`.",
)


def _with_example(case: Case) -> str:
    return _IS(case) + by_example(_shift(case))


_INTERESTED = "      interested: {to: offer, share: 40%}\n"
_SMALL = "      small: {to: papers, when: amount < 20000}\n"
_CONDITION_AUDIENCE = concerns(by_condition)


CONDITIONS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="result-allowed-for-more",
        what="result",
        kind="changed",
        field="when",
        level="check",
        mirror="result-allowed-for-fewer",
        holds=_for_more,
        audience=_CONDITION_AUDIENCE,
        message=_with_example,
        why=(
            "Deals can go a way that was closed to them: none loses one. See whether it leads them "
            "past somebody who should have seen them, and whether another result is now allowed "
            "at the same time (`salesflow check`)."
        ),
        example=(_SMALL, _SMALL.replace("20000", "30000")),
    ),
    ChangeRule(
        name="result-allowed-for-fewer",
        what="result",
        kind="changed",
        field="when",
        level="check",
        mirror="result-allowed-for-more",
        holds=_for_fewer,
        audience=_CONDITION_AUDIENCE,
        message=_with_example,
        why=(
            "A way is closed to deals that could go it, also to those under way. `salesflow check` "
            "says whether one is left without any; see that the other ways can take them."
        ),
        example=(_SMALL, _SMALL.replace("20000", "10000")),
    ),
    ChangeRule(
        name="result-condition-reworded",
        what="result",
        kind="changed",
        field="when",
        level="cosmetic",
        mirror="result-condition-reworded",
        holds=_for_the_same,
        audience=concerns(own),
        message=says(
            "{it} is allowed for the same deals as before: `{new}` says the same as `{old}`.",
            added="{it} is allowed for the same deals as before: `{new}` always holds.",
            removed="{it} is allowed for the same deals as before: `{old}` always held.",
        ),
        why="It was proved over all values that the deals are the same. Nothing is to be done.",
        example=(_SMALL, _SMALL.replace("amount < 20000", "not amount >= 20000")),
    ),
    ChangeRule(
        name="result-condition-changed",
        what="result",
        kind="changed",
        field="when",
        level="check",
        mirror="result-condition-changed",
        audience=_CONDITION_AUDIENCE,
        message=_with_example,
        why=(
            "Some deals can go a way that was closed to them, and to others it is closed, unless "
            "too much hangs together to decide it. Read both conditions, and see where the "
            "examples go now."
        ),
        example=(_SMALL, _SMALL.replace("amount < 20000", "region == emea")),
    ),
)

# ------------------------------------------------------------------------------------------ limits


def _limited(case: Case) -> str:
    old, new = case.edit.old, case.edit.new
    return f"A deal can take {it(case)} {_often(new)} now; so far {_often(old)}."


def _often(most: int | None) -> str:
    """``at most once``, ``at most 3 times``, ``any number of times``."""
    if most is None:
        return "any number of times"
    return f"at most {({1: 'once', 2: 'twice'}).get(most, f'{most} times')}"


LIMITS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="result-limit-added",
        what="result",
        kind="changed",
        field="at_most",
        level="check",
        mirror="result-limit-removed",
        holds=comes,
        audience=concerns(by_choice, RUNNING),
        message=_limited,
        why=(
            "Deals that took it so often already cannot take it again. `salesflow check` says "
            "whether they have another way; tell those who end the step what to do then."
        ),
        example=(_INTERESTED, _INTERESTED.replace("40%", "40%, at_most: 1")),
    ),
    ChangeRule(
        name="result-limit-removed",
        what="result",
        kind="changed",
        field="at_most",
        level="check",
        mirror="result-limit-added",
        holds=goes,
        audience=concerns(by_choice, RUNNING),
        message=_limited,
        why=(
            "Nothing stops a deal from going round for ever, and everybody on the way works on it "
            "each time. See with `--simulate` how much that is."
        ),
        example=("share: 10%, at_most: 2}", "share: 10%}"),
    ),
    ChangeRule(
        name="result-limit-raised",
        what="result",
        kind="changed",
        field="at_most",
        level="safe",
        mirror="result-limit-lowered",
        holds=grows(numbers),
        audience=concerns(by_choice, RUNNING),
        message=_limited,
        why=(
            "No deal loses a way, and some may go round once more. Whoever is on that way has a "
            "little more to do."
        ),
        example=("at_most: 2}", "at_most: 3}"),
    ),
    ChangeRule(
        name="result-limit-lowered",
        what="result",
        kind="changed",
        field="at_most",
        level="check",
        mirror="result-limit-raised",
        audience=concerns(by_choice, RUNNING),
        message=_limited,
        why=(
            "Deals that took it so often already cannot take it again, those under way included. "
            "`salesflow check` says whether they have another way."
        ),
        example=("at_most: 2}", "at_most: 1}"),
    ),
)

ROWS: tuple[ChangeRule, ...] = tuple(map(told, (*CONDITIONS, *LIMITS)))
