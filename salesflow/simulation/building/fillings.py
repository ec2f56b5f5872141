"""What steps, results and sources fill, set and ask for."""

from collections.abc import Mapping

from salesflow.distributions import Distribution
from salesflow.expressions import Expression
from salesflow.simulation.building.draft import Draft
from salesflow.simulation.building.draws import draw_of
from salesflow.simulation.building.formulas import (
    Known,
    Names,
    condition_code,
    value_code,
)
from salesflow.simulation.building.opened import Opened
from salesflow.simulation.program import Capture, Setting


def captures_of(
    filled: Mapping[str, Distribution | None],
    opened: Opened,
    draft: Draft,
    path: str,
    word: str = "captures",
) -> tuple[Capture, ...]:
    """What is filled, by field; random numbers are keyed by ``path`` and ``word``."""
    return tuple(
        _capture(filled[name], opened.fields[name], draft, opened.key(f"{path}#{word}.{name}"))
        for name in sorted(filled)
    )


def _capture(drawn: Distribution | None, field: Known, draft: Draft, key: int) -> Capture:
    if drawn is None:
        return Capture(field.number, -1, key)
    draw = draft.draws.number(draw_of(drawn, choices=field.values))
    return Capture(field.number, draw, key)


def settings_of(
    written: Mapping[str, Expression | None], names: Names, draft: Draft
) -> tuple[Setting, ...]:
    """The values that a result sets, by field; ``filled`` is no value."""
    return tuple(
        Setting(
            names.fields[name].number,
            draft.codes.number(value_code(expression, names, names.fields[name])),
        )
        for name, expression in sorted(written.items())
        if expression is not None
    )


def guard_of(when: Expression | None, names: Names, draft: Draft) -> int:
    """The code of a condition, -1 where there is none."""
    return -1 if when is None else draft.codes.number(condition_code(when, names))
