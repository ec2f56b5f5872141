"""Runs of the token game in which a department hands over, or back, without what was promised."""

from typing import NamedTuple

from salesflow.analysis.contracts import REQUIRES, RETURNS, Contracts
from salesflow.analysis.handoffs import lies_in
from salesflow.analysis.holders import Coming, Held, Hold, Holders
from salesflow.analysis.lack import Breach
from salesflow.analysis.lacking_runs import entered, filled_condition, lacked
from salesflow.analysis.pursue import pursue
from salesflow.process.net import START, Move, Net
from salesflow.process.places import Node
from salesflow.process.steps import DONE
from salesflow.process.telling import witness

EACH = 6_000  # moves tried for one touchpoint and field


class Memo(NamedTuple):
    """Who holds what, and the place at which the promise was broken in the move just made."""

    held: Held = ()
    broken: str = ""


def search(
    contracts: Contracts, touchpoint: str, how: str, field: str, *, budget: int = EACH
) -> tuple[Breach | None, int]:
    """A run that breaks a promise, or that it is not decided, or None; and the moves tried."""
    watch = _Watch(contracts, touchpoint, how, field)
    found = pursue(watch.net, Memo(), watch.step, _broken, budget=budget)
    if found.way is None:
        open_ = Breach(touchpoint, how, field, "", decided=False)
        return (None if found.complete else open_), found.moves
    memo = Memo()
    for move in found.way:
        memo = watch.step(memo, move) or memo
    last = found.way[-1]
    told = [*witness(found.way[:-1]), *([last.node] if last.kind == START else []), *last.taken]
    if told[-1] != memo.broken:
        told.append(memo.broken)
    sure = not found.approximate
    return Breach(touchpoint, how, field, memo.broken, tuple(told), sure=sure), found.moves


def _broken(memo: Memo, _move: Move) -> bool:
    return bool(memo.broken)


class _Watch:
    """Follows who holds the deal in runs in which a field is not filled."""

    def __init__(self, contracts: Contracts, touchpoint: str, how: str, field: str) -> None:
        self.contracts = contracts
        self.touchpoint = contracts.process.touchpoints[touchpoint]
        self.how = how
        self.field = field
        self.net = Net(contracts.process, watched=[filled_condition(field)])
        self.at = self.net.memory.field_at[field]
        self.holders = Holders(self.net, self.owing)
        bit = contracts.lacking.fields.bit[field]
        needs = contracts.lacking.needs
        self.stops = {place for place, bits in needs.items() if bits & bit}

    def owing(self, giver: str, receiver: str, node: Node) -> frozenset[tuple[str, str]]:
        """What a department owes that takes over at a node."""
        if self.how != RETURNS or not self.covers(self.touchpoint.id, giver, receiver, node):
            return frozenset()
        return frozenset({(self.touchpoint.id, _top(node).step.scope)})

    def covers(self, touchpoint: str, giver: str, receiver: str, node: Node) -> bool:
        """Whether a touchpoint is the contract for a crossing."""
        covering = self.contracts.covering(giver, receiver, node.path)
        return any(each.id == touchpoint for each in covering)

    def step(self, memo: Memo, move: Move) -> Memo | None:
        """Who holds what behind a move; None once the field is filled, or missed elsewhere."""
        held, comings = self.holders.follow(memo.held, move)
        for coming in comings:
            place = self.breaks(coming)
            if place and lacked(self.net, move, coming.after, self.field, self.at):
                return Memo((), place)
        if move.state.data.fields[self.at] or self.missed(move, comings):
            return None
        return Memo(held)

    def missed(self, move: Move, comings: list[Coming]) -> bool:
        """Whether the field is told of already from here on, as it is required here."""
        if any(place in self.stops for place, _ in entered(self.net, move)):
            return True
        return any(
            coming.lane is None and self.required(coming.node, hold)
            for coming in comings
            for hold in coming.holds
        )

    def required(self, node: Node, hold: Hold) -> bool:
        """Whether some touchpoint requires the field where a thread crosses."""
        receiver = self.crossing(node, hold)
        covering = self.contracts.covering(hold.department, receiver, node.path)
        return bool(receiver) and any(self.field in each.requires for each in covering)

    def crossing(self, node: Node, hold: Hold) -> str:
        """The department that takes over from another one at a node, in this process's view."""
        receiver = self.holders.department[node.path]
        run = self.holders.outer_run[node.path]
        if not receiver or not hold.department or receiver == hold.department:
            return ""
        return "" if run and run == hold.run else receiver

    def breaks(self, coming: Coming) -> str:
        """The place at which a thread would break the promise, were the field not filled."""
        node = coming.node
        for hold in sorted(coming.holds, key=lambda hold: hold.department):
            if coming.lane is not None:
                lane = coming.lane
                owed = any(lies_in(scope, lane.path) for _, scope in hold.owed)
                place = f"{lane.block.path}.{DONE}"
                if owed and place in self.contracts.goes_on:
                    return place
                continue
            receiver = self.crossing(node, hold)
            place = _top(node).path
            if not receiver or place in self.stops:
                continue
            if self.how == REQUIRES:
                if self.covers(self.touchpoint.id, hold.department, receiver, node):
                    return place
            elif hold.owed and place in self.contracts.goes_on:
                return place
        return ""


def _top(node: Node) -> Node:
    """The node of the process itself: the outermost run around a node, or itself."""
    while node.run is not None:
        node = node.run
    return node
