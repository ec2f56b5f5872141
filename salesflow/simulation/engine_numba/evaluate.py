"""What a deal knows: conditions and values worked out, and fields filled."""

import math

from salesflow.simulation.codes import (
    ADD,
    AND,
    DIVIDE,
    EQUAL,
    FIELD,
    FILLED,
    GREATER,
    GREATER_EQUAL,
    LESS,
    LESS_EQUAL,
    MULTIPLY,
    NEGATE,
    NOT,
    NOT_EQUAL,
    PUSH,
    SUBTRACT,
)
from salesflow.simulation.engine_numba.chance import drawn, uniforms
from salesflow.simulation.engine_numba.compiled import Floats, Ints
from salesflow.simulation.engine_numba.layout import (
    OF_SOURCE,
    SCRATCH,
    SOURCE,
)
from salesflow.simulation.engine_numba.rows import (
    CAPTURE_SIZE,
    SETTING_SIZE,
    SOURCE_KEY,
)


def _both(operation: int, left: float, right: float) -> float:
    if operation == ADD:
        return left + right
    if operation == SUBTRACT:
        return left - right
    if operation == MULTIPLY:
        return left * right
    if operation == DIVIDE:
        return left / right
    return 1.0 if _holds(operation, left, right) else 0.0


def _holds(operation: int, left: float, right: float) -> bool:
    if operation == LESS:
        return left < right
    if operation == LESS_EQUAL:
        return left <= right
    if operation == GREATER:
        return left > right
    if operation == GREATER_EQUAL:
        return left >= right
    if operation == EQUAL:
        return left == right
    if operation == NOT_EQUAL:
        return left < right or left > right
    if operation == AND:
        return left != 0.0 and right != 0.0
    return left != 0.0 or right != 0.0  # OR


def worked_out(m: Ints, x: Floats, code: int, deal: int, stack: int) -> float:
    """The value of a code for a deal; ``stack`` is where there is room for what it needs."""
    at = code + 1
    end = at + 2 * m[code]
    while at < end:
        operation = m[at]
        if operation <= FILLED:
            if operation == PUSH:
                x[stack] = x[at + 1]
            else:
                place = deal + m[at + 1]
                if operation == FIELD:
                    x[stack] = x[place]
                elif operation == FILLED:
                    x[stack] = 1.0 if x[place] == x[place] else 0.0
                else:  # COUNT and VISITED
                    x[stack] = float(m[place])
            stack += 1
        elif operation == NEGATE:
            x[stack - 1] = -x[stack - 1]
        elif operation == NOT:
            x[stack - 1] = 0.0 if x[stack - 1] != 0.0 else 1.0
        else:
            stack -= 1
            x[stack - 1] = _both(operation, x[stack - 1], x[stack])
        at += 2
    return x[stack - 1]


def fill(m: Ints, x: Floats, captures: int, deal: int, visit: int) -> None:
    """Fill the fields of a list of captures, in order."""
    for each in range(m[captures]):
        capture = captures + 1 + each * CAPTURE_SIZE
        place = deal + m[capture]
        draw = m[capture + 1]
        if draw:
            source = m[m[deal + SOURCE] + SOURCE_KEY]
            u, _, _ = uniforms(m, m[capture + 2], source, m[deal + OF_SOURCE], visit)
            x[place] = drawn(m, x, draw, u)
        elif math.isnan(x[place]):
            x[place] = 1.0


def settle_fields(m: Ints, x: Floats, settings: int, deal: int) -> None:
    """Set the fields of a list of settings; all read what was known before."""
    number, values = m[settings], m[SCRATCH]
    for each in range(number):
        code = m[settings + 2 + each * SETTING_SIZE]
        x[values + each] = worked_out(m, x, code, deal, values + number)
    for each in range(number):
        if not math.isnan(x[values + each]):
            x[deal + m[settings + 1 + each * SETTING_SIZE]] = x[values + each]


def unfilled(m: Ints, x: Floats, fields: int, deal: int) -> int:
    """How many of a list of fields are not filled."""
    number = 0
    for each in range(m[fields]):
        if math.isnan(x[deal + m[fields + 1 + each]]):
            number += 1
    return number
