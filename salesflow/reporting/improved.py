"""What helps most, as a story: best first, then what made no difference, then what it took."""

import json
from collections.abc import Iterator, Sequence
from math import floor, log10

from salesflow.reporting.simulated.figures import HOURS, MONEY, NUMBER, SHARE, difference
from salesflow.reporting.simulated.markdown import told as told_in_markdown
from salesflow.reporting.simulated.story import BAD, GOOD, Chapter, Line, Story
from salesflow.reporting.simulated.text import told as told_in_text
from salesflow.reporting.simulated.words import lasting
from salesflow.reporting.words import count, sentence
from salesflow.simulation.improving.nouns import Cost, Effect, Improvement, Round, Tried
from salesflow.simulation.result import Estimate

_KINDS = {"share": SHARE, "hours": HOURS, "number": NUMBER, "money": MONEY}
_TOP = 5
_MOST_EFFECTS = 3
_INLINE = 90  # characters of what is to be written; what is longer stands below
_MOST_NAMED = 6
_DIGITS = 3
_LEVERS = {
    "people": "one more of",
    "available": "more time of",
    "effort": "half the effort of",
    "wait": "half the wait of",
    "bypass": "every other deal past",
    "cut": "without",
    "accept": "accepting in time",
}


def text(found: Improvement, *, top: int = _TOP, colour: bool = False) -> str:
    """The ranking for a terminal; ``top`` interventions are told in full."""
    return told_in_text(story(found, top=top), colour=colour)


def markdown(found: Improvement, *, top: int = _TOP) -> str:
    """The ranking for a pull request or a page."""
    return told_in_markdown(story(found, top=top), verb="What helps")


def as_json(found: Improvement) -> str:
    """All of it; ASCII only, so it prints everywhere."""
    return json.dumps(found.to_dict(), indent=2) + "\n"


def story(found: Improvement, *, top: int = _TOP) -> Story:
    """All there is to tell, in the order in which it is read."""
    helping = [tried for tried in found.ranked if tried.helps and not tried.intervention.bound]
    bounds = [tried for tried in found.ranked if tried.helps and tried.intervention.bound]
    shown = helping[:top]
    chapters = [Chapter("Best first", tuple(_told(one, found.currency) for one in shown))]
    long = tuple(_lines(one) for one in shown if len(_inline(one)) > _INLINE)
    if not shown:
        chapters = [Chapter("Best first", (Line("Nothing that was tried helps for sure", "."),))]
    if long:
        chapters.append(Chapter("To write", long))
    chapters.append(Chapter("At most", tuple(_told(one, found.currency) for one in bounds)))
    chapters += [Chapter("Tried too", (*_others(found, helping[top:]),))]
    chapters += [Chapter("Budget", (*_budget(found),))]
    about = (
        f"{lasting(found.duration)} after a warm-up of {lasting(found.warmup)}, seed {found.seed}; "
        "in brackets 95% intervals of the difference"
    )
    return Story(
        title=sentence(found.processes),
        about=about,
        warnings=found.warnings,
        answer=(Line("Ranked by", f" {sentence(found.aims)}."),),
        chapters=tuple(chapter for chapter in chapters if chapter.lines),
    )


# one intervention


def _told(one: Tried, currency: str) -> Line:
    parts = [*_effects(one, currency), *_deals(one, currency)]
    text_ = f": {', '.join(parts)}"
    if not one.intervention.bound:
        text_ += f"; {_cost(one.cost, currency)}"
    if one.worth_it is not None and one.value is not None and one.value.low > 0:
        text_ += f", and brings {one.worth_it:.1f} {currency or 'of money'} for each one of it"
    text_ += "."
    if one.intervention.locked:
        text_ += " It is locked: variants may not change it."
    inline = _inline(one)
    if not one.intervention.bound:
        text_ += f" Write: {inline}" if len(inline) <= _INLINE else " What to write stands below."
    return Line(one.intervention.title, text_, GOOD)


def _effects(one: Tried, currency: str) -> Iterator[str]:
    """What is sure, for the better first."""
    sure = [effect for effect in one.effects if effect.sure]
    better = [effect for effect in sure if effect.better]
    for effect in better[:_MOST_EFFECTS]:
        yield f"{_effect(effect, currency)}{_verdict(effect)}"
    for effect in [effect for effect in sure if not effect.better][:_MOST_EFFECTS]:
        yield f"but {_effect(effect, currency)}{_verdict(effect)}"


