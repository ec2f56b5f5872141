"""What a new version does to running deals, straight from the rules: slow, sharing nothing.

All states of the old game are listed; those that fit the places named are mapped token by token, by
name; from each an end of the new game is looked for. For pairs of versions whose elements have the
same names.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from salesflow.process.model import Process
from salesflow.process.steps import Run
from tests.process.naive_game import Deal, NaiveGame


class TooLargeError(Exception):
    """More states than anybody wants to wait for."""


class NaiveDeals:
    """Old states and what they come to in the new game."""

    def __init__(self, old: Process, new: Process, *, most: int) -> None:
        self.old, self.new = NaiveGame(old), NaiveGame(new)
        self.outcomes_of = old.outcomes, new.outcomes
        self.most = most
        _same_memory(self.old, self.new)
        self.states = self.every_state()
        self.own = {flag for deal in self.every_flagged() for flag in faults(deal)}

    def every_state(self) -> list[Deal]:
        found: dict[Any, Deal] = {}
        waiting = [deal for _, deal in self.old.starts() if not cut(deal)]
        while waiting:
            deal = waiting.pop()
            if key(deal) in found:
                continue
            found[key(deal)] = deal
            if len(found) > self.most:
                raise TooLargeError
            waiting += [after for *_, after in self.old.moves(deal) if not cut(after)]
        return list(found.values())

    def every_flagged(self) -> list[Deal]:
        """All that goes wrong for deals begun in the new version."""
        starts = [deal for _, deal in self.new.starts()]
        return [deal for start in starts for deal in self.behind(start) if cut(deal)]

    def verdict(self, places: frozenset[str], *, whole_rows: bool = False) -> str:
        """``fine``, ``hopeless`` or ``both`` for deals at some steps, ``both`` also for mishaps."""
        first = self.first_steps()
        named = [deal for deal in self.states if places <= visits(deal)]
        exact = [deal for deal in named if whole_rows and visits(deal) <= places]
        whole = exact or [deal for deal in named if visits(deal) - places <= first]
        outcomes = {
            outcome
            for deal in whole or named
            for outcome in self.outcomes(deal, (visits(deal) - places) & first)
        }
        return next(iter(outcomes)) if len(outcomes) == 1 else "both"

    def first_steps(self) -> set[str]:
        """Where branches and threads begin, and the runs and blocks at such places."""
        game = self.old
        found = {game.home[x][1] + b.start for x, b in game.branches.values()}
        for x, step in game.steps.items():
            for result in step.next.values():
                if len(result.targets) > 1:
                    names = [game.home[x][1] + t for t in result.targets]
                    found |= {n for n in names if n in game.steps and not game.steps[n].wait_for}
        for x in list(found):
            if isinstance(game.steps[x], Run):
                (source,) = game.inner[x].sources.values()
                found.add(f"{x}.{source.start}")
        return found

    def outcomes(self, deal: Deal, unbegun: set[str]) -> Iterator[str]:
        """For each way to carry a state over, what becomes of it.

        It comes to no end, may go wrong as no new deal does, or cannot be won though it could.
        """
        carried = self.carried(deal, unbegun)
        if carried is None:
            yield "hopeless"
            return
        could = self.wins(self.old, deal)
        for start in self.new.settle(carried):
            ahead = [start] if cut(start) else self.behind(start)
            if not any(ended(after) for after in ahead if not cut(after)):
                yield "hopeless"
            elif any(faults(after) - self.own for after in ahead):
                yield "both"
            else:
                yield "fine" if not could or self.wins(self.new, start) else "hopeless"

    def wins(self, game: NaiveGame, start: Deal) -> bool:
        """Whether a deal can be won; where no outcome of the new version is won, all can."""
        kinds = {name: outcome.kind for name, outcome in self.outcomes_of[game is self.new].items()}
        won = {name for name, kind in kinds.items() if kind == "won"}
        if game is self.new and not won:
            return True
        ahead = self.behind(start, game)
        return any(ended(deal) in won for deal in ahead if not cut(deal))

    def carried(self, deal: Deal, unbegun: set[str]) -> Deal | None:
        """The deal in the new game, with visits still to begin; None: its place is gone."""
        after = self.new.fresh(deal)
        after["M"] = []
        begins: list[str] = []
        arrived: list[str] = []
        led_on: list[str] = []  # where the deal may stand already
        for token in deal["M"]:
            kind, x = token[0], token[-1]
            if kind == "end":
                after["M"] = [token]
                return after
            if kind in ("run", "fin"):
                if x in self.new.branches:
                    after["M"].append(token)
            elif x in unbegun and self.is_first(x) and not self.in_gone_branch(x):
                begins.append(self.first_of(x))
            elif x not in self.new.steps:
                if kind in ("at", "stuck") and self.in_gone_branch(x) and x in unbegun:
                    continue
                if kind != "open":
                    return None
            elif kind in ("at", "stuck"):
                begins.append(self.first_of(x) if x in unbegun else x)
            elif kind == "open":
                after["M"].append(token)
            elif not self.new.steps[x].wait_for:
                arrived.append(x)
            elif token[1] in self.waited(x):
                after["M"].append(token)
            elif token[1] in self.new.steps:
                led = self.leads(token[1], x)
                if len(led) == 1 and self.waited(led[0]):
                    after["M"].append(("from", token[1], led[0]))
                elif len(led) == 1:
                    led_on.append(led[0])
        begins += [x for x in dict.fromkeys(led_on) if x not in begins]
        for x in dict.fromkeys(arrived):
            home = self.new.home[x][0] or self.new.home[x][1][:-1]
            if not any(b.startswith(f"{home}.") or not home for b in begins):
                begins.append(x)
        return self.begun(after, begins)

    def waited(self, x: str) -> list[str]:
        return [self.new.home[x][1] + w for w in self.new.steps[x].wait_for]

    def leads(self, u: str, x: str) -> list[str]:
        """Where the results of a step that led to another lead now."""
        prefix = self.old.home[u][1]
        found = []
        for name, result in self.old.steps[u].next.items():
            if x in [prefix + target for target in result.targets]:
                now = self.new.steps[u].next.get(name)
                found += [prefix + t for t in now.targets] if now else []
        return list(dict.fromkeys(t for t in found if t in self.new.steps))

    def is_first(self, x: str) -> bool:
        branch, prefix = self.old.home[x]
        return branch != "" and prefix + self.old.branches[branch][1].start == x

    def first_of(self, x: str) -> str:
        """Where a branch that nobody has begun begins now."""
        branch, prefix = self.old.home[x]
        return prefix + self.new.branches[branch][1].start if self.is_first(x) else x

    def in_gone_branch(self, x: str) -> bool:
        branch = self.old.home[x][0]
        return branch != "" and branch not in self.new.branches

    def begun(self, deal: Deal, begins: list[str]) -> Deal:
        for x in begins:
            self.new.enter(deal, x)
        return deal

    def behind(self, start: Deal, game: NaiveGame | None = None) -> list[Deal]:
        """A deal and all that it can come to; what has gone wrong goes no further."""
        seen = {key(start): start}
        flagged = [start] if cut(start) else []
        waiting = [start]
        while waiting:
            deal = waiting.pop()
            for *_, after in (game or self.new).moves(deal) if not cut(deal) else ():
                if cut(after):
                    flagged.append(after)
                elif key(after) not in seen:
                    seen[key(after)] = after
                    if len(seen) > self.most:
                        raise TooLargeError
                    waiting.append(after)
        return [*seen.values(), *flagged]


def ended(deal: Deal) -> str:
    """The outcome of a deal that has ended, else ""."""
    tokens = deal["M"]
    return tokens[0][1] if [token[0] for token in tokens] == ["end"] else ""


def faults(deal: Deal) -> set[tuple[str, str]]:
    return {(kind, x) for kind, x, _ in deal["flags"] if kind != "UNFILLED"}


def visits(deal: Deal) -> set[str]:
    return {token[1] for token in deal["M"] if token[0] in ("at", "stuck")}


def cut(deal: Deal) -> bool:
    return any(flag[0] != "UNFILLED" for flag in deal["flags"])


def key(deal: Deal) -> Any:
    parts = sorted(deal["M"]), sorted(deal["D"].items(), key=str), sorted(deal["C"].items())
    return tuple(chain(*parts)), frozenset(deal["V"])


def _same_memory(one: NaiveGame, other: NaiveGame) -> None:
    """Let both games remember what either looks at, with the same values."""
    one.fields = other.fields = one.fields | other.fields
    one.counted = other.counted = one.counted | other.counted
    one.watched = other.watched = one.watched | other.watched
    cuts = {field: sorted({*one.cuts[field], *other.cuts[field]}) for field in one.cuts}
    one.cuts = other.cuts = cuts
    one.values = other.values = {field: one.values_of(field) for field in one.values}
