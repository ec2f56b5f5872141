"""Which results of a step can be enabled together, and how their shares add up."""

from salesflow.process.steps import Result, Step

_CLOSE = 1e-9  # shares are decimals of a percent; binary fractions of them add up with tiny errors


def open_choice(step: Step) -> bool:
    """Whether nothing but shares decides: no condition, no limit, no ``otherwise``."""
    return not any(
        result.when is not None or result.at_most is not None or result.otherwise
        for result in step.next.values()
    )


def share_total(step: Step) -> float:
    """The shares of the results that are chosen, added up; ``rest`` is what the others leave."""
    return sum(result.share or 0.0 for result in step.chosen())


def whole(total: float) -> bool:
    """Whether shares add up to 100%."""
    return abs(total - 1.0) < _CLOSE


def together(one: Result, other: Result) -> bool:
    """Whether two results of a step are surely enabled together for some deals."""
    return one.when is None or other.when is None or one.when == other.when
