"""What a change of a touchpoint means to one of the departments, in a few words."""

from salesflow.changes.catalogue.row import Case
from salesflow.changes.catalogue.wording import it
from salesflow.changes.terms.phrase import Term
from salesflow.process.model import Touchpoint


def of_touchpoint(case: Case, now: Touchpoint, department: str) -> Term:
    """For one who gives, receives or did so before."""
    edit = case.edit
    gives = department == now.giver
    other = now.receiver if gives else now.giver
    if department not in (now.giver, now.receiver):
        return Term("are no party to {} any more", it(case))
    if edit.kind == "added":
        return Term(f"have an agreement with {other} ({{}})", it(case))
    if edit.kind == "removed":
        return Term(f"have no agreement {{}} with {other} any more", it(case))
    if edit.field in ("requires", "returns"):
        return _data(case, other, owes=gives == (edit.field == "requires"))
    if edit.field == "accept_within":
        return _accepts(case, other, gives=gives)
    if edit.field == "target":
        return _target(case, other, gives=gives)
    return _between(case, other, gives=gives)


def _between(case: Case, other: str, *, gives: bool) -> Term:
    edit = case.edit
    if edit.field == "at":
        where = f"only at `{edit.new}`" if edit.new is not None else "everywhere"
        return Term(f"have the agreement {{}} with {other} {where}", it(case))
    if edit.field == "to" and gives:
        return Term(f"hand deals to {other} instead of {edit.old} ({{}})", it(case))
    if edit.field == "from" and not gives:
        return Term(f"get deals from {other} instead of {edit.old} ({{}})", it(case))
    return Term(f"have an agreement with {other} ({{}})", it(case))


def _data(case: Case, other: str, *, owes: bool) -> Term:
    edit = case.edit
    back = " back" if edit.field == "returns" else ""
    comes = edit.old is None
    name = f"`{edit.new if comes else edit.old}`"
    if owes:
        return Term(f"{'owe' if comes else 'no longer owe'} {{}}{back} to {other}", name)
    return Term(f"{'get' if comes else 'can no longer count on'} {{}}{back} from {other}", name)


def _accepts(case: Case, other: str, *, gives: bool) -> Term:
    old, new = case.edit.old, case.edit.new
    so_far = f" instead of {old}" if old is not None else ""
    if gives:
        if new is None:
            return Term(f"have no promise any more by when {other} begins")
        return Term(f"wait at most {new}{so_far} for {other} to begin")
    limit = f"{new}{so_far}" if new is not None else "no time limit"
    return Term(f"have {limit} to begin with deals from {other}")


def _target(case: Case, other: str, *, gives: bool) -> Term:
    old, new = case.edit.old, case.edit.new
    share = f"{new} of deals" if new is not None else "deals"
    so_far = f" instead of {old}" if old is not None and new is not None else ""
    if gives:
        return Term(f"are promised {share} in time by {other}{so_far}")
    return Term(f"begin in time with {share} from {other}{so_far}")
