"""How visits take time, are interrupted and end, and what is counted of them."""

from salesflow.simulation.engine_numba.agenda import schedule, unschedule
from salesflow.simulation.engine_numba.chance import whole
from salesflow.simulation.engine_numba.compiled import Floats, Ints
from salesflow.simulation.engine_numba.counting import accept, note, spread
from salesflow.simulation.engine_numba.heap import give_row
from salesflow.simulation.engine_numba.layout import (
    CLIPPED,
    COUNTED,
    CREW,
    DEADLINE,
    DEAL,
    DEAL_NUMBER,
    EARLIER,
    EFFORT,
    END,
    ENDS,
    ENTERED,
    EXPIRY,
    FOURTH,
    HANDS_ON,
    HOME,
    INSTANCES,
    KEY,
    KIND,
    LATER,
    NEEDED,
    NODE,
    NOW,
    NUMBER,
    OWNER,
    PART,
    PEOPLE,
    QUEUED,
    SCOPE,
    SECOND,
    SPENT,
    STARTED,
    STARTS,
    STATE,
    STUCK,
    THIRD,
    VISIT_ROW,
    VISITS,
    WARMUP,
    WORKING,
)
from salesflow.simulation.engine_numba.people import (
    barred,
    note_leader,
    occupy,
    picked,
    release,
)
from salesflow.simulation.engine_numba.queues import drop_item, leave_queue, stand_again
from salesflow.simulation.engine_numba.rows import (
    APART,
    CREW_TABLE,
    FACING,
    FIRST,
    KEEPER,
    LEADER,
    N_EFFORT,
    N_ELAPSED,
    N_ENDED,
    N_JUDGED,
    N_LOST_EFFORT,
    N_STARTED,
    N_WAITING,
    N_WITHDRAWN,
    N_WITHIN,
    NODE_KIND,
    NODE_NUMBER,
    NODE_SPREAD,
    OPEN_BY_PERSON,
    P_ROLE_EFFORT,
    POST_ROLE,
    POSTS,
    R_EFFORT,
    R_LOST_EFFORT,
    R_SELLING,
    R_STARTED,
    R_WAITING,
    ROLE_NUMBER,
    ROLE_SPREAD,
    SLA,
    STRETCH,
)
from salesflow.simulation.engine_numba.tables import add_open, passed
from salesflow.simulation.program import WORK

BY_ITSELF, TIMED_OUT, WITHDRAWN = range(3)


def ends_at(m: Ints, visit: int, instant: int) -> None:
    """The visit's END comes at an instant; one at the end of all or later does not happen."""
    if instant < m[END]:
        m[visit + OWNER] = visit
        m[visit + KEY] = instant
        m[visit + SECOND] = ENDS << KIND
        m[visit + THIRD] = m[m[visit + DEAL] + DEAL_NUMBER]
        m[visit + FOURTH] = m[m[visit + NODE] + NODE_NUMBER] << 33 | m[visit + NUMBER] << 1
        schedule(m, visit)


def start(m: Ints, x: Floats, visit: int, crew: int) -> None:
    """People begin the work of a visit that waits in their queues."""
    leave_queue(m, visit)
    deal, now, node = m[visit + DEAL], m[NOW], m[visit + NODE]
    m[visit + STATE] = WORKING
    m[visit + CREW] = crew
    m[visit + STARTED] = now
    waited = now - m[visit + ENTERED]
    leader = -1
    without = barred(m, visit) if m[m[node + APART]] else 0
    posts = m[crew + POSTS]
    for each in range(m[posts]):
        role = m[m[posts + 1 + each] + POST_ROLE]
        leads = role == m[crew + LEADER]
        person = picked(m, role, deal, without if leads else 0)
        m[visit + PEOPLE + each] = person
        if leads:
            leader = m[role + FIRST] + person
        occupy(m, role, person)
        if m[role + KEEPER] and m[deal + m[role + KEEPER]] < 0:
            m[deal + m[role + KEEPER]] = person
            m[m[role + OPEN_BY_PERSON] + person] += 1
            stand_again(m, deal, role)
        if m[deal + COUNTED]:
            m[role + R_STARTED] += 1
            m[role + R_WAITING] += waited
            if m[role + ROLE_SPREAD]:
                spread(m, m[role + ROLE_SPREAD], waited)
    note(m, STARTS, m[deal + DEAL_NUMBER], m[node + NODE_NUMBER], leader)
    note_leader(m, visit, leader)
    began(m, visit, waited)
    effort = m[visit + EFFORT]
    m[visit + NEEDED] = whole(float(effort) * x[crew + STRETCH])
    ends_at(m, visit, add_open(m, m[crew + CREW_TABLE], now, m[visit + NEEDED]))


