"""What changes about what a result does to the data of a deal."""

from salesflow.changes.catalogue.concerned import concerns, own
from salesflow.changes.catalogue.direction import comes, goes
from salesflow.changes.catalogue.row import ChangeRule
from salesflow.changes.catalogue.wording import filled_with, says
from salesflow.changes.edit import REPORTING

_INTERESTED = "      interested: {to: offer, share: 40%}\n"
_SILENT = "      silent: {to: lost, set: {reason: timing}}\n"
_AGREED = "share: 80%, captures: [amount]}"

ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="result-sets-more",
        what="result",
        kind="changed",
        field="set",
        level="check",
        mirror="result-sets-less",
        holds=comes,
        audience=concerns(own, REPORTING),
        message=says("{it} sets {id} to `{new}` now; so far it left the field alone."),
        why=(
            "What stood in the field before is overwritten, and conditions that read it decide "
            "otherwise. See that nobody still needs the old value."
        ),
        example=(_INTERESTED, _INTERESTED.replace("40%", "40%, set: {region: emea}")),
    ),
    ChangeRule(
        name="result-sets-less",
        what="result",
        kind="changed",
        field="set",
        level="breaking",
        mirror="result-sets-more",
        holds=goes,
        audience=concerns(own, REPORTING),
        message=says("{it} no longer sets {id}; so far it set it to `{old}`."),
        why=(
            "Whatever counts deals by this field, or requires it, no longer finds it: a deal may "
            "end without a reason. `salesflow check` says where it is missing. Fill it elsewhere."
        ),
        example=(_SILENT, "      silent: lost\n"),
    ),
    ChangeRule(
        name="result-sets-another-value",
        what="result",
        kind="changed",
        field="set",
        level="check",
        mirror="result-sets-another-value",
        audience=concerns(own, REPORTING),
        message=says("{it} sets {id} to `{new}` now instead of `{old}`."),
        why=(
            "Reports count these deals under another value, and conditions that read the field "
            "decide otherwise. Tell whoever reads the reports from when on."
        ),
        example=(_SILENT, _SILENT.replace("timing", "price")),
    ),
    ChangeRule(
        name="result-captures-more",
        what="result",
        kind="changed",
        field="captures",
        level="safe",
        mirror="result-captures-less",
        holds=comes,
        audience=concerns(own),
        message=says("{it} now fills {id} as well; so far it did not."),
        why=(
            "More is known of deals that go this way, and nothing is missed that was there before. "
            "Tell those who end the step what they have to write down."
        ),
        example=(_AGREED, _AGREED.replace("[amount]", "[amount, quote]")),
    ),
    ChangeRule(
        name="result-captures-less",
        what="result",
        kind="changed",
        field="captures",
        level="breaking",
        mirror="result-captures-more",
        holds=goes,
        audience=concerns(own),
        message=says("{it} no longer fills {id}; so far it did."),
        why=(
            "Whoever works later counts on it: a step, a touchpoint or an outcome may require it, "
            "a condition may read it. `salesflow check` says where it is now missing. Let another "
            "step fill it, or ask those who use it whether they can do without."
        ),
        example=(_AGREED, "share: 80%}"),
    ),
    ChangeRule(
        name="result-captures-other-values",
        what="result",
        kind="changed",
        field="captures",
        level="check",
        mirror="result-captures-other-values",
        audience=concerns(own),
        message=filled_with("{it} fills {id} with {new} now instead of {old}."),
        why=(
            "The field is filled as before, but conditions that read it let other deals through, "
            "and the simulation draws other values. Look where deals go now with `--simulate`."
        ),
        example=(_AGREED, _AGREED.replace("[amount]", "{amount: 40000}")),
    ),
)
