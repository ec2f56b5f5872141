"""A deal's life goes on: an event, what it leads to, and the decisions that the data makes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeAlias

from salesflow.deals.board import Board
from salesflow.deals.judging import enabled, ending, lacking, not_captured, not_enabled
from salesflow.deals.moving import judged
from salesflow.deals.nouns import Life, Mark, Past, Reason, Standing, Taken
from salesflow.deals.playing import Late, Play, ended, expired, started
from salesflow.deals.policies import Story, broken, owed
from salesflow.deals.refused import Refused
from salesflow.deals.timers import not_yet
from salesflow.names import listed
from salesflow.nouns import FrozenMap
from salesflow.process.net import EXPIRE
from salesflow.process.places import Node, Way
from salesflow.process.steps import Work

MOST_DECISIONS = 1_000  # made at one moment; then the process goes round without time

EventKind: TypeAlias = Literal["start", "take", "expire", "fill", "begin"]


class Event(NamedTuple):
    """Something that happens to a deal: a result by its path, a step where work begins, values."""

    kind: EventKind
    path: str = ""
    given: Mapping[str, Any] = FrozenMap()
    at: datetime | None = None
    person: str | None = None
    lenient: bool = False


class Next(NamedTuple):
    """What an event leads to, and why it may not: ``forbidden`` always, ``unfilled`` by choice."""

    plays: list[Play]
    forbidden: list[Reason]
    unfilled: list[Reason]


def settled(board: Board, life: Life, event: Event) -> Life:
    """The life behind an event and the decisions that follow from it. Refused where forbidden."""
    after = _happened(board, life, event)
    for _ in range(MOST_DECISIONS):
        way = _decision(board, after)
        if way is None:
            return after
        decided = Event("take", way.path, at=after.last)
        found = taking(board, after, way, decided)
        if found.forbidden or found.unfilled:
            return after
        after = _lived(board, after, found.plays, decided)
    message = f"`{board.process.id}` goes round without end at {_where(board, after)}."
    raise Refused(Reason("process", message, ""))


def _where(board: Board, life: Life) -> str:
    return listed([node.path for node in board.open_nodes(life.standing.marking)])


def _happened(board: Board, life: Life, event: Event) -> Life:
    if event.at is not None:
        life = life._replace(last=event.at)
    if event.kind == "begin":
        return _begun(board, life, event)
    if event.kind == "fill":
        return life._replace(standing=_knowing(life.standing, event.given))
    if event.kind == "start":
        found = _watched(board, life, _starting(board, life, event.given), event)
    elif event.kind == "expire":
        found = _watched(board, life, _expiring(board, life, board.nodes[event.path]), event)
    else:
        node, _, result = event.path.rpartition(".")
        found = taking(board, life, board.nodes[node].results[result], event)
    reasons = found.forbidden if event.lenient else [*found.forbidden, *found.unfilled]
    if reasons:
        raise Refused(*once(reasons))
    return _lived(board, life, found.plays, event)


def once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Each field only on the first of its grounds."""
    seen: dict[str, Reason] = {}
    for reason in reasons:
        seen.setdefault(reason.field or reason.message, reason)
    return tuple(seen.values())


def _knowing(standing: Standing, given: Mapping[str, Any]) -> Standing:
    past = standing.past
    return standing._replace(past=past._replace(values=FrozenMap({**past.values, **given})))


def _starting(board: Board, life: Life, given: Mapping[str, Any]) -> Next:
    source = board.process.sources[life.source]
    unfilled = [
        Reason("data", f"`{field}` is not filled: `{source.id}` gives it.", source.id, field)
        for field in sorted(source.gives)
        if field not in given
    ]
    plays = started(board, source.id, Past(FrozenMap(given)))
    return _sorted(board, plays, [], unfilled)


def _expiring(board: Board, life: Life, node: Node) -> Next:
    return _sorted(board, expired(board, life.standing, node, Late()), [], [])


def taking(board: Board, life: Life, way: Way, event: Event) -> Next:
    """What taking a result of an open step leads to, and why it may not be taken.

    A result that only the timer takes is taken by it.
    """
    given = event.given
    node, step = way.node, way.node.step
    own = set(step.captures) if isinstance(step, Work) else set()
    late = {n: v for n, v in given.items() if n in way.result.captures and n not in own}
    now = {name: value for name, value in given.items() if name not in late}
    standing = _knowing(life.standing, now)
    if not isinstance(step, Work) or step.by_timer_only(way.result):
        early = not_yet(board, life, way, event.at)
        plays = expired(board, standing, node, Late(way.path, late))
        found = _sorted(board, plays, [early] if early else [], [])
        return _watched(board, life, found, event)
    forbidden = [*not_enabled(board, way, standing.past)]
    unfilled = [*not_captured(node, way, standing.past, late)]
    plays = ended(board, standing, node, way.result.id, Late(way.path, late))
    return _watched(board, life, _sorted(board, plays, forbidden, unfilled), event)