def began(m: Ints, visit: int, waited: int) -> None:
    """Work starts after it waited for so long."""
    node = m[visit + NODE]
    if m[m[visit + DEAL] + COUNTED]:
        m[node + N_STARTED] += 1
        m[node + N_WAITING] += waited
        if m[node + NODE_SPREAD]:
            spread(m, m[node + NODE_SPREAD], waited)
        accept(m, visit, True)


def piece(m: Ints, visit: int, ended: bool) -> tuple[int, int]:
    """The effort spent in a piece of work up to now, and the part of it in the measured time."""
    effort, needed, begun, now = m[visit + EFFORT], m[visit + NEEDED], m[visit + STARTED], m[NOW]
    table = m[m[visit + CREW] + CREW_TABLE]
    since = max(begun, m[WARMUP])
    if needed == 0:
        spent = effort if ended else 0
        return spent, spent if since == begun else 0
    spent = effort if ended else _part(m, table, begun, effort, needed)
    if since == begun:
        return spent, spent
    return spent, _part(m, table, since, effort, needed) if since < now else 0


def _part(m: Ints, table: int, since: int, effort: int, needed: int) -> int:
    share = float(effort) * float(passed(m, table, m[NOW]) - passed(m, table, since))
    return whole(share / float(needed))


def credit(m: Ints, visit: int, clipped: int) -> None:
    """Count the effort of a piece of work for each role of its crew."""
    part, posts = m[m[visit + DEAL] + PART], m[m[visit + CREW] + POSTS]
    facing = m[m[visit + NODE] + FACING]
    for each in range(m[posts]):
        role = m[m[posts + 1 + each] + POST_ROLE]
        m[role + R_EFFORT] += clipped
        m[part + P_ROLE_EFFORT + m[role + ROLE_NUMBER]] += clipped
        if facing:
            m[role + R_SELLING] += clipped


def stop(m: Ints, visit: int, ended: bool) -> None:
    """The effort ends, or is broken off; people are free."""
    spent, clipped = piece(m, visit, ended)
    m[visit + SPENT] = spent
    m[visit + CLIPPED] = clipped
    m[visit + STATE] = STUCK
    credit(m, visit, clipped)
    posts = m[m[visit + CREW] + POSTS]
    for each in range(m[posts]):
        release(m, m[m[posts + 1 + each] + POST_ROLE], m[visit + PEOPLE + each])


def halt(m: Ints, visit: int) -> None:
    """Whatever goes on in a visit itself stops; it stands still then."""
    if m[visit + STATE] == QUEUED:
        leave_queue(m, visit)
    elif m[visit + STATE] == WORKING:
        stop(m, visit, False)
    if m[visit + HOME]:
        unschedule(m, visit)
    m[visit + STATE] = STUCK


def over(m: Ints, visit: int, how: int) -> None:
    """A visit that stands still is over: count it and forget it."""
    drop_item(m, m[visit + EXPIRY])
    scope, earlier, later = m[visit + SCOPE], m[visit + EARLIER], m[visit + LATER]
    if earlier:
        m[earlier + LATER] = later
    else:
        m[scope + VISITS] = later
    if later:
        m[later + EARLIER] = earlier
    deal, node = m[visit + DEAL], m[visit + NODE]
    if m[node + NODE_KIND] == WORK:
        m[INSTANCES] += 1
    if how != BY_ITSELF and m[visit + CLIPPED]:
        posts = m[m[visit + CREW] + POSTS]
        for each in range(m[posts]):
            m[m[m[posts + 1 + each] + POST_ROLE] + R_LOST_EFFORT] += m[visit + CLIPPED]
    if m[deal + COUNTED]:
        m[deal + HANDS_ON] += m[visit + SPENT]
        _count(m, visit, node, how)
    give_row(m, VISIT_ROW, visit)


def _count(m: Ints, visit: int, node: int, how: int) -> None:
    m[node + (N_WITHDRAWN if how == WITHDRAWN else N_ENDED)] += 1
    m[node + N_ELAPSED] += m[NOW] - m[visit + ENTERED]
    m[node + N_EFFORT] += m[visit + SPENT]
    if how != BY_ITSELF:
        m[node + N_LOST_EFFORT] += m[visit + SPENT]
    if m[node + SLA]:
        late = m[NOW] > m[visit + DEADLINE]
        if late or how == BY_ITSELF:
            m[node + N_JUDGED] += 1
            m[node + N_WITHIN] += int(not late)
    if m[visit + STARTED] < 0:
        accept(m, visit, False)
