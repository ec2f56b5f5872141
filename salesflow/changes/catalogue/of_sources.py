"""What happens to sources: where deals come from, how many, and what they bring along."""

from collections.abc import Mapping
from typing import Any

from salesflow.changes.catalogue.concerned import Audience, concerns, own, sides
from salesflow.changes.catalogue.direction import Holds, Measured, grows, shrinks
from salesflow.changes.catalogue.identity import renamed
from salesflow.changes.catalogue.of_words import word_rows
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import Says, in_money, it, says
from salesflow.changes.edit import REPORTING, RUNNING, Kind, Level
from salesflow.changes.sheet import last_id
from salesflow.process.model import Source
from salesflow.quantities import decimal_text

_WEB = "sources:\n  web:\n"
_SHOP = """\
sources:
  shop: {department: marketing, start: call, arrivals: 2 per week}
  web:
"""


def sources_of(case: Case) -> tuple[Source | None, Source | None]:
    """The source in the old and in the new version."""
    found: list[Source | None] = [
        process.sources.get(last_id(path)) for process, path in sides(case)
    ]
    if case.edit.kind == "added":
        return None, found[0]
    return (found[0], None) if case.edit.kind == "removed" else (found[0], found[1])


def _is_new(case: Case) -> str:
    _, source = sources_of(case)
    return f"Deals come from {it(case)} too now, and begin at {_first(source)}."


def _is_gone(case: Case) -> str:
    source, _ = sources_of(case)
    return f"No deals come from {it(case)} any more; so far they began at {_first(source)}."


def _first(source: Source | None) -> str:
    return f"`{source.start}`" if source else "some step"


def _moves(case: Case) -> str:
    old, new = case.edit.old or "nobody", case.edit.new or "nobody"
    return f"Deals from {it(case)} are handed over by {new} now instead of {old}."


# ---------------------------------------------------------------------------------------- arrivals


def _per_week(case: Case) -> tuple[Measured, Measured]:
    """Deals a week; nothing where that cannot be said."""
    old, new = (source.per_week if source else None for source in sources_of(case))
    return old, new


def _arrive(case: Case) -> str:
    old, new = (_coming(value) for value in (case.edit.old, case.edit.new))
    if case.edit.old is None:
        return f"{it(case)} brings {new} now; so far nothing said how many."
    if case.edit.new is None:
        return f"Nothing says any more how many deals {it(case)} brings; so far it was {old}."
    return f"{it(case)} brings {new} now instead of {old}{_weekly(case)}."


def _coming(arrivals: Any) -> str:
    """``10 deals per week``, ``… while `office` is open``, ``80 deals at once every 13w``."""
    if not isinstance(arrivals, Mapping):
        deals = "deal" if str(arrivals).startswith("1 ") else "deals"
        return str(arrivals).replace(" per", f" {deals} per")
    if "rate" in arrivals:
        return f"{_coming(arrivals['rate'])} while `{arrivals['calendar']}` is open"
    return f"{arrivals['batch']} deals at once every {arrivals['every']}"


def _weekly(case: Case) -> str:
    """The number a week, where the text does not say it."""
    old, new = _per_week(case)
    if old is None or new is None or all("week" in str(v) for v in (case.edit.old, case.edit.new)):
        return ""
    weekly = decimal_text(round(new, 1))
    if old == new:
        return f" (still {weekly} a week)"
    return f" ({weekly} a week instead of {decimal_text(round(old, 1))})"


def _dearer(case: Case) -> bool:
    """No cost is a cost of 0."""
    return float(case.edit.old or 0) < float(case.edit.new or 0)


def _costs(case: Case) -> str:
    """What a deal costs, with the currency where that changes too."""
    edit, alike = case.edit, case.old.people.currency == case.new.people.currency
    new = str(edit.new) if alike else in_money(edit.new, case.new)
    old = str(edit.old) if alike else in_money(edit.old, case.old)
    if edit.old is None:
        return f"A deal from {it(case)} costs {new} now; so far no cost was written."
    if edit.new is None:
        return f"A deal from {it(case)} costs nothing any more; so far it was {old}."
    return f"A deal from {it(case)} costs {new} now instead of {old}."


def _row(
    name: str,
    field: str,
    level: Level,
    mirror: str,
    *,
    message: Says,
    why: str,
    example: tuple[str, str],
    audience: Audience = own,
    holds: Holds | None = None,
    kind: Kind = "changed",
) -> ChangeRule:
    return ChangeRule(
        name=name,
        what="source",
        kind=kind,
        field=field,
        level=level,
        mirror=mirror,
        holds=holds,
        audience=audience,
        message=message,
        why=why,
        example=example,
    )


