"""Changes of the data that a touchpoint demands of who gives, and of who receives."""

from salesflow.changes.catalogue.concerned import concerns
from salesflow.changes.catalogue.direction import comes
from salesflow.changes.catalogue.parties import at_place, both_sides, contract
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import it
from salesflow.changes.edit import RUNNING


def _asks(case: Case) -> str:
    now = contract(case)
    return (
        f"{it(case)} now asks for `{case.edit.new}` too: {now.giver} has to fill it before a deal "
        f"goes to {now.receiver}{at_place(case)}."
    )


def _told_asks(case: Case, department: str) -> str:
    now = contract(case)
    if department == now.giver:
        return (
            f"You now have to fill `{case.edit.new}` before you hand a deal to "
            f"{now.receiver}{at_place(case)} ({it(case)})."
        )
    return f"You now get `{case.edit.new}` too with the deals from {now.giver} ({it(case)})."


def _asks_no_more(case: Case) -> str:
    now = contract(case)
    return (
        f"{it(case)} no longer asks for `{case.edit.old}`: deals from {now.giver} may come to "
        f"{now.receiver} without it."
    )


def _told_asks_no_more(case: Case, department: str) -> str:
    now = contract(case)
    old = case.edit.old
    if department == now.giver:
        return f"You need not fill `{old}` for {now.receiver} any more ({it(case)})."
    return f"Do not count on `{old}` any more in the deals from {now.giver} ({it(case)})."


def _owes(case: Case) -> str:
    now = contract(case)
    return (
        f"{it(case)} now asks {now.receiver} for `{case.edit.new}` back: it has to be filled when "
        f"a deal leaves {now.receiver}."
    )


def _told_owes(case: Case, department: str) -> str:
    now = contract(case)
    if department == now.receiver:
        return (
            f"You now owe `{case.edit.new}` back: fill it before a deal from {now.giver} leaves "
            f"you ({it(case)})."
        )
    return f"You now get `{case.edit.new}` back from {now.receiver} ({it(case)})."


def _owes_no_more(case: Case) -> str:
    now = contract(case)
    return (
        f"{it(case)} no longer promises `{case.edit.old}` back: deals of {now.giver} may leave "
        f"{now.receiver} without it."
    )


def _told_owes_no_more(case: Case, department: str) -> str:
    now = contract(case)
    if department == now.receiver:
        return f"You no longer owe `{case.edit.old}` back to {now.giver} ({it(case)})."
    return f"Do not count on `{case.edit.old}` from {now.receiver} any more ({it(case)})."


ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="touchpoint-requires-more",
        what="touchpoint",
        kind="changed",
        field="requires",
        level="breaking",
        mirror="touchpoint-requires-less",
        holds=comes,
        audience=concerns(both_sides, RUNNING),
        message=_asks,
        told=_told_asks,
        why="The department that gives has to deliver more from the day this goes live. Tell it "
        "before, and see where the field is filled: deals that are already beyond that place "
        "arrive without it.",
        example=("requires: [quote]\n    returns", "requires: [quote, company]\n    returns"),
    ),
    ChangeRule(
        name="touchpoint-requires-less",
        what="touchpoint",
        kind="changed",
        field="requires",
        level="safe",
        mirror="touchpoint-requires-more",
        audience=concerns(both_sides),
        message=_asks_no_more,
        told=_told_asks_no_more,
        why="Whoever gives has less to do, and no deal stands worse with the contract. The "
        "department that receives should know that the field may be empty.",
        example=("    requires: [quote]\n    returns", "    returns"),
    ),
    ChangeRule(
        name="touchpoint-returns-more",
        what="touchpoint",
        kind="changed",
        field="returns",
        level="breaking",
        mirror="touchpoint-returns-less",
        holds=comes,
        audience=concerns(both_sides, RUNNING),
        message=_owes,
        told=_told_owes,
        why="The department that receives has to deliver more before it lets a deal go. Tell it "
        "before this goes live, and see that one of its steps fills the field.",
        example=("returns: [contract]", "returns: [contract, report]"),
    ),
    ChangeRule(
        name="touchpoint-returns-less",
        what="touchpoint",
        kind="changed",
        field="returns",
        level="breaking",
        mirror="touchpoint-returns-more",
        audience=concerns(both_sides),
        message=_owes_no_more,
        told=_told_owes_no_more,
        why="A promise is taken back: whoever counted on the field may find it empty. Agree it "
        "with the department that gives the deals, and see who reads the field later.",
        example=("    returns: [contract]\n", ""),
    ),
)
