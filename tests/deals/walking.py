"""Deals that wander through a process, with values that suit what is asked for."""

import random
from collections.abc import Iterator
from typing import Any

from salesflow.deals.board import Board
from salesflow.deals.deal import Deal
from salesflow.deals.options import open_ways
from salesflow.deals.refused import Refused
from salesflow.errors import UsageError
from salesflow.process.model import Process
from salesflow.process.people import Field
from salesflow.process.places import Way
from salesflow.process.steps import Work

NUMBERS = (-7, 0, 50, 60, 80, 99, 100, 101, 150, 200, 201, 250, 251, 60_000, 100_000, 250_000)
PERCENTS = ("0%", "5%", "10%", "15%", "20%", "25%", "100%")


def any_value(field: Field, chance: random.Random) -> Any:
    """A value that a field may have."""
    if field.type in ("money", "number"):
        return chance.choice(NUMBERS)
    if field.type == "percent":
        return chance.choice(PERCENTS)
    if field.type == "choice":
        return chance.choice(field.values)
    if field.type == "yes_no":
        return chance.random() < 0.5
    return "2026-12-01" if field.type == "date" else "something"


def drawn(field: Field, distribution: Any, chance: random.Random) -> Any:
    """A value that a source or step may fill in the game: of its distribution, or any."""
    if distribution is None:
        return any_value(field, chance)
    support = distribution.support()
    if support is not None:
        return chance.choice(list(support))
    low, high = float(distribution.low), float(distribution.high)
    fitting = [n for n in NUMBERS if low <= n <= high]
    return chance.choice(fitting) if fitting else low


def filled(board: Board, ways: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Values for what is captured."""
    return {n: drawn(board.fields[n], each, chance) for n, each in ways.items()}


def given_by(board: Board, way: Way, chance: random.Random) -> dict[str, Any]:
    """What somebody who takes a result would know."""
    step = way.node.step
    captured = dict(step.captures) if isinstance(step, Work) else {}
    by_timer = not isinstance(step, Work) or step.by_timer_only(way.result)
    return filled(board, ({} if by_timer else captured) | dict(way.result.captures), chance)


def begun(process: Process, chance: random.Random) -> Deal | None:
    """A deal from any source, or None where it may not begin."""
    source = process.sources[chance.choice(sorted(process.sources))]
    values = filled(Board(process), dict(source.gives), chance)
    try:
        return Deal.start(process, source.id, values)
    except Refused:
        return None


def steps(
    deal: Deal, chance: random.Random, most: int = 30, *, gives_up: float = 1
) -> Iterator[tuple[Deal, Way, dict[str, Any], Deal]]:
    """What a wandering deal does: before, the result taken, with which values, behind."""
    for _ in range(most):
        ways = [*open_ways(deal._board, deal.life)]
        chance.shuffle(ways)
        if chance.random() >= gives_up:
            ways.sort(key=lambda way: (way.result.at_most is None, "lost" in way.names))
        for way in ways:
            given = given_by(deal._board, way, chance)
            try:
                after = deal.take(way.path, given, lenient=True)
            except (Refused, UsageError):
                continue
            yield deal, way, given, after
            deal = after
            break
        else:
            return
