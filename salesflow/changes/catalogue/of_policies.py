"""Changes of policies: the rules that hold on every path."""

from collections.abc import Mapping
from typing import Any

from salesflow.changes.catalogue.concerned import concerns
from salesflow.changes.catalogue.identity import renamed
from salesflow.changes.catalogue.of_words import word_rows
from salesflow.changes.catalogue.parties import bound_by
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import it
from salesflow.changes.edit import RUNNING

# What each kind demands, with its events.
_DEMANDS: Mapping[str, str] = {
    "precedence": "{1} never happens unless {0} has happened before",
    "response": "whenever {0} happens, {1} follows",
    "never": "{0} never happens",
    "at_most_once": "{0} happens at most once for a deal",
    "not_both": "{0} and {1} never happen to the same deal",
    "different_person": "{0} and {1} are done by different people",
}


def demand(kind: str, events: Any) -> str:
    """What a policy demands, as the end of a sentence."""
    names = [events] if isinstance(events, str) else list(events)
    return _DEMANDS[kind].format(*(f"`{name}`" for name in names))


def _whole(data: Mapping[str, Any]) -> str:
    kind = next(kind for kind in _DEMANDS if kind in data)
    deals = f" (only deals with `{data['when']}`)" if "when" in data else ""
    return f"{demand(kind, data[kind])}{deals}"


def _added(case: Case) -> str:
    return f"{it(case)} is a new rule: {_whole(case.edit.new)}."


def _removed(case: Case) -> str:
    return f"The rule {it(case)} is gone; it said: {_whole(case.edit.old)}."


def _demands(case: Case) -> str:
    edit = case.edit
    if edit.old is None:
        return f"{it(case)} now demands: {demand(edit.field, edit.new)}."
    if edit.new is None:
        return f"{it(case)} no longer demands: {demand(edit.field, edit.old)}."
    old, new = demand(edit.field, edit.old), demand(edit.field, edit.new)
    return f"{it(case)} now demands: {new}. So far: {old}."


def _when(case: Case) -> str:
    edit = case.edit
    if edit.old is None:
        return f"{it(case)} now binds only deals with `{edit.new}`; so far it bound all."
    if edit.new is None:
        return f"{it(case)} now binds all deals; so far only those with `{edit.old}`."
    return f"{it(case)} now binds deals with `{edit.new}` instead of `{edit.old}`."


_RULE = "  audit_before_large_wins: {precedence: [papers.audit, won], when: amount >= 20000}\n"
_EXAMPLES: Mapping[str, str] = {
    "precedence": "precedence: [papers.contract, won]",
    "response": "response: [papers.audit, won]",
    "never": "never: offer.large",
    "at_most_once": "at_most_once: papers.audit",
    "not_both": "not_both: [papers.audit, won]",
    "different_person": "different_person: [papers.audit.check, call]",
}


def _demand_row(kind: str) -> ChangeRule:
    return ChangeRule(
        name=f"policy-{kind.replace('_', '-')}",
        what="policy",
        kind="changed",
        field=kind,
        level="check",
        mirror=f"policy-{kind.replace('_', '-')}",
        audience=concerns(bound_by, RUNNING),
        message=_demands,
        why="The rule demands something else of every deal. `salesflow check` proves whether the "
        "process keeps it; deals under way were played by the rule before and may break the new "
        "one. Ask whoever answers for the rule.",
        example=("precedence: [papers.audit, won]", _EXAMPLES[kind]),
    )


ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="policy-added",
        what="policy",
        kind="added",
        level="check",
        mirror="policy-removed",
        audience=concerns(bound_by, RUNNING),
        message=_added,
        why="`salesflow check` proves whether the process keeps the rule. Deals that are already "
        "under way may have broken it before it came: look at them (`--deals`).",
        example=("policies:\n", "policies:\n  signed_once: {at_most_once: sign}\n"),
    ),
    ChangeRule(
        name="policy-removed",
        what="policy",
        kind="removed",
        level="check",
        mirror="policy-added",
        audience=concerns(bound_by),
        message=_removed,
        why="Nothing watches over this any more: a later change may break it without a word. Ask "
        "whoever answers for the rule whether it may go.",
        example=(_RULE, "  signed_once: {at_most_once: sign}\n"),
    ),
    *renamed(
        "policy",
        bound_by,
        announced_example=(
            "  audit_before_large_wins: {",
            "  audits: {was: audit_before_large_wins, ",
        ),
        example=("  audit_before_large_wins: {", "  audits: {"),
    ),
    *(_demand_row(kind) for kind in _DEMANDS),
    ChangeRule(
        name="policy-when",
        what="policy",
        kind="changed",
        field="when",
        level="check",
        mirror="policy-when",
        audience=concerns(bound_by, RUNNING),
        message=_when,
        why="The rule binds other deals than before: some that had to keep it need not, or the "
        "reverse. Ask whoever answers for the rule whether these are the deals that are meant.",
        example=("won], when: amount >= 20000}", "won], when: amount >= 50000}"),
    ),
    *word_rows(
        "policy",
        {
            "name": ("{precedence: ", "{name: Audit first, precedence: "),
            "description": ("{precedence: ", "{description: Asked for by the board, precedence: "),
            "owner": ("{precedence: ", "{owner: ciso, precedence: "),
            "was": ("{precedence: ", "{was: audit_first, precedence: "),
        },
        audience=bound_by,
    ),
)
