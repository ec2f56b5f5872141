"""Changes of how soon a touchpoint has deals taken up, and how often that is kept."""

from salesflow.changes.catalogue.clocks import accepted
from salesflow.changes.catalogue.concerned import concerns
from salesflow.changes.catalogue.direction import comes, goes, grows, shares, shrinks
from salesflow.changes.catalogue.parties import at_place, both_sides, contract
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import it


def _accepts(case: Case) -> str:
    now = contract(case)
    old, new = case.edit.old, case.edit.new
    begin = f"to begin with a deal from {now.giver}{at_place(case)}"
    if old is None:
        return f"{it(case)} now gives {now.receiver} {new} {begin}; until now there was no limit."
    if new is None:
        return f"{it(case)} sets {now.receiver} no time any more {begin}; it was {old}."
    return f"{it(case)} now gives {now.receiver} {new} instead of {old} {begin}."


def _told_accepts(case: Case, department: str) -> str:
    now = contract(case)
    old, new = case.edit.old, case.edit.new
    if department == now.receiver:
        begin = f"to begin with a deal from {now.giver}{at_place(case)} ({it(case)})"
        if old is None:
            return f"You now have {new} {begin}; until now there was no limit."
        if new is None:
            return f"You have no time limit any more {begin}; it was {old}."
        return f"You now have {new} instead of {old} {begin}."
    deals = f"Deals that you hand to {now.receiver}{at_place(case)}"
    if old is None:
        return f"{deals} are now to be taken up within {new}; nothing was promised ({it(case)})."
    if new is None:
        return (
            f"{deals} have no date any more by which they are taken up; it was {old} ({it(case)})."
        )
    return f"{deals} are now to be taken up within {new} instead of {old} ({it(case)})."


def _target(case: Case) -> str:
    now = contract(case)
    deals = f"of the deals from {now.giver}"
    new = case.edit.new
    if new is None:
        many = f"{it(case)} no longer says how many {deals} {now.receiver}"
        return f"{many} has to take up in time{_was(case)}."
    return f"{it(case)} now asks {now.receiver} to take up {new} {deals} in time{_was(case)}."


def _told_target(case: Case, department: str) -> str:
    now = contract(case)
    new = case.edit.new
    deals = f"of the deals from {now.giver}"
    if department != now.receiver:
        many = f"of the deals that you hand to {now.receiver}"
        if new is None:
            none = f"Nothing says any more how many {many}"
            return f"{none} are taken up in time{_was(case)} ({it(case)})."
        return f"Now {new} {many} are to be taken up in time{_was(case)} ({it(case)})."
    if new is None:
        many = f"Nothing says any more how many {deals}"
        return f"{many} you have to take up in time{_was(case)} ({it(case)})."
    return f"You now have to take up {new} {deals} in time{_was(case)} ({it(case)})."


def _aim(case: Case) -> str:
    new = case.edit.new
    return (
        "no longer says in how many" if new is None else f"now promises a start in time for {new}"
    )


def _was(case: Case) -> str:
    old, new = case.edit.old, case.edit.new
    if old is None:
        return "; so far it was not said how many"
    return f"; it was {old}" if new is None else f", instead of {old}"


ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="touchpoint-accept-shorter",
        what="touchpoint",
        kind="changed",
        field="accept_within",
        level="check",
        mirror="touchpoint-accept-longer",
        holds=shrinks(accepted),
        audience=concerns(both_sides),
        message=_accepts,
        told=_told_accepts,
        why="The department that receives has less time. Whether its people can keep that, the "
        "files do not say: simulate it (`salesflow diff --simulate`), and ask them.",
        example=("accept_within: 2bd", "accept_within: 1bd"),
    ),
    ChangeRule(
        name="touchpoint-accept-longer",
        what="touchpoint",
        kind="changed",
        field="accept_within",
        level="breaking",
        mirror="touchpoint-accept-shorter",
        holds=grows(accepted),
        audience=concerns(both_sides),
        message=_accepts,
        told=_told_accepts,
        why="A promise gets worse: deals may lie longer before somebody begins. Agree it with the "
        "department that gives them, and see whether the sla and timeout of its steps still fit.",
        example=("accept_within: 2bd", "accept_within: 4bd"),
    ),
    ChangeRule(
        name="touchpoint-accept-added",
        what="touchpoint",
        kind="changed",
        field="accept_within",
        level="check",
        mirror="touchpoint-accept-removed",
        holds=comes,
        audience=concerns(both_sides),
        message=_accepts,
        told=_told_accepts,
        why="The department that receives now has a limit to keep. Whether its people can, the "
        "files do not say: simulate it (`salesflow diff --simulate`), and ask them.",
        example=(
            "at: papers.audit, requires: [quote]}",
            "at: papers.audit, requires: [quote], accept_within: 3bd}",
        ),
    ),
    ChangeRule(
        name="touchpoint-accept-removed",
        what="touchpoint",
        kind="changed",
        field="accept_within",
        level="breaking",
        mirror="touchpoint-accept-added",
        holds=goes,
        audience=concerns(both_sides),
        message=_accepts,
        told=_told_accepts,
        why="A promise is taken back: nobody has to begin by any time. Agree it with the "
        "department that gives the deals.",
        example=("    accept_within: 2bd\n", ""),
    ),
    ChangeRule(
        name="touchpoint-accept-clock",
        what="touchpoint",
        kind="changed",
        field="accept_within",
        level="check",
        mirror="touchpoint-accept-clock",
        audience=concerns(both_sides),
        message=_accepts,
        told=_told_accepts,
        why="The two times run on different clocks (`d` counts every hour, `bd` and `bh` only open "
        "ones), so which is longer depends on the day. Ask both departments whether it suits them.",
        example=("accept_within: 2bd", "accept_within: 2d"),
    ),
    ChangeRule(
        name="touchpoint-target-higher",
        what="touchpoint",
        kind="changed",
        field="target",
        level="check",
        mirror="touchpoint-target-lower",
        holds=lambda case: not goes(case) and (comes(case) or grows(shares)(case)),
        audience=concerns(both_sides),
        message=_target,
        told=_told_target,
        why="The department that receives must be in time more often. Whether its people can, the "
        "files do not say: simulate it (`salesflow diff --simulate`), and ask them.",
        example=("2bd\n    target: 80%", "2bd\n    target: 90%"),
    ),
    ChangeRule(
        name="touchpoint-target-lower",
        what="touchpoint",
        kind="changed",
        field="target",
        level="breaking",
        mirror="touchpoint-target-higher",
        audience=concerns(both_sides),
        message=_target,
        told=_told_target,
        why="A promise gets worse: more deals than before may be taken up late. Agree it with the "
        "department that gives them.",
        example=("2bd\n    target: 80%", "2bd\n    target: 60%"),
    ),
)
