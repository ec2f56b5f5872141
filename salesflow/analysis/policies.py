"""Whether a process keeps its policies: proved by the drawing, proved in the token game, or a run.

What the drawing does not prove is looked for in the game, with the policy's monitor in product: the
shortest run that violates it. First in a net that does all that the process can, and more, in far
fewer states: what does not matter to the policy is shut to single steps, limits that can be spared
are left out. What is found there is looked for again in the whole process, and where it breaks a
limit once more with all of them.
"""

from collections.abc import Collection

from salesflow.analysis.events import event
from salesflow.analysis.flow import Flow
from salesflow.analysis.foregone import foregone
from salesflow.analysis.forget import spared_limits
from salesflow.analysis.judgement import (
    BOTH,
    KEPT,
    NEVER,
    NOBODY,
    UNDECIDED,
    VACUOUS,
    VIOLATED,
    WHEN,
    Judgement,
)
from salesflow.analysis.monitors import BROKEN, FRESH, Monitor, happenings
from salesflow.analysis.pursue import Pursued, pursue
from salesflow.analysis.retrace import retraced, spoken_of
from salesflow.analysis.slices import sliced
from salesflow.expressions import Expression
from salesflow.process.model import Policy, Process
from salesflow.process.net import Move, Net, State
from salesflow.process.steps import Block, Work
from salesflow.process.telling import witness

BUDGET = 60_000  # moves tried for all policies of a process
# Parts of it for one walk: in the small net, to find something again, to see that a policy obliges
_EACH, _AGAIN, _SAMPLE = 3, 20, 30


def judge_policies(
    process: Process, flow: Flow, *, dead: Collection[str] = (), budget: int = BUDGET
) -> tuple[Judgement, ...]:
    """What is known of each policy, in the order written; ``dead`` are results never taken.

    ``budget`` is the number of moves to try for all of them together.
    """
    judge = _Judge(process, flow, dead, budget)
    return tuple(judge.judged(policy) for policy in process.policies.values())


