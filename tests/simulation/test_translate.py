"""What a function says in Python it also does compiled, for all that a function may say."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from llvmlite import ir
from numba import njit

from salesflow.simulation.engine_numba import compiled
from salesflow.simulation.engine_numba.compiled import Floats, Ints
from salesflow.simulation.engine_numba.jit import SIGNATURE, called
from salesflow.simulation.engine_numba.translate import translated

INTS, FLOATS, OUT = 0, 4, 8  # words that are given, and from where on the answers stand
WORDS = 160
STEP = -3
HALF = 0.5


def whole_numbers(m: Ints, x: Floats, out: int) -> int:
    a, b, c, d = m[INTS], m[INTS + 1], m[INTS + 2], m[INTS + 3]
    m[out] = a + b - c
    m[out + 1] = a * b
    m[out + 2] = -a
    m[out + 3] = ~a
    m[out + 4] = a & b | c
    m[out + 5] = a ^ b
    m[out + 6] = a << d
    m[out + 7] = a >> d
    m[out + 8] = (a & 0xFFFF) // (d + 1)
    m[out + 9] = (a & 0xFFFF) % (d + 1)
    m[out + 10] = min(a, b) - max(b, c)
    m[out + 11] = int(x[FLOATS])
    m[out + 12] = (a < b) + (b <= c)  # truth values count as 0 and 1
    m[out + 13] = compiled.MASK & 0xFF
    return out + 14


def broken_numbers(m: Ints, x: Floats, out: int) -> int:
    a, b, c = x[FLOATS], x[FLOATS + 1], x[FLOATS + 2]
    x[out] = a + b - c
    x[out + 1] = a * b + HALF
    x[out + 2] = a / b if b else -a
    x[out + 3] = m[INTS] / (m[INTS + 3] + 1)
    x[out + 4] = m[INTS] * a - m[INTS + 1]
    x[out + 5] = min(a, b) + max(b, c)
    x[out + 6] = math.sqrt(math.fabs(a))
    x[out + 7] = math.log(math.fabs(b) + 1.0)
    x[out + 8] = math.exp(-math.fabs(c))
    x[out + 9] = math.log1p(math.fabs(a))
    x[out + 10] = float(m[INTS + 2])
    x[out + 11] = math.inf if a > b else -math.inf
    x[out + 12] = m[INTS] if a < b else HALF
    x[out + 13] = 7
    return out + 14


def truths(m: Ints, x: Floats, out: int) -> int:
    a, b, c, nan = m[INTS], m[INTS + 1], m[INTS + 2], math.nan
    m[out] = a == b
    m[out + 1] = a != b
    m[out + 2] = a < b <= c
    m[out + 3] = a > b >= c
    m[out + 4] = a < x[FLOATS]
    m[out + 5] = nan == a or nan < 0.0 or nan >= 0.0
    m[out + 6] = nan != a and not math.isnan(x[FLOATS])
    m[out + 7] = math.isnan(nan)
    m[out + 8] = a and b  # not only truth: the operand that settles it
    m[out + 9] = a or b or c
    m[out + 10] = not a
    m[out + 11] = not ((a < b and c < b) or x[FLOATS])
    m[out + 12] = 1 if x[FLOATS + 1] else 0
    m[out + 13] = True
    return out + 14


def ways(m: Ints, x: Floats, out: int) -> int:
    a, b = m[INTS], m[INTS + 1]
    if a < 0:
        m[out] = 1
    elif a < b:
        if b < 1000:
            m[out] = 2
    else:
        m[out] = 3
    total = 0
    while True:
        total += 1
        if total == 3:
            continue
        if total > m[INTS + 3] & 15:
            break
        m[out + 1] += total
    for each in range(m[INTS + 3]):
        if each == 5:
            break
        m[out + 2] += each
    for each in range(-2, b):
        if each > 4:
            break
        if each & 1:
            continue
        m[out + 3] = each + m[out + 3] * 2
    for each in range(10, 0, STEP):
        m[out + 4] = m[out + 4] * 3 + each
    for each in range(1, 20, 7):
        for inner in range(each):
            m[out + 5] ^= inner << each
    return out + 6


def changes(m: Ints, x: Floats, out: int) -> int:
    a, b = m[INTS], m[INTS + 1]
    a, b = b, a  # both values are read before
    m[out], m[out + 1] = a, b
    c = d = a & 7
    c += 2
    d -= 3
    d *= c
    d |= 1
    d ^= 12
    d &= 0xFFF
    d <<= 2
    d >>= 1
    m[out + 2] = c + d
    half = HALF
    half += a
    half /= 3.0
    x[out + 3] = half
    m[out + 4] -= c
    m[m[out + 4] + c + out + 5] = 9
    whole, broken, holds = _three(m, out, half)
    m[out + 6] = whole + holds
    x[out + 7] = broken
    _, x[out + 8], _ = _three(m, out, a)  # a whole number where a float is asked for
    _note(m, out + 9, holds)
    m[out + 10] = _sign(a) + _sign(0) + _even(d)
    m[out + 11] = _three(m, out, half)[0]
    return out + 12


def _three(m: Ints, at: int, value: float) -> tuple[int, float, bool]:
    return m[at] + 1, value * 2.0, value > 0.0


def _note(m: Ints, at: int, holds: bool) -> None:
    """Words that say something stand for nothing."""
    if not holds:
        return
    m[at] = 5


def _sign(value: int) -> int:
    if value < 0:
        return -1
    if value > 0:
        return 1
    return 0


def _even(value: int) -> bool:
    return value % 2 == 0


def words_of_bits(m: Ints, x: Floats, out: int) -> int:
    a, b, c, d = m[INTS], m[INTS + 1], m[INTS + 2], m[INTS + 3]
    large = a << 33 | b & 0xFFFF
    m[out] = compiled.plus(large, 0x7FFFFFFFFFFFFFFF)
    m[out + 1] = compiled.times(large, c)
    m[out + 2] = compiled.times_high(large, ~large)
    m[out + 3] = compiled.shifted(large, d + 1)
    m[out + 4] = compiled.lowest(large | compiled.bit(63))
    m[out + 5] = compiled.bit_length(b & 0xFFFFF)
    m[out + 6] = compiled.bit(d) ^ compiled.bit(63)
    return out + 7


def all_of_it(m: Ints, x: Floats, out: int) -> int:
    out = whole_numbers(m, x, out)
    out = broken_numbers(m, x, out)
    out = truths(m, x, out)
    out = ways(m, x, out)
    out = changes(m, x, out)
    return words_of_bits(m, x, out)


@pytest.fixture(scope="module")
def compiled_at_once() -> Callable[[Any, Any, int], int]:
    """All functions above; to compile them together takes no longer than to compile one."""
    inside = called(all_of_it)

    def outside(words: Any, floats: Any, number: int) -> Any:
        return inside(words, floats, number)

    function: Callable[[Any, Any, int], int] = njit(SIGNATURE)(outside)
    return function


NUMBERS = st.integers(-(1 << 30), 1 << 30)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    ints=st.tuples(NUMBERS, NUMBERS, NUMBERS, st.integers(0, 30)),
    floats=st.tuples(*[st.floats(-1e9, 1e9)] * 3),
)
@example(ints=(0, 0, 0, 0), floats=(0.0, -0.0, 0.0))
@example(ints=(3, 3, 3, 3), floats=(3.0, 3.0, -3.0))
@example(ints=(-1, 0, 1, 30), floats=(-0.5, 0.0, 0.5))
def test_compiled_all_means_what_it_means_in_python(
    compiled_at_once: Callable[[Any, Any, int], int],
    ints: tuple[int, ...],
    floats: tuple[float, ...],
) -> None:
    words = np.zeros(WORDS, dtype=np.int64)
    words[INTS : INTS + len(ints)] = ints
    words.view(np.float64)[FLOATS : FLOATS + len(floats)] = floats
    expected: Any = words.copy()
    plain = memoryview(expected)
    written = all_of_it(plain, plain.cast("B").cast("d"), OUT)
    assert written < WORDS
    assert compiled_at_once(words, words.view(np.float64), OUT) == written
    assert words.tolist() == expected.tolist()


def changes_kind(m: Ints, x: Floats, out: int) -> int:
    flag = True
    flag = m[out]  # type: ignore[assignment]
    return int(flag)


def says_a_text(m: Ints, x: Floats, out: int) -> int:
    return "text"  # type: ignore[return-value]


def without_types(m: Ints, x: Floats, out: int):  # type: ignore[no-untyped-def] # noqa: ANN201
    return out


def calls_what_has_none(m: Ints, x: Floats, out: int) -> int:
    return without_types(m, x, out)  # type: ignore[no-any-return]


def calls_something_else(m: Ints, x: Floats, out: int) -> int:
    return len("four")


def does_something_else(m: Ints, x: Floats, out: int) -> int:
    with m:  # type: ignore[attr-defined]
        return out


@pytest.mark.parametrize(
    ("function", "error", "says"),
    [
        (changes_kind, TypeError, "i64 cannot be i1 in changes_kind"),
        (says_a_text, TypeError, "not a number: 'text'"),
        (without_types, TypeError, "a function without types: .*without_types"),
        (calls_what_has_none, TypeError, "a function without types: .*without_types"),
        (calls_something_else, TypeError, "not a number: 'four'|not a function"),
        (does_something_else, AttributeError, "_do_with"),
    ],
)
def test_what_is_not_of_the_subset_is_refused_when_it_is_translated(
    function: Callable[..., Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        translated(ir.Module("refused"), function)
