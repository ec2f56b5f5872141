"""Changes of objectives: what the process should reach."""

from collections.abc import Callable, Mapping
from typing import Any

from salesflow.changes.catalogue.concerned import concerns
from salesflow.changes.catalogue.direction import Holds, bounds, comes, goes, grows, shrinks
from salesflow.changes.catalogue.identity import renamed
from salesflow.changes.catalogue.of_words import word_rows
from salesflow.changes.catalogue.parties import measured
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.wording import it
from salesflow.changes.edit import REPORTING
from salesflow.quantities import decimal_text

_BOUNDS = {"at_least": "at least", "at_most": "at most"}


def _whole(data: Mapping[str, Any]) -> str:
    """An objective in words: ``utilization of `counsel`, at most 80%``."""
    statistic = f"{data['statistic']} of the " if "statistic" in data else ""
    words = [f"{statistic}{_measure(data['measure'])}"]
    for key, word in (("of", "of"), ("from", "from"), ("to", "to")):
        if key in data:
            words.append(f"{word} `{data[key]}`")
    bound = next(f"{word} {_limit(data[key])}" for key, word in _BOUNDS.items() if key in data)
    return f"{' '.join(words)}, {bound}"


def _measure(measure: str) -> str:
    return measure.replace("_", " ")


def _added(case: Case) -> str:
    return f"{it(case)} is a new objective: {_whole(case.edit.new)}."


def _removed(case: Case) -> str:
    return f"{it(case)} is no objective any more; it was: {_whole(case.edit.old)}."


def _bound(case: Case) -> str:
    word = _BOUNDS[case.edit.field]
    old, new = (_limit(value) for value in (case.edit.old, case.edit.new))
    if not old:
        return f"{it(case)} now has to be {word} {new}; so far it had no such bound."
    if not new:
        return f"{it(case)} no longer has to be {word} {old}."
    return f"{it(case)} now has to be {word} {new} instead of {old}."


def _limit(value: Any) -> str:
    """A bound as people write it; "" for none."""
    if value is None:
        return ""
    return decimal_text(value) if isinstance(value, int | float) else str(value)


def _told(case: Case) -> str:
    """What a key of the objective says."""
    edit = case.edit
    old, new = (_said(edit.field, value) for value in (edit.old, edit.new))
    return f"{it(case)} {_VERBS[edit.field]} {new} instead of {old}."


_VERBS = {
    "measure": "now measures",
    "from": "now counts",
    "to": "now measures",
    "of": "is now about",
    "statistic": "is now judged by",
}


def _said(field: str, value: Any) -> str:
    if field == "measure":
        return _measure(value)
    if field == "from":
        return f"deals from `{value}` on" if value else "all deals from their arrival on"
    if field == "to":
        return f"until `{value}`" if value else "until the end of a deal"
    if field == "of":
        return f"`{value}`" if value else "the whole process"
    return f"the {value or 'mean'}"


_DIRECTIONS: tuple[tuple[str, str, Holds | None], ...] = (
    ("higher", "lower", grows(bounds)),
    ("lower", "higher", shrinks(bounds)),
    ("set", "dropped", comes),
    ("dropped", "set", goes),
    ("other", "other", None),
)
_TIGHTER = (
    "The objective is harder to reach: what was met may now be missed, without any change to the "
    "process. Simulate whether it is still met (`salesflow diff --simulate`), and agree it with "
    "those who are measured by it."
)
_LOOSER = (
    "The objective is easier to reach: what was missed may now be met, without any change to the "
    "process. Ask whoever answers for it whether the bar should be lower."
)
_OTHER = (
    "The objective asks for something else, so its verdicts before and after cannot be compared. "
    "Say so in reports, and agree it with those who are measured by it."
)
_ASK: Mapping[tuple[str, str], str] = {
    ("at_least", "higher"): _TIGHTER,
    ("at_least", "lower"): _LOOSER,
    ("at_most", "higher"): _LOOSER,
    ("at_most", "lower"): _TIGHTER,
}
_RATE, _LOAD = "at_least: 30%", "at_most: 80%"
_EXAMPLES: Mapping[str, tuple[str, str]] = {
    "at_least-higher": (_RATE, "at_least: 35%"),
    "at_least-lower": (_RATE, "at_least: 25%"),
    "at_least-set": (_LOAD, "at_least: 20%"),
    "at_least-dropped": (_RATE, "at_most: 90%"),
    "at_least-other": (
        "measure: win_rate, from: offer, at_least: 30%",
        "measure: rework, at_least: 1",
    ),
    "at_most-higher": (_LOAD, "at_most: 85%"),
    "at_most-lower": (_LOAD, "at_most: 75%"),
    "at_most-set": (_RATE, "at_most: 90%"),
    "at_most-dropped": (_LOAD, "at_least: 20%"),
    "at_most-other": (
        "measure: utilization, of: counsel, at_most: 80%",
        "measure: waiting, of: counsel, at_most: 2d",
    ),
}


