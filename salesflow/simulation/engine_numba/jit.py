"""The loop as a function that numba has compiled, and keeps on disk."""

from collections.abc import Callable
from hashlib import blake2b
from importlib.resources import files
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from salesflow.simulation.engine_numba.kernel import play_on
from salesflow.simulation.engine_numba.translate import translated

Kernel: TypeAlias = Callable[[npt.NDArray[np.int64], npt.NDArray[np.float64], int], int]

SIGNATURE = types.int64(types.int64[::1], types.float64[::1], types.int64)


def called(function: Callable[..., int]) -> Any:
    """A function of the memory and a number, as one that numba's functions can call.

    They give it two arrays that look at the same words.
    """

    def typed(_: Any, words: Any, floats: Any, number: Any) -> Any:
        return types.int64(words, floats, number), _written(function)

    return intrinsic(typed)


def _written(function: Callable[..., int]) -> Any:
    def write(context: Any, builder: ir.IRBuilder, signature: Any, given: Any) -> ir.Value:
        arrays = zip(signature.args[:2], given[:2], strict=True)
        data = [context.make_array(kind)(context, builder, each).data for kind, each in arrays]
        return builder.call(translated(builder.module, function), [*data, given[2]])

    return write


_PLAY_ON = called(play_on)


def kernel(sources: str) -> Kernel:
    """The compiled loop. What numba keeps of it on disk is for these ``sources`` alone."""

    def play(words: Any, floats: Any, budget: int) -> Any:
        return _PLAY_ON(words, floats, budget) if sources else 0

    try:
        return njit(SIGNATURE, nogil=True, cache=True)(play)
    except RuntimeError:  # no place for a cache: installed read-only, and no home
        return njit(SIGNATURE, nogil=True)(play)


def digest() -> str:
    """A number of all files of this package: a change in any makes a new kernel."""
    total = blake2b(digest_size=16)
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".py"):
            total.update(file.read_bytes())
    return total.hexdigest()


PLAY_ON = kernel(digest())
