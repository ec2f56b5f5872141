"""What the shares of a process say about one place in it."""

from typing import NamedTuple

from salesflow.analysis.chain import Chain, chain_of
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process, Stage
from salesflow.process.steps import Step

_PROBE = "probe"  # the only stage with a chance to win, so that the chain tells it


class Odds(NamedTuple):
    """Of all deals the share that ever come to a step, and of those the share that are won.

    ``visits`` are how often a deal comes there on average; ``approximate`` as the chain has it.
    """

    reached: float | None
    won: float | None
    visits: float
    approximate: bool


def odds_of(process: Process, chain: Chain, node: str) -> Odds | None:
    """What shares say of a step; None where they cannot be told.

    How many ever come there, and are won, is told of steps at the top: a stage that begins in the
    step and nowhere else is what the chain has an answer for.
    """
    if chain.all is None:
        return None
    visits = chain.all.visits.get(node, 0.0)
    reached = won = None
    step = process.steps.get(node)
    if step is not None and visits < float("inf"):
        seen = chain_of(_probed(process, step)).all
        found = seen.stages.get(_PROBE) if seen is not None else None
        if found is not None:
            reached, won = found.reached, found.win_chance
    return Odds(reached, won, visits, bool(chain.approximate))


def _probed(process: Process, probe: Step) -> Process:
    """The process with one stage, which begins in one step; a deal stays in it from then on."""
    steps = {
        name: step.replace(stage=_PROBE if step is probe else None)
        for name, step in process.steps.items()
    }
    stage = Stage(id=_PROBE, path="", node=_PROBE, win_chance=0.0)
    return process.replace(steps=FrozenMap(steps), stages=FrozenMap({_PROBE: stage}))


def of_hundred(share: float) -> str:
    """A share as a number of 100 deals: `23`, `fewer than 1`."""
    number = round(share * 100)
    if share > 0 and number == 0:
        return "fewer than 1"
    return "more than 99" if share < 1 and number == 100 else str(number)


def in_hundred(visits: float) -> str:
    """How often something happens in 100 deals: `34 times`, `without end`."""
    if visits == float("inf"):
        return "without end"
    number = round(visits * 100)
    if number == 1:
        return "once"
    return "less than once" if visits > 0 and number == 0 else f"{number:,} times"
