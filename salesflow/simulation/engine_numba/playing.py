"""One replication, played by the compiled loop in slices."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from salesflow.simulation.engine_numba.compiled import signed
from salesflow.simulation.engine_numba.kernel import GOES_ON, NEEDS_ROOM
from salesflow.simulation.engine_numba.layout import (
    LIMIT,
    NOW,
    RESERVE,
    ROUND_KEYS,
    TOP,
    TRACED,
)
from salesflow.simulation.engine_numba.pack import Packed, pack
from salesflow.simulation.engine_numba.unpack import tally_of
from salesflow.simulation.philox import round_keys
from salesflow.simulation.program import Program
from salesflow.simulation.tally import Tally

SLICE = 100_000  # steps between two looks at what the outside wants, some 20 milliseconds
_FIRST_ROOM = 1 << 17  # words; what is not touched costs nothing


Kernel: TypeAlias = Callable[[Any, Any, int], int]


def play_with(
    play_on: Kernel,
    program: Program,
    seed: int,
    replication: int,
    *,
    pulse: Callable[[int], None] | None = None,
    traced: bool = False,
) -> Tally:
    """One replication, with a loop that plays on for so many steps (``kernel.play_on``)."""
    packed = _packed(program)
    words = _grown(packed.words, _FIRST_ROOM + int(packed.words[RESERVE]))
    words[TOP] = len(packed.words)
    words[TRACED] = traced
    for turn, key in enumerate(round_keys(seed, replication)):
        words[ROUND_KEYS + turn] = signed(key)
    while (status := play_on(words, words.view(np.float64), SLICE)) in {GOES_ON, NEEDS_ROOM}:
        if status == NEEDS_ROOM:
            words = _grown(words, len(words))
        elif pulse is not None:
            pulse(int(words[NOW]))
    return tally_of(program, packed, words, replication)


def _grown(words: npt.NDArray[np.int64], by: int) -> npt.NDArray[np.int64]:
    grown = np.zeros(len(words) + by, dtype=np.int64)
    grown[: len(words)] = words
    grown[LIMIT] = len(grown)
    return grown


@lru_cache(maxsize=4)
def _packed(program: Program) -> Packed:
    """The program in memory, made once for all its replications."""
    return pack(program)
