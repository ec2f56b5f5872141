"""What stands in the rows of the program in memory, and what is counted in them.

A list is a word with how many it has, and then the things; a handle of 0 is none.
"""

from salesflow.simulation.engine_numba.layout import ITEM_SIZE

(
    NODE_NUMBER,  # its number
    NODE_KEY,
    NODE_KIND,
    DEPTH,
    WAYS,  # handles of ways
    CHOSEN,
    OTHERWISE,
    NODE_CREW,
    EFFORT_DRAW,
    EFFORT_TABLE,
    WAIT_DRAW,
    WAIT_TABLE,
    RANDOM,  # whether its visits need random numbers
    TIMEOUT,  # a span
    TIMEOUT_WAY,
    SLA,
    ESCALATE,
    ESCALATE_CREW,
    FACING,
    NODE_STAGE,
    GIVES,  # the bit of its department
    REQUIRES,
    CAPTURES,
    WAITS_FOR,
    START,
    LANES,
    NEED,
    DONE_WAY,
    VISITED,  # places in a deal, 0 for none
    ENTRIES_AT,
    NODE_MARK,
    BRIDGES,
    APART,
    NODE_SPREAD,
    N_VISITS,  # what is counted
    N_STARTED,
    N_WAITING,
    N_ENDED,
    N_WITHDRAWN,
    N_ELAPSED,
    N_EFFORT,
    N_LOST_EFFORT,
    N_JUDGED,
    N_WITHIN,
    N_STUCK,
    N_MISSING,
    N_SEEN,  # the last deal that was counted as stuck here
) = range(47)
NODE_SIZE = 47

(
    SHARE,
    GUARD,
    AT_MOST,
    COUNTER,
    SETTINGS,
    WAY_CAPTURES,
    LEADS,
    WAY_MARK,
    WAY_NODE,  # its number
    W_TAKEN,
) = range(10)
WAY_SIZE = 10

(LENGTH, SPAN_TABLE) = range(2)
SPAN_SIZE = 2

(
    FAMILY,
    A,
    B,
    C,
    SCALE,
    VALUES,  # a list; behind each value stands how far it reaches
) = range(6)
DRAW_SIZE = 6

(
    TABLE_NUMBER,
    STRETCHES,
    TABLE_OPENS,
    TABLE_CLOSES,
    TABLE_PASSED,
    CURSOR,  # the first stretch that closes after now
    PASSED_WARMUP,
    TABLE_ROLES,  # of all crews with this table
) = range(ITEM_SIZE, ITEM_SIZE + 8)
TABLE_SIZE = ITEM_SIZE + 8

(
    LEADER,
    CREW_TABLE,
    STRETCH,
    POSTS,  # a list, in the order of its roles
    KEEPING,  # the role whose keepers have lines of their own
    MIXED,  # several roles keep deals: all its work stands in one line
) = range(6)
CREW_SIZE = 6

(
    POST_ROLE,
    POST_CREW,
    LINES,  # heaps: of deals without keeper, of work that must be looked through, of each keeper
    FILLED_LINES,  # bits of the keepers with work
    QUEUE_LENGTH,
) = range(5)
POST_SIZE = 5

(
    FIRST,
    HEADCOUNT,
    ROLE_TABLE,
    ORDER,
    KEEPER,  # place in a deal
    MAX_OPEN,
    FREE_COUNT,
    FREE_BITS,
    BIT_WORDS,
    ROLE_POSTS,
    LOOKS,  # whether it must look for work
    LOOK_BIT,
    STANDING,  # items in its posts
    OPEN_BY_PERSON,
    OWN_QUEUE,  # work of its own crews that waits
    ROLE_SPREAD,
    ROLE_NUMBER,
    R_STARTED,  # what is counted
    R_WAITING,
    R_TAKEN,
    R_EFFORT,
    R_SELLING,
    R_LOST_EFFORT,
    R_QUEUE,
    R_WEEK,
) = range(25)
ROLE_SIZE = 25

(
    SOURCE_NUMBER,
    SOURCE_KEY,
    ARRIVALS_KEY,
    SOURCE_PART,
    SOURCE_START,
    SOURCE_GIVES,
    GAP,
    GAP_TABLE,
    EVERY,
    BATCH,
    SOURCE_CAPTURES,
    SOURCE_FIELD,
    SOURCE_VALUE,
    SOURCE_MARK,
    SOURCE_DEALS,
    CAME,
) = range(ITEM_SIZE, ITEM_SIZE + 16)
SOURCE_SIZE = ITEM_SIZE + 16

(PART_VALUE, PART_PROBES, P_ARRIVED, P_KINDS, P_OPEN, P_STUCK) = (0, 1, 2, 3, 8, 9)
(
    P_REWORK,
    P_EFFORT,
    P_ELAPSED,
    P_WON_VALUE,  # float
    P_LOST_VALUE,  # float
    P_ENDED,
    P_WON,
    P_VALUE,  # float
    P_OPEN_TIME,
    P_UNFINISHED,
    P_MISSING,
    P_ROLE_EFFORT,  # as many as there are roles, the last words of the row
) = range(10, 22)
PART_SIZE = 21

(OUTCOME_KIND, OUTCOME_REQUIRES, OUTCOME_MARK, OUTCOME_SIZE) = range(4)
(RUN_KIND, RUN_WAY, RUN_OUTCOME_SIZE) = range(3)

(MAX_AGE, G_SPELLS, G_TIME, G_BEYOND, G_OPEN, STAGE_SIZE) = range(6)

(TOUCH_REQUIRES, ACCEPT, T_CROSSINGS, T_ACCEPTED, T_ACCEPT, T_JUDGED, T_WITHIN, T_MISSING) = range(
    8
)
TOUCH_SIZE = 8

(
    PROBE_START,  # marks' places in a deal
    PROBE_END,
    PROBE_TIME,  # spreads
    PROBE_WON,
    PROBE_LOST,
    PROBE_GONE,
    PROBE_AGE,
    PROBE_KINDS,  # five
) = range(8)
PROBE_SIZE = PROBE_KINDS + 5

(SPREAD_NUMBER, SPREAD_TOTAL, BUCKETS) = range(3)

CAPTURE_SIZE = 3  # in a list: the field's place in a deal, the draw or 0, the key
SETTING_SIZE = 2  # in a list: the field's place in a deal, the code
BRIDGE_SIZE = 2  # in a list: the giver's bit, the touchpoint
APART_SIZE = 3  # in a list: places in a deal of the own side, the first and the one behind the last
LEAD_SIZE = 2  # in a list: what to do, with what
LANE_GUARD, LANE_START, LANE_SIZE = range(3)  # in a list
