"""Who is free and may do what. Persons of a role are bits, 63 to a word; lowest number first."""

from salesflow.simulation.engine_numba.compiled import Ints, lowest
from salesflow.simulation.engine_numba.layout import (
    DEAL,
    LOOK,
    NODE,
    NOW,
    WARMUP,
)
from salesflow.simulation.engine_numba.rows import (
    APART,
    APART_SIZE,
    BIT_WORDS,
    FIRST,
    FREE_BITS,
    FREE_COUNT,
    KEEPER,
    LOOK_BIT,
    LOOKS,
    MAX_OPEN,
    OPEN_BY_PERSON,
    PASSED_WARMUP,
    R_TAKEN,
    ROLE_TABLE,
)
from salesflow.simulation.engine_numba.tables import passed

BITS = 63  # of persons in a word, and of a side of a policy


def look(m: Ints, role: int) -> None:
    """A role must look for work when all that happens now is done."""
    m[role + LOOKS] = 1
    m[LOOK] |= m[role + LOOK_BIT]


def barred(m: Ints, visit: int) -> int:
    """Persons, as bits of a side, who may not lead a visit, because they did something else."""
    sides, deal = m[m[visit + NODE] + APART], m[visit + DEAL]
    who = 0
    for each in range(m[sides]):
        side = sides + 1 + each * APART_SIZE
        for place in range(m[side + 1], m[side + 2]):
            if place != m[side]:
                who |= m[deal + place]
    return who


def note_leader(m: Ints, visit: int, person: int) -> None:
    """A person (program-wide number) leads a visit: note it for those who may not then."""
    sides, deal = m[m[visit + NODE] + APART], m[visit + DEAL]
    for each in range(m[sides]):
        place = deal + m[sides + 1 + each * APART_SIZE]
        m[place] |= 1 << person % BITS


def is_free(m: Ints, role: int, person: int) -> bool:
    """Whether a person of a role is free."""
    return m[m[role + FREE_BITS] + person // BITS] >> person % BITS & 1 != 0


def lowest_free(m: Ints, role: int, most: int, without: int) -> int:
    """The first free person with fewer than ``most`` open deals (-1: any), -1 if there is none."""
    bits, first = m[role + FREE_BITS], m[role + FIRST]
    for at in range(m[role + BIT_WORDS]):
        word = m[bits + at]
        while word:
            person = at * BITS + lowest(word)
            if (without == 0 or without >> (first + person) % BITS & 1 == 0) and (
                most < 0 or m[m[role + OPEN_BY_PERSON] + person] < most
            ):
                return person
            word &= word - 1
    return -1


def picked(m: Ints, role: int, deal: int, without: int) -> int:
    """Who of a role would do work of a deal now, -1 for nobody; ``without`` are barred."""
    if m[role + FREE_COUNT] == 0:
        return -1
    place = m[role + KEEPER]
    if place == 0:
        return lowest_free(m, role, -1, without)
    keeper = m[deal + place]
    if keeper < 0:
        return lowest_free(m, role, m[role + MAX_OPEN], without)
    if without >> (m[role + FIRST] + keeper) % BITS & 1:
        return lowest_free(m, role, -1, without)
    return keeper if is_free(m, role, keeper) else -1


def person_time(m: Ints, role: int) -> int:
    """The role's open time up to now, or up to the end of the warm-up if that comes later."""
    table = m[role + ROLE_TABLE]
    if m[NOW] < m[WARMUP]:
        return m[table + PASSED_WARMUP] if table else m[WARMUP]
    return passed(m, table, m[NOW])


def occupy(m: Ints, role: int, person: int) -> None:
    """A person is busy from now on."""
    m[m[role + FREE_BITS] + person // BITS] ^= 1 << person % BITS
    m[role + FREE_COUNT] -= 1
    m[role + R_TAKEN] -= person_time(m, role)


def release(m: Ints, role: int, person: int) -> None:
    """A person is free again and looks for work."""
    m[m[role + FREE_BITS] + person // BITS] ^= 1 << person % BITS
    m[role + FREE_COUNT] += 1
    m[role + R_TAKEN] += person_time(m, role)
    look(m, role)
