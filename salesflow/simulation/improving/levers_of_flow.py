"""Interventions on the flow: a step bypassed for half of the deals, a transition cut."""

from collections.abc import Iterator, Mapping
from typing import Any

from salesflow.nouns import FrozenMap
from salesflow.process.model import UNHAPPY
from salesflow.process.steps import DONE, LEAVE, Result, Step, Work, always
from salesflow.quantities import format_share
from salesflow.simulation.ground import Ground
from salesflow.simulation.improving.levers_of_steps import called, is_locked, work_of, written_at
from salesflow.simulation.improving.named import named_elsewhere
from salesflow.simulation.improving.nouns import BYPASS, CUT, Intervention

RARELY = 0.1  # a result with no greater share is rarely taken
_KEPT = ("stage", "requires", "captures")  # what a bypassed step still says
_LONGEST_ID = 64
_ROUNDING = 1e-9


def bypassed(ground: Ground) -> Iterator[Intervention]:
    """Half of the deals go past a step: without its people, effort and wait.

    Beside the step there is one that takes no time, with the same results at the same shares and
    limits, and captures what the step captures; a decision in front sends every other deal there.
    So nobody is won because nobody asked: leaving out a step leaves out its work, not its answer.
    A step is left alone where a meeting point waits for it or it waits itself, and where policies,
    touchpoints, objectives or conditions name it or one of its results.
    """
    named = named_elsewhere(ground.process)
    waited = {node for step in ground.process.nodes.values() for node in step.wait_for}
    for step in work_of(ground):
        idle = step.effort is None and step.wait is None
        mentioned = {step.node, *(result.node for result in step.next.values())} & named
        if idle or step.wait_for or mentioned or step.node in waited:
            continue
        if step.chosen() or any(result.otherwise for result in step.next.values()):
            yield _bypass(ground, step)


def _bypass(ground: Ground, step: Work) -> Intervention:
    home, _, own = step.path.rpartition(".")
    taken = {*written_at(ground, home), *_top_ids(ground)}
    fork, past = _free(f"{own}_or_not", taken), _free(f"{own}_skipped", taken)
    change: dict[str, Any] = {
        f"{home}.{fork}": {
            "next": {"goes": {"to": own, "share": "50%"}, "skips": {"to": past, "share": "rest"}}
        },
        f"{home}.{past}": _without_work(written_at(ground, step.path), step, fork),
    }
    change.update(_arrows(ground, step, own, fork))
    return Intervention(
        kind=BYPASS,
        process=ground.process.id,
        subject=step.node,
        title=f"every other deal past {called(step)}",
        change=FrozenMap(change),
        locked=is_locked(ground, step.path),
    )


def _top_ids(ground: Ground) -> Iterator[str]:
    for kind in ("steps", "outcomes", "sources"):
        yield from ground.assembly.data.get(kind, ())


def _free(name: str, taken: set[str]) -> str:
    """The name, or with a number behind it, cut to what an id may have."""
    for number in range(len(taken) + 1):
        tail = "" if not number else f"_{number + 1}"
        found = name[: _LONGEST_ID - len(tail)] + tail
        if found not in taken:
            break
    return found


def _without_work(written: Mapping[str, Any], step: Work, fork: str) -> dict[str, Any]:
    """The step as one that takes no time: what only its timer takes is not there any more."""
    by_timer = {result.id for result in step.next.values() if step.by_timer_only(result)}
    kept = {key: _plain(written[key]) for key in _KEPT if key in written}
    results = {
        name: _led_past(_plain(result), step.id, fork)
        for name, result in written["next"].items()
        if name not in by_timer
    }
    return {**kept, "next": results}


def _led_past(result: dict[str, Any], own: str, fork: str) -> dict[str, Any]:
    return {**result, "to": _redirected(result["to"], own, fork)}


def _redirected(to: Any, own: str, fork: str) -> Any:
    if isinstance(to, str):
        return fork if to == own else to
    return [fork if target == own else target for target in to]


