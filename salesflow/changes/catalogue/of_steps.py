"""What happens to steps: they come and go, change their place, and change hands."""

from salesflow.changes.catalogue.concerned import (
    at_step,
    concerns,
    own,
    sides,
    step_at,
    steps_of,
)
from salesflow.changes.catalogue.identity import renamed
from salesflow.changes.catalogue.of_words import word_rows
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.told_steps import told_added, told_moved, told_removed
from salesflow.changes.catalogue.wording import it, it_was, says, together, who
from salesflow.changes.edit import CUSTOMERS, REPORTING, RUNNING
from salesflow.changes.sheet import node_of
from salesflow.checking.words import named
from salesflow.process.model import Process
from salesflow.process.steps import Block, Run, Step, Work

# -------------------------------------------------------------------------------- they come and go


def _faced(case: Case) -> tuple[str, ...]:
    """Customers, where the step or one in it faces them."""
    for process, path in sides(case):
        step = step_at(process, path)
        if step is not None and _faces(process, step):
            return (CUSTOMERS,)
    return ()


def _faces(process: Process, step: Step) -> bool:
    inside = [s for node, s in process.nodes.items() if node.startswith(f"{step.node}.")]
    return any(getattr(each, "facing", "") == "customer" for each in (step, *inside))


def _task(process: Process, step: Step | None) -> str:
    """What a step is: ``a step of legal (`counsel`)``."""
    if isinstance(step, Block):
        branches = named(sorted(step.branches))
        people = together(at_step(process, step))
        return f"a block of parallel branches ({branches}) with work for {people}"
    if isinstance(step, Run):
        return f"a step that runs `{step.process}`"
    if isinstance(step, Work) and step.by:
        faces = " that faces the customer" if step.facing == "customer" else ""
        return f"a step of {who(process, step.by)}{faces}"
    return f"{_idle(step)} that nobody works on"


def _idle(step: Step | None) -> str:
    """What a step without people is for."""
    if step is None or getattr(step, "wait", None) is not None:
        return "a step"
    if step.wait_for:
        return "a meeting point"
    return "a decision" if len(step.chosen()) > 1 else "a step"


def _is_new(case: Case) -> str:
    process, path = next(sides(case))
    return f"{it(case)} is new: {_task(process, step_at(process, path))}."


def _is_gone(case: Case) -> str:
    process, path = next(sides(case))
    return f"{it(case)} is gone; so far it was {_task(process, step_at(process, path))}."


_SIGN = """\
    next: {done: sign, refused: {to: lost, set: {reason: price}}}
  sign: {by: buying_team, wait: 3d, next: {signed: won}}
"""
_WITH_BRIEF = """\
    next: {done: brief, refused: {to: lost, set: {reason: price}}}
  brief: {by: rep, facing: customer, effort: 1h, next: sign}
  sign: {by: buying_team, wait: 3d, next: {signed: won}}
"""
_WITHOUT_SIGN = """\
    next: {done: won, refused: {to: lost, set: {reason: price}}}
"""
_SIGNING = """\
    next: {done: signing, refused: {to: lost, set: {reason: price}}}
  signing: {by: buying_team, wait: 3d, next: {signed: won}}
"""
_SIGNING_WAS = """\
    next: {done: signing, refused: {to: lost, set: {reason: price}}}
  signing: {was: sign, by: buying_team, wait: 3d, next: {signed: won}}
"""

COMING: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="step-added",
        what="step",
        kind="added",
        level="check",
        mirror="step-removed",
        audience=concerns(own, _faced),
        message=_is_new,
        told=told_added,
        why=(
            "Somebody has more to do, and deals take longer. See that the people have the time "
            "(`salesflow diff --simulate` says how much of it) and know what is expected of them. "
            "A step that faces customers is one more demand on them."
        ),
        example=(_SIGN, _WITH_BRIEF),
    ),
    ChangeRule(
        name="step-removed",
        what="step",
        kind="removed",
        level="breaking",
        mirror="step-added",
        audience=concerns(own, _faced, RUNNING, REPORTING),
        message=_is_gone,
        told=told_removed,
        why=(
            "Deals that stand at the step have no place in the new version, and reports that count "
            "it find nothing. Decide where those deals go (`--deals FILE` lists them) and change "
            "the reports. If it only got another id, write `was:`."
        ),
        example=(_SIGN, _WITHOUT_SIGN),
    ),
    *renamed(
        "step",
        own,
        announced_example=(_SIGN, _SIGNING_WAS),
        example=(_SIGN, _SIGNING),
    ),
    *word_rows(
        "step",
        {
            "name": ("  call:\n", "  call:\n    name: First call\n"),
            "description": ("  call:\n", "  call:\n    description: Who they are\n"),
            "owner": ("  call:\n", "  call:\n    owner: sales_ops\n"),
            "was": ("  call:\n", "  call:\n    was: talk\n"),
        },
        audience=own,
    ),
)