def _sorted(
    board: Board, plays: list[Play], forbidden: list[Reason], unfilled: list[Reason]
) -> Next:
    """With what is lacking where the moves lead, parted by what always forbids."""
    for play in plays:
        for reason in lacking(board, play):
            (unfilled if reason.kind == "data" else forbidden).append(reason)
    return Next(plays, forbidden, unfilled)


def _watched(board: Board, life: Life, found: Next, event: Event) -> Next:
    """With the policies that would be broken."""
    if not board.policies:
        return found
    reasons: list[Reason] = []
    for play in found.plays:
        story = _story(board, life, play, event)
        reasons.extend(broken(board.policies, story))
        life = life._replace(taken=(*story.before, *story.now), owed=owed(board.policies, story))
    return found._replace(forbidden=[*found.forbidden, *reasons])


def _story(board: Board, life: Life, play: Play, event: Event) -> Story:
    now = tuple(_taken(play, life, event))
    over = ending(board, play) is not None
    return Story(life.taken, now, play.after.past, play.move.state, over, life.owed)


def _taken(play: Play, life: Life, event: Event) -> Iterator[Taken]:
    """The results of a move: the first is that of the step, and who did it is known."""
    for number, path in enumerate(play.move.taken):
        first = number == 0 and path.rpartition(".")[0] == play.move.node
        timed = first and play.move.kind == EXPIRE
        person = event.person or _beginner(play, life) if first and not timed else None
        yield Taken(path, event.at, person, timed)


def _beginner(play: Play, life: Life) -> str | None:
    """Who began the work of the step that a move ends."""
    gone = set(life.marks).difference(play.after.marking)
    return next((life.marks[at].person for at in sorted(gone)), None)


def _begun(board: Board, life: Life, event: Event) -> Life:
    """Work has begun at an open step."""
    for node in board.open_nodes(life.standing.marking):
        if node.path == event.path and isinstance(node.step, Work):
            mark = life.marks[node.active]
            begun = mark._replace(begun=event.at or mark.begun, person=event.person or mark.person)
            return life._replace(marks=FrozenMap({**life.marks, node.active: begun}))
    message = f"The deal is not at `{event.path}`: it is at {_where(board, life) or 'its end'}."
    raise Refused(Reason("closed", message, event.path))


def _lived(board: Board, life: Life, plays: list[Play], event: Event) -> Life:
    """The life behind some moves that are allowed."""
    for play in plays:
        story = _story(board, life, play, event)
        stage, since = _stage(play, life, event.at)
        life = life._replace(
            standing=play.after,
            marks=_marks(board, life, play, event.at),
            taken=(*story.before, *story.now),
            owed=owed(board.policies, story),
            stage=stage,
            stage_since=since,
        )
    return life


def _stage(play: Play, life: Life, at: datetime | None) -> tuple[str | None, datetime | None]:
    stage, since = life.stage, life.stage_since
    for coming in play.comings:
        entered = coming.node.step.stage if coming.lane is None else None
        if entered is not None and entered != stage:
            stage, since = entered, at
    return stage, since


def _marks(board: Board, life: Life, play: Play, at: datetime | None) -> FrozenMap[int, Mark]:
    """What is known of the steps that are open behind a move."""
    crossed: dict[int, list[str]] = {}
    for coming in play.comings:
        if coming.lane is None:
            crossings = crossed.setdefault(coming.node.active, [])
            crossings.extend(contract.path for _, contract in board.crossed(coming))
    marks: dict[int, Mark] = {}
    for node in board.open_nodes(play.after.marking):
        if node.active in crossed:
            marks[node.active] = Mark(since=at, crossed=tuple(dict.fromkeys(crossed[node.active])))
        else:
            marks[node.active] = life.marks.get(node.active, Mark())
    return FrozenMap(marks)


def _decision(board: Board, life: Life) -> Way | None:
    """The result that nobody has to take: of a step that takes no time, the only one left.

    Where a condition reads what is not filled yet, the step waits.
    """
    past = life.standing.past
    for node in board.open_nodes(life.standing.marking):
        if not board.passes_by_itself(node):
            continue
        judgements = [judged(board.net, w.path, node.prefix, past) for w in node.results.values()]
        if any(unfilled for _, unfilled in judgements):
            continue
        ways = [way for way in node.results.values() if enabled(board, way, past)]
        if len(ways) == 1:
            return ways[0]
    return None