def _arrows(ground: Ground, step: Work, own: str, fork: str) -> Iterator[tuple[str, Any]]:
    """Everything that leads to a step: the path of where it says so, and what it says then."""
    for other in ground.process.nodes.values():
        for result in other.next.values():
            if step.node in result.targets:
                to = written_at(ground, f"{result.path}.to")
                yield f"{result.path}.to", _redirected(_plain(to), own, fork)
    for source in ground.process.sources.values():
        if source.start == step.node:
            yield f"{source.path}.start", fork
    home = step.path.removesuffix(f".steps.{own}")
    if step.scope and _branch_starts(ground, home, own):
        yield f"{home}.start", fork


def _branch_starts(ground: Ground, home: str, own: str) -> bool:
    branch = written_at(ground, home)
    return bool(branch.get("start", own) == own)


def _plain(value: Any) -> Any:
    """What is written, without the places it knows: they belong to the file."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


# transitions


def cut(ground: Ground) -> Iterator[Intervention]:
    """A loop back or a rarely taken result that is not there any more.

    Its share goes to the other results, in proportion: were it to go to ``rest``, which often is
    ``lost``, a loop that is cut would count as deals lost. Not cut are results that end a deal,
    have a condition, are named by policies, touchpoints, objectives or conditions, are taken by a
    timer, are waited for, or lead where another one does. What is left must always be allowed, and
    still lead to a good end.
    """
    named = named_elsewhere(ground.process)
    for step in work_of(ground):
        for result in step.chosen():
            if result.node not in named and _can_go(ground, step, result):
                yield _cut(ground, step, result)


def _can_go(ground: Ground, step: Step, result: Result) -> bool:
    inner = all(target in ground.process.nodes for target in result.targets)
    timed = step.timeout is not None and step.timeout.result == result.id
    if not inner or timed or result.when is not None or result.share is None:
        return False
    if step.node in {node for t in result.targets for node in ground.process.nodes[t].wait_for}:
        return False
    left = step.replace(next=FrozenMap({k: r for k, r in step.next.items() if r is not result}))
    if always(left) is None or any(other.share is None for other in left.chosen()):
        return False
    if not any(other.share for other in left.chosen() if other.when is None):
        return False
    if any(other.targets == result.targets for other in left.next.values()):
        return False
    if not _good(ground, _onward(ground, left)):
        return False
    alone = step.replace(next=FrozenMap({result.id: result}))
    return result.share <= RARELY or step.node in _onward(ground, alone)


def _onward(ground: Ground, step: Step) -> set[str]:
    """All that deals can come to after a step, up to itself: nodes, outcomes, `done`."""
    seen: set[str] = set()
    waiting: list[Step] = [step]
    for here in waiting:  # grows while it is walked
        targets = {target for result in here.next.values() for target in result.targets}
        fresh = sorted(targets - seen - {LEAVE})
        seen.update(fresh)
        nodes = (ground.process.nodes.get(target) for target in fresh if target != step.node)
        waiting += [node for node in nodes if node is not None]
    return seen


def _good(ground: Ground, reached: set[str]) -> bool:
    """Whether a good end is among what is reached; in a branch that is its `done`."""
    outcomes = ground.process.outcomes
    return any(
        place == DONE or (place in outcomes and outcomes[place].kind not in UNHAPPY)
        for place in reached
    )


def _cut(ground: Ground, step: Work, result: Result) -> Intervention:
    share = format_share(round(result.share or 0.0, 4))
    return Intervention(
        kind=CUT,
        process=ground.process.id,
        subject=result.node,
        title=f"no `{result.node}` any more ({share} of the visits)",
        change=FrozenMap(_shares_left(step, result)),
        remove=(result.path,),
        locked=is_locked(ground, result.path),
    )


def _shares_left(step: Work, gone: Result) -> dict[str, str]:
    """The shares of the others, in the proportions they had; one of them is the `rest`.

    Where shares are no parts of 100% they are in proportion without a word.
    """
    others = [other for other in step.chosen() if other is not gone]
    rest = next((other for other in others if other.rest), None)
    if rest is None:
        if abs(sum(r.share or 0.0 for r in step.chosen()) - 1) > _ROUNDING:
            return {}
        rest = max(others, key=lambda other: other.share or 0.0)
    left = 1 - (gone.share or 0.0)
    changed = {
        f"{other.path}.share": format_share(round((other.share or 0.0) / left, 6))
        for other in others
        if other is not rest
    }
    return changed if rest.rest else {**changed, f"{rest.path}.share": "rest"}