# ------------------------------------------------------------------------------------- their place


def _moved_block(case: Case) -> str:
    """Out of a block, into one, from one to another, or to another branch of one."""
    old, new = (_block(path) for path in (case.edit.old_path, case.edit.path))
    if new and old:
        where = "in another branch" if old == new else f"in `{new}` and no longer in `{old}`"
        return f"{it_was(case)} lies {where} now, as {it(case)}: it runs beside other steps."
    if new:
        return f"{it_was(case)} lies in `{new}` now, as {it(case)}: other branches run beside it."
    return f"{it_was(case)} lies outside `{old}` now, as {it(case)}: no branch runs beside it."


def _block(path: str) -> str:
    """The innermost block around a step, "" for none."""
    return node_of(path.rpartition(".parallel.")[0])


_CHECK_AND_SIGN = """\
        steps: {check: {by: security, effort: 4h, captures: [report], next: {passed: done}}}
    join: all
    next: {done: sign, refused: {to: lost, set: {reason: price}}}
  sign: {by: buying_team, wait: 3d, next: {signed: won}}
"""
_SIGN_INSIDE = """\
        start: check
        steps:
          check: {by: security, effort: 4h, captures: [report], next: {passed: sign}}
          sign: {by: buying_team, wait: 3d, next: {signed: done}}
    join: all
    next: {done: won, refused: {to: lost, set: {reason: price}}}
"""

PLACES: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="step-moved-to-another-block",
        what="step",
        kind="moved",
        level="breaking",
        mirror="step-moved-to-another-block",
        audience=concerns(own, RUNNING, REPORTING),
        message=_moved_block,
        told=told_moved,
        why=(
            "A branch runs side by side with others, and what is left of it is withdrawn when the "
            "block is done: the step is no longer reached in the same way. Its path changes, by "
            "which reports and running deals know it. Change the reports, and look where deals "
            "that stand there go on."
        ),
        example=(_CHECK_AND_SIGN, _SIGN_INSIDE),
    ),
    ChangeRule(
        name="step-moved-to-another-stage",
        what="step",
        kind="moved",
        field="stage",
        level="check",
        mirror="step-moved-to-another-stage",
        audience=concerns(own, REPORTING),
        message=says(
            "Deals at {it} show in the stage {new_ids} now instead of {old_ids}.",
            added="Deals at {it} show in the stage {new_ids} now; so far it changed no stage.",
            removed="{it} no longer changes the stage; so far its deals showed in {old_ids}.",
        ),
        why=(
            "The forecast counts the same deals with another chance to win, and the figures of "
            "both stages jump on the day of the change. Tell whoever reads the pipeline, and "
            "compare stages only from that day on."
        ),
        example=("    stage: talking\n", "    stage: closing\n"),
    ),
)
# ----------------------------------------------------------------------------------- what they are


def _kind_changes(case: Case) -> bool:
    """Whether one of the two is a block or a run and the other is not."""
    old, new = steps_of(case)
    return type(old) is not type(new)


def _becomes(case: Case) -> str:
    (before, _), (after, _) = sides(case)
    old, new = steps_of(case)
    return f"{it(case)} is {_task(after, new)} now; so far it was {_task(before, old)}."


def becomes_another_kind(noun: str, field: str, example: tuple[str, str]) -> ChangeRule:
    """The row of a step that is something else now, as seen by a key that only one of them has."""
    return ChangeRule(
        name=f"step-to-or-from-{noun}",
        what="step",
        kind="changed",
        field=field,
        level="breaking",
        mirror=f"step-to-or-from-{noun}",
        holds=_kind_changes,
        audience=concerns(own, RUNNING, REPORTING),
        message=_becomes,
        why=(
            "A step that people do, a block of branches and the run of a process are different "
            "things: deals that stand there have no place in the new version. Decide where they "
            "go (`--deals FILE` lists them), and tell those who work there now and those who no "
            "longer do."
        ),
        example=example,
    )


ROWS: tuple[ChangeRule, ...] = (*COMING, *PLACES)
