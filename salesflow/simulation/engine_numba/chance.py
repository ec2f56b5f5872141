"""Random numbers and what is drawn with them: the same bits as in Python.

The generator is that of ``philox.py``. The normal distribution is inverted by algorithm AS 241
(Wichura, Applied Statistics 37, 1988), evaluated in the order in which CPython's ``statistics``
does it, so that the last bit is the same.
"""

import math

from salesflow.simulation.engine_numba.compiled import (
    Floats,
    Ints,
    shifted,
    signed,
    times,
    times_high,
)
from salesflow.simulation.engine_numba.layout import (
    ROUND_KEYS,
)
from salesflow.simulation.engine_numba.rows import (
    FAMILY,
    SCALE,
    VALUES,
    A,
    B,
    C,
)
from salesflow.simulation.philox import MULTIPLIER, ROUNDS, THIRD, UNIT
from salesflow.simulation.program import (
    CHOICE,
    CONSTANT,
    EXPONENTIAL,
    LOGNORMAL,
    NEVER,
    TRIANGULAR,
)

_FACTOR = signed(MULTIPLIER)
MOST_EXPONENT = 709.0  # from here on exp counts as endless


def uniforms(
    m: Ints, element: int, source: int, deal: int, visit: int
) -> tuple[float, float, float]:
    """Three numbers in (0, 1) for an element, a deal of a source and a visit."""
    first = element ^ source
    second = deal << 24 | visit & 0xFFFFFF
    for turn in range(ROUNDS):
        first, second = (
            times_high(first, _FACTOR) ^ m[ROUND_KEYS + turn] ^ second,
            times(first, _FACTOR),
        )
    third = (shifted(first, 42) | shifted(second, 42) << 22) & THIRD
    return (
        (float(first & THIRD) + 0.5) * UNIT,
        (float(second & THIRD) + 0.5) * UNIT,
        float(third) * UNIT + 0.5 * UNIT,
    )


def normal(p: float, mu: float, sigma: float) -> float:
    """The value below which a share ``p`` of a normal distribution lies."""
    q = p - 0.5
    if math.fabs(q) <= 0.425:
        value = _middle(q)
    else:
        r = math.sqrt(-math.log(p if q <= 0.0 else 1.0 - p))
        value = _tail(r - 1.6) if r <= 5.0 else _far_tail(r - 5.0)
        if q < 0.0:
            value = -value
    return mu + value * sigma


def _middle(q: float) -> float:
    """The quotient of two polynomials, near the middle."""
    r = 0.180625 - q * q
    num = 2.5090809287301226727e3 * r + 3.3430575583588128105e4
    num = num * r + 6.7265770927008700853e4
    num = num * r + 4.5921953931549871457e4
    num = num * r + 1.3731693765509461125e4
    num = num * r + 1.9715909503065514427e3
    num = num * r + 1.3314166789178437745e2
    num = num * r + 3.3871328727963666080e0
    den = 5.2264952788528545610e3 * r + 2.8729085735721942674e4
    den = den * r + 3.9307895800092710610e4
    den = den * r + 2.1213794301586595867e4
    den = den * r + 5.3941960214247511077e3
    den = den * r + 6.8718700749205790830e2
    den = den * r + 4.2313330701600911252e1
    den = den * r + 1.0
    return num * q / den


def _tail(r: float) -> float:
    """The same farther out, in the root of the logarithm."""
    num = 7.74545014278341407640e-4 * r + 2.27238449892691845833e-2
    num = num * r + 2.41780725177450611770e-1
    num = num * r + 1.27045825245236838258e0
    num = num * r + 3.64784832476320460504e0
    num = num * r + 5.76949722146069140550e0
    num = num * r + 4.63033784615654529590e0
    num = num * r + 1.42343711074968357734e0
    den = 1.05075007164441684324e-9 * r + 5.47593808499534494600e-4
    den = den * r + 1.51986665636164571966e-2
    den = den * r + 1.48103976427480074590e-1
    den = den * r + 6.89767334985100004550e-1
    den = den * r + 1.67638483018380384940e0
    den = den * r + 2.05319162663775882187e0
    den = den * r + 1.0
    return num / den


def _far_tail(r: float) -> float:
    """The same in the far tails."""
    num = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
    num = num * r + 1.24266094738807843860e-3
    num = num * r + 2.65321895265761230930e-2
    num = num * r + 2.96560571828504891230e-1
    num = num * r + 1.78482653991729133580e0
    num = num * r + 5.46378491116411436990e0
    num = num * r + 6.65790464350110377720e0
    den = 2.04426310338993978564e-15 * r + 1.42151175831644588870e-7
    den = den * r + 1.84631831751005468180e-5
    den = den * r + 7.86869131145613259100e-4
    den = den * r + 1.48753612908506148525e-2
    den = den * r + 1.36929880922735805310e-1
    den = den * r + 5.99832206555887937690e-1
    den = den * r + 1.0
    return num / den


def _exp(exponent: float) -> float:
    return math.inf if exponent >= MOST_EXPONENT else math.exp(exponent)


def _one_of(m: Ints, x: Floats, choices: int, u: float) -> float:
    at = choices + 1
    last = choices + 2 * m[choices] - 1
    while at < last and u > x[at + 1]:
        at += 2
    return x[at]


def _triangular(least: float, usual: float, most: float, u: float) -> float:
    width, rise = most - least, usual - least
    if u * width < rise:
        return min(least + math.sqrt(u * width * rise), usual)
    return max(most - math.sqrt((1.0 - u) * width * (width - rise)), usual)


def drawn(m: Ints, x: Floats, draw: int, u: float) -> float:
    """The value of a draw, in milliseconds or in the unit of its field."""
    family, a, b = m[draw + FAMILY], x[draw + A], x[draw + B]
    if family == CONSTANT:
        value = a
    elif family == EXPONENTIAL:
        value = -a * math.log1p(-u)
    elif family == LOGNORMAL:
        value = _exp(normal(u, a, b))
    elif family == TRIANGULAR:
        value = _triangular(a, b, x[draw + C], u)
    elif family == CHOICE:
        value = _one_of(m, x, m[draw + VALUES], u)
    else:
        value = min(a + u * (b - a), b)
    return value * x[draw + SCALE]


def whole(value: float) -> int:
    """A time in whole milliseconds; one that is too long never comes."""
    return int(value + 0.5) if value < NEVER else NEVER
