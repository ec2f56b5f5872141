"""What happens to outcomes: how deals end, and what must be known of them then."""

from salesflow.changes.catalogue.concerned import concerns, own
from salesflow.changes.catalogue.direction import comes
from salesflow.changes.catalogue.identity import renamed
from salesflow.changes.catalogue.of_words import word_rows
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import it, says
from salesflow.changes.edit import REPORTING, RUNNING

_LOST = "  lost: {kind: lost, requires: [reason]}\n"
_WITH_BAD = _LOST + "  bad_lead: {kind: disqualified}\n"
_WON = "  won: {kind: won, requires: [contract]}\n"


def _ends(case: Case) -> str:
    return f"Deals can end as {it(case)} now, which counts as {case.edit.new['kind']}."


def _ends_no_more(case: Case) -> str:
    return f"No deal ends as {it(case)} any more; so far that counted as {case.edit.old['kind']}."


ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="outcome-added",
        what="outcome",
        kind="added",
        level="check",
        mirror="outcome-removed",
        audience=concerns(own, REPORTING),
        message=_ends,
        why=(
            "Reports by outcome have one more, and the others get fewer deals. Tell whoever reads "
            "them what it stands for."
        ),
        example=(_LOST, _WITH_BAD),
    ),
    ChangeRule(
        name="outcome-removed",
        what="outcome",
        kind="removed",
        level="breaking",
        mirror="outcome-added",
        audience=concerns(own, REPORTING),
        message=_ends_no_more,
        why=(
            "Reports that count it find nothing more, and deals that ended so far like this stand "
            "under an outcome that no longer exists. Say as what they count now. If it only got "
            "another id, write `was:`."
        ),
        example=(_WITH_BAD, _LOST),
    ),
    *renamed(
        "outcome",
        own,
        announced_example=(_WITH_BAD, _LOST + "  no_lead: {was: bad_lead, kind: disqualified}\n"),
        example=(_WITH_BAD, _LOST + "  no_lead: {kind: disqualified}\n"),
    ),
    *word_rows(
        "outcome",
        {
            "name": (_WON, "  won: {name: Signed, kind: won, requires: [contract]}\n"),
            "description": (_WON, "  won: {description: Paper, kind: won, requires: [contract]}\n"),
            "owner": (_WON, "  won: {owner: sales_ops, kind: won, requires: [contract]}\n"),
            "was": (_WON, "  won: {was: closed, kind: won, requires: [contract]}\n"),
        },
        audience=concerns(own, REPORTING),
    ),
    ChangeRule(
        name="outcome-counts-otherwise",
        what="outcome",
        kind="changed",
        field="kind",
        level="breaking",
        mirror="outcome-counts-otherwise",
        audience=concerns(own, REPORTING),
        message=says("Deals that end as {it} count as {new} now instead of {old}."),
        why=(
            "The win rate and all that is counted of ended deals means something else from now on, "
            "also for deals that have ended already. Say so in the reports, or add an outcome "
            "instead."
        ),
        example=("lost: {kind: lost,", "lost: {kind: disqualified,"),
    ),
    ChangeRule(
        name="outcome-requires-more",
        what="outcome",
        kind="changed",
        field="requires",
        level="breaking",
        mirror="outcome-requires-less",
        holds=comes,
        audience=concerns(own, RUNNING),
        message=says("{id} must be filled when a deal ends as {it}; so far it did not have to be."),
        why=(
            "Whoever works before the end must see to it, and deals under way that are nearly "
            "there have not got it. `salesflow check` says on which way it is missing."
        ),
        example=("requires: [contract]}\n  lost", "requires: [contract, quote]}\n  lost"),
    ),
    ChangeRule(
        name="outcome-requires-less",
        what="outcome",
        kind="changed",
        field="requires",
        level="safe",
        mirror="outcome-requires-more",
        audience=concerns(own, RUNNING),
        message=says(
            "{id} need not be filled when a deal ends as {it} any more; so far it had to."
        ),
        why=(
            "Every deal that could end like this still can. Reports that count by the field find "
            "it empty more often."
        ),
        example=("lost: {kind: lost, requires: [reason]}", "lost: {kind: lost}"),
    ),
)