COMING: tuple[ChangeRule, ...] = (
    _row(
        "source-added",
        "",
        "check",
        "source-removed",
        message=_is_new,
        why=(
            "The people at the first step get more deals, and reports have one more source. See "
            "with `--simulate` whether they have the time, and that such deals bring what is "
            "needed."
        ),
        example=(_WEB, _SHOP),
        audience=concerns(own, REPORTING),
        kind="added",
    ),
    _row(
        "source-removed",
        "",
        "breaking",
        "source-added",
        message=_is_gone,
        why=(
            "Reports that count by source find nothing more, and deals under way that came from "
            "there have a source that no longer exists. Change the reports; if it only got "
            "another id, write `was:`."
        ),
        example=(_SHOP, _WEB),
        audience=concerns(own, RUNNING, REPORTING),
        kind="removed",
    ),
    *renamed(
        "source",
        own,
        announced_example=(_WEB, "sources:\n  website:\n    was: web\n"),
        example=(_WEB, "sources:\n  website:\n"),
    ),
    *word_rows(
        "source",
        {
            "name": (_WEB, _WEB + "    name: Web form\n"),
            "description": (_WEB, _WEB + "    description: The form on our site\n"),
            "owner": (_WEB, _WEB + "    owner: marketing_ops\n"),
            "was": (_WEB, _WEB + "    was: site\n"),
        },
        audience=own,
    ),
)

_ARRIVALS = "    arrivals: 10 per week\n"
_AMOUNT = "amount: {median: 50000, p90: 150000}, "

ROWS: tuple[ChangeRule, ...] = (
    *COMING,
    _row(
        "source-changes-department",
        "department",
        "check",
        "source-changes-department",
        message=_moves,
        why=(
            "Deals are handed over by another department, so other touchpoints hold. See that "
            "the new one knows what has to come along with a deal."
        ),
        example=("    department: sales\n", "    department: marketing\n"),
    ),
    _row(
        "source-starts-elsewhere",
        "start",
        "check",
        "source-starts-elsewhere",
        message=says("Deals from {it} begin at {new_ids} now instead of {old_ids}."),
        why=(
            "Other people get these deals first, and what was done at the first step so far is "
            "left out or done later. See that what they need is there."
        ),
        example=("    start: call\n", "    start: offer\n"),
    ),
    _row(
        "source-brings-more-deals",
        "arrivals",
        "check",
        "source-brings-fewer-deals",
        message=_arrive,
        why=(
            "Everybody on the way has more to do. See with `--simulate` who has not got the "
            "time, and what that does to waiting."
        ),
        example=(_ARRIVALS, "    arrivals: 15 per week\n"),
        holds=grows(_per_week),
    ),
    _row(
        "source-brings-fewer-deals",
        "arrivals",
        "check",
        "source-brings-more-deals",
        message=_arrive,
        why=(
            "Fewer deals come in, so fewer can be won, and people have time left. See with "
            "`--simulate` what is left of the forecast."
        ),
        example=(_ARRIVALS, "    arrivals: 1 per day\n"),
        holds=shrinks(_per_week),
    ),
    _row(
        "source-arrives-otherwise",
        "arrivals",
        "check",
        "source-arrives-otherwise",
        message=_arrive,
        why=(
            "As many deals come, but at other times or in batches, or it cannot be said how "
            "many. See with `--simulate` how long they wait now."
        ),
        example=(_ARRIVALS, "    arrivals: {every: 1w, batch: 10}\n"),
    ),
    _row(
        "source-cost-higher",
        "cost",
        "check",
        "source-cost-lower",
        message=_costs,
        why=(
            "What a won deal costs goes up without anything being done differently. Tell "
            "whoever compares costs from when on."
        ),
        example=("    cost: 40\n", "    cost: 60\n"),
        audience=concerns(own, REPORTING),
        holds=_dearer,
    ),
    _row(
        "source-cost-lower",
        "cost",
        "check",
        "source-cost-higher",
        message=_costs,
        why=(
            "What a won deal costs goes down without anything being done differently. Tell "
            "whoever compares costs from when on."
        ),
        example=("    cost: 40\n", "    cost: 30\n"),
        audience=concerns(own, REPORTING),
    ),
)
