"""What rules read of one process, each fact worked out once and only when asked for."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from salesflow.analysis.aims import Aim, Missed
from salesflow.analysis.broken import Broken, promising
from salesflow.analysis.data_use import Mentions
from salesflow.analysis.finishing import Finishing
from salesflow.analysis.flow import Flow
from salesflow.analysis.handoffs import Threads
from salesflow.analysis.judgement import UNDECIDED, Judgement
from salesflow.analysis.lack import Breach, Lack
from salesflow.analysis.undecided import Undecided, open_questions
from salesflow.analysis.verdict import STUCK, TRAPPED, UNHANDLED, WAITS, Verdict
from salesflow.process.model import Process

if TYPE_CHECKING:  # facts are imported when they are asked for: most files need few of them
    from salesflow.analysis.chain import Chain
    from salesflow.analysis.demands import Demands
    from salesflow.analysis.goals import Goals
    from salesflow.analysis.guard_cases import Met, Stranded
    from salesflow.analysis.guards import Guards
    from salesflow.analysis.lacking import Lacking
    from salesflow.analysis.limits import Limits
    from salesflow.analysis.load import RoleLoad
    from salesflow.analysis.promises import Promises
    from salesflow.analysis.trouble import Trouble
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
    def finishing(self) -> Finishing:
        """What blocks come to by drawing."""
        return Finishing(self.process, self.flow)

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
    def trouble(self) -> "Trouble":
        """The ``Trouble``: what goes wrong in any run, each fault told once."""
        from salesflow.analysis.trouble import Trouble  # only where something is wrong

        return Trouble(self.process, self.flow, self.behaviour, patience=self.patience)

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
    def schedules(self) -> "Demands":
        """The ``Demands``: who works when, and what that does to time limits."""
        from salesflow.analysis.demands import Demands  # only files with time limits need it

        return Demands(self.process)

    @cached_property
    def limits(self) -> "Limits":
        """The ``Limits``: what time limits and escalations of steps come to."""
        from salesflow.analysis.limits import Limits  # only files with time limits need it

        return Limits(self.process, self.schedules)

    @cached_property
    def promises(self) -> "Promises":
        """The ``Promises`` of steps and touchpoints beside what can be kept."""
        from salesflow.analysis.promises import Promises  # only files with promises need it

        return Promises(self.flow, self.schedules, lambda: self.threads)

    @cached_property
    def broken_promises(self) -> tuple[Broken, ...]:
        """Promises of steps and touchpoints that cannot be kept."""
        return tuple(self.promises.broken()) if promising(self.process) else ()

    @cached_property
    def goals(self) -> "Goals":
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
    def chain(self) -> "Chain":
        """The ``Chain``: what the shares say; ask only where what is needed for it is given."""
        from salesflow.analysis.chain import chain_of  # solving takes its time

        return chain_of(self.process)

    @cached_property
    def has_shares(self) -> bool:
        """Whether anything is said of how often results are taken."""
        steps = self.process.nodes.values()
        return any(result.share is not None for step in steps for result in step.next.values())

    @cached_property
    def loads(self) -> "Mapping[str, RoleLoad]":
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
    def lacks(self) -> tuple[Lack, ...]:
        """Fields that may be missing where steps, runs and outcomes require them."""
        required = self.process.data and self.mentions.needed & self.mentions.filled
        return tuple(self.lacking.lacks(patience=self.patience)) if required else ()

    @cached_property
    def breaches(self) -> tuple[Breach, ...]:
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
    def deals_stay(self) -> bool:
        """Whether deals come to a place they never leave, so that fewer end than shares say."""
        found = self.behaviour.faults
        return any(fault.kind in (STUCK, WAITS, TRAPPED, UNHANDLED) for fault in found)

    @cached_property
    def deals_get_stuck(self) -> bool:
        """Whether deals come to a place with no way to an outcome: mending that may use more."""
        flow = self.flow
        return bool(flow.unhandled) or any(place not in flow.ending for place in flow.arrival)
