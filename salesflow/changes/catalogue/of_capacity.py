"""Changes of the people in a role, or in a department that is itself a role."""

from collections.abc import Callable, Mapping

from salesflow.changes.catalogue.capacity_words import (
    available,
    cost,
    count,
    keeps,
    most,
    spoken,
    takes,
)
from salesflow.changes.catalogue.concerned import concerns, sides
from salesflow.changes.catalogue.direction import Holds, comes, goes, grows, numbers, shares
from salesflow.changes.catalogue.parties import department_of
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.edit import REPORTING, RUNNING, Level
from salesflow.changes.sheet import last_id, runs_of
from salesflow.process.model import Process
from salesflow.process.steps import Work

_SENTENCES: Mapping[str, Callable[[Case, str, bool], str]] = {
    "people": count,
    "cost_per_hour": cost,
    "available": available,
    "keeps_deal": keeps,
    "max_open_deals": most,
    "takes_first": takes,
}
_AUDIENCES = {
    "cost_per_hour": concerns(department_of, REPORTING),
    "people-none": concerns(department_of, RUNNING),
}


def _more_places(case: Case) -> bool:
    return goes(case) or (not comes(case) and grows(numbers)(case))


def _nobody_left(case: Case) -> bool:
    """Nobody is there any more, and there is work for them."""
    return case.edit.new == 0 and _works(*list(sides(case))[1])


def _nobody_so_far(case: Case) -> bool:
    return case.edit.old == 0 and _works(*next(sides(case)))


def _works(process: Process, path: str) -> bool:
    """Whether a role of ours is needed for a step."""
    role = process.roles.get(last_id(path))
    if role is None or role.external:
        return False
    steps = [s for each in (process, *runs_of(process).values()) for s in each.nodes.values()]
    work = (step for step in steps if isinstance(step, Work))
    return any(role.id in (step.by, *step.with_) for step in work)


def _loses_people(case: Case) -> bool:
    return not comes(case) and not goes(case)


# Name, field, level, the name of the mirror, when it holds, why.
_KINDS: tuple[tuple[str, str, Level, str, Holds | None, str], ...] = (
    (
        "people-none",
        "people",
        "breaking",
        "people-again",
        _nobody_left,
        (
            "Deals that come to its steps stay there for ever, for nobody can do the work. Say who "
            "does it now, before this goes live, and hand over the deals under way."
        ),
    ),
    (
        "people-again",
        "people",
        "safe",
        "people-none",
        _nobody_so_far,
        (
            "So far nobody could do the work, and deals stood still. Tell the people about the "
            "deals that wait for them."
        ),
    ),
    (
        "people-more",
        "people",
        "safe",
        "people-fewer",
        grows(numbers),
        (
            "More people only make work wait less. What they cost and how much sooner deals are "
            "through shows `salesflow diff --simulate`."
        ),
    ),
    (
        "people-fewer",
        "people",
        "check",
        "people-more",
        _loses_people,
        (
            "Work may wait longer, and the files do not say how much. Simulate it (`salesflow "
            "diff --simulate`), and look at `salesflow check` for roles that have more to do than "
            "they can."
        ),
    ),
    (
        "people-counted",
        "people",
        "safe",
        "people-uncounted",
        comes,
        (
            "Now that the people are counted, checks and simulation can say whether they are "
            "enough. Nothing changes for deals."
        ),
    ),
    (
        "people-uncounted",
        "people",
        "check",
        "people-counted",
        None,
        (
            "Without the number nobody can say whether the people are enough, and the process "
            "cannot be simulated. Write `people:` again unless the role is outside the company."
        ),
    ),
    (
        "cost",
        "cost_per_hour",
        "check",
        "cost",
        None,
        (
            "Deals go the same ways; only what they cost is worked out anew. Compare cost per won "
            "deal (`salesflow diff --simulate`), and say in reports that the figure changed."
        ),
    ),
    (
        "available-more",
        "available",
        "safe",
        "available-less",
        grows(shares),
        (
            "People give this process more of their time, so work waits less. See that whatever "
            "else they do can spare it."
        ),
    ),
    (
        "available-less",
        "available",
        "check",
        "available-more",
        None,
        (
            "People give this process less of their time: work takes and waits longer, and the "
            "files do not say how much. Simulate it (`salesflow diff --simulate`)."
        ),
    ),
    (
        "keeps-deal",
        "keeps_deal",
        "check",
        "keeps-deal",
        None,
        (
            "It decides whether customers speak with one person or with several, and how long a "
            "deal waits for that person. Ask the people, and simulate it (`salesflow diff "
            "--simulate`)."
        ),
    ),
    (
        "open-deals-more",
        "max_open_deals",
        "safe",
        "open-deals-fewer",
        _more_places,
        "New deals find a place sooner. See that nobody has more deals than one can look after.",
    ),
    (
        "open-deals-fewer",
        "max_open_deals",
        "check",
        "open-deals-more",
        None,
        (
            "New deals wait until somebody has a place, and people who have more deals than that "
            "get none for a while. Simulate how long they wait (`salesflow diff --simulate`)."
        ),
    ),
    (
        "takes-first",
        "takes_first",
        "check",
        "takes-first",
        None,
        (
            "Some deals are served sooner and others later; which is better the files do not say. "
            "Simulate it (`salesflow diff --simulate`), and tell the people how to pick."
        ),
    ),
)

