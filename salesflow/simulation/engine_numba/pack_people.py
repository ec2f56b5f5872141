"""Writes tables, roles and crews into memory, and the posts and lines of their queues."""

from salesflow.simulation.engine_numba.memory import Memory, at
from salesflow.simulation.engine_numba.people import BITS
from salesflow.simulation.engine_numba.places import Places
from salesflow.simulation.engine_numba.rows import (
    BIT_WORDS,
    CREW_TABLE,
    FILLED_LINES,
    FIRST,
    FREE_BITS,
    FREE_COUNT,
    HEADCOUNT,
    KEEPER,
    KEEPING,
    LEADER,
    LINES,
    LOOK_BIT,
    MAX_OPEN,
    MIXED,
    OPEN_BY_PERSON,
    ORDER,
    PASSED_WARMUP,
    POST_CREW,
    POST_ROLE,
    POST_SIZE,
    POSTS,
    R_WEEK,
    ROLE_NUMBER,
    ROLE_POSTS,
    ROLE_TABLE,
    STRETCH,
    STRETCHES,
    TABLE_CLOSES,
    TABLE_NUMBER,
    TABLE_OPENS,
    TABLE_PASSED,
    TABLE_ROLES,
)
from salesflow.simulation.program import Crew, Program, Table

HOURS_OF_WEEK = 168


def pack_people(program: Program, memory: Memory, places: Places, keepers: int) -> None:
    """Write all that has to do with people; ``keepers`` is where a deal's keepers begin."""
    for number, table in enumerate(program.tables):
        roles = {role for crew in program.crews if crew.table == number for role in crew.roles}
        row = places.tables[number]
        _table(memory, row, table, program.warmup)
        everyone = memory.numbers(places.roles[role] for role in sorted(roles))
        memory.put(row, {TABLE_NUMBER: number, TABLE_ROLES: everyone})
    posts: dict[int, list[int]] = {number: [] for number in range(len(program.roles))}
    for row, crew in zip(places.crews, program.crews, strict=True):
        _crew(program, memory, places, row, crew, posts)
    for number, row in enumerate(places.roles):
        _role(program, memory, places, number, keepers)
        memory.put(row, {ROLE_POSTS: memory.numbers(posts[number])})


def width(roles: int) -> int:
    """How many roles share a bit, where all must find room in a word."""
    return max(roles - 1, 0) // BITS + 1


def _table(memory: Memory, row: int, table: Table, warmup: int) -> None:
    lengths = [close - start for start, close in zip(table.opens, table.closes, strict=True)]
    before = sum(
        max(min(close, warmup) - start, 0)
        for start, close in zip(table.opens, table.closes, strict=True)
    )
    total = table.passed[-1] + lengths[-1] if lengths else 0
    memory.put(
        row,
        {
            STRETCHES: len(lengths),
            TABLE_OPENS: memory.block(table.opens),
            TABLE_CLOSES: memory.block(table.closes),
            TABLE_PASSED: memory.block([*table.passed, total]),
            PASSED_WARMUP: before,
        },
    )


def _crew(
    program: Program,
    memory: Memory,
    places: Places,
    row: int,
    crew: Crew,
    posts: dict[int, list[int]],
) -> None:
    keeping = [role for role in crew.roles if program.roles[role].keeper >= 0]
    lines = program.roles[keeping[0]].people if len(keeping) == 1 else 0
    own = []
    for role in crew.roles:
        post = memory.room(POST_SIZE)
        own.append(post)
        posts[role].append(post)
        memory.put(
            post,
            {
                POST_ROLE: places.roles[role],
                POST_CREW: row,
                LINES: memory.room(2 + lines),
                FILLED_LINES: memory.room(lines // BITS + 1),
            },
        )
    memory.put(
        row,
        {
            LEADER: places.roles[crew.leader],
            CREW_TABLE: at(places.tables, crew.table),
            STRETCH: float(crew.stretch),
            POSTS: memory.numbers(own),
            KEEPING: places.roles[keeping[0]] if len(keeping) == 1 else 0,
            MIXED: int(len(keeping) > 1),
        },
    )


def _role(program: Program, memory: Memory, places: Places, number: int, keepers: int) -> None:
    role = program.roles[number]
    words, roles_a_bit = role.people // BITS + 1, width(len(program.roles))
    free = [(1 << min(max(role.people - word * BITS, 0), BITS)) - 1 for word in range(words)]
    memory.put(
        places.roles[number],
        {
            FIRST: role.first,
            HEADCOUNT: role.people,
            ROLE_TABLE: at(places.tables, role.table),
            ORDER: role.order,
            KEEPER: keepers + role.keeper if role.keeper >= 0 else 0,
            MAX_OPEN: role.max_open,
            FREE_COUNT: role.people,
            FREE_BITS: memory.block(free),
            BIT_WORDS: words,
            OPEN_BY_PERSON: memory.room(role.people),
            ROLE_NUMBER: number,
            R_WEEK: memory.room(HOURS_OF_WEEK),
            LOOK_BIT: 1 << number // roles_a_bit,
        },
    )
