"""What happens to the branches of a block: they come and go, start elsewhere, run for others."""

from salesflow.changes.catalogue.concerned import concerns, own, steps_of
from salesflow.changes.catalogue.conditions import Shift, shift, told
from salesflow.changes.catalogue.identity import renamed
from salesflow.changes.catalogue.of_words import word_rows
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import it, it_was, outer, says, together
from salesflow.changes.edit import REPORTING, RUNNING
from salesflow.changes.sheet import last_id
from salesflow.expressions import Expression
from salesflow.process.steps import Block, Branch, Step

_AUDIT = """\
      audit:
        when: amount >= 20000
"""
_REVIEWED = """\
              refused: {to: leave, share: rest}
"""
_WITH_PURCHASING = """\
              refused: {to: leave, share: rest}
      purchasing: {steps: {order: {by: buying_team, wait: 3d, next: {placed: done}}}}
"""
_IN_ONE = """\
salesflow: 1
process: smb
sources: {inbound: {start: prepare}}
steps:
  prepare:
    parallel:
      quote: {steps: {write: {by: sales, next: done}}}
      terms: {steps: {draft: {by: legal, next: done}}}
    next: settle
  settle:
    parallel:
      price: {steps: {agree: {by: sales, next: done}}}
    next: won
outcomes: {won: {kind: won}, lost: {kind: lost}}
"""
_TERMS = "      terms: {steps: {draft: {by: legal, next: done}}}\n"
_PRICE = "      price: {steps: {agree: {by: sales, next: done}}}\n"
_IN_ANOTHER = _IN_ONE.replace(_TERMS, "").replace(_PRICE, _PRICE + _TERMS)
_CONTRACT = "      contract:\n        start: draft\n"


def _is_new(case: Case) -> str:
    people = together(own(case))
    return f"{it(case)} is a new branch of {outer(case)}, with work for {people}."


def _is_gone(case: Case) -> str:
    return f"The branch {it(case)} is gone; so far {together(own(case))} worked there."


def _elsewhere(case: Case) -> str:
    return f"The branch {it_was(case)} belongs to another block now: it is {it(case)}."


COMING: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="branch-added",
        what="branch",
        kind="added",
        level="check",
        mirror="branch-removed",
        audience=concerns(own),
        message=_is_new,
        why=(
            "Somebody has more to do, side by side with the others, and a block that waits for all "
            "branches waits for this one too. Agree on it with the people who work there; "
            "`--simulate` says how much longer deals take."
        ),
        example=(_REVIEWED, _WITH_PURCHASING),
    ),
    ChangeRule(
        name="branch-removed",
        what="branch",
        kind="removed",
        level="breaking",
        mirror="branch-added",
        audience=concerns(own, RUNNING, REPORTING),
        message=_is_gone,
        why=(
            "Deals go on without what was done there, deals that stand in it have no place in the "
            "new version, and reports that count it find nothing. Ask the department whether deals "
            "may go without it, and decide what becomes of those under way."
        ),
        example=(_WITH_PURCHASING, _REVIEWED),
    ),
    *renamed(
        "branch",
        own,
        announced_example=(
            _CONTRACT,
            "      paper:\n        was: contract\n        start: draft\n",
        ),
        example=(_CONTRACT, "      paper:\n        start: draft\n"),
    ),
    ChangeRule(
        name="branch-moved-to-another-block",
        what="branch",
        kind="moved",
        level="breaking",
        mirror="branch-moved-to-another-block",
        audience=concerns(own, RUNNING, REPORTING),
        message=_elsewhere,
        why=(
            "It runs at another point of the way and beside other branches, and everything in it "
            "has another path, by which reports and running deals know it. Change the reports, and "
            "look where deals that stand in it go on."
        ),
        example=(_IN_ONE, _IN_ANOTHER),
    ),
    *word_rows(
        "branch",
        {
            "name": (_CONTRACT, _CONTRACT + "        name: Paperwork\n"),
            "description": (_CONTRACT, _CONTRACT + "        description: Until both agree\n"),
            "owner": (_CONTRACT, _CONTRACT + "        owner: legal_ops\n"),
            "was": (_CONTRACT, _CONTRACT + "        was: paper\n"),
        },
        audience=own,
    ),
)

