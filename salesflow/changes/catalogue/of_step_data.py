"""What changes about what a step needs to be known, and what it makes known."""

from salesflow.changes.catalogue.concerned import concerns, own
from salesflow.changes.catalogue.direction import comes, goes
from salesflow.changes.catalogue.receivers import asked
from salesflow.changes.catalogue.row import ChangeRule
from salesflow.changes.catalogue.told_steps import told_asked, told_captures
from salesflow.changes.catalogue.wording import filled_with, says
from salesflow.changes.edit import RUNNING

_DRAWN = """\
salesflow: 1
process: smb
data: {amount: {type: money}}
sources: {inbound: {start: call}}
steps:
  call: {by: sales, captures: {amount: 40000}, next: {interested: won, not_a_fit: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""

ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="step-requires-more",
        what="step",
        kind="changed",
        field="requires",
        level="breaking",
        mirror="step-requires-less",
        holds=comes,
        audience=concerns(asked, RUNNING),
        message=says(
            "{id} must be filled when a deal comes to {it}; so far it did not have to be."
        ),
        told=told_asked,
        why=(
            "Whoever works before the step must see to it, and deals that are past that point have "
            "not got it. `salesflow check` says where it is missing on the way; have it filled in "
            "the deals that are under way."
        ),
        example=("    requires: [company]\n", "    requires: [company, amount]\n"),
    ),
    ChangeRule(
        name="step-requires-less",
        what="step",
        kind="changed",
        field="requires",
        level="safe",
        mirror="step-requires-more",
        audience=concerns(asked, RUNNING),
        told=told_asked,
        message=says(
            "{id} need not be filled when a deal comes to {it} any more; so far it had to."
        ),
        why=(
            "Every deal that was ready for the step still is. Whoever works there should know that "
            "it may be missing."
        ),
        example=("    requires: [company]\n", ""),
    ),
    ChangeRule(
        name="step-captures-more",
        what="step",
        kind="changed",
        field="captures",
        level="safe",
        mirror="step-captures-less",
        holds=comes,
        audience=concerns(own),
        message=says("{it} now fills {id} as well; so far it did not."),
        told=told_captures,
        why=(
            "More is known of deals from here on, and nothing is missed that was there before. "
            "Tell the people who do the step what they have to find out."
        ),
        example=("    captures: [quote]\n", "    captures: [quote, amount]\n"),
    ),
    ChangeRule(
        name="step-captures-less",
        what="step",
        kind="changed",
        field="captures",
        level="breaking",
        mirror="step-captures-more",
        holds=goes,
        audience=concerns(own),
        message=says("{it} no longer fills {id}; so far it did."),
        told=told_captures,
        why=(
            "Whoever works later counts on it: a step, a touchpoint or an outcome may require it, "
            "a condition may read it. `salesflow check` says where it is now missing. Let another "
            "step fill it, or ask those who use it whether they can do without."
        ),
        example=("    captures: [quote]\n", ""),
    ),
    ChangeRule(
        name="step-captures-other-values",
        what="step",
        kind="changed",
        field="captures",
        level="check",
        mirror="step-captures-other-values",
        audience=concerns(own),
        message=filled_with("{it} fills {id} with {new} now instead of {old}."),
        why=(
            "The field is filled as before, but conditions that read it let other deals through, "
            "and the simulation draws other values. Look where deals go now with `--simulate`."
        ),
        example=(_DRAWN, _DRAWN.replace("40000", "60000")),
    ),
)
