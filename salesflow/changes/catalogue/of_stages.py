"""What happens to stages: how the flow shows in the CRM, and what the forecast makes of it."""

from salesflow.changes.catalogue.clocks import times
from salesflow.changes.catalogue.concerned import concerns, own
from salesflow.changes.catalogue.direction import comes, goes, shrinks
from salesflow.changes.catalogue.identity import renamed
from salesflow.changes.catalogue.of_words import word_rows
from salesflow.changes.catalogue.row import ChangeRule
from salesflow.changes.catalogue.wording import says
from salesflow.changes.edit import REPORTING, RUNNING

_CLOSING = "  closing: {win_chance: 60%}\n"
_SIGNED = _CLOSING + "  signing: {win_chance: 90%, max_age: 10d}\n"
_AGE = "max_age: 30d, "
_CRM = "crm: {salesforce: Discovery}"

COMING: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="stage-added",
        what="stage",
        kind="added",
        level="check",
        mirror="stage-removed",
        audience=concerns(own, REPORTING),
        message=says("{it} is a new stage of the pipeline."),
        why=(
            "The CRM and every report by stage need it too, or its deals show nowhere. Add it "
            "there on the day of the change."
        ),
        example=(_CLOSING, _SIGNED),
    ),
    ChangeRule(
        name="stage-removed",
        what="stage",
        kind="removed",
        level="breaking",
        mirror="stage-added",
        audience=concerns(own, RUNNING, REPORTING),
        message=says("The stage {it} is gone: nothing in the pipeline shows there any more."),
        why=(
            "Deals under way show in a stage that no longer exists, and reports that count it find "
            "nothing. Say in which stage those deals show now, and change the CRM and the reports. "
            "If it only got another id, write `was:`."
        ),
        example=(_SIGNED, _CLOSING),
    ),
    *renamed(
        "stage",
        concerns(own, RUNNING),
        announced_example=(
            _SIGNED,
            _CLOSING + "  paper: {was: signing, win_chance: 90%, max_age: 10d}\n",
        ),
        example=(_SIGNED, _CLOSING + "  paper: {win_chance: 90%, max_age: 10d}\n"),
    ),
    *word_rows(
        "stage",
        {
            "name": (_CLOSING, "  closing: {name: Closing in, win_chance: 60%}\n"),
            "description": (
                _CLOSING,
                "  closing: {description: Papers are out, win_chance: 60%}\n",
            ),
            "owner": (_CLOSING, "  closing: {owner: sales_ops, win_chance: 60%}\n"),
            "was": (_CLOSING, "  closing: {was: proposal, win_chance: 60%}\n"),
        },
        audience=concerns(own, REPORTING),
    ),
)

_MAX_AGE = says(
    "A deal is overdue in {it} after {new} now instead of {old}.",
    added="A deal is overdue in {it} after {new} now; so far it never was.",
    removed="A deal is never overdue in {it} any more; so far it was after {old}.",
)
_WHY_SOONER = (
    "It is only measured, but some deals under way are overdue from one day to the next. Tell "
    "those who look at the list why it got longer."
)
_WHY_LATER = (
    "It is only measured: fewer deals are called overdue. Nobody has to do anything; do not "
    "compare the number of overdue deals across the change."
)

ROWS: tuple[ChangeRule, ...] = (
    *COMING,
    ChangeRule(
        name="stage-win-chance-changed",
        what="stage",
        kind="changed",
        field="win_chance",
        level="check",
        mirror="stage-win-chance-changed",
        audience=concerns(own, REPORTING),
        message=says(
            "A deal in {it} counts with a chance of {new} to be won now instead of {old}.",
            added="A deal in {it} counts with a chance of {new} to be won now; "
            "so far none was written.",
            removed="A deal in {it} has no chance to be won written any more; so far it was {old}.",
        ),
        why=(
            "The weighted forecast jumps on the day of the change, though no deal got better or "
            "worse. Tell whoever reads it. `salesflow check` and `--simulate` say what the chance "
            "really is."
        ),
        example=("closing: {win_chance: 60%}", "closing: {win_chance: 70%}"),
    ),
    ChangeRule(
        name="stage-overdue-sooner",
        what="stage",
        kind="changed",
        field="max_age",
        level="check",
        mirror="stage-overdue-later",
        holds=shrinks(times),
        audience=concerns(own, REPORTING),
        message=_MAX_AGE,
        why=_WHY_SOONER,
        example=(_AGE, "max_age: 20d, "),
    ),
    ChangeRule(
        name="stage-age-limited",
        what="stage",
        kind="changed",
        field="max_age",
        level="check",
        mirror="stage-age-unlimited",
        holds=comes,
        audience=concerns(own, REPORTING),
        message=_MAX_AGE,
        why=_WHY_SOONER,
        example=("closing: {win_chance: 60%}", "closing: {win_chance: 60%, max_age: 45d}"),
    ),
    ChangeRule(
        name="stage-age-unlimited",
        what="stage",
        kind="changed",
        field="max_age",
        level="safe",
        mirror="stage-age-limited",
        holds=goes,
        audience=concerns(own, REPORTING),
        message=_MAX_AGE,
        why=_WHY_LATER,
        example=(_AGE, ""),
    ),
    ChangeRule(
        name="stage-overdue-later",
        what="stage",
        kind="changed",
        field="max_age",
        level="safe",
        mirror="stage-overdue-sooner",
        audience=concerns(own, REPORTING),
        message=_MAX_AGE,
        why=_WHY_LATER,
        example=(_AGE, "max_age: 45d, "),
    ),
    ChangeRule(
        name="stage-crm-added",
        what="stage",
        kind="changed",
        field="crm",
        level="safe",
        mirror="stage-crm-removed",
        holds=comes,
        audience=concerns(REPORTING),
        message=says("The stage {it} is called “{new}” in {id} now; so far it had no name there."),
        why=(
            "Another system can show the stage. See that the name is written exactly as it is "
            "there."
        ),
        example=(_CRM, "crm: {salesforce: Discovery, hubspot: Talking}"),
    ),
    ChangeRule(
        name="stage-crm-removed",
        what="stage",
        kind="changed",
        field="crm",
        level="breaking",
        mirror="stage-crm-added",
        holds=goes,
        audience=concerns(REPORTING),
        message=says("The stage {it} has no name in {id} any more; so far it was “{old}”."),
        why=(
            "Whatever carries deals over to that system no longer finds where they belong. Stop "
            "it, or keep the name until it is changed there."
        ),
        example=(_CRM, "crm: {hubspot: Discovery}"),
    ),
    ChangeRule(
        name="stage-crm-renamed",
        what="stage",
        kind="changed",
        field="crm",
        level="breaking",
        mirror="stage-crm-renamed",
        audience=concerns(REPORTING),
        message=says("The stage {it} is called “{new}” in {id} now instead of “{old}”."),
        why=(
            "Whatever carries deals over looks for the new name there, and reports in that system "
            "still have the old one. Rename the stage there on the same day."
        ),
        example=(_CRM, "crm: {salesforce: Qualification}"),
    ),
)
