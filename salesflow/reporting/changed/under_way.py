"""What becomes of running deals, in words."""

from collections.abc import Iterator

from salesflow.changes.edit import Level
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.running.nouns import VERDICTS, Group, RunningDeals
from salesflow.changes.sheet import last_id, node_of
from salesflow.reporting.changed.elements import surely
from salesflow.reporting.words import count, sentence

_WORDS = {
    "fine": "fine",
    "stranded": "stranded",
    "waiting": "waiting for what cannot come any more",
    "ambiguous": "ambiguous",
    "unknown": "unknown",
}
TONES = {"fine": "safe", "stranded": "breaking"}  # any other verdict: to check
_MOST_PLACES = 4
_MOST_GUESSES = 6
_STAND_AT = ("steps", "stages", "outcomes", "runs")  # sections that have places of deals


def summary(deals: RunningDeals) -> str:
    """How many there are: ``3,000 deals in deals.csv: 2,400 fine, 600 stranded``."""
    where = f" in {deals.file}" if deals.file else ""
    if not deals.checked:
        return f"There are no deals{where}."
    parts = [
        f"{number:,} {_WORDS[verdict]}" for verdict in VERDICTS if (number := deals.count(verdict))
    ]
    return f"{count(deals.checked, 'deal')}{where}: {', '.join(parts)}."


def in_short(deals: RunningDeals) -> str:
    """The same in short: ``2,120 of 3,000 deals can go on; 850 stranded, 30 waiting``."""
    parts = [
        f"{number:,} {verdict}"
        for verdict in VERDICTS
        if verdict != "fine" and (number := deals.count(verdict))
    ]
    if not parts:
        return f"{count(deals.checked, 'deal')}: all can go on."
    fine, all_of_them = deals.count("fine"), count(deals.checked, "deal")
    return f"{fine:,} of {all_of_them} can go on; {', '.join(parts)}."


def level(deals: RunningDeals) -> Level:
    """How bad it is for the deals as they stand."""
    if deals.count("stranded"):
        return "breaking"
    return "safe" if deals.count("fine") == deals.checked else "check"


def to_tell(deals: RunningDeals) -> tuple[Group, ...]:
    """The groups that somebody must look at."""
    return tuple(group for group in deals.groups if group.verdict != "fine")


def standing(group: Group) -> str:
    """Where the deals of a group stand."""
    shown = [f"`{name}`" for name in group.at[:_MOST_PLACES]]
    more = len(group.at) - len(shown)
    return " and ".join([*shown, f"{more} more"] if more > 0 else shown)


def examples(group: Group) -> str:
    """The first few of them, for people to look up; "" where none is named."""
    if not group.deals:
        return ""
    rest = ", …" if group.count > len(group.deals) else ""
    return f"{', '.join(group.deals)}{rest}"


def guess(deals: RunningDeals, matching: Matching) -> str:
    """The inferred matches that it rests on: "Takes `trial` for the former `demo` (84% sure)."."""
    told = list(_guesses({name for group in deals.groups for name in group.at}, matching))
    more = len(told) - _MOST_GUESSES
    shown = told[:_MOST_GUESSES] + ([f"{more:,} more"] if more > 0 else [])
    return f"Takes {sentence(shown)}." if told else ""


def _guesses(places: set[str], matching: Matching) -> Iterator[str]:
    """The inferred matches of the places, and of the blocks around them, under other names."""
    for match in matching.matches.values():
        inferred = match.confidence < 1 and not match.announced
        old, new = node_of(match.old), node_of(match.new)
        if not inferred or old == new or match.old.partition(".")[0] not in _STAND_AT:
            continue
        if any(at in (old, last_id(match.old)) or at.startswith(f"{old}.") for at in places):
            yield f"`{new}` for the former `{old}` ({surely(match.confidence)})"
