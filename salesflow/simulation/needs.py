"""What simulation needs and a file does not say: told before anything is played.

Each need is a finding of the family ``simulation`` at the element that should say it. An error
means that no figure could be trusted; a warning, that something will not happen or take no time.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from salesflow.analysis.runs import inner_first
from salesflow.findings import Finding
from salesflow.names import listed
from salesflow.process.model import Process, Source
from salesflow.process.steps import Step, Work
from salesflow.simulation.building.opened import root_of
from salesflow.simulation.building.people import Crowd, with_runs
from salesflow.simulation.needed_shares import shares_missing
from salesflow.simulation.needed_values import values_missing
from salesflow.simulation.needing import need


def needs_of(processes: Sequence[Process]) -> tuple[Finding, ...]:
    """All that is missing to simulate some processes together, by place, each once."""
    found = _but_shares(processes)
    for process in {each.id: each for each in with_runs(processes)}.values():
        found |= dict.fromkeys(shares_missing(process))
    return tuple(sorted(found, key=lambda finding: finding.place))


def warnings_of(processes: Sequence[Process]) -> tuple[Finding, ...]:
    """The warnings among ``needs_of``, for less work: a share that is missing is an error."""
    found = _but_shares(processes)
    warnings = (finding for finding in found if finding.severity != "error")
    return tuple(sorted(warnings, key=lambda finding: finding.place))


def _but_shares(processes: Sequence[Process]) -> dict[Finding, None]:
    """All needs but shares, in no order."""
    crowd = Crowd(processes)
    found = dict.fromkeys([*crowd.findings, *_together(processes)])
    if any(finding.rule in _APART for finding in found):
        kin = [*_kin(processes)][-1:]  # of all of them one says enough
        found = {f: None for f in found if not kin or f.rule not in _APART}
        found |= dict.fromkeys(kin)
    found |= dict.fromkeys(_people(processes, crowd))
    for process in processes:
        for find in (_arrivals, _times, _pairs, values_missing):
            found |= dict.fromkeys(find(process))
    return found


# Several processes

_APART = frozenset({"role-differs", "currency-differs"})  # what variants differ in on purpose


def _kin(processes: Sequence[Process]) -> Iterator[Finding]:
    """Variants of one process among them, which have people or a currency of their own."""
    roots: dict[tuple[str, str], Process] = {}
    for process in processes:
        root = root_of(process)
        other = roots.setdefault((root.file, root.id), process)
        if other.id != process.id:
            yield need(
                "variants-apart",
                process,
                f"`{other.id}` and `{process.id}` are the same process in two variants, each with "
                "people or a currency of its own: they cannot be played as one company.",
                "Simulate each by itself with `-o ID.json`, and see them side by side: "
                "`salesflow show PATH --variants --result ID.json …`.",
            )


def _together(processes: Sequence[Process]) -> Iterator[Finding]:
    """What several processes must have in common, and ids that stand for two of them."""
    first = processes[0]
    known: dict[str, Process] = {}
    for process in processes:
        if process.id in known:
            yield need(
                "same-process",
                process,
                f"`{process.id}` is given twice.",
                "Simulate each process once; to compare two versions use a scenario.",
            )
        known[process.id] = process
        if process.start_date != first.start_date:
            yield need(
                "start-differs",
                process,
                f"`{process.id}` starts on {process.start_date}, `{first.id}` on "
                f"{first.start_date}: they are simulated from the same day.",
                f"Write `start_date: {first.start_date}` in both.",
            )
        ours, theirs = first.people.currency, process.people.currency
        if ours and theirs and ours != theirs:
            yield need(
                "currency-differs",
                process,
                f"`{process.id}` counts in {theirs}, `{first.id}` in {ours}: "
                "what they cost and win cannot be added up.",
                "Use one currency in both.",
            )


# How deals come


def _arrivals(process: Process) -> Iterator[Finding]:
    """Sources that say nothing of how many deals come; an error where none does."""
    quiet = [source for source in process.sources.values() if source.arrivals is None]
    still = [source for source in process.sources.values() if _still(source)]
    for source in still:
        yield need(
            "no-arrivals",
            source,
            f"`{source.id}` has deals come every {source.arrivals and source.arrivals.every}: "
            "infinitely many at once.",
            "Write the time between two batches, such as `every: 13w`.",
        )
    if len(quiet) < len(process.sources) or not quiet:
        for source in quiet:
            yield need(
                "no-arrivals",
                source,
                f"`{source.id}` does not say how many deals come: none come in the simulation.",
                "Write for example `arrivals: 5 per week`.",
                severity="warning",
            )
        return
    names = listed([source.id for source in quiet])
    yield need(
        "no-arrivals",
        quiet[0],
        f"How many deals come to `{process.id}` is not said: {names} "
        f"{'has' if len(quiet) == 1 else 'have'} no `arrivals`.",
        f"Write for example `arrivals: 30 per week` at `{quiet[0].id}`.",
        related=quiet[1:],
    )


def _still(source: Source) -> bool:
    arrivals = source.arrivals
    every = arrivals.every if arrivals is not None else None
    return every is not None and not every.milliseconds


# Who works


def _people(processes: Sequence[Process], crowd: Crowd) -> Iterator[Finding]:
    """Roles with work of which nobody says how many people there are."""
    asked: dict[str, Work] = {}
    for process in with_runs(processes):
        for step in process.nodes.values():
            if isinstance(step, Work) and step.effort is not None:
                taker = step.escalate.by if step.escalate is not None else None
                for name in crowd.ours((step.by, *step.with_, taker)):
                    asked.setdefault(name, step)
    for name, step in asked.items():
        member = crowd.members[name]
        where = "its role" if member.declared else f"`departments: {{{name}: {{people: 2}}}}`"
        if member.role.people is None:
            yield need(
                "no-people",
                member.role,
                f"`{name}` has work to do (`{step.node}`), and nobody says how many people it has.",
                f"Write for example `people: 2` at {where}."
                if member.declared
                else f"Declare it, for example {where}.",
                related=[step],
            )
        elif not member.role.people:
            yield need(
                "no-people",
                member.role,
                f"`{name}` has `people: 0`: deals that come to `{step.node}` wait for ever.",
                "Say how many there are (`people: 1`), or let another role do it.",
                severity="warning",
                related=[step],
            )


def _pairs(process: Process) -> Iterator[Finding]:
    """Policies that ask for another person of a role that has only one."""
    for part in inner_first(process):
        for policy in part.policies.values():
            if policy.kind != "different_person":
                continue
            steps = [part.nodes[name] for name in dict.fromkeys(policy.events)]
            for one, other in pairwise(steps):
                name = _lone(part, one, other)
                if name is not None:
                    yield need(
                        "one-person",
                        policy,
                        f"`{policy.id}` asks for another person for `{other.node}` than for "
                        f"`{one.node}`, but there is only one `{name}`: such deals wait for ever.",
                        f"Write `people: 2` at `{name}`, or let another role do one of them.",
                        severity="warning",
                        related=[part.roles[name]],
                    )


def _lone(process: Process, one: Step, other: Step) -> str | None:
    """The one role that does both steps, where it has one person."""
    if not isinstance(one, Work) or not isinstance(other, Work) or one.by != other.by:
        return None
    role = process.roles.get(one.by or "")
    worked = one.effort is not None and other.effort is not None
    escalates = one.escalate is not None or other.escalate is not None
    alone = role is not None and role.people == 1 and not role.external
    return one.by if alone and worked and not escalates else None


# How long it takes


def _times(process: Process) -> Iterator[Finding]:
    """A process of which no step says how long it takes."""
    steps = [step for part in inner_first(process) for step in part.nodes.values()]
    work = [step for step in steps if isinstance(step, Work)]
    if all(step.effort is None and step.wait is None for step in work):
        yield need(
            "no-times",
            process,
            f"No step of `{process.id}` says how long it takes: deals pass through in no time.",
            "Write `effort: 1h` where people work, and "
            "`wait: {median: 3d, p90: 10d}` where deals wait.",
            severity="warning",
        )
