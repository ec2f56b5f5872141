"""What changes about who works on a step."""

from salesflow.changes.catalogue.concerned import concerns, own, sides, steps_of
from salesflow.changes.catalogue.direction import comes, goes
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.told_steps import told_hands, told_help
from salesflow.changes.catalogue.wording import it, who
from salesflow.changes.edit import CUSTOMERS, REPORTING
from salesflow.process.steps import Work


def _hands(case: Case) -> str:
    edit = case.edit
    (before, _), (after, _) = sides(case)
    return (
        f"{it(case)} is taken over by {who(after, edit.new)}; "
        f"so far {who(before, edit.old)} did it."
    )


def _gets_hands(case: Case) -> str:
    process, _ = list(sides(case))[-1]
    so_far = "nobody worked on it" if _all_work(case) else "the work lay in it"
    return f"{it(case)} is done by {who(process, case.edit.new)} now; so far {so_far}."


def _loses_hands(case: Case) -> str:
    process, _ = next(sides(case))
    nobody = "Nobody works on" if _all_work(case) else "Nobody but those inside works on"
    return f"{nobody} {it(case)} any more; so far {who(process, case.edit.old)} did it."


def _all_work(case: Case) -> bool:
    """Whether it is no block and no run in either version."""
    return all(isinstance(step, Work) for step in steps_of(case))


def _helps(case: Case) -> str:
    process, _ = list(sides(case))[-1]
    return f"{who(process, case.edit.new)} works on {it(case)} too now, at the same time."


def _helps_no_more(case: Case) -> str:
    process, _ = next(sides(case))
    return f"{who(process, case.edit.old)} no longer works on {it(case)}; so far they helped there."


def _faces_now(case: Case) -> str:
    facing = case.edit.new or "internal"
    if facing == "customer":
        return f"{it(case)} faces the customer now; so far it was internal."
    return f"{it(case)} is internal now; so far it faced the customer."


ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="step-changes-hands",
        what="step",
        kind="moved",
        field="by",
        level="check",
        mirror="step-changes-hands",
        audience=concerns(own),
        message=_hands,
        told=told_hands,
        why=(
            "One department has more to do and the other less, and deals now pass from one to the "
            "other at another place. Agree on it with both, see that the new one has the people, "
            "and that a touchpoint says what comes along with a deal."
        ),
        example=("    by: rep\n    stage: talking\n", "    by: counsel\n    stage: talking\n"),
    ),
    ChangeRule(
        name="step-gets-people",
        what="step",
        kind="changed",
        field="by",
        level="check",
        mirror="step-loses-people",
        holds=comes,
        audience=concerns(own),
        message=_gets_hands,
        why=(
            "What happened by itself is somebody's work now. See that they have the time and know "
            "what to do, and that a touchpoint says what comes along with a deal."
        ),
        example=(
            "  sign: {wait: 3d, next: {signed: won}}\n",
            "  sign: {by: buying_team, wait: 3d, next: {signed: won}}\n",
        ),
    ),
    ChangeRule(
        name="step-loses-people",
        what="step",
        kind="changed",
        field="by",
        level="check",
        mirror="step-gets-people",
        holds=goes,
        audience=concerns(own),
        message=_loses_hands,
        why=(
            "What was somebody's work happens by itself now, and takes no time of theirs. See that "
            "nobody is needed, and that nobody goes on doing it."
        ),
        example=(
            "  sign: {by: buying_team, wait: 3d, next: {signed: won}}\n",
            "  sign: {wait: 3d, next: {signed: won}}\n",
        ),
    ),
    ChangeRule(
        name="step-changes-role",
        what="step",
        kind="changed",
        field="by",
        level="check",
        mirror="step-changes-role",
        audience=concerns(own),
        message=_hands,
        told=told_hands,
        why=(
            "The department stays, but other people in it have the work. See that they have the "
            "time and know what to do; those who had it so far have room for something else."
        ),
        example=("    by: rep\n    stage: talking\n", "    by: manager\n    stage: talking\n"),
    ),
    ChangeRule(
        name="step-helper-added",
        what="step",
        kind="changed",
        field="with",
        level="check",
        mirror="step-helper-removed",
        holds=comes,
        audience=concerns(own),
        message=_helps,
        told=told_help,
        why=(
            "The work begins only when all who do it together are free at once. They have more to "
            "do, and deals may wait longer. Ask them, and look at the load with `--simulate`."
        ),
        example=("    with: [manager]\n", "    with: [counsel, manager]\n"),
    ),
    ChangeRule(
        name="step-helper-removed",
        what="step",
        kind="changed",
        field="with",
        level="safe",
        mirror="step-helper-added",
        audience=concerns(own),
        message=_helps_no_more,
        told=told_help,
        why=(
            "The work needs fewer people at once and waits for nobody in addition. See that what "
            "the helper brought in is not missed."
        ),
        example=("    with: [manager]\n", ""),
    ),
    ChangeRule(
        name="step-faces-others",
        what="step",
        kind="changed",
        field="facing",
        level="check",
        mirror="step-faces-others",
        audience=concerns(own, CUSTOMERS, REPORTING),
        message=_faces_now,
        why=(
            "Customers notice the step now, or no longer do, and the measure of selling time "
            "counts its hours differently. Compare selling time only from the change on."
        ),
        example=("    facing: customer\n", ""),
    ),
)
