"""What happens to results: they come and go, lead elsewhere, are taken more or less often."""

from collections.abc import Iterable

from salesflow.changes.catalogue.concerned import (
    concerns,
    no_node,
    own,
    results_of,
    sides,
    steps_of,
)
from salesflow.changes.catalogue.identity import renamed
from salesflow.changes.catalogue.of_words import word_rows
from salesflow.changes.catalogue.receivers import decided_for, redirected
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.told_results import by_choice, by_condition, told
from salesflow.changes.catalogue.wording import it, outer, says
from salesflow.changes.edit import REPORTING
from salesflow.changes.sheet import last_id
from salesflow.checking.words import named
from salesflow.process.model import Process
from salesflow.process.steps import Result, Step
from salesflow.quantities import format_share

_LATER = "      later: {to: call, share: 10%, at_most: 2}\n"
_NO_FIT = "      not_a_fit: {to: lost, share: rest, set: {reason: timing}}\n"


def _ways(targets: Iterable[str]) -> str:
    """Where a result leads: ``to `offer```, ``to `a` and `b` side by side``."""
    targets = list(targets)
    if len(targets) > 1:
        return f"to {named(sorted(targets))} side by side"
    target = targets[0] if targets else ""
    if no_node(target):
        return "out of the block" if target == "leave" else "to the end of its branch"
    return f"to `{target}`"


def _id(case: Case) -> str:
    return last_id(case.edit.path)


def _is_new(case: Case) -> str:
    _, result = results_of(case)
    way = _ways(result.targets) if result else "elsewhere"
    return f"{outer(case)} can end with `{_id(case)}` now, which leads {way}; so far it could not."


def _is_gone(case: Case) -> str:
    result, _ = results_of(case)
    way = _ways(result.targets) if result else "elsewhere"
    return f"{outer(case)} can no longer end with `{_id(case)}`; so far that led {way}."


COMING: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="result-added",
        what="result",
        kind="added",
        level="check",
        mirror="result-removed",
        audience=concerns(by_condition),
        message=_is_new,
        why=(
            "Deals can go a way that they could not go before, and fewer go the others. Tell those "
            "who end the step what the result is for, and those whom deals now reach."
        ),
        example=(_LATER, _LATER + "      unclear: {to: offer, share: 5%}\n"),
    ),
    ChangeRule(
        name="result-removed",
        what="result",
        kind="removed",
        level="breaking",
        mirror="result-added",
        audience=concerns(by_condition, REPORTING),
        message=_is_gone,
        why=(
            "Those who end the step can no longer say so, reports that count the result find "
            "nothing, and deals go other ways. Tell them what to choose instead and change the "
            "reports. If it only got another id, write `was:`."
        ),
        example=(_LATER, ""),
    ),
    *renamed(
        "result",
        own,
        announced_example=(_LATER, _LATER.replace("later: {", "not_now: {was: later, ")),
        example=(_LATER, _LATER.replace("later", "not_now")),
    ),
    *word_rows(
        "result",
        {
            "name": ("later: {", "later: {name: Not now, "),
            "description": ("later: {", "later: {description: They ask again, "),
            "owner": ("later: {", "later: {owner: sales_ops, "),
            "was": ("later: {", "later: {was: postponed, "),
        },
        audience=own,
    ),
)


# --------------------------------------------------------------------------------- where they lead


def _leads(case: Case) -> str:
    before, after = (_ways(result.targets) for result in results_of(case) if result)
    return f"{it(case)} leads {after} now instead of {before}."


def _ends_deals(case: Case) -> tuple[str, ...]:
    """Reporting, where deals now end or so far ended with the result."""
    for (process, _), result in zip(sides(case), results_of(case), strict=False):
        if result is not None and any(_is_outcome(process, name) for name in result.targets):
            return (REPORTING,)
    return ()


def _is_outcome(process: Process, name: str) -> bool:
    return name in process.outcomes


def _part(step: Step | None, result: Result | None) -> str:
    """Which part of the deals take a result; all where there is no other."""
    if result is None or result.share is None:
        return "all" if step is not None and step.chosen() == (result,) else "no share"
    return format_share(result.share)


def _shared(case: Case) -> str:
    before, after = map(_part, steps_of(case), results_of(case))
    deals = f"of the deals at {outer(case)}"
    if after == "no share":
        return f"{it(case)} has no share any more; so far {before} {deals} took it."
    if before == "no share":
        return f"{it(case)} is taken by {after} {deals} now; so far no share was written."
    return f"{it(case)} is taken by {after} {deals} now instead of {before}."


def _same_share(case: Case) -> bool:
    old, new = results_of(case)
    return old is not None and new is not None and old.share == new.share


WAYS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="result-goes-elsewhere",
        what="result",
        kind="changed",
        field="to",
        level="check",
        mirror="result-goes-elsewhere",
        audience=concerns(own, redirected, decided_for, _ends_deals),
        message=_leads,
        why=(
            "Deals that end the step like this come to other people, or end otherwise. Tell both "
            "sides; see under “behaviour” what deals can now do, or can no longer do."
        ),
        example=("to: lost, share: rest, set: {reason: timing}}", "to: offer, share: rest}"),
    ),
    ChangeRule(
        name="result-share-reworded",
        what="result",
        kind="changed",
        field="share",
        level="cosmetic",
        mirror="result-share-reworded",
        holds=_same_share,
        audience=concerns(own),
        message=says("The share of {it} is written as `{new}` instead of `{old}` and is the same."),
        why=(
            "`rest` is what the other results leave, and that is what was written. Should one of "
            "the others change, the two are no longer the same."
        ),
        example=(_NO_FIT, _NO_FIT.replace("rest", "50%")),
    ),
    ChangeRule(
        name="result-share-changed",
        what="result",
        kind="changed",
        field="share",
        level="check",
        mirror="result-share-changed",
        audience=concerns(by_choice, REPORTING),
        message=_shared,
        why=(
            "The share says how often deals end the step like this. If it was measured, nothing "
            "more is to be done than to look at the forecast; if it is a goal, say how it is to be "
            "reached. `--simulate` shows what it does to the win rate and to everybody's load."
        ),
        example=("interested: {to: offer, share: 40%}", "interested: {to: offer, share: 50%}"),
    ),
)

_BEHIND = {"result-added", "result-removed", "result-goes-elsewhere", "result-share-changed"}

ROWS: tuple[ChangeRule, ...] = tuple(
    told(rule) if rule.name in _BEHIND else rule for rule in (*COMING, *WAYS)
)
