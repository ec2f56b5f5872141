"""Simulation is a refinement of the token game: the clock chooses, and chooses nothing else."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import salesflow as sf
from salesflow.process.model import Process
from salesflow.simulation.compile import written_program
from salesflow.simulation.engine_python.loop import play
from salesflow.simulation.events import Event
from tests.simulation.replaying import Replay
from tests.simulation.simulable import DAY, Data, process_of, simulated, simulated_soundly

EXAMPLES = {  # and how many of their deals go wrong on the way
    "examples/enterprise/enterprise.salesflow.yaml": 0,
    "examples/enterprise/enterprise_dach.salesflow.yaml": 0,
    "examples/enterprise/second_lawyer.salesflow.yaml": 0,
    "examples/enterprise-broken/new_business.salesflow.yaml": 3,
    "examples/smb/smb.salesflow.yaml": 0,
}
MOST_EVENTS = 3_000  # wild processes may split a deal again and again


class Enough(Exception):
    """The run is long enough."""


def replayed(process: Process, *, days: int, most: int = 1 << 60) -> Replay:
    """A replication, with every transition found in the game."""
    program = written_program([process], duration=days * DAY, warmup=0)
    replay = Replay(process, program)
    seen = 0

    def watch(event: Event) -> None:
        nonlocal seen
        seen += 1
        if seen > most:
            raise Enough
        replay(event)

    try:
        play(program, 1, 0, watch=watch)
    except Enough:
        replay.finish(whole=False)
    else:
        replay.finish(whole=True)
    return replay


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: Path(file).stem)
def test_examples(file: str) -> None:
    replay = replayed(sf.load(file), days=120)
    assert replay.moves > 900
    assert replay.ended > 250
    assert replay.given_up == EXAMPLES[file]
    assert replay.synced or "enterprise/" not in file


@settings(max_examples=70, deadline=None, suppress_health_check=list(HealthCheck))
@given(simulated())
def test_whatever_the_process(files: dict[str, Data]) -> None:
    replayed(process_of(files), days=8, most=MOST_EVENTS)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(simulated_soundly())
def test_where_nothing_is_wrong_the_game_is_never_given_up(files: dict[str, Data]) -> None:
    assert not replayed(process_of(files), days=8, most=MOST_EVENTS).given_up
