"""What a deal goes through: steps, their results, blocks with branches, runs of sub-processes."""

from functools import cached_property

from salesflow.distributions import Distribution
from salesflow.expressions import Expression
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.people import Element
from salesflow.quantities import Duration

DONE = "done"  # the target that finishes a branch
LEAVE = "leave"  # the target that abandons the innermost block


class Sla(Noun):
    """From entry to completion within a time, for a ``target`` share of visits; only measured."""

    within: Duration
    target: float | None = None


class Timeout(Noun):
    """``after`` entry the step is interrupted and takes ``result``."""

    after: Duration
    result: str


class Escalation(Noun):
    """``after`` entry, until work starts, the role ``by`` may take the work too."""

    after: Duration
    by: str


class Result(Element):
    """One named way a step ends, the transition ``step.id``.

    ``targets`` are nodes (``validate``, ``paper_process.legal.rework``, ``lost``) or the words
    ``done`` and ``leave``. ``share`` is a fraction of 1 with ``rest`` already worked out, None
    where none is given. ``set`` and ``captures`` map a field to what it becomes; None = filled.
    """

    step: str
    targets: tuple[str, ...] = ()
    when: Expression | None = None
    share: float | None = None
    rest: bool = False
    at_most: int | None = None
    otherwise: bool = False
    set: FrozenMap[str, Expression | None] = FrozenMap()
    captures: FrozenMap[str, Distribution | None] = FrozenMap()


class Step(Element):
    """What every step has. ``scope`` is the node of the branch it lies in, "" at the top."""

    scope: str = ""
    stage: str | None = None
    requires: tuple[str, ...] = ()
    sla: Sla | None = None
    timeout: Timeout | None = None
    wait_for: tuple[str, ...] = ()  # nodes
    next: FrozenMap[str, Result] = FrozenMap()

    @property
    def splits(self) -> bool:
        """Whether one of its results starts several threads."""
        return any(len(result.targets) > 1 for result in self.next.values())

    def chosen(self) -> tuple[Result, ...]:
        """Results that can be chosen when the step ends by itself, ``otherwise`` not among them."""
        return self._chosen

    @cached_property
    def _chosen(self) -> tuple[Result, ...]:
        """Many rules ask for it."""
        results = self.next.values()
        return tuple(r for r in results if not r.otherwise and not self.by_timer_only(r))

    def by_timer_only(self, result: Result) -> bool:
        """Whether only the step's timeout takes this result: it is named there and has no share."""
        return (
            self.timeout is not None and self.timeout.result == result.id and result.share is None
        )


def always(step: Step) -> Result | None:
    """A result that is allowed whatever the deal and its past, the first one; None if none is."""
    return next((r for r in step.chosen() if r.when is None and r.at_most is None), None)


class Work(Step):
    """A step that people do, or that only takes time, or that decides and takes none.

    ``by`` and ``with_`` are roles; ``effort`` is hands-on hours, ``wait`` elapsed hours after it.
    """

    by: str | None = None
    with_: tuple[str, ...] = ()
    facing: str = "internal"
    captures: FrozenMap[str, Distribution | None] = FrozenMap()
    effort: Distribution | None = None
    wait: Distribution | None = None
    escalate: Escalation | None = None


class Branch(Element):
    """One branch of a block, run for deals for which ``when`` is true. ``start`` is a node."""

    block: str
    start: str
    when: Expression | None = None
    steps: FrozenMap[str, Step] = FrozenMap()


class Block(Step):
    """Branches that run side by side; done when ``join`` is met.

    ``join`` is ``all``, ``any`` or ``at_least`` with ``need`` branches.
    """

    branches: FrozenMap[str, Branch] = FrozenMap()
    join: str = "all"
    need: int = 0


class Run(Step):
    """A step that runs another process, whose outcomes are its results."""

    process: str
