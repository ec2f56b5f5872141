"""The end of a replication: what is still open is counted as far as it came."""

from salesflow.simulation.engine_numba.compiled import Ints
from salesflow.simulation.engine_numba.counting import probe_age
from salesflow.simulation.engine_numba.layout import (
    CHAIN,
    COUNTED,
    DEAL_NUMBER,
    DEALS,
    END,
    LATER,
    NEXT_DEAL,
    NEXT_SCOPE,
    NEXT_THREAD,
    NODE,
    NOW,
    PART,
    ROLE_COUNT,
    ROLES,
    ROOT,
    SCOPES,
    STAGE,
    STAGE_SINCE,
    STATE,
    STUCK,
    THREADS,
    TIMER,
    VISITS,
    WAITING,
    WAITS_AT,
    WORKING,
)
from salesflow.simulation.engine_numba.people import person_time
from salesflow.simulation.engine_numba.rows import (
    FREE_COUNT,
    G_BEYOND,
    G_OPEN,
    HEADCOUNT,
    MAX_AGE,
    N_SEEN,
    N_STUCK,
    OWN_QUEUE,
    P_OPEN,
    P_OPEN_TIME,
    P_STUCK,
    R_QUEUE,
    R_TAKEN,
    ROLE_SIZE,
)
from salesflow.simulation.engine_numba.visits import credit, piece
from salesflow.simulation.program import NEVER


def close(m: Ints) -> None:
    """Now is the end: count people at work, queues, and the deals that are open."""
    m[NOW] = m[END]
    for each in range(m[ROLE_COUNT]):
        role = m[ROLES] + each * ROLE_SIZE
        m[role + R_TAKEN] += (m[role + HEADCOUNT] - m[role + FREE_COUNT]) * person_time(m, role)
        m[role + R_QUEUE] += m[role + OWN_QUEUE] * m[END]
    deal = m[DEALS]
    while deal:
        part = m[deal + PART]
        m[part + P_OPEN_TIME] += m[END]
        active = _walk(m, deal, False)
        if active:
            probe_age(m, deal)
        if m[deal + COUNTED]:
            stage = m[deal + STAGE]
            if stage:
                m[stage + G_OPEN] += 1
                if 0 <= m[stage + MAX_AGE] < m[END] - m[deal + STAGE_SINCE]:
                    m[stage + G_BEYOND] += 1
            m[part + (P_OPEN if active else P_STUCK)] += 1
            if not active:
                _walk(m, deal, True)
        deal = m[deal + NEXT_DEAL]


def _walk(m: Ints, deal: int, stuck: bool) -> bool:
    """Look at all that is open in a deal; whether anything goes on.

    The first time what people are at is counted, the second time (``stuck``) where it stands.
    """
    active = False
    scope = m[deal + ROOT]
    m[scope + CHAIN] = 0
    while scope:
        chain = m[scope + CHAIN]
        visit = m[scope + VISITS]
        while visit:
            state = m[visit + STATE]
            if stuck:
                if state == STUCK:
                    _stands(m, deal, m[visit + NODE])
            else:
                if state == WORKING:
                    credit(m, visit, piece(m, visit, False)[1])
                active = active or state <= WAITING or m[visit + TIMER] < NEVER
            inner = m[visit + SCOPES]
            while inner:
                m[inner + CHAIN] = chain
                chain = inner
                inner = m[inner + NEXT_SCOPE]
            visit = m[visit + LATER]
        thread = m[scope + THREADS]
        while thread and stuck:
            _stands(m, deal, m[thread + WAITS_AT])
            thread = m[thread + NEXT_THREAD]
        scope = chain
    return active


def _stands(m: Ints, deal: int, node: int) -> None:
    if m[node + N_SEEN] != m[deal + DEAL_NUMBER] + 1:
        m[node + N_SEEN] = m[deal + DEAL_NUMBER] + 1
        m[node + N_STUCK] += 1
