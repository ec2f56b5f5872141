"""Changes of touchpoints: whom a contract is between, and that it is there at all."""

from collections.abc import Mapping
from typing import Any

from salesflow.changes.catalogue.concerned import concerns
from salesflow.changes.catalogue.identity import renamed
from salesflow.changes.catalogue.of_words import word_rows
from salesflow.changes.catalogue.parties import both_sides, contract, partners
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import ids, it
from salesflow.changes.edit import REPORTING, RUNNING

# ------------------------------------------------------------------------------- there or not there


def _added(case: Case) -> str:
    return f"{it(case)} is new: {_terms(case.edit.new)}."


def _removed(case: Case) -> str:
    return f"{it(case)} is gone; it said that {_terms(case.edit.old)}."


def _terms(data: Mapping[str, Any]) -> str:
    """What a contract says: all its keys in one sentence."""
    giver, receiver = data["from"], data["to"]
    asked = f"{ids(data['requires'])} filled" if "requires" in data else "nothing in particular"
    where = f" (at `{data['at']}`)" if "at" in data else ""
    terms = [f"{giver} hands deals to {receiver}{where} with {asked}"]
    if "accept_within" in data:
        terms.append(f"{receiver} begins within {data['accept_within']}{_share(data)}")
    if "returns" in data:
        terms.append(f"{receiver} gives {ids(data['returns'])} back")
    return _series(terms)


def _series(terms: list[str]) -> str:
    """``a, b and c``."""
    return f"{', '.join(terms[:-1])} and {terms[-1]}" if len(terms) > 1 else terms[0]


def _share(data: Mapping[str, Any]) -> str:
    return f" with {data['target']} of them" if "target" in data else ""


def _told_added(case: Case, department: str) -> str:
    return f"{it(case)} is new: {_yours(case.edit.new, department)}."


def _told_removed(case: Case, department: str) -> str:
    told = _yours(case.edit.old, department)
    return f"{it(case)} is gone, and this is agreed no more: {told}."


def _yours(data: Mapping[str, Any], department: str) -> str:
    """What a contract says to one of the two."""
    giver, receiver = data["from"], data["to"]
    gives = department == giver
    asked = f" with {ids(data['requires'])} filled" if "requires" in data else ""
    where = f" (at `{data['at']}`)" if "at" in data else ""
    terms = [
        f"you hand deals to {receiver}{where}{asked}"
        if gives
        else f"{giver} hands you deals{where}{asked}"
    ]
    if "accept_within" in data:
        begin = f"{receiver} begins" if gives else "you begin"
        terms.append(f"{begin} within {data['accept_within']}{_share(data)}")
    if "returns" in data:
        returns = f"{receiver} gives" if gives else "you give"
        terms.append(f"{returns} {ids(data['returns'])} back")
    return _series(terms)


# ------------------------------------------------------------------------------------- between whom


def _from(case: Case) -> str:
    now = contract(case)
    old, new = case.edit.old, case.edit.new
    asked = f"{ids(now.requires)} filled" if now.requires else "nothing in particular"
    return (
        f"{it(case)} is now about what {new} hands to {now.receiver}, instead of {old}: {new} has "
        f"to come with {asked}, and for deals from {old} it says nothing any more."
    )


def _told_from(case: Case, department: str) -> str:
    now = contract(case)
    old, new = case.edit.old, case.edit.new
    asked = f"{ids(now.requires)} filled" if now.requires else "nothing in particular"
    if department == now.receiver:
        return f"By {it(case)} you now get deals from {new} with {asked}, instead of from {old}."
    if department == now.giver:
        return f"You now hand deals to {now.receiver} with {asked} ({it(case)}); so far {old} did."
    return f"You owe {now.receiver} nothing by {it(case)} any more: it is now about {new}."


def _told_to(case: Case, department: str) -> str:
    now = contract(case)
    old, new = case.edit.old, case.edit.new
    if department == now.giver:
        return f"By {it(case)} you now hand deals to {new} instead of {old}."
    if department == now.receiver:
        within = f" within {now.accept_within}" if now.accept_within else ""
        owed = f" and owe {ids(now.returns)} back" if now.returns else ""
        return (
            f"You now take up deals from {now.giver}{within}{owed} ({it(case)}); so far {old} did."
        )
    return f"You owe {now.giver} nothing by {it(case)} any more: it is now about {new}."


def _to(case: Case) -> str:
    now = contract(case)
    old, new = case.edit.old, case.edit.new
    owed = f" and owes {ids(now.returns)} back" if now.returns else ""
    within = f" within {now.accept_within}" if now.accept_within else ""
    return (
        f"{it(case)} is now about what {now.giver} hands to {new}, instead of {old}: {new} takes "
        f"it up{within}{owed}, and {old} is bound by it no more."
    )


