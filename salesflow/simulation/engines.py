"""Which engine plays a program: the readable one, always there, or the compiled one."""

from collections.abc import Callable
from importlib.util import find_spec

from salesflow.errors import UsageError
from salesflow.simulation.program import EXPONENTIAL, Program
from salesflow.simulation.tally import Tally

ENGINES = ("auto", "python", "numba")
WORTH_COMPILING = 60_000  # visits of work; with fewer, numba takes longer to load than to play


def choose(engine: str, program: Program, replications: int) -> str:
    """The engine that is meant: ``python`` or ``numba``.

    UsageError for an engine that is unknown or not installed.
    """
    if engine not in ENGINES:
        raise UsageError(f"There is no engine `{engine}`: auto, python or numba.")
    installed = find_spec("numba") is not None
    if engine == "numba" and not installed:
        raise UsageError(
            "The engine numba is not installed. Install it with `pip install 'salesflow[fast]'`, "
            "or use `--engine python`."
        )
    if engine != "auto":
        return engine
    large = expected_visits(program) * replications >= WORTH_COMPILING
    return "numba" if installed and large else "python"


def expected_visits(program: Program) -> float:
    """Roughly how many visits of work a replication has: deals times the steps of their process."""
    steps = [0] * len(program.parts)
    for node in program.nodes:
        steps[node.process] += not node.kind
    deals = 0.0
    for source in program.sources:
        if source.every:
            came = program.end / source.every * source.batch
        elif source.gap >= 0:
            draw = program.draws[source.gap]
            mean = draw.a * draw.scale if draw.family == EXPONENTIAL else 0.0
            came = program.end / mean if mean else 0.0
        else:
            continue
        deals += came * steps[source.process] * _SEEN_BY_A_DEAL
    return deals


_SEEN_BY_A_DEAL = 0.3  # of the steps of its process: most end long before they have seen all


def play(
    engine: str,
    program: Program,
    seed: int,
    replication: int,
    *,
    pulse: Callable[[int], None] | None = None,
) -> Tally:
    """What one replication counts, played by ``python`` or ``numba``."""
    if engine == "numba":
        from salesflow.simulation.engine_numba import play as play_compiled  # slow to import

        return play_compiled(program, seed, replication, pulse=pulse)
    from salesflow.simulation.engine_python.loop import play as play_readable

    return play_readable(program, seed, replication, pulse=pulse)
