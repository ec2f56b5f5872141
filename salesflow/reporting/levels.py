"""How far a process is described, in words: the level reached, and what the next one brings."""

from collections.abc import Iterable, Iterator

from salesflow.checking.report import ProcessSummary
from salesflow.nouns import FrozenMap

LEVELS = FrozenMap(
    {
        1: "flow: checked and drawn",
        2: "departments and data: bridges checked",
        3: "effort, shares and arrivals: all that a simulation needs",
        4: "policies and objectives: what must hold is written down",
    }
)

# What a user has of the next level, by the level that is reached.
BRINGS = FrozenMap(
    {
        1: (
            "every handoff is checked: who takes over, what is missing then, what each side owes, "
            "and `salesflow show --department` tells each department its part"
        ),
        2: (
            "`salesflow simulate` says how many deals are won, how long they take and who holds "
            "them up, and what-ifs can be tried"
        ),
        3: (
            "`salesflow check` proves what must always hold, and `simulate` says whether your aims "
            "are met"
        ),
    }
)


def levels(processes: Iterable[tuple[str, ProcessSummary]]) -> Iterator[str]:
    """Lines for each process, by its id; what the next level brings is told once for each."""
    told: set[int] = set()
    for name, process in processes:
        reached = process.maturity
        yield f"{name}: level {reached}, {LEVELS[reached]}."
        if not process.missing:
            continue
        needs = f"  Next: {'; '.join(process.missing)}"
        if reached in told:
            yield f"{needs}."
        else:
            yield f"{needs},"
            yield f"  so that {BRINGS[reached]}."
            told.add(reached)
