"""Student's t distribution, from the incomplete beta function.

The tail is ``P(|T| > t) = I_x(df / 2, 1 / 2)`` with ``x = df / (df + t^2)`` (Abramowitz and Stegun,
26.7.1 and 26.5.27). ``I`` is worked out by its continued fraction (NIST Digital Library of
Mathematical Functions, 8.17.22) with the method of Lentz as Thompson and Barnett changed it (1986).
"""

from functools import lru_cache
from math import exp, inf, lgamma, log, log1p
from statistics import NormalDist

_TINY = 1e-300  # in place of a zero that would be divided by
_CLOSE = 1e-15  # the steps come so close to 1 whatever rounding does
_NEARLY_NORMAL = 1_000_000  # degrees of freedom: the quantiles agree to seven digits


def tails(t: float, df: int) -> float:
    """The chance that a t value with ``df`` degrees of freedom is farther from 0 than ``t``."""
    if df < 1:
        raise ValueError(f"degrees of freedom must be at least 1, not {df}")
    if abs(t) == inf:
        return 0.0
    square = t * t
    return beta_share(df / (df + square), df / 2, 0.5, rest=square / (df + square))


@lru_cache(maxsize=4096)
def quantile(confidence: float, df: int) -> float:
    """How many standard errors an interval reaches to each side to hold the truth so often.

    ``quantile(0.95, 29)`` is 2.045: 95% of t values with 29 degrees of freedom lie within it.
    ValueError unless confidence lies between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
    low = NormalDist().inv_cdf((1 + confidence) / 2)  # t has the heavier tails
    if df >= _NEARLY_NORMAL:
        return low
    outside, high = 1 - confidence, 2 * low + 1
    while tails(high, df) > outside:
        low, high = high, 2 * high
    while True:
        middle = (low + high) / 2
        if not low < middle < high:
            return middle
        if tails(middle, df) > outside:
            low = middle
        else:
            high = middle


def beta_share(x: float, a: float, b: float, *, rest: float | None = None) -> float:
    """The regularized incomplete beta function ``I_x(a, b)``, for x from 0 to 1.

    ``rest`` is 1 - x, where the caller has it without the rounding.
    """
    rest = 1 - x if rest is None else rest
    if x <= 0 or rest <= 0:
        return float(x > 0)
    if x > (a + 1) / (a + b + 2):  # where the fraction converges slowly, its mirror image does not
        return 1 - beta_share(rest, b, a, rest=x)
    front = a * log(x) + b * (log1p(-x) if x < 0.5 else log(rest))
    front += lgamma(a + b) - lgamma(a) - lgamma(b)
    return exp(front) / (a * _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction 1 + d1 / (1 + d2 / (1 + …))."""
    value, over, under = 1.0, 1.0, 0.0
    term, step = 0, 0.0
    while abs(step - 1) > _CLOSE:
        term += 1
        m = term // 2
        if term % 2:
            d = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            d = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        over = 1 + d / over or _TINY
        under = 1 / (1 + d * under or _TINY)
        step = over * under
        value *= step
    return value