# ----------------------------------------------------------------------------- for whom, and where


def _when(case: Case) -> tuple[Expression | None, Expression | None]:
    old, new = steps_of(case)
    before = _branch(old, case.edit.old_path or case.edit.path)
    after = _branch(new, case.edit.path)
    return before.when if before else None, after.when if after else None


def _branch(block: Step | None, path: str) -> Branch | None:
    return block.branches.get(last_id(path)) if isinstance(block, Block) else None


def _shift(case: Case) -> Shift:
    return shift(case, *_when(case))


def _for_more(case: Case) -> bool:
    return _shift(case).wider


def _for_fewer(case: Case) -> bool:
    return _shift(case).narrower


def _for_the_same(case: Case) -> bool:
    return _shift(case).none


_RUNS = says(
    "{it} runs when `{new}` now; so far when `{old}`.",
    added="{it} runs only when `{new}` now; so far for every deal.",
    removed="{it} runs for every deal now; so far only when `{old}`.",
)


def _runs_for(case: Case) -> str:
    text, moved = _RUNS(case), _shift(case)
    if moved.more is not None:
        text += f" {told(moved.more)} goes through it now."
    if moved.fewer is not None:
        text += f" {told(moved.fewer)} no longer goes through it."
    return text


PLACES: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="branch-runs-for-more",
        what="branch",
        kind="changed",
        field="when",
        level="check",
        mirror="branch-runs-for-fewer",
        holds=_for_more,
        audience=concerns(own),
        message=_runs_for,
        why=(
            "The people in the branch get more deals, and those deals take longer. See with "
            "`--simulate` how many there are and whether somebody has the time."
        ),
        example=(_AUDIT, _AUDIT.replace("20000", "10000")),
    ),
    ChangeRule(
        name="branch-runs-for-fewer",
        what="branch",
        kind="changed",
        field="when",
        level="check",
        mirror="branch-runs-for-more",
        holds=_for_fewer,
        audience=concerns(own),
        message=_runs_for,
        why=(
            "Deals go on without what is done in the branch. Ask the department that works there "
            "whether such deals may go without it, and whether what it fills is needed later."
        ),
        example=(_AUDIT, _AUDIT.replace("20000", "50000")),
    ),
    ChangeRule(
        name="branch-condition-reworded",
        what="branch",
        kind="changed",
        field="when",
        level="cosmetic",
        mirror="branch-condition-reworded",
        holds=_for_the_same,
        audience=concerns(own),
        message=says(
            "{it} runs for the same deals as before: `{new}` says the same as `{old}`.",
            added="{it} runs for the same deals as before: `{new}` always holds.",
            removed="{it} runs for the same deals as before: `{old}` always held.",
        ),
        why="It was proved over all values that the deals are the same. Nothing is to be done.",
        example=(_AUDIT, _AUDIT.replace("amount", "filled(amount) and amount")),
    ),
    ChangeRule(
        name="branch-condition-changed",
        what="branch",
        kind="changed",
        field="when",
        level="check",
        mirror="branch-condition-changed",
        audience=concerns(own),
        message=_runs_for,
        why=(
            "Some deals go through the branch that did not, and others no longer do, unless too "
            "much hangs together to decide it. Read both conditions, and ask the department that "
            "works there whether the examples are meant."
        ),
        example=(_AUDIT, _AUDIT.replace("amount >= 20000", "region == emea")),
    ),
    ChangeRule(
        name="branch-starts-elsewhere",
        what="branch",
        kind="changed",
        field="start",
        level="check",
        mirror="branch-starts-elsewhere",
        audience=concerns(own),
        message=says("The branch {it} starts at {new_ids} now instead of {old_ids}."),
        why=(
            "Deals that enter the block come to other people first, and may miss what was done "
            "before. See that what the first step needs is there."
        ),
        example=("        start: draft\n", "        start: review\n"),
    ),
)

ROWS: tuple[ChangeRule, ...] = (*COMING, *PLACES)