def _effect(effect: Effect, currency: str) -> str:
    change = effect.difference
    shown = "" if change is None else difference(change, _KINDS[effect.unit], currency).whole
    return f"{effect.title} {shown}"


def _verdict(effect: Effect) -> str:
    before, after = effect.verdict_before, effect.verdict_after
    if before == after or not after:
        return ""
    return f", {after} instead of {before}"


def _deals(one: Tried, currency: str) -> Iterator[str]:
    """Deals won and their worth, where that surely changes."""
    if one.wins is not None and _sure(one.wins):
        won = difference(one.wins, NUMBER)
        yield f"deals won {won.value} a quarter{_in_brackets(won.interval)}"
    if one.value is not None and _sure(one.value):
        yield f"worth won {difference(one.value, MONEY, currency).whole} a year"


def _sure(change: Estimate) -> bool:
    return change.low > 0 or change.high < 0


def _in_brackets(interval: str) -> str:
    return f" ({interval})" if interval else ""


def _cost(cost: Cost, currency: str) -> str:
    if cost.amount is None:
        return f"what it costs is not known: {cost.why}"
    money = f"{about(abs(cost.amount))} {currency}".rstrip()
    if cost.hired:
        return f"costs about {money} a year"
    if cost.amount == 0:
        return "as much work as before"
    return f"{'more' if cost.amount > 0 else 'saves'} work of about {money} a year"


def about(amount: float) -> str:
    """Money in three digits: ``148,000``."""
    if amount <= 0:
        return "0"
    digits = _DIGITS - 1 - floor(log10(amount))
    return f"{round(amount, digits):,.{max(min(digits, 2), 0)}f}"


def _inline(one: Tried) -> str:
    return ", ".join(one.intervention.lines)


def _lines(one: Tried) -> Line:
    return Line(one.intervention.title, f": {'; '.join(one.intervention.lines)}")


# the others


def _others(found: Improvement, more: Sequence[Tried]) -> Iterator[Line]:
    if more:
        yield Line(f"Helps less: {len(more)}", f": {_brief(more)}.", GOOD)
    rest = [tried for tried in found.ranked if not tried.helps]
    worse = [one for one in rest if any(e.sure and not e.better for e in one.effects)]
    if worse:
        yield Line(f"Makes it worse: {len(worse)}", f": {_brief(worse)}.", BAD)
    same = [one for one in rest if one not in worse]
    if same:
        yield Line(f"No sure difference: {len(same)}", f": {_brief(same)}.")
    for title, why in found.untried:
        yield Line("Not tried", f": {title}: {why}", BAD)


def _brief(tried: Sequence[Tried]) -> str:
    """What was tried by kind of lever: ``half the wait of `sign`, `chase` and 3 more``."""
    by_kind: dict[str, list[str]] = {}
    for one in tried:
        by_kind.setdefault(one.intervention.kind, []).append(one.intervention.subject)
    return "; ".join(f"{_LEVERS[kind]} {_named(names)}" for kind, names in by_kind.items())


def _named(names: Sequence[str]) -> str:
    shown = list(names[:_MOST_NAMED])
    rest = len(names) - len(shown)
    return f"{', '.join(shown)} and {rest} more" if rest else sentence(shown)


def _budget(found: Improvement) -> Iterator[Line]:
    spent = f"{found.spent:,} of {count(found.budget, 'replication')} spent"
    if not found.rounds:
        yield Line(spent, ": there was nothing to try.")
        return
    steps = "; ".join(_round(number, each) for number, each in enumerate(found.rounds))
    yield Line(spent, f": {steps}. In each round the better half went on.")
    if found.spent > found.budget:
        yield Line("The budget was too small", " to try each twice, which is the least.")


def _round(number: int, each: Round) -> str:
    what = "interventions" if not number else "of them"
    if not number and each.tried == 1:
        what = "intervention"
    return (
        f"{each.tried} {what} {each.replications} times"
        if not number
        else (f"{each.tried} {what} up to {each.replications}")
    )
