"""Why a deal may not take a result now: its condition and limit, and what is not filled.

A field that is asked for on several grounds is told once, for the first of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from salesflow.analysis.handoffs import lies_in
from salesflow.analysis.holders import Coming
from salesflow.deals.board import Board
from salesflow.deals.moving import ENDLESS, judged
from salesflow.deals.nouns import Past, Reason
from salesflow.deals.playing import Play
from salesflow.names import listed
from salesflow.process.choices import PILE, TWICE, UNFINISHED, UNHANDLED
from salesflow.process.model import GONE, Outcome
from salesflow.process.places import Node, Way
from salesflow.process.steps import DONE, Work

_FAULTS = {
    TWICE: ("twice-at-once", "would come to `{0}` while it is still there"),
    PILE: ("piled-up-arrivals", "would come a second time to where `{0}` waits for more"),
    UNFINISHED: ("unfinished-work", "would be done at `{0}` while other work of it still runs"),
    ENDLESS: ("endless-loop", "would go round through `{0}` without end"),
    UNHANDLED: ("unhandled-result", "would take `{0}`, which leads nowhere"),
}


def not_enabled(board: Board, way: Way, past: Past) -> Iterator[Reason]:
    """Why a result is not among those that can be chosen, on what is known of the deal."""
    limit = way.result.at_most
    if limit is not None and past.counts.get(way.path, 0) >= limit:
        times = "once" if limit == 1 else f"{limit} times"
        message = f"`{way.path}` may be taken {times}, and this deal has."
        yield Reason("limit", message, way.path)
    yield from _guarded(board, way, past)
    if way.result.otherwise:
        others = [other.path for other in way.node.chosen if enabled(board, other, past)]
        if others:
            message = f"`{way.path}` is for when nothing else is possible, and {listed(others)} is."
            yield Reason("otherwise", message, way.path)


def enabled(board: Board, way: Way, past: Past) -> bool:
    """Whether a result is among those that can be chosen."""
    return next(not_enabled(board, way, past), None) is None


def _guarded(board: Board, way: Way, past: Past) -> Iterator[Reason]:
    holds, unfilled = judged(board.net, way.path, way.node.prefix, past)
    if holds:
        return
    when = way.result.when
    for field in sorted(unfilled):
        message = f"`{field}` is not filled: `{way.path}` is only for `{when}`."
        yield Reason("data", message, way.path, field)
    if when is None or unfilled:
        return
    known = [f"`{f}` is {board.shown(f, past.values)}" for f in sorted(when.reads)]
    but = f", and {' and '.join(known)}" if known else ", and it is not"
    fields = sorted(when.reads)
    field = fields[0] if len(fields) == 1 else ""
    yield Reason("guard", f"`{way.path}` is only for `{when}`{but}.", way.path, field)


def not_captured(node: Node, way: Way, past: Past, late: Mapping[str, Any]) -> Iterator[Reason]:
    """The fields that a step and its result fill, and that are empty."""
    step = node.step
    if isinstance(step, Work):
        for field in sorted(step.captures):
            if field not in past.values:
                message = f"`{field}` is not filled: `{node.path}` is done once it is."
                yield Reason("data", message, node.path, field)
    for field in sorted(way.result.captures):
        if field not in past.values and field not in late:
            message = f"`{field}` is not filled: it comes with `{way.path}`."
            yield Reason("data", message, way.path, field)


def lacking(board: Board, play: Play) -> Iterator[Reason]:
    """What is not filled that must be where a move leads, and what is wrong with the process."""
    for flag in play.move.flags:
        rule, what = _FAULTS[flag.kind]
        message = f"The deal {what.format(flag.node)}: `salesflow check` says `{rule}` of it."
        yield Reason("process", message, flag.node)
    for place, fields in sorted(play.unfilled.items()):
        for field in sorted(fields):
            message = f"`{field}` is not filled, and `{place}` is worked out from it."
            yield Reason("data", message, place, field)
    for coming in play.comings:
        yield from _on_arrival(board, coming, play.known[coming.after])
        yield from _promised(board, coming, play)
    outcome = ending(board, play)
    if outcome is not None:
        for field in outcome.requires:
            if field not in play.known[-1]:
                message = f"`{field}` is not filled: a deal that is `{outcome.id}` has it."
                yield Reason("data", message, outcome.id, field)


def ending(board: Board, play: Play) -> Outcome | None:
    """The outcome that a move reaches."""
    if not board.net.is_final(play.move.state):
        return None
    return board.process.outcomes[board.net.layout.places[play.after.marking[0]].node]


def _on_arrival(board: Board, coming: Coming, known: Mapping[str, Any]) -> Iterator[Reason]:
    if coming.lane is not None:
        return
    node = coming.node
    for field in node.step.requires:
        if field not in known:
            yield Reason(
                "data", f"`{field}` is not filled: `{node.path}` requires it.", node.path, field
            )
    for _, contract in board.crossed(coming):
        touchpoint = contract.touchpoint
        for field in touchpoint.requires:
            if field not in known:
                message = (
                    f"`{field}` is not filled: `{touchpoint.receiver}` takes over from "
                    f"`{touchpoint.giver}` only with it (`{contract.path}`)."
                )
                yield Reason("data", message, contract.path, field)


def _promised(board: Board, coming: Coming, play: Play) -> Iterator[Reason]:
    """What a department owes that lets go: to the next one, or where its branch is done."""
    known = play.known[coming.after]
    for hold in sorted(coming.holds, key=lambda hold: (hold.department, sorted(hold.owed))):
        for path, scope in sorted(hold.owed):
            if coming.lane is not None:
                due = lies_in(scope, coming.lane.path) and not _given_up(board, play)
            else:
                due = board.takes_over(coming.node, hold)
            if not due:
                continue
            touchpoint = board.contracts[path].touchpoint
            where = f"{coming.lane.block.path}.{DONE}" if coming.lane else coming.node.path
            for field in touchpoint.returns:
                if field not in known:
                    message = (
                        f"`{field}` is not filled: `{touchpoint.receiver}` promises it "
                        f"(`{path}`) before the deal goes on to `{where}`."
                    )
                    yield Reason("data", message, path, field)


def _given_up(board: Board, play: Play) -> bool:
    """Whether the deal ends lost: then nobody asks for what was promised."""
    outcome = ending(board, play)
    return outcome is not None and outcome.kind in GONE
