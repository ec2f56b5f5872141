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


@intrinsic
def _play_on(_: Any, words: Any, floats: Any, budget: Any) -> Any:
    """`play_on` of two arrays that look at the same memory."""

    def written(context: Any, builder: ir.IRBuilder, signature: Any, given: Any) -> ir.Value:
        arrays = zip(signature.args[:2], given[:2], strict=True)
        data = [context.make_array(kind)(context, builder, each).data for kind, each in arrays]
        return builder.call(translated(builder.module, play_on), [*data, given[2]])

    return types.int64(words, floats, budget), written


def kernel(sources: str) -> Kernel:
    """The compiled loop. What numba keeps of it on disk is for these sources alone."""

    def play(words: Any, floats: Any, budget: int) -> Any:
        return written(words, floats, budget) if sources else 0

    written: Any = _play_on
    signature = types.int64(types.int64[::1], types.float64[::1], types.int64)
    try:
        return njit(signature, nogil=True, cache=True)(play)
    except RuntimeError:  # no place for a cache: installed read-only, and no home
        return njit(signature, nogil=True)(play)


def digest() -> str:
    """A number of all files of this package: a change in any makes a new kernel."""
    total = blake2b(digest_size=16)
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".py"):
            total.update(file.read_bytes())
    return total.hexdigest()


PLAY_ON = kernel(digest())
