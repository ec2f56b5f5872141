"""The short answer: how much is won, how often, how long it takes, how much of the week is sold."""

from collections.abc import Iterator

from salesflow.reporting.simulated.figures import HOURS, MONEY, NUMBER, SHARE, figure, share
from salesflow.reporting.simulated.story import Line
from salesflow.reporting.simulated.words import called
from salesflow.simulation.result import Estimate, PartResult, SimulationResult

_QUARTER = 13  # weeks
_MOST_SELLERS = 3
_SURELY = 2  # half intervals; one would call chance a reason in one of twenty reports


def answer(result: SimulationResult, part: PartResult) -> tuple[Line, ...]:
    """Sentences on one process, the most asked for first; ``selling`` is of all together."""
    return (*_wins(result, part), *_win_rate(part), *_times(part))


def _wins(result: SimulationResult, part: PartResult) -> Iterator[Line]:
    wins = part.kpis.get("wins")
    if wins is None:
        return
    won = figure(times(wins, _QUARTER), NUMBER)
    noun = "deal" if won.value == "1" else "deals"
    lead = f"{won.value} {noun} won a quarter"
    value = part.kpis.get("win_value")
    worth = ""
    if value is not None and value.mean:
        worth = f", worth {figure(times(value, _QUARTER), MONEY, result.currency).whole}"
    yield Line(lead, f"{_in_brackets(won.interval)}{worth}.")


def _in_brackets(interval: str) -> str:
    return f" ({interval})" if interval else ""


def _win_rate(part: PartResult) -> Iterator[Line]:
    rate = part.kpis.get("win_rate")
    if rate is None:
        yield Line(f"{_nobody(part)} was won or lost", ": there is no win rate to tell.")
        return
    shown = figure(rate, SHARE)
    yield Line(
        f"{shown.alone} win rate",
        f"{_in_brackets(shown.interval)} of deals won or lost.{_chain(part, rate)}",
    )


def _nobody(part: PartResult) -> str:
    """Deals that came before may have been won all the same."""
    wins = part.kpis.get("wins")
    return "No deal that came in this time" if wins is not None and wins.mean else "No deal"


def _chain(part: PartResult, rate: Estimate) -> str:
    """The chain's win rate beside the simulated one, and why they differ."""
    exact = part.exact_win_rate if part.exact_win_rate is not None else part.chain_win_rate
    if exact is None:
        return ""
    shown = figure(Estimate(exact, exact + rate.mean - rate.low, exact), SHARE).alone
    about = "" if part.exact_win_rate is not None else "about "
    if abs(exact - rate.mean) <= _SURELY * max(rate.high - rate.mean, rate.mean - rate.low):
        return f" The shares alone give {about}{shown}: no sure difference."
    return f" The shares alone give {about}{shown}: time-outs and limits make the difference."


def _times(part: PartResult) -> Iterator[Line]:
    won = part.cycle_time_won
    if won.mean is None:
        yield Line(f"{_nobody(part)} was won", ": there is no time to tell.")
        return
    mean = figure(won.mean, HOURS)
    text = f"{_in_brackets(mean.interval)}"
    if won.median is not None and won.p90 is not None and won.p90.mean:
        half, tenth = figure(won.median, HOURS).alone, figure(won.p90, HOURS).alone
        text += f"; half of them take less than {half}, one in ten more than {tenth}"
    yield Line(f"{mean.alone} to win a deal", f"{text}.")


def selling(result: SimulationResult) -> Iterator[Line]:
    """How much of their week people sell, those with most hours of it first."""
    sellers = [
        (role.selling_time.mean * role.people, called(name, role.title), role.selling_time.mean)
        for name, role in result.roles.items()
        if role.selling_time is not None and role.selling_time.mean > 0
    ]
    if not sellers:
        return
    most = sorted(sellers, key=lambda seller: -seller[0])[:_MOST_SELLERS]
    (_, first, sold), *others = most
    shares = [f"{first} {share(sold)} of the working week"]
    shares += [f"{name} {share(sold)}" for _, name, sold in others]
    yield Line("With customers", f": {', '.join(shares)}.")


def times(estimate: Estimate, factor: float) -> Estimate:
    """The estimate of so many times as much."""
    return Estimate(estimate.mean * factor, estimate.low * factor, estimate.high * factor)
