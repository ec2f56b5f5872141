"""What changes about how the threads of a deal come together: meeting points, joins, runs."""

from salesflow.changes.catalogue.concerned import concerns, own, steps_of
from salesflow.changes.catalogue.direction import Measured, grows, shrinks
from salesflow.changes.catalogue.of_steps import becomes_another_kind
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import it, says
from salesflow.changes.edit import REPORTING, RUNNING
from salesflow.process.steps import Block, Step

_OFFERED = """\
      large: {to: papers, otherwise: true}
  papers:
"""
_MET = """\
      large: {to: papers, otherwise: true}
  papers:
    wait_for: [offer]
"""
_SIGN = """\
  sign: {by: buying_team, wait: 3d, next: {signed: won}}
"""
_BLOCK = """\
  sign:
    parallel: {deal: {steps: {agree: {by: buying_team, wait: 3d, next: {signed: done}}}}}
    next: won
"""
_CREDIT = """\
salesflow: 1
process: smb
use: [credit.salesflow.yaml]
sources: {inbound: {start: check}}
steps:
  check: {run: credit, next: {rated: won, refused: lost}}
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
_RUN = """\
  sign: {run: credit, next: {rated: won, refused: {to: lost, set: {reason: price}}}}
use: [credit.salesflow.yaml]
"""


# ------------------------------------------------------------------------------------------- joins


def _needed(step: Step | None) -> Measured:
    """How many branches must be done; None of what is no block."""
    return _branches(step) if isinstance(step, Block) else None


def _branches(block: Block) -> int:
    most = len(block.branches)
    return {"all": most, "any": 1}.get(block.join, min(block.need, most))


def _needs(case: Case) -> tuple[Measured, Measured]:
    """The branches needed of those that both versions could have: ``all`` stays ``all``."""
    old, new = steps_of(case)
    return _needed(old), _needed(new)


def _joins(case: Case) -> str:
    old, new = steps_of(case)
    return f"Deals leave {it(case)} when {_how_many(new)} now; so far when {_how_many(old)}."


def _how_many(step: Step | None) -> str:
    """``all its 3 branches are done``, ``the first of its branches is done``."""
    count = len(step.branches) if isinstance(step, Block) else 0
    if not isinstance(step, Block) or count < 2:
        return "its branch is done"
    if step.join == "all":
        return "both its branches are done" if count == 2 else f"all its {count} branches are done"
    if step.join == "any":
        return "the first of its branches is done"
    return f"{step.need} of its {count} branches {'is' if step.need == 1 else 'are'} done"


def _told_sooner(case: Case, department: str) -> str:  # noqa: ARG001 - said alike to all
    return f"Your work in {it(case)} may be withdrawn before it is done now. {_joins(case)}"


def _told_later(case: Case, department: str) -> str:  # noqa: ARG001 - said alike to all
    _, new = steps_of(case)
    if not isinstance(new, Block) or _branches(new) < len(new.branches):
        return ""
    return f"Your work in {it(case)} is no longer withdrawn. {_joins(case)}"


JOINS: tuple[ChangeRule, ...] = (
    becomes_another_kind("block", "join", (_SIGN, _BLOCK)),
    ChangeRule(
        name="block-joins-later",
        what="step",
        kind="changed",
        field="join",
        level="check",
        mirror="block-joins-sooner",
        holds=grows(_needs),
        audience=concerns(own, RUNNING),
        message=_joins,
        told=_told_later,
        why=(
            "Deals wait for more branches, so the slowest counts for more. Those who work in the "
            "branches no longer see their work withdrawn. See with `--simulate` how much longer "
            "deals take."
        ),
        example=("    join: any\n", "    join: all\n"),
    ),
    ChangeRule(
        name="block-joins-sooner",
        what="step",
        kind="changed",
        field="join",
        level="check",
        mirror="block-joins-later",
        holds=shrinks(_needs),
        audience=concerns(own, RUNNING),
        message=_joins,
        told=_told_sooner,
        why=(
            "Deals go on before every branch is done, and what is left is withdrawn: work that "
            "somebody has begun is for nothing, and what it would have filled is missing. Ask the "
            "departments in the branches whether a deal may go on without them."
        ),
        example=("    join: all\n", "    join: any\n"),
    ),
    ChangeRule(
        name="block-join-reworded",
        what="step",
        kind="changed",
        field="join",
        level="cosmetic",
        mirror="block-join-reworded",
        audience=concerns(own),
        message=says(
            "Deals leave {it} after as many branches as before: "
            "`join` is written {new} now instead of {old}."
        ),
        why=(
            "The block waits for as many branches as before, in other words. Should a branch be "
            "added or left out, the two ways to write it are no longer the same."
        ),
        example=("    join: all\n", "    join: {at_least: 2}\n"),
    ),
)

# ------------------------------------------------------------------------- meeting points and runs

ROWS: tuple[ChangeRule, ...] = (
    *JOINS,
    becomes_another_kind("run", "run", (_SIGN, _RUN)),
    ChangeRule(
        name="step-waits-for-others",
        what="step",
        kind="changed",
        field="wait_for",
        level="breaking",
        mirror="step-waits-for-others",
        audience=concerns(own, RUNNING),
        message=says(
            "{it} starts when deals have come from {new_ids}; so far it waited for {old_ids}.",
            added="{it} starts when deals have come from {new_ids}; "
            "so far each one that came started it.",
            removed="{it} starts each time a deal comes; so far it waited for {old_ids}.",
        ),
        why=(
            "Deals that are past one of these steps may wait for something that never comes, and "
            "what has come already may count for nothing. See with `--deals FILE` which deals "
            "stand there, and help them on by hand."
        ),
        example=(_OFFERED, _MET),
    ),
    ChangeRule(
        name="step-runs-another-process",
        what="step",
        kind="changed",
        field="run",
        level="breaking",
        mirror="step-runs-another-process",
        audience=concerns(own, RUNNING, REPORTING),
        message=says("{it} runs the process {new_ids} now instead of {old_ids}."),
        why=(
            "Deals that are in the middle of it have no place in the new version, and other people "
            "do other work. Decide where those deals go (`--deals FILE` lists them), and see that "
            "the results still mean the same to what comes next."
        ),
        example=(_CREDIT, _CREDIT.replace("credit", "rating")),
    ),
)
