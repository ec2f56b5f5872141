"""What rules read of one process, each fact worked out once and only when asked for."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from salesflow.analysis.aims import Aim, Missed
from salesflow.analysis.broken import Broken, promising
from salesflow.analysis.data_use import Mentions
from salesflow.analysis.flow import Flow
from salesflow.analysis.handoffs import Threads
from salesflow.analysis.judgement import UNDECIDED, Judgement
from salesflow.analysis.undecided import Undecided, open_questions
from salesflow.analysis.verdict import STUCK, Verdict
from salesflow.process.model import Process
from salesflow.process.steps import DONE, LEAVE, Block, Branch

if TYPE_CHECKING:  # only files with conditions need cells
    from salesflow.analysis.contracts import Breach
    from salesflow.analysis.guard_cases import Met, Stranded
    from salesflow.analysis.guards import Guards
    from salesflow.analysis.lack import Lack
    from salesflow.analysis.lacking import Lacking
    from salesflow.analysis.writes import Writes


class Facts:
    """The facts of one process.

    ``patience`` says how many times longer than usual a search may go on before it is given up.
    """

    def __init__(self, process: Process, *, patience: int = 1) -> None:
        """Nothing is worked out yet."""
        self.process = process
        self.patience = patience

    @cached_property
    def flow(self) -> Flow:
        """The ways of the process."""
        return Flow(self.process)

    @cached_property
    def threads(self) -> Threads:
        """Who hands deals over to whom."""
        return Threads(self.process, self.flow)

    @cached_property
    def behaviour(self) -> Verdict:
        """What can go wrong in any run, proved or with a run."""
        from salesflow.analysis.behave import BUDGET, behaviour  # slow to import

        return behaviour(self.process, flow=self.flow, budget=self.patience * BUDGET)

    @cached_property
    def trouble(self) -> Any:
        """The ``Trouble``: what goes wrong in any run, each fault told once."""
        from salesflow.analysis.trouble import Trouble  # only where something is wrong

        return Trouble(self.process, self.flow, self.behaviour)

    @cached_property
    def guards(self) -> "Guards":
        """What conditions allow, each place judged by itself."""
        from salesflow.analysis.guards import Guards

        return Guards(self.process, self.mentions)

    @cached_property
    def stranded(self) -> "tuple[Stranded, ...]":
        """Deals that get stuck since no condition holds, one for each step."""
        if not self.guarded and not self.process.runs:
            return ()
        found, decided = self.behaviour.faults, self.behaviour.decided
        if decided and not any(fault.kind == STUCK for fault in found):
            return ()
        from salesflow.analysis.guard_cases import stranded

        faults = self.trouble.faults if found else ()
        return stranded(self.process, self.guards, faults, decided=decided, patience=self.patience)

    @cached_property
    def met(self) -> "tuple[tuple[Met, ...], ...]":
        """Results that conditions allow at one visit and no share weighs, by where it is told."""
        if not self.guarded or not self.guards.overlaps:
            return ()
        from salesflow.analysis.guard_cases import met

        return met(self.process, self.guards, self.flow, patience=self.patience)

    @cached_property
    def guarded(self) -> bool:
        """Whether there is any condition (``when``) at all."""
        return any(how == "when" for _, _, how, _ in self.mentions.expressions)

    @cached_property
    def policies(self) -> tuple[Judgement, ...]:
        """Whether each policy is kept, proved or with a run."""
        if not self.process.policies:
            return ()
        from salesflow.analysis.policies import BUDGET, judge_policies  # slow to import

        dead = self.behaviour.never_taken
        budget = self.patience * BUDGET
        return judge_policies(self.process, self.flow, dead=dead, budget=budget)

    @cached_property
    def undecided(self) -> tuple[Undecided, ...]:
        """What could not be decided: a question of whatever finds errors, none for each deal."""
        found = []
        behaviour = self.behaviour
        if not behaviour.decided:
            tried = f"{behaviour.moves:,} moves of deals were looked through"
            found.append(Undecided("whether every deal comes to an end", tried))
        for judgement in self.policies:
            if judgement.verdict == UNDECIDED:
                policy = judgement.policy
                whether = f"whether every deal keeps `{policy.id}`"
                found.append(Undecided(whether, "too many ways were looked through", policy))
        found.extend(open_questions(self.process, self.lacks, self.breaches))
        return tuple(found)

    @cached_property
    def schedules(self) -> Any:
        """The ``Demands``: who works when, and what that does to time limits."""
        from salesflow.analysis.demands import Demands  # only files with time limits need it

        return Demands(self.process)

    @cached_property
    def limits(self) -> Any:
        """The ``Limits``: what time limits and escalations of steps come to."""
        from salesflow.analysis.limits import Limits  # only files with time limits need it

        return Limits(self.process, self.schedules)

    @cached_property
    def promises(self) -> Any:
        """The ``Promises`` of steps and touchpoints beside what can be kept."""
        from salesflow.analysis.promises import Promises  # only files with promises need it

        return Promises(self.flow, self.schedules, lambda: self.threads)

    @cached_property
    def broken_promises(self) -> tuple[Broken, ...]:
        """Promises of steps and touchpoints that cannot be kept."""
        return tuple(self.promises.broken()) if promising(self.process) else ()

    @cached_property
    def goals(self) -> Any:
        """The ``Goals``: objectives on times beside the ways through the process."""
        from salesflow.analysis.goals import Goals  # only files with objectives or slas need it

        return Goals(self.process, self.schedules, self.limits.reckoning)

    @cached_property
    def too_soon(self) -> tuple[Aim, ...]:
        """Objectives on times that no deal can meet."""
        return tuple(self.goals.too_soon()) if self.process.objectives else ()

    @cached_property
    def missed(self) -> tuple[Missed, ...]:
        """Objectives on shares and counts that cannot be met."""
        if not self.process.objectives:
            return ()
        from salesflow.analysis.bests import missed  # only files with objectives need it

        return tuple(missed(self.process, self.promises, lambda: self.chain, lambda: self.loads))

    @cached_property
    def chain(self) -> Any:
        """The ``Chain``: what the shares say; ask only where what is needed for it is given."""
        from salesflow.analysis.chain import chain_of  # solving takes its time

        return chain_of(self.process)

    @cached_property
    def has_shares(self) -> bool:
        """Whether anything is said of how often results are taken."""
        steps = self.process.nodes.values()
        return any(result.share is not None for step in steps for result in step.next.values())

    @cached_property
    def loads(self) -> Any:
        """Role of ours -> its ``RoleLoad``, where everything that takes is said."""
        process = self.process
        counted = any(role.people and not role.external for role in process.roles.values())
        if not counted or any(source.arrivals is None for source in process.sources.values()):
            return {}
        from salesflow.analysis.load import loads_of  # only files that say so much need it

        return loads_of(process, self.chain, self.schedules).roles

    @cached_property
    def lacking(self) -> "Lacking":
        """Which fields are surely filled where, and what is required without being so."""
        from salesflow.analysis.lacking import Lacking  # only files with data need it

        return Lacking(self.process, self.flow, self.mentions)

    @cached_property
    def lacks(self) -> "tuple[Lack, ...]":
        """Fields that may be missing where steps, runs and outcomes require them."""
        required = self.process.data and self.mentions.needed & self.mentions.filled
        return tuple(self.lacking.lacks(patience=self.patience)) if required else ()

    @cached_property
    def breaches(self) -> "tuple[Breach, ...]":
        """Fields that touchpoints require or return and that may be missing."""
        promised = [t for t in self.process.touchpoints.values() if t.requires or t.returns]
        if not promised or not self.process.data:
            return ()
        from salesflow.analysis.breaches import breaches  # only files with contracts need it
        from salesflow.analysis.contracts import Contracts

        return tuple(breaches(Contracts(self.threads, self.lacking), patience=self.patience))

    @cached_property
    def writes(self) -> "Writes":
        """Who writes which field."""
        from salesflow.analysis.writes import Writes  # only files with data need it

        return Writes(self.process, self.flow)

    @cached_property
    def mentions(self) -> Mentions:
        """What the file names: expressions, fields, nodes."""
        return Mentions(self.process)

    @cached_property
    def blocks(self) -> dict[str, Block]:
        """Node -> block, at every depth."""
        nodes = self.process.nodes
        return {node: step for node, step in nodes.items() if isinstance(step, Block)}

    @cached_property
    def deals_get_stuck(self) -> bool:
        """Whether deals come to a place with no way to an outcome: mending that may use more."""
        flow = self.flow
        return bool(flow.unhandled) or any(place not in flow.ending for place in flow.arrival)

    def finishes(self, branch: Branch) -> bool:
        """Whether some way through a branch leads to ``done``."""
        seen = [branch.start]
        known = {branch.start, DONE}
        for node in seen:  # grows while it is walked
            step = branch.steps.get(node.rpartition(".")[2])
            for result in step.next.values() if step is not None else ():
                if DONE in result.targets:
                    return True
                fresh = [target for target in result.targets if target not in known]
                known.update(fresh)
                seen.extend(fresh)
        return False

    def can_finish(self, block: Block) -> bool:
        """Whether enough branches can come to ``done`` for the block's join.

        The best case: branches with a condition run only where they finish. None running is done.
        """
        always = [branch for branch in block.branches.values() if branch.when is None]
        if not always:
            return True
        finishing = [branch for branch in block.branches.values() if self.finishes(branch)]
        running = len(always) + sum(branch.when is not None for branch in finishing)
        need = {"all": running, "any": 1}.get(block.join, block.need)
        return len(finishing) >= min(need, running)

    def withdrawn(self, scope: str) -> bool:
        """Whether something outside a branch, or a time limit, can end what runs in it."""
        while scope:
            block = self.blocks[scope.rpartition(".")[0]]
            if block.timeout is not None or block.join != "all":
                return True
            if any(_leaves(branch) for branch in block.branches.values() if branch.node != scope):
                return True
            scope = block.scope
        return False

    @cached_property
    def faulty(self) -> set[str]:
        """Blocks and branches with a step in them that is unreached or traps deals."""
        found: set[str] = set()
        for node, step in self.process.nodes.items():
            trap = not any(result.targets for result in step.next.values())
            if not trap and node not in self.flow.ending:
                trap = not self.withdrawn(step.scope)
            if trap or node not in self.flow.arrival:
                above = step.scope
                while above and above not in found:
                    found.add(above)
                    above = above.rpartition(".")[0]
        return found


def _leaves(branch: Branch) -> bool:
    """Whether some step of a branch abandons the block."""
    return any(
        LEAVE in result.targets for step in branch.steps.values() for result in step.next.values()
    )
