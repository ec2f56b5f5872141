"""What a change of a touchpoint means to one of the departments, in a few words."""

from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.wording import it
from salesflow.process.model import Touchpoint


def of_touchpoint(case: Case, now: Touchpoint, department: str) -> str:
    """What follows "you" for one who gives, receives or did so before."""
    edit = case.edit
    gives = department == now.giver
    other = now.receiver if gives else now.giver
    if department not in (now.giver, now.receiver):
        return f"are no party to {it(case)} any more"
    if edit.kind == "added":
        return f"have a contract with {other} ({it(case)})"
    if edit.kind == "removed":
        return f"have no contract {it(case)} with {other} any more"
    if edit.field in ("requires", "returns"):
        return _data(case, other, owes=gives == (edit.field == "requires"))
    if edit.field == "accept_within":
        return _accepts(case, other, gives=gives)
    if edit.field == "target":
        return _target(case, other, gives=gives)
    return _between(case, other, gives=gives)


def _between(case: Case, other: str, *, gives: bool) -> str:
    edit = case.edit
    if edit.field == "at":
        where = f"only at `{edit.new}`" if edit.new is not None else "everywhere"
        return f"have the contract {it(case)} with {other} {where}"
    if edit.field == "to" and gives:
        return f"hand deals to {other} instead of {edit.old} ({it(case)})"
    if edit.field == "from" and not gives:
        return f"get deals from {other} instead of {edit.old} ({it(case)})"
    return f"have a contract with {other} ({it(case)})"


def _data(case: Case, other: str, *, owes: bool) -> str:
    edit = case.edit
    back = " back" if edit.field == "returns" else ""
    if owes:
        return (
            f"owe `{edit.new}`{back} to {other}"
            if edit.old is None
            else f"no longer owe `{edit.old}`{back} to {other}"
        )
    return (
        f"get `{edit.new}`{back} from {other}"
        if edit.old is None
        else f"can no longer count on `{edit.old}`{back} from {other}"
    )


def _accepts(case: Case, other: str, *, gives: bool) -> str:
    old, new = case.edit.old, case.edit.new
    so_far = f" instead of {old}" if old is not None else ""
    if gives:
        if new is None:
            return f"have no promise any more by when {other} begins"
        return f"wait at most {new}{so_far} for {other} to begin"
    limit = f"{new}{so_far}" if new is not None else "no time limit"
    return f"have {limit} to begin with deals from {other}"


def _target(case: Case, other: str, *, gives: bool) -> str:
    old, new = case.edit.old, case.edit.new
    share = f"{new} of deals" if new is not None else "deals"
    so_far = f" instead of {old}" if old is not None and new is not None else ""
    if gives:
        return f"are promised {share} in time by {other}{so_far}"
    return f"begin in time with {share} from {other}{so_far}"