class _Judge:
    """Judges the policies of one process; ``budget`` is what is left of the ``whole``."""

    def __init__(self, process: Process, flow: Flow, dead: Collection[str], budget: int) -> None:
        self.process = process
        self.flow = flow
        self.dead = frozenset(dead)
        self.whole = self.budget = budget
        self.rough: tuple[Policy, Net] | None = None

    def judged(self, policy: Policy) -> Judgement:
        if policy.kind == "different_person":
            return self.people(policy)
        obliging = policy.events[0 if policy.kind == "response" else -1]
        if policy.kind in ("precedence", "response") and not self.happens(obliging):
            reached = self.drawn(obliging)  # else another rule tells
            return Judgement(policy, VACUOUS if reached else KEPT, why=NEVER)
        if not foregone(policy, self.process, self.flow):
            found = self.violation(policy)
            if found.verdict != KEPT:
                return found
        return self.meaningful(policy)

    def people(self, policy: Policy) -> Judgement:
        """Two steps of one role with one person, or one who keeps the deal, for one deal."""
        steps = [self.process.nodes[name] for name in policy.events]
        roles = {step.by if isinstance(step, Work) else None for step in steps}
        if None in roles:
            return Judgement(policy, VACUOUS, why=NOBODY)
        role = self.process.roles.get(roles.pop() or "")
        if roles or role is None or not (role.people == 1 or role.keeps_deal):
            return Judgement(policy, KEPT)
        if policy.events[0] == policy.events[1]:
            return Judgement(policy, KEPT)
        found = self.violation(policy)
        return found._replace(verdict=VACUOUS, why=BOTH) if found.verdict == KEPT else found

    def happens(self, name: str) -> bool:
        """Whether an event is not known to happen in no run."""
        return self.drawn(name) and not self.dead.issuperset(event(self.process, name).paths)

    def drawn(self, name: str) -> bool:
        """Whether the drawing leads to where an event happens."""
        nodes = self.process.nodes
        for path in event(self.process, name).paths:
            node = path.rpartition(".")[0]
            if self.flow.reachable(path if isinstance(nodes[node], Block) else node):
                return True
        return False

    def meaningful(self, policy: Policy) -> Judgement:
        """That a policy with a condition is kept, or that its condition never holds."""
        if policy.when is None:
            return Judgement(policy, KEPT)
        net = self.rough_net(policy)
        monitor = Monitor(policy, net)
        most = min(self.budget, self.whole // _SAMPLE)
        if retraced(net, _onward, monitor.obliged, budget=most // 4):
            return Judgement(policy, KEPT)
        found = pursue(net, FRESH, _onward, monitor.obliged, budget=most)
        self.budget -= found.moves
        if found.way is None and found.complete:
            return Judgement(policy, VACUOUS, why=WHEN)
        return Judgement(policy, KEPT)

    def violation(self, policy: Policy) -> Judgement:
        """The shortest run that violates a policy, one that is sure before one that need not be."""
        rough = self.rough_net(policy)
        found = self.search(policy, rough, self.whole // _EACH)
        if found.way is None:
            return Judgement(policy, KEPT if found.complete else UNDECIDED)
        whole = rough.process is self.process
        if whole and not rough.unlimited:
            return self.told(policy, rough, found)
        net = Net(self.process, watched=_watched(policy))
        if whole and _real(found, net):
            return self.told(policy, rough, found)
        return self.found_again(policy, rough, found, net)

    def found_again(self, policy: Policy, rough: Net, found: Pursued, net: Net) -> Judgement:
        """What was found in a net that can do more, looked for in the whole process."""
        spared = spared_limits(net)
        if spared:
            loose = Net(self.process, watched=_watched(policy), unlimited=spared)
            again = self.search(policy, loose, self.whole // _AGAIN)
            if again.complete and (again.way is None or _real(again, net)):
                return self.told(policy, loose, again)
        again = self.search(policy, net, self.whole // _AGAIN)
        if again.complete:
            return self.told(policy, net, again)
        guide = [path for move in found.way or () for path in move.taken]
        names = spoken_of(rough.process, self.process)
        most = min(self.budget, self.whole // _AGAIN)
        self.budget -= most
        monitor = Monitor(policy, net, lenient=True)
        way = retraced(net, monitor.step, monitor.violated, guide=guide, names=names, budget=most)
        return self.told(policy, net, again._replace(way=way))

    def rough_net(self, policy: Policy) -> Net:
        """A small net that can do all that matters to a policy, and more; the last one is kept."""
        if self.rough is None or self.rough[0] is not policy:
            self.rough = (policy, self.rough_net_anew(policy))
        return self.rough[1]

    def rough_net_anew(self, policy: Policy) -> Net:
        watched = _watched(policy)
        process = sliced(self.process, policy.events, watched)
        net = Net(process, watched=watched)
        spared = spared_limits(net)
        return Net(process, watched=watched, unlimited=spared) if spared else net

    def search(self, policy: Policy, net: Net, most: int) -> Pursued:
        monitor = Monitor(policy, net)
        found = self.look(net, monitor, most)
        if found.way is None and found.complete and monitor.unsure:
            found = self.look(net, Monitor(policy, net, lenient=True), most)
        return found

    def look(self, net: Net, monitor: Monitor, most: int) -> Pursued:
        budget = min(self.budget, most)
        found = pursue(net, FRESH, monitor.step, monitor.violated, budget=budget)
        self.budget -= found.moves
        return found

    def told(self, policy: Policy, net: Net, found: Pursued) -> Judgement:
        if found.way is None:
            return Judgement(policy, KEPT if found.complete else UNDECIDED)
        memo = FRESH
        monitor = Monitor(policy, net)
        for move in found.way:
            memo = monitor.step(memo, move) or FRESH
        last = found.way[-1]
        return Judgement(
            policy,
            VIOLATED,
            witness=witness(found.way, at=_place(policy, net, last)),
            sure=memo == BROKEN and not found.approximate,
            values=_examples(policy.when, net, last.state),
        )


def _watched(policy: Policy) -> list[Expression]:
    return [policy.when] if policy.when is not None else []


def _onward(memo: int, _move: Move) -> int:
    return memo


def _place(policy: Policy, net: Net, move: Move) -> str:
    """Where a deal is when a policy is violated: at the event, or the outcome."""
    if policy.kind == "precedence":
        return policy.events[1]
    if net.is_final(move.state):
        return net.layout.places[move.state.marking[0]].node
    numbers = [*happenings(policy, net.process).of(move)]
    return policy.events[numbers[-1][-1]]


def _real(found: Pursued, net: Net) -> bool:
    """Whether a run takes no result more often than it may, and needs none to be spent."""
    taken = [path for move in found.way or () for path in move.taken]
    limits = {w.path: w.result.at_most for w in net.layout.ways() if w.result.at_most is not None}
    within = all(taken.count(path) <= limit for path, limit in limits.items())
    return within and not found.approximate


def _examples(when: Expression | None, net: Net, state: State) -> tuple[tuple[str, str], ...]:
    """A value for each field that a condition reads, as the deal has it in a state."""
    from salesflow.analysis.behaviour.deals import values_of  # only messages need it

    asked = when.mentions if when is not None else ()
    return tuple(known for known in values_of(net, state) if known[0] in asked)
