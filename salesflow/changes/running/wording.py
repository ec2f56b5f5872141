"""Why deals have a verdict, in sentences."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from salesflow.changes.running.onward import Fate
from salesflow.changes.running.side import Case, Look, Side
from salesflow.changes.running.standing import open_visits
from salesflow.changes.running.verdicts import Judged
from salesflow.names import listed
from salesflow.process.places import FINISHED, FROM, OPEN

_MOST_NAMED = 5
_CUT = "however they go on, work is left over or a step begins a second time"
WRITE = "Write the steps of these deals, several separated by `|`."
BEFORE = "It was so in the old version."


class Told(NamedTuple):
    """Why, and what to do; "" where there is nothing to say."""

    why: str
    suggestion: str = ""


def reason(fate: Fate) -> str:
    """What keeps a deal, as a sentence."""
    nodes = together(fate.nodes)
    several = len(fate.nodes) > 1
    if fate.kind == "gone":
        return (
            f"{nodes} {'are' if several else 'is'} gone in the new version; "
            "deals there have no step to stand on."
        )
    if fate.kind == "waits":
        waiting = f"{nodes} {'wait' if several else 'waits'}"
        return f"{waiting} for {together(fate.lacking)}, which can no longer come."
    if fate.kind == "stuck":
        are = "are" if len(fate.lacking) > 1 else "is"
        asked = f": {together(fate.lacking)} {are} not filled" if fate.lacking else ""
        return f"Deals get stuck at {nodes}, where they can take no result{asked}."
    if fate.kind == "lost":
        are = "are" if len(fate.nodes) > 1 else "is"
        return f"It can no longer be won: only {nodes} {are} left."
    if several:  # of those that are left only what is cut has nodes
        return f"{nodes} are not done side by side in the new version: {_CUT}."
    return {
        "circles": "From there no outcome can be reached: deals go round for ever.",
        "nowhere": "From there no outcome can be reached any more.",
        "cut": f"Deals cannot go on in order: {_CUT}.",
        "unsure": "Whether they can go on hangs on exact values that the files do not tell.",
    }[fate.kind]


def together(names: Sequence[str]) -> str:
    """Names for a sentence: `a`, `b` and `c`; beyond a handful how many more."""
    if not 1 < len(names) <= _MOST_NAMED:
        return listed(names, most=_MOST_NAMED)
    return f"{listed(names[:-1])} and `{names[-1]}`"


def hindered(judgement: Judged, look: Look) -> str:
    """Why deals cannot go on; with a word on those that could not before."""
    told = _reasons(fate for _, fate in judgement.bad)
    old = look.standing.hopeless
    if all(case.number in old for case, _ in judgement.bad):
        return f"{told} {BEFORE}"
    return told


def undecided(judgement: Judged, look: Look) -> Told:
    """Why it cannot be told, and what would tell it."""
    bad = [case for case, _ in judgement.bad]
    told = hindered(judgement, look)
    if not judgement.fine or any(case in bad for case in judgement.fine):
        return Told(f"Some of these deals cannot go on, the file does not say which. {told}")
    return _apart(judgement.fine, bad, told, look)


def _apart(fine: Collection[Case], bad: Collection[Case], told: str, look: Look) -> Told:
    """What tells those that can go on from the others."""
    here = _visits(bad, look)
    there = _visits(fine, look)
    if here.isdisjoint(there):
        return Told(
            f"It hangs on where they are: those at {_where(here, there)} cannot go on. {told}",
            WRITE,
        )
    memory = look.standing.net.memory
    for at, name in enumerate(memory.fields):
        values = [{_cell(case, at, look) for case in cases} for cases in (bad, fine)]
        if None not in values[0] | values[1] and values[0].isdisjoint(values[1]):
            return Told(
                f"It hangs on `{name}`, which the file does not tell. {told}",
                f"Add a column `{name}` to the file.",
            )
    marks = [[_marks(case, look) for case in cases] for cases in (bad, fine)]
    for side, (one, other) in enumerate((marks, marks[::-1])):
        if own := one[0].intersection(*one).difference(*other):
            whose = ("those", "cannot") if side == 0 else ("only those", "can")
            return Told(
                f"It hangs on what was done before: {whose[0]} {whose[1]} go on for which "
                f"{min(own)}. {told}",
                "Look these deals up before the new version goes live.",
            )
    return Told(f"It hangs on what they did before, which the file does not tell. {told}")


def ended_stage(side: Side, judgement: Judged, look: Look, stage: str) -> Told:
    """What becomes of a stage that the new version does not have, or no word."""
    shown: set[str] = set()
    for case in judgement.fine:
        for node in open_visits(look.standing.net, look.standing.stands[case.number].state.marking):
            there = side.bridge.nodes.get(node.path)
            if there is not None and there.run is None and there.step.stage:
                shown.add(there.step.stage)
    told = f"`{stage}` is no stage of the new version."
    if len(shown) == 1:
        (new,) = shown
        return Told(f"{told} What was in it shows `{new}`.", f"Set their stage to `{new}`.")
    return Told(told, "Give them one of its stages.")


def not_begun(side: Side, judgement: Judged, look: Look) -> str:
    """Which new branches of a block do not begin for deals that are in it already."""
    layout, bridge = look.standing.net.layout, side.bridge
    lanes = frozenset(lane.path for lane in bridge.lanes.values())
    fresh: dict[str, set[str]] = {}
    for case in judgement.fine:
        for number in look.standing.stands[case.number].state.marking:
            place = layout.places[number]
            there = bridge.nodes.get(place.node) if place.kind == OPEN else None
            new = {lane.path for lane in there.lanes} - lanes if there is not None else None
            if there is not None and new and layout.nodes[place.node].lanes:
                fresh.setdefault(there.path, set()).update(new)
    told = (
        f"{together(sorted(new))} {'do' if len(new) > 1 else 'does'} not begin for deals that are "
        f"in `{block}` already."
        for block, new in sorted(fresh.items())
    )
    return " ".join(told)


def begun_anew(side: Side, judgement: Judged, look: Look) -> str:
    """Which blocks that deals are in are something else now, so that they begin there anew."""
    layout, nodes = look.standing.net.layout, side.bridge.nodes
    found: set[str] = set()
    for case in judgement.fine:
        for number in look.standing.stands[case.number].state.marking:
            place = layout.places[number]
            there = nodes.get(place.node) if place.kind == OPEN else None
            if there is not None and type(there.step) is not type(layout.nodes[place.node].step):
                found.add(there.path)
    if not found:
        return ""
    return f"Deals in {together(sorted(found))} begin there anew: it is built otherwise now."


def _where(bad: set[frozenset[str]], fine: set[frozenset[str]]) -> str:
    """The steps at which only deals are that cannot go on, else those at which they are at once."""
    own = frozenset().union(*bad).difference(*fine)
    if all(paths & own for paths in bad):
        return together(sorted(own))
    steps = together(sorted(frozenset().union(*bad)))
    if len(bad) > 1:
        return steps
    return f"{steps} at once" if len(next(iter(bad))) > 1 else f"{steps} alone"


def _reasons(fates: Iterable[Fate]) -> str:
    told = list(fates)
    gone = tuple(dict.fromkeys(n for fate in told if fate.kind == "gone" for n in fate.nodes))
    merged = [f._replace(nodes=gone) if f.kind == "gone" else f for f in told]
    sentences = list(dict.fromkeys(reason(fate) for fate in merged))
    return " Or: ".join(sentences[:2])


def _visits(cases: Iterable[Case], look: Look) -> set[frozenset[str]]:
    stands, net = look.standing.stands, look.standing.net
    return {
        frozenset(node.path for node in open_visits(net, stands[case.number].state.marking))
        for case in cases
    }


def _cell(case: Case, at: int, look: Look) -> int | None:
    """The cell of a field, None where it matters no more."""
    marking, data = look.standing.stands[case.number].state
    return data.fields[at] if look.standing.kept(marking) >> at & 1 else None


def _marks(case: Case, look: Look) -> frozenset[str]:
    """What shows of the past: arrivals that wait, branches that have finished."""
    places = look.standing.net.layout.places
    found = set()
    for number in look.standing.stands[case.number].state.marking:
        kind, node, other = places[number]
        if kind == FROM:
            found.add(f"`{other}` led to `{node}`")
        elif kind == FINISHED:
            found.add(f"`{node}` has finished")
    return frozenset(found)
