"""What can go wrong for deals that can go on, in words, and what to do about it."""

from collections.abc import Iterable, Iterator

from salesflow.changes.running.advice import Question, ahead
from salesflow.changes.running.carry import Carrying
from salesflow.changes.running.faults import Fault
from salesflow.changes.running.onward import Fate
from salesflow.changes.running.side import Case
from salesflow.changes.running.standing import open_visits
from salesflow.changes.running.verdicts import Judged
from salesflow.changes.running.wording import WRITE, Told, together
from salesflow.process.choices import PILE, TWICE, UNFINISHED
from salesflow.process.places import Lane, Node


def only_mishaps(judgement: Judged) -> bool:
    """Whether all these deals can go on, some of them perhaps not in order."""
    return bool(judgement.bad) and all(fate.kind == "fault" for _, fate in judgement.bad)


def without_mishaps(judgement: Judged) -> Judged:
    """A verdict on deals of which some cannot go on, with the mishaps of others left out."""
    bad = tuple((case, fate) for case, fate in judgement.bad if fate.kind != "fault")
    kept = {case.number for case, fate in judgement.bad if fate.kind == "fault"}
    kept -= {case.number for case, _ in bad}
    others = (case for case, _ in judgement.bad if case.number in kept)
    fine = dict.fromkeys((*judgement.fine, *others))
    return Judged(judgement.verdict, tuple(fine), bad)


def mishap(question: Question, judgement: Judged) -> Told:
    """What can go wrong first, and what prevents it. SpentError."""
    told: dict[str, tuple[Case, Fate]] = {}
    for case, fate in judgement.bad:
        if fate.fault is not None:
            told.setdefault(_sentence(fate.fault, fate.nodes), (case, fate))
    why = min(told, key=lambda sentence: (len(told[sentence][1].nodes), sentence))
    case, fate = told[why]
    more = " There is more that can go wrong." if len(told) > 1 else ""
    return Told(f"{why}{more}", _prevented(question, case, fate))


def _sentence(fault: Fault, nodes: tuple[str, ...]) -> str:
    where, after = fault.where, fault.after
    if fault.kind == TWICE and fault.still:
        return (
            f"If `{after}` ends before `{where}`, `{where}` begins a second time while it is open."
        )
    if fault.kind == TWICE:
        origin = "one by one" if not nodes else f"from {together(nodes)}"
        return f"`{where}` can begin a second time while it is open: deals come there {origin}."
    if fault.kind == PILE:
        return (
            f"When `{after}` ends, a second arrival can come to `{where}`, "
            "where the first still waits."
        )
    if fault.kind == UNFINISHED:
        are = "are" if len(fault.open) > 1 else "is"
        left = f"{together(fault.open)} {are} still open" if fault.open else "work is left over"
        return f"If `{after}` ends first, `{where}` is reached while {left}."
    return f"When `{after}` ends, `{where}` leads nowhere."


def _prevented(question: Question, case: Case, fate: Fate) -> str:
    """The step to finish first, the step to stand at alone; only what has been tried."""
    if any(spot.kind == "stage" for spots in question.places for spot in spots):
        return WRITE
    alone = next(_alone(question, fate), None)
    if alone is None:
        return ""
    others = [path for path in fate.nodes if path != alone.path]
    first = f"Finish {together(others)} first, or move" if _finished(question, case, alone) else ""
    return f"{first or 'Move'} them to `{alone.path}` alone."


def _alone(question: Question, fate: Fate) -> Iterator[Node]:
    """The steps at which nothing goes wrong if deals stand only there, the first ones first."""
    nodes = [question.side.bridge.new.layout.nodes[path] for path in fate.nodes]
    ordered = sorted(nodes, key=lambda node: (-_behind(node, nodes), node.path))
    for node in ordered if len(nodes) > 1 else ():
        if question.helps(Carrying(question.side.bridge, alone=node)):
            yield node


def _behind(node: Node, nodes: Iterable[Node]) -> int:
    """How many of some steps come after one, they or what they lie in."""
    later = ahead(node)
    return sum(not later.isdisjoint(_homes(other)) for other in nodes)


def _homes(node: Node) -> Iterator[str]:
    here: Node | Lane | None = node
    while here is not None:
        yield here.path
        here = here.block if isinstance(here, Lane) else here.inside


def _finished(question: Question, case: Case, alone: Node) -> bool:
    """Whether all is well once only one step of a state is open, the others having ended."""
    look, bridge = question.look, question.side.bridge
    before = [path for path, node in bridge.nodes.items() if node is alone]
    standing = look.standing
    here = standing.stands[case.number].state.marking
    layout = standing.net.layout
    others = [node for node in open_visits(standing.net, here) if node.path not in before]
    if any(_goes_on(node) for node in others):
        return False
    places = {layout.nodes[path].active for path in before}
    numbers = [
        number
        for number in set().union(*(standing.holding.get(place, ()) for place in places))
        if {node.path for node in open_visits(standing.net, standing.stands[number].state.marking)}
        <= set(before)
    ]
    return bool(numbers) and look.all_go_on(numbers, question.given, question.onward)


def _goes_on(node: Node) -> bool:
    """Whether a step leads to another one in the same thread."""
    return any(
        isinstance(target, Node) and not target.waiting
        for way in node.results.values()
        for target in way.targets
    )
