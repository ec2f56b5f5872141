"""What a changed condition lets through and what it keeps out: exactly, with a deal for each."""

from math import prod
from typing import NamedTuple

from salesflow.analysis.guard_nouns import Deal, Sight
from salesflow.changes.catalogue.concerned import sides
from salesflow.changes.catalogue.row import Case
from salesflow.expressions import Expression, FieldType
from salesflow.expressions.tree import Truth
from salesflow.process.model import Process
from salesflow.process.steps import Result, Step

_SOURCE = "source"  # the choice field that every deal has
_MOST_CELLS = 20_000  # cells of values that are looked at


class Shift(NamedTuple):
    """Deals by example for which the condition holds only now (``more``) or held only so far
    (``fewer``); None where there is none. Not ``decided``: nothing is known.
    """

    more: Deal | None = None
    fewer: Deal | None = None
    decided: bool = True

    @property
    def wider(self) -> bool:
        """Whether it holds for all deals as before, and for more."""
        return self.decided and self.more is not None and self.fewer is None

    @property
    def narrower(self) -> bool:
        """Whether it holds for fewer deals, and for none that it did not hold for."""
        return self.decided and self.fewer is not None and self.more is None

    @property
    def none(self) -> bool:
        """Whether it holds for the same deals."""
        return self.decided and self.fewer is None and self.more is None


UNDECIDED = Shift(decided=False)


def shift(case: Case, old: Expression | None, new: Expression | None) -> Shift:
    """How the condition of an element moves; None is the condition that always holds.

    Undecided where a field is not the same in both versions, or too many deals can be told apart.
    """
    processes = [process for process, _ in sides(case)]
    if len(processes) < 2 or (old is not None and _renamed(case, old)):
        return UNDECIDED
    sight = _sight((processes[0], old), (processes[1], new))
    if sight is None:
        return UNDECIDED
    # Tables of values are only needed for edits of conditions.
    from salesflow.analysis.guard_deals import find_deal
    from salesflow.analysis.guard_space import Space, parts_of

    given = [when for when in (old, new) if when is not None]
    parts = parts_of(given, sight)
    if prod(len(part.options) for part in parts) > _MOST_CELLS:
        return UNDECIDED
    space = Space(parts)
    held, holds = (
        space.everything if when is None else space.rows(when.root) for when in (old, new)
    )
    more = find_deal(space, holds & ~held, sight)
    fewer = find_deal(space, held & ~holds, sight)
    decided = more.decided and fewer.decided
    return Shift(more.deal, fewer.deal) if decided else UNDECIDED


def _renamed(case: Case, old: Expression) -> bool:
    """Whether a field of the condition has another id in the new version."""
    paths = [f"data.{name}" for name in old.mentions]
    return any(case.matching.new_of.get(path, path) != path for path in paths)


def _sight(*conditions: tuple[Process, Expression | None]) -> Sight | None:
    """What is known of deals in both versions; None where a field read differs in them."""
    types: dict[str, FieldType] = {}
    for process, when in conditions:
        known = _types(process)
        for name in sorted(when.mentions) if when is not None else ():
            kind = known.get(name)
            if kind is None or types.setdefault(name, kind).kind != kind.kind:
                return None
            values = dict.fromkeys((*types[name].values, *kind.values))
            types[name] = FieldType(kind.kind, tuple(values))
    always = frozenset.intersection(*(_always(process) for process, _ in conditions))
    limits = {name: most for process, _ in conditions for name, most in _limits(process).items()}
    return Sight(types, always, limits)


def _types(process: Process) -> dict[str, FieldType]:
    types = {field.id: FieldType(field.type, field.values) for field in process.data.values()}
    return {**types, _SOURCE: FieldType("choice", tuple(process.sources))}


def _always(process: Process) -> frozenset[str]:
    """Fields that every deal has from its source."""
    given = [set(source.gives) for source in process.sources.values()]
    return frozenset({_SOURCE, *(set.intersection(*given) if given else ())})


def _limits(process: Process) -> dict[str, int]:
    return {
        result.node: result.at_most
        for step in process.nodes.values()
        for result in step.next.values()
        if result.at_most is not None
    }


def told(deal: Deal) -> str:
    """A deal by example: ``A deal with `amount` 60000``."""
    from salesflow.checking.guard_words import a_deal  # only for what is said

    text = a_deal(deal)
    return text[0].upper() + text[1:]


def by_example(moved: Shift) -> str:
    """The deals to which a shift of a result matters, as sentences to put after a message."""
    text = ""
    if moved.more is not None:
        text += f" {told(moved.more)} can take it now."
    if moved.fewer is not None:
        text += f" {told(moved.fewer)} can no longer take it."
    return text


def allowed(step: Step, result: Result) -> Expression | None:
    """For which deals a result can be taken, None for all; where ``otherwise`` stands, for those
    that no other result is sure to take.
    """
    if not result.otherwise:
        return result.when
    others = [other for other in step.chosen() if other.at_most is None]
    if any(other.when is None for other in others):
        return NEVER
    if not others:
        return None
    from salesflow.analysis.guard_runs import none_of  # slow to import, and rarely needed

    return none_of([other.when for other in others if other.when is not None])


NEVER = Expression(root=Truth(value=False), type="condition", text="false")
