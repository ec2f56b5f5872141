"""Where what stands in the rows of the memory (see ``compiled.py``).

A handle plus one of these names is a word. Rows of the program are written by ``pack.py`` and never
change, but for what is counted in them; deals, scopes, visits and so on come and go.
"""

# The first words of the memory: what there is one of. ------------------------------------------

(
    NONE,  # handle 0 is no row
    NOW,
    END,
    WARMUP,
    TICK,  # the next whole hour
    AGENDA,  # the events of the instant that is reached, a heap
    REACHED,  # no event to come is before
    TURNING,  # bits of the wheels that hold later events
    TASKS,  # procedures still to do in this event, the next one first
    TOP,  # where free memory begins
    LIMIT,  # and ends
    RESERVE,  # the most words that one procedure needs
    LOOK,  # bits of the roles that must look for work
    ROLES_A_BIT,
    TRACED,
    TRACE,
    EVENT_COUNT,
    INSTANCES,
    OPEN_DEALS,
    DEAL_COUNT,
    DEALS,  # the open ones, a list
    ROLES,  # where they stand, one row after the other
    ROLE_COUNT,
    SOURCES,
    SOURCE_COUNT,
    BEGUN,
    HOURS,  # the hour of the week of each hour
    WEEK,
    DAYS,  # open deals by day
    BLANK,  # a deal that has just arrived
    DEAL_SIZE,
    VISIT_SIZE,
    KEEPING_ROLES,  # handles of the roles that keep deals, as many as KEEPERS
    KEEPERS,
    SCRATCH,  # room for values while they are worked out
) = range(35)
FREE = 35  # rows that are no longer used, a list for each of the kinds below
DEAL_ROW, SCOPE_ROW, VISIT_ROW, ITEM_ROW, THREAD_ROW, TASK_ROW = range(6)
ROUND_KEYS = 41  # ten of them
USED = 51  # bits of a wheel's words of FILLED that are not 0, for six wheels
FILLED = 57  # bits of the slots that hold events, 16 words a wheel
SLOTS = 153  # lists of events, 1024 a wheel
HEADER = SLOTS + 6 * 1024

# An item of a heap: an event, or work in the queue of a role. ----------------------------------

(
    KEY,  # it comes before another by these four, the first that differs
    SECOND,
    THIRD,
    FOURTH,
    CHILD,
    NEXT,
    BEFORE,  # the one whose NEXT or CHILD it is; in a slot the word that names it
    HOME,  # where its heap's or slot's first item stands, 0 when it is in none
    OWNER,  # what it is of: a visit, a source, a table
    POST,  # the role and crew whose queue it stands in
    SIBLING,  # the visit's next item
) = range(11)
ITEM_SIZE = 11

ENDS, EXPIRES, ESCALATES, OPENS, ARRIVES, STARTS = range(6)  # events at one instant, in this order
KIND = 40  # SECOND of an event is its kind << KIND, and of a timer less by how deep it lies
DEEPEST = (1 << 30) - 1

# A visit, itself an item: it stands in a queue or has an END to come, never both. ---------------

(
    DEAL,
    NODE,
    NUMBER,  # the deal's visit of this node
    SCOPE,
    ENTERED,
    GIVERS,  # departments, as bits
    STATE,
    LATER,  # list of the scope's visits
    EARLIER,
    QUEUE_NEXT,  # list of the deal's visits that queue
    QUEUE_BEFORE,
    WORTH,  # of the deal when it became ready, as a number that sorts as the floats do
    EXPIRY,  # its timer's event
    ESCALATION,
    TIMER,  # the instant of its timer
    DEADLINE,  # of its sla
    ENTRIES,  # items in further queues, a list
    SCOPES,  # of a block or a run, a list
    EFFORT,
    WAIT,
    CHOICE,  # float
    STARTED,  # -1 until then
    NEEDED,  # open time of the crew for the effort
    CREW,  # that does it
    SPENT,  # effort so far
    CLIPPED,  # the part of it in the measured time
    RUNNING,  # branches
    FINISHED,
    UNION,  # of the finished branches' givers
    PEOPLE,  # persons of each role of the crew, the last words of the row
) = range(ITEM_SIZE, ITEM_SIZE + 30)

QUEUED, WORKING, WAITING, OPEN, STUCK = range(5)

# A scope, a thread that waits at a meeting point, a procedure to do. ---------------------------

(
    OF_DEAL,
    OUTER,  # the scope around it
    HOLDER,  # the visit of the block or run, 0 for the deal itself
    NEXT_SCOPE,  # of the same visit
    VISITS,
    THREADS,
    CHAIN,  # for walks
) = range(7)
SCOPE_SIZE = 7

WAITS_AT, CAME_FROM, THREAD_GIVERS, NEXT_THREAD = range(4)
THREAD_SIZE = 4

WHAT, IN_SCOPE, SUBJECT, ORIGIN, TASK_GIVERS, NEXT_TASK = range(6)
TASK_SIZE = 6

TO_ARRIVE, TO_ENTER, TO_SKIP, TO_FINISH, TO_LEAVE, TO_END_RUN, TO_END = range(7)

# A deal; behind it its values, counts, … at places that the program's rows name. ----------------

(
    DEAL_NUMBER,  # over all sources; in front of it stands the list of free rows
    SOURCE,
    OF_SOURCE,  # its number among the source's deals
    ARRIVED,
    COUNTED,
    PART,
    ROOT,  # its scope
    NEXT_DEAL,
    DEAL_BEFORE,
    IN_QUEUES,  # visits, a list
    STAGE,
    STAGE_SINCE,
    HANDS_ON,
    REWORKED,
    TAKES,
    TAKES_AT,
) = range(16)
DEAL_HEAD = 16
