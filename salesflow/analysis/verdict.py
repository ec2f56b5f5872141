"""What is known of how a process behaves: the nouns of the behaviour engine."""

from typing import NamedTuple

STUCK = "stuck"  # a visit ended and no result was enabled
WAITS = "waits"  # a step waits for an arrival that never comes
TRAPPED = "trapped"  # it goes on for ever, no outcome can be reached any more
TIMED = "timed"  # as stuck, but a time limit gets the deal out
TWICE = "twice"  # a second visit of a step while one is open
PILE = "pile"  # a second arrival of one step before a meeting point
UNFINISHED = "unfinished"  # a deal, a run or a branch ends while work in it still runs
UNHANDLED = "unhandled"  # a result that nobody names
UNFILLED = "unfilled"  # a condition or a value read a field that is not filled


class Fault(NamedTuple):
    """One thing that goes wrong in a run, with the shortest run found.

    ``node`` is where: a step (``stuck waits trapped timed twice pile``), a branch, run's outcome
    or outcome (``unfinished``), a result or branch (``unhandled unfilled``); what lies in a run has
    the run in front (``approval.form``). ``missing`` are the steps whose arrival never comes.
    ``deal`` says in words what is known of the deal, ``values`` has an example for each field known
    there, as an expression would have it: ``(("amount", "120000"),)``. Not ``sure`` where the run
    hangs on values within a cell, so that it need not be real. ``spent`` are the results of a step
    where a deal is stuck that only their ``at_most`` forbids; empty where conditions forbid all.
    """

    kind: str
    node: str
    witness: tuple[str, ...] = ()
    sure: bool = True
    field: str = ""
    missing: tuple[str, ...] = ()
    spent: tuple[str, ...] = ()
    deal: str = ""
    values: tuple[tuple[str, str], ...] = ()


class Verdict(NamedTuple):
    """All faults of a process, sorted by kind and node; one for each kind and node (and field).

    ``decided`` False: the budget was spent, and what was not found may exist. ``never_taken`` are
    results and ``never_entered`` nodes that no run takes or enters; only what is sure.
    """

    faults: tuple[Fault, ...] = ()
    decided: bool = True
    never_taken: tuple[str, ...] = ()
    never_entered: tuple[str, ...] = ()
    moves: int = 0