_ALONE = "  security: {calendar: office, people: 1}\n"
_DESK = "  support_desk: {calendar: office}\n"
_EXAMPLES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "role": {
        "people-none": ("counsel: {people: 2", "counsel: {people: 0"),
        "people-again": ("counsel: {people: 0", "counsel: {people: 2"),
        "people-more": ("clerk: {people: 5}", "clerk: {people: 6}"),
        "people-fewer": ("clerk: {people: 5}", "clerk: {people: 1}"),
        "people-counted": ("buying_team: {}", "buying_team: {people: 3}"),
        "people-uncounted": ("clerk: {people: 5}", "clerk: {}"),
        "cost": ("cost_per_hour: 110", "cost_per_hour: 120"),
        "available-more": ("available: 50%", "available: 60%"),
        "available-less": ("available: 50%", "available: 40%"),
        "keeps-deal": ("clerk: {people: 5}", "clerk: {people: 5, keeps_deal: true}"),
        "open-deals-more": ("max_open_deals: 30", "max_open_deals: 35"),
        "open-deals-fewer": ("max_open_deals: 30", "max_open_deals: 25"),
        "takes-first": ("takes_first: oldest", "takes_first: earliest_deadline"),
    },
    "department": {
        "people-none": (_ALONE, _ALONE.replace("1}", "0}")),
        "people-again": (_ALONE.replace("1}", "0}"), _ALONE),
        "people-more": ("    people: 6\n", "    people: 7\n"),
        "people-fewer": ("    people: 6\n", "    people: 0\n"),
        "people-counted": (_DESK, _DESK.replace("}", ", people: 2}")),
        "people-uncounted": ("    people: 6\n", ""),
        "cost": ("    cost_per_hour: 60\n", ""),
        "available-more": ("    available: 75%\n", ""),
        "available-less": ("    available: 75%\n", "    available: 30%\n"),
        "keeps-deal": ("    keeps_deal: true\n    max_open_deals: 20\n", ""),
        "open-deals-more": ("    max_open_deals: 20\n", ""),
        "open-deals-fewer": ("    max_open_deals: 20\n", "    max_open_deals: 10\n"),
        "takes-first": ("    people: 6\n", "    people: 6\n    takes_first: newest\n"),
    },
}


def _rows(what: str) -> tuple[ChangeRule, ...]:
    rows = []
    for name, field, level, mirror, holds, why in _KINDS:
        message, told = spoken(_SENTENCES[field])
        rows.append(
            ChangeRule(
                name=f"{what}-{name}",
                what=what,
                kind="changed",
                field=field,
                level=level,
                mirror=f"{what}-{mirror}",
                holds=holds,
                audience=_AUDIENCES.get(name, _AUDIENCES.get(field, concerns(department_of))),
                message=message,
                told=told,
                why=why,
                example=_EXAMPLES[what][name],
            )
        )
    return tuple(rows)


ROWS: tuple[ChangeRule, ...] = (*_rows("department"), *_rows("role"))
