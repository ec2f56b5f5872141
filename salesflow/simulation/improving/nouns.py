"""What ``improve`` speaks of: interventions, what they do, cost and are worth, and the ranking."""

from typing import Any, NamedTuple

from salesflow.nouns import FrozenMap, Noun
from salesflow.simulation.result import Estimate
from salesflow.source.write import one_line

PEOPLE, AVAILABLE, EFFORT, WAIT, BYPASS, CUT, ACCEPT = KINDS = (
    "people",
    "available",
    "effort",
    "wait",
    "bypass",
    "cut",
    "accept",
)


class Intervention(Noun):
    """A change that might help, as lines of the language.

    ``process`` is the id of the process it belongs to and ``subject`` the path of what it is about.
    ``change`` maps dotted paths to what is written there, ``remove`` are paths. ``hired`` is how
    much more of a person's time is paid for, by role (0.4: one more person who gives 40%).
    ``bound``: not a proposal but what could be reached at most.
    """

    kind: str
    process: str
    subject: str
    title: str
    change: FrozenMap[str, Any] = FrozenMap()
    remove: tuple[str, ...] = ()
    hired: FrozenMap[str, float] = FrozenMap()
    bound: bool = False
    locked: bool = False

    @property
    def name(self) -> str:
        """``people counsel``: unlike that of any other."""
        return f"{self.kind} {self.subject}"

    @property
    def lines(self) -> tuple[str, ...]:
        """What is to be written, a line each: ``departments.legal.people: 3``."""
        written = (f"{path}: {one_line(value)}" for path, value in self.change.items())
        return (*written, *(f"{path}: removed" for path in self.remove))


class Effect(NamedTuple):
    """What an intervention does to one aim, a measure that should be better.

    ``before`` and ``after`` are its values, ``difference`` the paired 95% interval, in ``unit``
    (share, hours, number, money). ``better``: towards the bound. ``sure``: after Holm over all that
    was tried. Verdicts are "" for aims without a bound. ``per_100000``: the difference for each
    100,000 a year that people are paid.
    """

    aim: str
    title: str
    measure: str
    unit: str
    before: Estimate | None
    after: Estimate | None
    difference: Estimate | None
    better: bool
    sure: bool
    verdict_before: str = ""
    verdict_after: str = ""
    per_100000: float | None = None


class Cost(NamedTuple):
    """Money a year: below zero it saves. ``amount`` is None where it is not known, and ``why``.

    ``hired``: what people are paid. Otherwise it is the difference of the work that is done; what
    it takes to bring the change about is not in it.
    """

    amount: float | None
    why: str = ""
    hired: bool = False


class Tried(Noun):
    """An intervention that was played.

    ``score`` is how much nearer it brings the objectives (``ranking.py``). ``helps``: something it
    does for an aim is sure. ``kept``: it was in the last round; the others were left out after
    fewer ``replications``. Paired differences are of ``wins`` a quarter and of the ``value`` won
    a year, None where the process says no worth. ``worth_it`` is
    value over what is paid to people.
    """

    intervention: Intervention
    score: float
    helps: bool
    kept: bool
    replications: int
    effects: tuple[Effect, ...]
    wins: Estimate | None
    value: Estimate | None
    cost: Cost
    worth_it: float | None

    @property
    def turned(self) -> tuple[str, ...]:
        """The objectives that were missed, and are met with it."""
        effects = self.effects
        return tuple(
            effect.aim
            for effect in effects
            if effect.verdict_before == "missed" and effect.verdict_after == "met"
        )


class Round(NamedTuple):
    """One round of the search: how many ``tried``, with replications up to ``replications``."""

    tried: int
    replications: int
    kept: int


class Improvement(Noun):
    """The answer of ``improve``: ``ranked`` best first, all that was tried.

    ``budget`` and ``spent`` are replications of the base or as long. ``untried`` are interventions
    that could not be compiled, and why. ``aims`` say what was looked at.
    """

    processes: tuple[str, ...]
    seed: int
    duration: str
    warmup: str
    currency: str
    aims: tuple[str, ...]
    budget: int
    spent: int
    rounds: tuple[Round, ...]
    ranked: tuple[Tried, ...]
    untried: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON of ``improve --format json``: no NaN, no infinity."""
        from salesflow.simulation.improving.plain import document

        return document(self)
