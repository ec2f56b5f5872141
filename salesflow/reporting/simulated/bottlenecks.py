"""What holds deals up, one line each: people, waiting, handoffs, promises, work for nothing."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from salesflow.reporting.simulated.figures import HOURS, NUMBER, SHARE, figure, number, share
from salesflow.reporting.simulated.story import BAD, DOUBT, GOOD, Line
from salesflow.reporting.simulated.words import asked, called, lasting
from salesflow.simulation.result import PartResult, RoleResult, SimulationResult

_WAITING = 0.5  # deals on average that make a queue worth a word
_BUSY, _FULL, _OVERFULL = 0.7, 0.85, 0.95  # shares of open time
_TOO_OLD = 0.1  # of the spells in a stage
_FOR_NOTHING = 0.02  # of all work
_LONG = 24.0  # hours of waiting: less may be but a night
_SEEN = 0.005  # missing fields a visit, stuck deals a run: what rounds to more than nothing
_MOST = 3  # lines of a kind


class _Ranked(NamedTuple):
    weight: float
    line: Line


def bottlenecks(result: SimulationResult) -> tuple[Line, ...]:
    """The lines, worst first within each kind; one that says so where nothing holds deals up."""
    parts = result.processes.values()
    lines = [line for part in parts for line in _of(result, part, _stuck(part))]
    lines += _roles(result)
    for part in parts:
        lines += _of(result, part, _delays(result, part))
    return tuple(lines)


def _of(result: SimulationResult, part: PartResult, lines: Iterable[Line]) -> Iterator[Line]:
    """Lines that say which process they are about, where there are several."""
    for line in lines:
        several = len(result.processes) > 1
        yield line._replace(lead=f"{part.title}: {line.lead}") if several else line


def _delays(result: SimulationResult, part: PartResult) -> Iterator[Line]:
    yield from _step_waits(part)
    yield from _late(result, part)
    yield from _broken(part)
    yield from _aged(part)
    yield from _wasted(result, part)
    yield from _lacking(part)


def _top(ranked: Iterable[_Ranked], more: str) -> Iterator[Line]:
    """The heaviest few; ``more`` says what the others are."""
    worst = sorted(ranked, key=lambda one: -one.weight)
    yield from (one.line for one in worst[:_MOST])
    if len(worst) > _MOST:
        yield Line(f"{len(worst) - _MOST} more", f" {more}: see the table below.")


def _stuck(part: PartResult) -> Iterator[Line]:
    for name, step in part.steps.items():
        if step.stuck.mean < _SEEN:
            continue
        shown = figure(step.stuck, NUMBER)
        came = f" of {number(part.deals['arrived'].mean)} deals"
        yield Line(
            f"{called(name, step.title)} is a dead end",
            f": {shown.value}{came} stand there at the end and cannot go on.",
            BAD,
        )


def _roles(result: SimulationResult) -> Iterator[Line]:
    roles = {
        name: role for name, role in result.roles.items() if _holds_up(role) or _busy(role) >= _FULL
    }
    if not roles:
        yield _nobody(result)
        return
    ranked = sorted(roles, key=lambda name: -roles[name].queue.mean)
    worst = next((name for name in ranked if _holds_up(roles[name])), None)
    for name in ranked[: _MOST + 1]:
        yield _role(called(name, roles[name].title), roles[name], worst=name == worst)


def _holds_up(role: RoleResult) -> bool:
    long = role.waiting is None or role.waiting.mean >= _LONG
    return role.queue.mean >= _WAITING and long


def _busy(role: RoleResult) -> float:
    return role.utilization.mean if role.utilization is not None else 0.0


def _nobody(result: SimulationResult) -> Line:
    busiest = max(result.roles, key=lambda name: _busy(result.roles[name]), default=None)
    if busiest is None:
        return Line("No role is a bottleneck", ": nobody of ours works on these deals.", GOOD)
    role = result.roles[busiest]
    return Line(
        "No role is a bottleneck",
        f": the busiest, {called(busiest, role.title)}, works {share(_busy(role))} of its time.",
        GOOD,
    )


def _role(name: str, role: RoleResult, *, worst: bool) -> Line:
    queue = figure(role.queue, NUMBER).value
    each = "" if role.waiting is None else f", each {figure(role.waiting, HOURS).alone}"
    share_ = "" if role.utilization is None else figure(role.utilization, SHARE).alone
    idle = (
        f", though it is busy only {share_} of its time" if share_ and _busy(role) < _BUSY else ""
    )
    waits = f"{queue} {'deal waits' if queue == '1' else 'deals wait'} on average{each}{idle}"
    busy = f"busy {share_} of its time, " if share_ and not idle else ""
    if worst:
        return Line(f"{name} is the bottleneck", f": {busy}{waits}.", BAD)
    if _busy(role) >= _FULL:
        tone = BAD if _busy(role) >= _OVERFULL else DOUBT
        return Line(f"{name} is at its limit", f": {busy}{waits}.", tone)
    return Line(f"{name} makes deals wait", f": {busy}{queue} on average{each}{idle}.", DOUBT)


def _step_waits(part: PartResult) -> Iterator[Line]:
    """The step before which most of the waiting happens."""
    waits = [
        (step.waiting.mean * step.visits.mean, name)
        for name, step in part.steps.items()
        if step.waiting is not None and step.waiting.mean >= _LONG
    ]
    if not waits:
        return
    total, name = max(waits)
    step = part.steps[name]
    every = sum(s.waiting.mean * s.visits.mean for s in part.steps.values() if s.waiting)
    assert step.waiting is not None  # noqa: S101 - chosen for having it
    yield Line(
        f"{share(total / every)} of all waiting is before {called(name, step.title)}",
        f": {figure(step.waiting, HOURS).alone} at each of {number(step.visits.mean)} visits.",
        DOUBT,
    )


def _late(result: SimulationResult, part: PartResult) -> Iterator[Line]:
    ranked = []
    for name, touchpoint in part.touchpoints.items():
        kept = touchpoint.attainment
        if kept is None or kept.mean >= asked(touchpoint.target):
            continue
        late = touchpoint.crossings.mean * (1 - kept.mean)
        after = ""
        if touchpoint.accept_time is not None:
            after = f", after {figure(touchpoint.accept_time, HOURS).alone}"
        text = (
            f": {figure(kept, SHARE).alone} in time{after}; "
            f"{number(late)} come too late in {lasting(result.duration)}."
        )
        lead = f"Handoff {called(name, touchpoint.title)} is accepted late"
        ranked.append(_Ranked(late, Line(lead, text, DOUBT)))
    yield from _top(ranked, "handoffs are accepted late")


def _broken(part: PartResult) -> Iterator[Line]:
    ranked = []
    for name, step in part.steps.items():
        kept = step.attainment
        if kept is None or kept.mean >= asked(step.target):
            continue
        takes = ""
        if step.elapsed is not None:
            takes = f", it takes {figure(step.elapsed, HOURS).alone}"
        text = f": {figure(kept, SHARE).alone} end in time{takes}."
        line = Line(f"{called(name, step.title)} misses its sla", text, DOUBT)
        ranked.append(_Ranked(step.visits.mean * (1 - kept.mean), line))
    yield from _top(ranked, "steps miss their sla")


def _aged(part: PartResult) -> Iterator[Line]:
    ranked = []
    for name, stage in part.stages.items():
        if stage.beyond is None or stage.beyond.mean < _TOO_OLD:
            continue
        text = f": {figure(stage.beyond, SHARE).alone} stay beyond its max_age."
        lead = f"Deals get old in stage {called(name, stage.title)}"
        ranked.append(_Ranked(stage.beyond.mean, Line(lead, text, DOUBT)))
    yield from _top(ranked, "stages hold deals too long")


def _wasted(result: SimulationResult, part: PartResult) -> Iterator[Line]:
    """Hours of work that was broken off, and where most of them are."""
    lost = {name: step.withdrawn_effort.mean for name, step in part.steps.items()}
    total = sum(lost.values())
    work = sum(s.effort.mean * s.visits.mean for s in part.steps.values() if s.effort)
    if not work or total < _FOR_NOTHING * work:
        return
    worst = max(lost, key=lambda name: lost[name])
    yield Line(
        f"{share(total / work)} of the work is for nothing",
        f": {number(total)} hours in {lasting(result.duration)} are broken off by time-outs and "
        f"lost deals, {number(lost[worst])} of them at {called(worst, part.steps[worst].title)}.",
        DOUBT,
    )


def _lacking(part: PartResult) -> Iterator[Line]:
    ranked = []
    for kind, things in (("", part.steps), ("Handoff ", part.touchpoints)):
        for name, thing in things.items():
            if thing.missing is None or thing.missing.mean < _SEEN:
                continue
            text = (
                f": {figure(thing.missing, NUMBER).value} required fields are unfilled per visit."
            )
            lead = f"{kind}{called(name, thing.title)} lacks data"
            ranked.append(_Ranked(thing.missing.mean, Line(lead, text, BAD)))
    yield from _top(ranked, "lack data")
    if part.unfinished is not None and part.unfinished.mean >= _SEEN:
        shown = figure(part.unfinished, NUMBER).value
        yield Line("Work is left behind", f": {shown} times while a deal was already done.", BAD)
