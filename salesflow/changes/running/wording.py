"""Why deals have a verdict, in sentences."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from salesflow.changes.running.onward import Fate
from salesflow.changes.running.side import Case, Look, Side
from salesflow.changes.running.standing import open_visits
from salesflow.changes.running.verdicts import Judged
from salesflow.names import listed
from salesflow.process.places import FROM

BEFORE = "It was so in the old version."


class Told(NamedTuple):
    """Why, and what to do; "" where there is nothing to say."""

    why: str
    suggestion: str = ""


def reason(fate: Fate) -> str:
    """What keeps a deal, as a sentence."""
    nodes = listed(fate.nodes)
    several = len(fate.nodes) > 1
    if fate.kind == "gone":
        return (
            f"{nodes} {'are' if several else 'is'} gone in the new version; "
            "deals there have no step to stand on."
        )
    if fate.kind == "waits":
        waiting = f"{nodes} {'wait' if several else 'waits'}"
        if not fate.lacking:
            return f"{waiting} for what can no longer come."
        return f"{waiting} for {listed(fate.lacking)}, which can no longer come."
    if fate.kind == "stuck":
        asked = f": {listed(fate.lacking)} is not filled" if fate.lacking else ""
        return f"Deals get stuck at {nodes}, where they can take no result{asked}."
    return {
        "circles": "From there no outcome can be reached: deals go round for ever.",
        "cut": "However they go on, work is left over or a step is begun a second time.",
        "unsure": "Whether they can go on hangs on exact values that the files do not tell.",
    }[fate.kind]


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
    for one, other in ((bad, fine),):
        here = _visits(one, look)
        if here and here.isdisjoint(_visits(other, look)):
            steps = sorted({path for paths in here for path in paths})
            return Told(
                f"It hangs on where they are: those at {listed(steps)} cannot go on. {told}",
                "Write the steps of these deals, several separated by `|`.",
            )
    memory = look.standing.net.memory
    for at, name in enumerate(memory.fields):
        values = [{_cell(case, at, look) for case in cases} for cases in (bad, fine)]
        if None not in values[0] | values[1] and values[0].isdisjoint(values[1]):
            return Told(
                f"It hangs on `{name}`, which the file does not tell. {told}",
                f"Add a column `{name}` to the file.",
            )
    came = [{_arrived(case, look) for case in cases} for cases in (bad, fine)]
    if came[0].isdisjoint(came[1]):
        steps = sorted({path for paths in came[0] ^ came[1] for path in paths})
        return Told(
            f"It hangs on whether {listed(steps)} is done already. {told}",
            "Look these deals up before the new version goes live.",
        )
    return Told(f"It hangs on what they did before, which the file does not tell. {told}")


def ended_stage(side: Side, judgement: Judged, look: Look, stage: str) -> Told:
    """What becomes of a stage that the new version does not have, or no word."""
    shown = set()
    for case in judgement.fine:
        for node in open_visits(look.standing.net, look.standing.stands[case.number].state.marking):
            there = side.bridge.nodes.get(node.path)
            shown.add(there.step.stage if there is not None and there.run is None else None)
    told = f"`{stage}` is no stage of the new version."
    if len(shown) == 1 and (new := next(iter(shown))):
        return Told(f"{told} What was in it shows `{new}`.", f"Set their stage to `{new}`.")
    return Told(told, "Give them one of its stages.")


def _reasons(fates: Iterable[Fate]) -> str:
    sentences = list(dict.fromkeys(reason(fate) for fate in fates))
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


def _arrived(case: Case, look: Look) -> frozenset[str]:
    """Steps whose arrivals wait."""
    places = look.standing.net.layout.places
    marking = look.standing.stands[case.number].state.marking
    return frozenset(places[p].other for p in marking if places[p].kind == FROM)
