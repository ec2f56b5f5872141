"""A deal as JSON, version 1, and back: nothing in it depends on how a process is laid out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn, TypeVar

from salesflow.analysis.holders import Hold
from salesflow.deals.board import Board
from salesflow.deals.clock import moment
from salesflow.deals.nouns import Life, Mark, Past, Standing, Taken
from salesflow.deals.values import plain, read_values
from salesflow.errors import UsageError
from salesflow.nouns import FrozenMap
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.model import Process
from salesflow.process.places import AT, END, STUCK, Lane, Node

VERSION = 1
_LONGEST = 60  # characters of a version that are told

Read = TypeVar("Read")


def recorded(board: Board, life: Life) -> dict[str, Any]:
    """The record of a deal. ``tokens`` say where it stands, as the token game calls its places."""
    places = board.net.layout.places
    values = life.standing.past.values
    at = [places[n].node for n in life.standing.marking if places[n].kind in (AT, END)]
    ended = next((places[n].node for n in life.standing.marking if places[n].kind == END), None)
    return {
        "version": VERSION,
        "process": board.process.id,
        "process_version": board.process.version,
        "source": life.source,
        "at": at,
        "ended": ended,
        "stage": life.stage,
        "stage_since": _written(life.stage_since),
        "last": _written(life.last),
        "data": {name: plain(values[name]) for name in sorted(values) if name != SOURCE_FIELD},
        "tokens": _tokens(board, life),
        "taken": [taken._asdict() | {"at": _written(taken.at)} for taken in life.taken],
        "visited": sorted(life.standing.past.visited),
        "owed": sorted(life.owed),
    }


def _tokens(board: Board, life: Life) -> list[dict[str, Any]]:
    held = dict(life.standing.held)
    tokens = []
    for number in life.standing.marking:
        token: dict[str, Any] = {"place": str(board.net.layout.places[number])}
        mark = life.marks.get(number)
        if mark is not None:
            token |= {"since": _written(mark.since), "begun": _written(mark.begun)}
            token |= {"person": mark.person, "crossed": [*mark.crossed]}
        if number in held:
            holds = sorted(held[number], key=lambda h: (h.department, h.run, sorted(h.owed)))
            told = [{"department": h.department, "run": h.run} for h in holds]
            owes = [{"owes": [[*each] for each in sorted(hold.owed)]} for hold in holds]
            token["held"] = [one | other for one, other in zip(told, owes, strict=True)]
        tokens.append(token)
    return tokens


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


class _Unknown(UsageError):
    """What the process does not know, and another version of it did."""


class _Gone(_Unknown):
    """A field that it does not have."""


def restored(board: Board, record: Mapping[str, Any]) -> Life:
    """The life that a record tells. UsageError for what is no record, or of another process; of
    another version of it the message says so.
    """
    if not isinstance(record, Mapping) or record.get("version") != VERSION:
        _refuse("it does not say `version: 1`")
    if record.get("process") != board.process.id:
        _refuse(f"it is of `{record.get('process')}`, and this is `{board.process.id}`")
    try:
        return _life(board, record)
    except UsageError as problem:
        raise UsageError(f"{problem}{_another(board.process, record, problem)}") from None


def _another(process: Process, record: Mapping[str, Any], problem: UsageError) -> str:
    """What to say where a record does not fit because it may be of another version."""
    said, now = record.get("process_version"), process.version
    said = said[:_LONGEST] if isinstance(said, str) else ""
    if said != now:
        was, is_ = (
            f"version {each}" if each else "a version without a number" for each in (said, now)
        )
        told = f"The record is of {was} of `{process.id}`, and this is {is_}."
    elif isinstance(problem, _Unknown):
        same = f"that is version {now} too" if now else "that says no `version` either"
        told = f"The record seems to be of an older `{process.id}` {same}."
        if isinstance(problem, _Gone):
            told += " Once the process has a new `version`, fields that are gone are left out."
    else:
        return ""
    return (
        f" {told} `salesflow diff OLD NEW --deals FILE` says which running deals cannot go on as "
        "they are, and where they can."
    )


def _life(board: Board, record: Mapping[str, Any]) -> Life:
    source = _part(record, "source", str)
    if source not in board.process.sources:
        raise _Unknown(
            f"The deal is from another source: `{board.process.id}` has no source `{source}` "
            "(any more)."
        )
    taken = tuple(_taken(each) for each in _list(record, "taken"))
    values = _values(board, record)
    counts: dict[str, int] = {}
    for each in taken:
        counts[each.result] = counts.get(each.result, 0) + 1
    visited = frozenset(_texts(_list(record, "visited")))
    past = Past(FrozenMap(values | {SOURCE_FIELD: source}), FrozenMap(counts), visited)
    tokens = [_token(board, each) for each in _list(record, "tokens")]
    marking = tuple(sorted(number for number, _, _ in tokens))
    _hold_together(board, marking)
    held = {number: holds for number, _, holds in tokens if holds is not None}
    standing = Standing(marking, tuple(sorted(held.items())), past)
    stage = record.get("stage")
    open_ = {node.active for node in board.open_nodes(marking)}
    return Life(
        source=source,
        standing=standing,
        marks=FrozenMap({number: mark for number, mark, _ in tokens if number in open_}),
        taken=taken,
        owed=frozenset(_texts(_list(record, "owed"))) & set(board.process.policies),
        stage=stage if isinstance(stage, str) and stage in board.process.stages else None,
        stage_since=_moment(record, "stage_since"),
        last=_moment(record, "last"),
    )


def _part(record: Any, name: str, kind: type[Read]) -> Read:
    part = record.get(name) if isinstance(record, Mapping) else None
    if not isinstance(part, kind):
        _refuse(f"`{name}` is missing or no {kind.__name__}")
    return part


def _list(record: Any, name: str) -> list[Any]:
    part: list[Any] = _part(record, name, list)
    return part


def _known(board: Board, record: Any) -> dict[str, Any]:
    """What is filled; a field that another version had and this one has not strands no deal."""
    data: dict[str, Any] = _part(record, "data", dict)
    if record.get("process_version") == board.process.version:
        return data
    return {name: value for name, value in data.items() if name in board.fields}


def _values(board: Board, record: Any) -> dict[str, Any]:
    """What is filled, as the process reads it."""
    known = _known(board, record)
    try:
        return read_values(known, board.fields, board.process.id)
    except UsageError as problem:
        gone = any(name not in board.fields for name in known)
        raise (_Gone if gone else _Unknown)(*problem.args) from None


def _texts(parts: list[Any]) -> list[str]:
    if not all(isinstance(part, str) for part in parts):
        _refuse("a name in it is no text")
    return parts


def _moment(record: Mapping[str, Any], name: str) -> datetime | None:
    return moment(record.get(name))


def _taken(record: Any) -> Taken:
    result, person = _part(record, "result", str), record.get("person")
    known = person if isinstance(person, str) else None
    return Taken(result, _moment(record, "at"), known, record.get("timed") is True)


def _token(board: Board, record: Any) -> tuple[int, Mark, frozenset[Hold] | None]:
    place = _part(record, "place", str)
    if place not in board.number:
        raise _Unknown(
            f"The deal stands at `{place}`, which `{board.process.id}` does not have (any more)."
        )
    person = record.get("person")
    known = _texts(_list(record, "crossed")) if record.get("crossed") else []
    crossed = tuple(name for name in known if name in board.contracts)
    mark = Mark(
        _moment(record, "since"),
        _moment(record, "begun"),
        person if isinstance(person, str) else None,
        crossed,
    )
    if "held" not in record:
        return board.number[place], mark, None
    holds = frozenset(_hold(board, each) for each in _list(record, "held"))
    return board.number[place], mark, holds


def _hold(board: Board, record: Any) -> Hold:
    owes = [_texts(each) for each in _list(record, "owes") if isinstance(each, list)]
    owed = frozenset((each[0], each[1]) for each in owes if len(each) == 2)
    known = frozenset(each for each in owed if each[0] in board.contracts)
    return Hold(_part(record, "department", str), _part(record, "run", str), known)


def _hold_together(board: Board, marking: tuple[int, ...]) -> None:
    """Refuse places at which no deal can be together: work in a block that is not open."""
    there = set(marking)
    if not there or len(there) < len(marking):
        _refuse("it stands nowhere, or twice at one place")
    ends = there.intersection(board.net.layout.ends.values())
    if ends and len(there) > 1:
        _refuse("it has ended and goes on")
    for number in marking:
        place = board.net.layout.places[number]
        if place.kind == STUCK:  # only chance leads there, and here people choose
            _refuse(f"no deal waits at `{place}`")
        lane = board.net.layout.lanes.get(place.node)
        inside: Lane | Node | None
        if lane is not None:
            inside = lane.block
        elif place.node in board.nodes:
            inside = board.nodes[place.node].inside
        else:
            continue
        while inside is not None:
            around = inside.runs if isinstance(inside, Lane) else inside.active
            if around not in there:
                _refuse(f"`{place}` lies in what is not open")
            inside = inside.block if isinstance(inside, Lane) else inside.inside


def _refuse(why: str) -> NoReturn:
    raise UsageError(f"This is no record of a deal in this process: {why}.")
