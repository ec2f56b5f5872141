"""Compiled, random numbers and what is drawn with them have the same bits as in Python."""

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from numba import njit

from salesflow.simulation.engine_numba import chance, compiled
from salesflow.simulation.engine_numba.compiled import Floats, Ints
from salesflow.simulation.engine_numba.jit import SIGNATURE, called
from salesflow.simulation.engine_numba.layout import HEADER, ROUND_KEYS
from salesflow.simulation.engine_numba.memory import bits_of
from salesflow.simulation.philox import round_keys, uniforms

POINTS = 100_000
MU, SIGMA = 1.25, 0.75


def normals(m: Ints, x: Floats, number: int) -> int:
    for at in range(number):
        x[at] = chance.normal(x[at], MU, SIGMA)
    return number


def exponentials(m: Ints, x: Floats, number: int) -> int:
    for at in range(number):
        x[at] = -math.log1p(-x[at])
    return number


def powers(m: Ints, x: Floats, number: int) -> int:
    for at in range(number):
        x[at] = math.exp(x[at] * 40.0 - 20.0)
    return number


def blocks(m: Ints, x: Floats, number: int) -> int:
    for each in range(number):
        at = HEADER + each * 4
        one, two, three = chance.uniforms(m, m[at], m[at + 1], m[at + 2], m[at + 3])
        x[at] = one
        x[at + 1] = two
        x[at + 2] = three
    return number


def bits(m: Ints, x: Floats, number: int) -> int:
    for at in range(number):
        word = m[at]
        m[at] = compiled.times_high(word, ~word) ^ compiled.shifted(word, 7)
        m[at] = compiled.plus(compiled.times(m[at], word), compiled.lowest(word))
        m[at] = compiled.plus(m[at], compiled.bit_length(compiled.shifted(word, 1)))
    return number


def run(function: Callable[[Any, Any, int], int], words: Any, number: int) -> None:
    inside = called(function)

    def outside(words: Any, floats: Any, number: int) -> Any:
        return inside(words, floats, number)

    assert njit(SIGNATURE)(outside)(words, words.view(np.float64), number) == number


@pytest.fixture(scope="module")
def spread_out() -> Any:
    """Numbers in (0, 1), among them the least and the greatest that come out of a block."""
    points = np.random.default_rng(1).random(POINTS)
    points[:4] = 2.0**-43, 1.0 - 2.0**-43, 0.5, 0.075
    points[4:1000] **= 20.0
    points[1000:2000] = 1.0 - points[1000:2000] ** 20.0
    return np.clip(points, 2.0**-43, 1.0 - 2.0**-43)


@pytest.mark.parametrize(
    ("function", "python"),
    [
        (normals, NormalDist(MU, SIGMA).inv_cdf),
        (exponentials, lambda u: -math.log1p(-u)),
        (powers, lambda u: math.exp(u * 40.0 - 20.0)),
    ],
    ids=["normal", "log1p", "exp"],
)
def test_a_hundred_thousand_values_have_the_same_bits(
    function: Callable[[Any, Any, int], int], python: Callable[[float], float], spread_out: Any
) -> None:
    floats = spread_out.copy()
    run(function, floats.view(np.int64), POINTS)
    assert floats.tolist() == [python(u) for u in spread_out.tolist()]


def test_uniforms_are_those_of_the_published_generator() -> None:
    random = np.random.default_rng(2)
    number = 2_000
    words = np.zeros(HEADER + 4 * number, dtype=np.int64)
    keys = round_keys(4_000_000_000, 17)
    words[ROUND_KEYS : ROUND_KEYS + 10] = [compiled.signed(key) for key in keys]
    asked = random.integers(-(2**63), 2**63, size=(number, 4))
    asked[:, 2] %= 5_000_000
    asked[:, 3] %= 1 << 25  # visits wrap after 24 bits
    words[HEADER:] = asked.ravel()
    run(blocks, words, number)
    drawn = words.view(np.float64)[HEADER:].reshape(number, 4)[:, :3]
    expected = [
        uniforms(e & compiled.MASK, s & compiled.MASK, deal, visit, keys)
        for e, s, deal, visit in asked.tolist()
    ]
    assert [tuple(row) for row in drawn.tolist()] == expected


def test_what_64_bits_do_is_what_python_says() -> None:
    words = np.random.default_rng(3).integers(-(2**63), 2**63, size=1_000)
    words[words == 0] = 1
    plain = memoryview(words.copy())
    bits(plain, plain.cast("B").cast("d"), len(words))
    run(bits, words, len(words))
    assert words.tolist() == plain.tolist()


@pytest.mark.parametrize("value", [709.0, 1e9, math.inf])
def test_a_power_that_is_too_large_never_comes(value: float) -> None:
    assert chance._exp(value) == math.inf
    assert chance.whole(chance._exp(value)) == 1 << 60


def test_a_float_is_kept_as_its_bits() -> None:
    assert bits_of(1.0) == 0x3FF0000000000000
    assert bits_of(-0.0) == -(1 << 63)
