"""How a block ends, from how each of its branches would end by itself.

Without time nobody knows which branch ends first. So every branch is followed to its own end, and
the order of the ends is drawn evenly: that decides which of several results that leave the block is
taken, and what comes first where a join does not wait for all. With one branch that can leave, or
where all must be done and none leaves, nothing depends on it.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from salesflow.analysis.odds.course import Exit
from salesflow.analysis.odds.memory import Key, Memory
from salesflow.analysis.odds.scopes import STUCK
from salesflow.process.steps import DONE

MOST_LEAVING = 12  # branches that leave at the same visit are counted up to here


class Ending(NamedTuple):
    """How some branches end: ``done`` of them, ``left`` others of which ``first`` came first."""

    done: int
    left: int
    stuck: bool
    first: str
    memory: tuple[tuple[Key, Any], ...]


class Odds(NamedTuple):
    """How likely, and the deal's worth in these cases (times their chance)."""

    share: float
    scale: float
    shift: float


class Ran(NamedTuple):
    """One branch that runs: how it ends, and what it may write and read."""

    exits: Sequence[Exit]
    reads: frozenset[Key]
    writes: frozenset[Key]


def join(
    branches: Sequence[Ran], base: Memory, need: int
) -> tuple[list[tuple[str, Memory, Odds]], bool]:
    """The block's results (STUCK for none) with what is remembered; and whether order mattered.

    ``base`` is what no branch touches, ``need`` how many branches must be done.
    """
    cases: dict[Ending, Odds] = {Ending(0, 0, False, "", base): Odds(1.0, 1.0, 0.0)}
    for branch in branches:
        following: dict[Ending, Odds] = {}
        for ending, odds in cases.items():
            for exit_ in branch.exits:
                for chance, after in _after(ending, exit_, branch):
                    _add(following, after, _both(odds, exit_, chance))
        cases = following
    found: dict[tuple[str, Memory], Odds] = {}
    ordered = False
    for ending, odds in cases.items():
        chance = _in_time(ending, need, len(branches))
        ordered |= 0 < chance < 1 or ending.left > 1
        last = ending.first or STUCK
        for share, name in ((chance, DONE), (1 - chance, last)):
            if share:
                more = Odds(odds.share * share, odds.scale * share, odds.shift * share)
                _add(found, (name, ending.memory), more)
    return [(name, memory, odds) for (name, memory), odds in found.items()], ordered


def _after(ending: Ending, exit_: Exit, branch: Ran) -> list[tuple[float, Ending]]:
    """One more branch has ended: it is the first that left with the chance of any of them."""
    memory = _merged(ending.memory, exit_.memory, branch)
    if exit_.name == DONE:
        return [(1.0, ending._replace(done=ending.done + 1, memory=memory))]
    if exit_.name == STUCK:
        return [(1.0, ending._replace(stuck=True, memory=memory))]
    left = min(ending.left + 1, MOST_LEAVING)
    ending = ending._replace(left=left, memory=memory)
    if left == 1 or ending.first == exit_.name:
        return [(1.0, ending._replace(first=exit_.name))]
    return [(1 / left, ending._replace(first=exit_.name)), (1 - 1 / left, ending)]


def _merged(known: Memory, more: Memory, branch: Ran) -> Memory:
    """What is remembered after one more branch: what it writes counts, what it reads is added."""
    if not more and not branch.writes:
        return known
    kept = {key: value for key, value in known if key not in branch.writes}
    for key, value in more:
        if key in branch.writes or key not in kept or key[0] == "draw":
            kept[key] = value
    return tuple(sorted(kept.items(), key=_key))


def _key(item: tuple[Key, Any]) -> Key:
    return item[0]


def _both(odds: Odds, exit_: Exit, chance: float) -> Odds:
    """Two independent things; the branch changes the worth after those before."""
    share = exit_.share * chance
    scale = odds.scale * exit_.scale * chance if exit_.scale else 0.0
    shift = odds.share * exit_.shift * chance
    if exit_.scale:
        shift += odds.shift * exit_.scale * chance
    return Odds(odds.share * share, scale, shift)


def _add(found: dict[Any, Odds], key: Any, odds: Odds) -> None:
    if not odds.share:
        return
    known = found.get(key)
    if known is not None:
        odds = Odds(*(one + other for one, other in zip(known, odds, strict=True)))
    found[key] = odds


def _in_time(ending: Ending, need: int, running: int) -> float:
    """The chance that enough branches are done before one leaves, any order equally likely."""
    if ending.done < need:
        return 0.0
    if not ending.left:
        return 1.0
    if need >= running:
        return 0.0
    chance = 1.0
    for number in range(need):
        chance *= (ending.done - number) / (ending.done + ending.left - number)
    return chance
