"""A law that cannot be broken is none: each notices when a figure or an event is wrong."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import salesflow as sf
from salesflow.process.model import Process
from salesflow.simulation import events
from salesflow.simulation.compile import program_of
from salesflow.simulation.engine_python.loop import play
from salesflow.simulation.events import Event
from salesflow.simulation.program import WORK, Program
from salesflow.simulation.tally import NodeTally, PartTally, RoleTally, StageTally, Tally
from tests.simulation.account import Account
from tests.simulation.bystander import Bystander
from tests.simulation.eventlog.logged import TEXT
from tests.simulation.eventlog.logged import program as written
from tests.simulation.replaying import Replay
from tests.simulation.simulable import DAY
from tests.simulation.test_conservation import ENTERPRISE, LAWS

PROCESS = sf.load(ENTERPRISE)
ROUNDED = {"effort", "selling", "withdrawn_effort"}
NOT_WATCHED = {
    PartTally: {"effort", "role_effort", "unfinished", "missing"},
    NodeTally: set[str](),
    RoleTally: set[str](),
    StageTally: {"beyond"},
}


@cache
def played() -> tuple[Program, list[Event], Tally]:
    program = program_of([PROCESS], duration=90 * DAY, warmup=20 * DAY)
    seen: list[Event] = []
    tally = play(program, 1, 0, watch=seen.append)
    return program, seen, tally


@cache
def account() -> Account:
    program, seen, _ = played()
    book = Account(program)
    for event in seen:
        book(event)
    return book


def broken_laws(tally: Tally) -> list[str]:
    """The laws that the watched events break with a tally."""
    broken = []
    for law in LAWS:
        try:
            law(account(), tally)
        except AssertionError:
            broken.append(law.__name__)
    return broken


def more(value: Any, name: str) -> Any:
    """A figure that is a little too large, by more than rounding can be."""
    if isinstance(value, tuple):
        return (more(value[0], name), *value[1:])
    return value + (DAY if name in ROUNDED else 1)


@pytest.mark.parametrize(
    ("rows", "kind", "name"),
    [
        (rows, kind, name)
        for rows, kind in (
            ("parts", PartTally),
            ("nodes", NodeTally),
            ("roles", RoleTally),
            ("stages", StageTally),
        )
        for name in kind._fields
        if name not in NOT_WATCHED[kind]
    ],
)
def test_a_wrong_figure(rows: str, kind: type, name: str) -> None:
    _, _, tally = played()
    at = 1 if kind is NodeTally else 0
    table = list(getattr(tally, rows))
    table[at] = table[at]._replace(**{name: more(getattr(table[at], name), name)})
    assert broken_laws(tally._replace(**{rows: tuple(table)}))


@pytest.mark.parametrize("name", ["ways", "open_by_day", "instances"])
def test_a_wrong_count(name: str) -> None:
    _, _, tally = played()
    assert broken_laws(tally._replace(**{name: more(getattr(tally, name), name)}))


def test_right_figures() -> None:
    assert not broken_laws(played()[2])


# Events


def first(what: str, **fields: Any) -> Callable[[Event], bool]:
    return lambda event: (
        event.what == what and all(getattr(event, name) == value for name, value in fields.items())
    )


def watched(change: Callable[[list[Event]], list[Event]]) -> None:
    """Let the bystander watch changed events."""
    program, seen, _ = played()
    bystander = Bystander(program)
    for event in change([*seen]):
        bystander(event)
    bystander.rest()


def moved(seen: list[Event], at: int, **fields: Any) -> list[Event]:
    return [*seen[:at], seen[at]._replace(**fields), *seen[at + 1 :]]


def test_somebody_else_begins() -> None:
    program, seen, _ = played()
    (role,) = [row for row in program.roles if row.id == "sdr"]
    at = next(
        n for n, e in enumerate(seen) if e.what == events.STARTED and e.people == (role.first,)
    )
    with pytest.raises(AssertionError):
        watched(lambda seen: moved(seen, at, people=(role.first + 1,)))


def test_somebody_begins_what_comes_later() -> None:
    _, seen, _ = played()
    starts = [n for n, e in enumerate(seen) if e.what == events.STARTED and e.now > DAY]
    one = starts[0]
    other = next(
        n for n in starts if seen[n].node == seen[one].node and seen[n].now > seen[one].now
    )
    later = seen[other]
    with pytest.raises(AssertionError, match="begins before"):
        watched(lambda seen: moved(seen, one, deal=later.deal, visit=later.visit))


def test_somebody_idles() -> None:
    _, seen, _ = played()
    at = next(n for n, e in enumerate(seen) if e.what == events.STARTED and e.now > DAY)
    with pytest.raises(AssertionError, match="could begin"):
        watched(lambda seen: [*seen[:at], *(e for e in seen[at:] if e.now > seen[at].now)])


def replayed(seen: list[Event], process: Process = PROCESS, program: Program | None = None) -> None:
    replay = Replay(process, program or played()[0])
    for event in seen:
        replay(event)
    replay.finish(whole=True)


def test_what_happened_replays() -> None:
    replayed(played()[1])


@pytest.mark.parametrize("what", [events.ENTERED, events.TAKEN, events.REACHED])
def test_something_is_left_out(what: str) -> None:
    _, seen, _ = played()
    at = [n for n, e in enumerate(seen) if e.what == what][-1]
    with pytest.raises(AssertionError):
        replayed([*seen[:at], *seen[at + 1 :]])


def test_a_branch_is_not_withdrawn() -> None:
    program, seen = written(20), list[Event]()
    play(program, 1, 0, watch=seen.append)
    replayed(seen, sf.loads(TEXT), program)
    at = next(n for n, e in enumerate(seen) if e.what == events.WITHDRAWN)
    with pytest.raises(AssertionError, match="the game can"):
        replayed([*seen[:at], *seen[at + 1 :]], sf.loads(TEXT), program)


def test_another_result_is_taken() -> None:
    program, seen, _ = played()
    at, event = next((n, e) for n, e in enumerate(seen) if e.what == events.ENDED and e.way >= 0)
    node = program.nodes[event.node]
    assert node.kind == WORK
    other = next(way for way in range(node.first_way, node.last_way) if way != event.way)
    with pytest.raises(AssertionError, match="the game can"):
        replayed(moved(seen, at, way=other))


def test_a_condition_is_not_kept() -> None:
    program, seen, _ = played()
    (price,) = [n for n, row in enumerate(program.nodes) if row.path == "enterprise:pricing"]
    (field,) = [n for n, row in enumerate(program.fields) if row.path == "enterprise:discount"]
    at = next(n for n, e in enumerate(seen) if e.what == events.ENDED and e.node == price)
    values = list(seen[at].values)
    values[field] += 0.5
    with pytest.raises(AssertionError, match="the game can"):
        replayed(moved(seen, at, values=tuple(values)))