def _at(case: Case) -> str:
    now = contract(case)
    old, new = case.edit.old, case.edit.new
    deals = f"deals that go from {now.giver} to {now.receiver}"
    if new is None:
        return f"{it(case)} now binds all {deals}, not only those that arrive at `{old}`."
    if old is None:
        return f"{it(case)} now binds only those {deals} and arrive at `{new}`, not all of them."
    return f"{it(case)} now binds {deals} and arrive at `{new}`, instead of at `{old}`."


def _narrower(case: Case) -> bool:
    return _lies_in(case.edit.new, case.edit.old)


def _wider(case: Case) -> bool:
    return _lies_in(case.edit.old, case.edit.new)


def _lies_in(inner: str | None, outer: str | None) -> bool:
    """Whether one place is in another; None is everywhere."""
    return inner is not None and (outer is None or inner.startswith(f"{outer}."))


ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="touchpoint-added",
        what="touchpoint",
        kind="added",
        level="breaking",
        mirror="touchpoint-removed",
        audience=concerns(partners, RUNNING),
        message=_added,
        told=_told_added,
        why="From the day this goes live, one department has to bring along what the contract asks "
        "for and the other has to take deals up in time. Agree it with both before. Deals that are "
        "already beyond the place where a field is filled come without it.",
        example=(
            "touchpoints:\n",
            "touchpoints:\n  to_sales: {from: legal, to: sales, requires: [contract]}\n",
        ),
    ),
    ChangeRule(
        name="touchpoint-removed",
        what="touchpoint",
        kind="removed",
        level="breaking",
        mirror="touchpoint-added",
        audience=concerns(partners, REPORTING),
        message=_removed,
        told=_told_removed,
        why="What one department could count on is promised no more: data may be missing, and "
        "nobody has to begin in time. Reports that count how often the promise was kept end. "
        "Agree it with both, or name the touchpoint that takes its place (`was:`).",
        example=(
            "  to_security: {from: sales, to: security, at: papers.audit, requires: [quote]}\n",
            "",
        ),
    ),
    *renamed(
        "touchpoint",
        partners,
        announced_example=("  to_legal:\n", "  papers_please:\n    was: to_legal\n"),
        example=("  to_legal:\n", "  papers_please:\n"),
    ),
    ChangeRule(
        name="touchpoint-from",
        what="touchpoint",
        kind="changed",
        field="from",
        level="breaking",
        mirror="touchpoint-from",
        audience=concerns(partners, RUNNING),
        message=_from,
        told=_told_from,
        why="Another department now owes what the contract asks for, and the one before owes "
        "nothing. Agree it with all three. If both give, write a touchpoint for each.",
        example=("from: sales\n    to: legal\n", "from: security\n    to: legal\n"),
    ),
    ChangeRule(
        name="touchpoint-to",
        what="touchpoint",
        kind="changed",
        field="to",
        level="breaking",
        mirror="touchpoint-to",
        audience=concerns(partners, RUNNING),
        message=_to,
        told=_told_to,
        why="Another department now has to take the deals up and owes what is to come back. Agree "
        "it with all three. If both receive, write a touchpoint for each.",
        example=("from: sales\n    to: legal\n", "from: sales\n    to: security\n"),
    ),
    ChangeRule(
        name="touchpoint-at-narrowed",
        what="touchpoint",
        kind="changed",
        field="at",
        level="check",
        mirror="touchpoint-at-widened",
        holds=_narrower,
        audience=concerns(both_sides),
        message=_at,
        why="Where else deals cross between the two, nothing is agreed any more. See whether "
        "another touchpoint covers that; `salesflow check` names handoffs without a contract.",
        example=("    to: legal\n", "    to: legal\n    at: papers.contract\n"),
    ),
    ChangeRule(
        name="touchpoint-at-widened",
        what="touchpoint",
        kind="changed",
        field="at",
        level="breaking",
        mirror="touchpoint-at-narrowed",
        holds=_wider,
        audience=concerns(both_sides, RUNNING),
        message=_at,
        why="More deals than before must come with what the contract asks for and be taken up in "
        "time. Agree it with both, and see that the fields are filled on those ways too.",
        example=(", at: papers.audit,", ","),
    ),
    ChangeRule(
        name="touchpoint-at-moved",
        what="touchpoint",
        kind="changed",
        field="at",
        level="breaking",
        mirror="touchpoint-at-moved",
        audience=concerns(both_sides, RUNNING),
        message=_at,
        why="The contract binds other deals than before: where it stood nothing is agreed any "
        "more, and where it stands now somebody has to keep it. Agree it with both.",
        example=(", at: papers.audit,", ", at: papers.contract,"),
    ),
    *word_rows(
        "touchpoint",
        {
            "name": ("    from: sales\n", "    name: To our lawyers\n    from: sales\n"),
            "description": ("    from: sales\n", "    description: By mail\n    from: sales\n"),
            "owner": ("    from: sales\n", "    owner: revops\n    from: sales\n"),
            "was": ("    from: sales\n", "    was: to_counsel\n    from: sales\n"),
        },
        audience=concerns(both_sides),
    ),
)
