"""What changes about what deals bring along from their source."""

from salesflow.changes.catalogue.concerned import own
from salesflow.changes.catalogue.direction import comes, goes
from salesflow.changes.catalogue.row import ChangeRule
from salesflow.changes.catalogue.wording import filled_with, says

_AMOUNT = "amount: {median: 50000, p90: 150000}, "

ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="source-gives-more",
        what="source",
        kind="changed",
        field="gives",
        level="safe",
        mirror="source-gives-less",
        audience=own,
        message=says("Deals from {it} bring {id} along now; so far they did not."),
        why=(
            "More is known of deals from the start, and nothing is missed that was there "
            "before. See that a step that so far found it out does not ask again."
        ),
        example=(_AMOUNT, _AMOUNT + "phone: filled, "),
        holds=comes,
    ),
    ChangeRule(
        name="source-gives-less",
        what="source",
        kind="changed",
        field="gives",
        level="breaking",
        mirror="source-gives-more",
        audience=own,
        message=says("Deals from {it} no longer bring {id} along; so far they did."),
        why=(
            "The people at the first steps have to find it out, and conditions that read it "
            "fail until somebody does. `salesflow check` says where it is missing. Let a step "
            "fill it."
        ),
        example=(_AMOUNT, ""),
        holds=goes,
    ),
    ChangeRule(
        name="source-gives-other-values",
        what="source",
        kind="changed",
        field="gives",
        level="check",
        mirror="source-gives-other-values",
        audience=own,
        message=filled_with("{id} of deals from {it} is now {new} instead of {old}."),
        why=(
            "Other deals come: they take other ways and are worth more or less. See with "
            "`--simulate` what that does to the forecast."
        ),
        example=(_AMOUNT, _AMOUNT.replace("50000", "60000")),
    ),
)
