"""Results that can be enabled together, and of which nobody says how often each is taken."""

from collections.abc import Iterable, Iterator

from salesflow.analysis.choices import share_total
from salesflow.analysis.data_use import Mentions
from salesflow.analysis.guards import CONSTANT, IMPOSSIBLE, Guards
from salesflow.findings import Finding
from salesflow.names import listed
from salesflow.process.model import Process
from salesflow.process.steps import Result, Step, Work
from salesflow.quantities import format_share
from salesflow.simulation.needing import need

Pairs = dict[str, list[tuple[Result, Result]]]  # step -> results that surely meet for some deals


def shares_missing(process: Process) -> Iterator[Finding]:
    """A finding for each step with results that only a share could decide between.

    Whether conditions can hold together is decided exactly (``analysis/guards``), where that can
    be; what cannot be decided there is no need: such results are then equally likely.
    """
    open_steps = [step for step in process.nodes.values() if _open(step)]
    if not open_steps:
        return
    meeting = _meeting(process, open_steps)
    for step in open_steps:
        pairs = meeting.get(step.node, [])
        if pairs:
            yield _finding(step, pairs)


def _open(step: Step) -> bool:
    """Whether some result that can be chosen has no share, and another one can be chosen too."""
    chosen = step.chosen()
    return isinstance(step, Work) and len(chosen) > 1 and any(r.share is None for r in chosen)


def _meeting(process: Process, steps: Iterable[Step]) -> Pairs:
    """The pairs of results that can be enabled together, not both of which have a share."""
    found: Pairs = {}
    guarded = [step for step in steps if any(r.when is not None for r in step.chosen())]
    judged: dict[str, str] = {}
    if guarded:
        guards = Guards(process, Mentions(process))
        judged = {element.node: kind for element, kind in guards.pointless}
        for overlap in guards.overlaps:
            found.setdefault(overlap.step.node, []).append((overlap.one, overlap.other))
    for step in steps:
        able = [r for r in step.chosen() if judged.get(r.node) != IMPOSSIBLE]
        for place, one in enumerate(able):
            for other in able[place + 1 :]:
                if _both_always(one, other, judged) and (one.share is None or other.share is None):
                    found.setdefault(step.node, []).append((one, other))
    return found


def _both_always(one: Result, other: Result, judged: dict[str, str]) -> bool:
    """Whether two results are enabled together because one of them always is, or both by one word.

    (``at_most`` aside: the first time they are.)
    """
    free = [r for r in (one, other) if r.when is None or judged.get(r.node) == CONSTANT]
    return bool(free) or one.when == other.when


def _finding(step: Step, pairs: Iterable[tuple[Result, Result]]) -> Finding:
    met = dict.fromkeys(result for pair in pairs for result in pair)
    order = [result for result in step.next.values() if result in met]
    lacking = [result for result in order if result.share is None]
    names = listed([result.id for result in order])
    some = any(result.when is not None for result in order)
    which = "For some deals several" if some else "Several"
    message = f"{which} results of `{step.node}` are possible: {names}. Nobody says how often."
    if len(lacking) < len(order):
        message = (
            f"{which} results of `{step.node}` are possible: {names}. "
            f"{listed([result.id for result in lacking])} "
            f"{'has' if len(lacking) == 1 else 'have'} no share."
        )
    related = [result for result in order if result is not lacking[0]]
    return need("no-share", lacking[0], message, _hint(step, lacking), related=related)


def _hint(step: Step, lacking: list[Result]) -> str:
    left = round(1 - share_total(step), 10)
    if len(lacking) == 1 and left > 0:
        return f"Write `share: rest` there: the others leave {format_share(left)}."
    return "Give each a share, such as `share: 40%`, and the last one `share: rest`."