def _bound_rows(field: str) -> list[ChangeRule]:
    return [
        ChangeRule(
            name=f"objective-{field.replace('_', '-')}-{word}",
            what="objective",
            kind="changed",
            field=field,
            level="check",
            mirror=f"objective-{field.replace('_', '-')}-{mirror}",
            holds=holds,
            audience=_AUDIENCE,
            message=_bound,
            why=_ASK.get((field, word), _OTHER),
            example=_EXAMPLES[f"{field}-{word}"],
        )
        for word, mirror, holds in _DIRECTIONS
    ]


def _key_row(field: str, example: tuple[str, str]) -> ChangeRule:
    return ChangeRule(
        name=f"objective-{field}",
        what="objective",
        kind="changed",
        field=field,
        level="check",
        mirror=f"objective-{field}",
        audience=_AUDIENCE,
        message=_told,
        why=_OTHER,
        example=example,
    )


_AUDIENCE: Callable[[Case], Any] = concerns(measured, REPORTING)

ROWS: tuple[ChangeRule, ...] = (
    ChangeRule(
        name="objective-added",
        what="objective",
        kind="added",
        level="check",
        mirror="objective-removed",
        audience=_AUDIENCE,
        message=_added,
        why="Deals go the same ways, but somebody is now measured by this. Simulate whether it is "
        "met (`salesflow diff --simulate`), and agree it with them.",
        example=("objectives:\n", "objectives:\n  quick: {measure: time, at_most: 90d}\n"),
    ),
    ChangeRule(
        name="objective-removed",
        what="objective",
        kind="removed",
        level="check",
        mirror="objective-added",
        audience=_AUDIENCE,
        message=_removed,
        why="Nobody is told any more when the process falls short of this. Ask whoever answers for "
        "it whether it may go.",
        example=("  counsel_load: {measure: utilization, of: counsel, at_most: 80%}\n", ""),
    ),
    *renamed(
        "objective",
        measured,
        announced_example=("  counsel_load: {", "  lawyers: {was: counsel_load, "),
        example=("  counsel_load: {", "  lawyers: {"),
    ),
    *_bound_rows("at_least"),
    *_bound_rows("at_most"),
    _key_row("measure", ("{measure: utilization,", "{measure: selling_time,")),
    _key_row("from", ("{measure: win_rate, from: offer,", "{measure: win_rate,")),
    _key_row("to", ("from: offer, at_least", "from: offer, to: won, at_least")),
    _key_row("of", ("of: counsel,", "of: rep,")),
    _key_row("statistic", ("of: counsel,", "of: counsel, statistic: p90,")),
    *word_rows(
        "objective",
        {
            "name": ("  win_rate: {", "  win_rate: {name: Wins, "),
            "description": ("  win_rate: {", "  win_rate: {description: From the plan, "),
            "owner": ("  win_rate: {", "  win_rate: {owner: cro, "),
            "was": ("  win_rate: {", "  win_rate: {was: wins, "),
        },
        audience=measured,
    ),
)
