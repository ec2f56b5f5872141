"""Turns of phrase of the rules about conditions: deals by example, conditions mended."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from salesflow.analysis.guard_cases import Met, Stranded
from salesflow.analysis.guard_nouns import Deal
from salesflow.analysis.guards import IMPOSSIBLE, Guards
from salesflow.checking.facts import Facts
from salesflow.checking.words import comes_by, named
from salesflow.expressions import Expression
from salesflow.expressions.tree import And, Compare, Node, Not, Or, Several, every
from salesflow.findings import Related
from salesflow.process.model import Policy, Process
from salesflow.process.people import Element
from salesflow.process.steps import Branch, Result, Step

_STRICT = {"<": "<=", ">": ">="}
_OPPOSITE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}


def a_deal(deal: Deal) -> str:
    """A deal by example: ``a deal with `amount` 140 and `region` AMER``."""
    told = "a deal"
    if deal.values:
        told += f" with {_row(f'`{name}` {value}' for name, value in deal.values)}"
    if deal.without:
        told += " and" * bool(deal.values) + f" without {_row(f'`{n}`' for n in deal.without)}"
    past = [_took(result, count) for result, count in deal.taken]
    past.extend(_visited(step, went) for step, went in deal.visited)
    return f"{told} that {_row(past)}" if past else told


def _took(result: str, count: int) -> str:
    if not count:
        return f"never took `{result}`"
    return f"took `{result}` {'once' if count == 1 else f'{count} times'}"


def _visited(step: str, went: bool) -> str:
    return f"came to `{step}`" if went else f"never came to `{step}`"


def _row(parts: Iterator[str] | list[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def on_the_way(witness: tuple[str, ...]) -> str:
    """How a deal gets there, where that is known."""
    return comes_by(witness) if witness else ""


def other_way(expression: Expression) -> str:
    """The condition with ``and`` for ``or`` at its top, or the other way round; "" for others."""
    root = expression.root
    if not isinstance(root, Several) or not all(isinstance(part, Compare) for part in root.parts):
        return ""
    return str((Or if isinstance(root, And) else And)(parts=root.parts))


def opposite(node: Node) -> str:
    """What is left when a condition does not hold."""
    if isinstance(node, Compare):
        return str(node.replace(sign=_OPPOSITE[node.sign]))
    if isinstance(node, Not):
        return str(node.condition)
    return f"not ({node})" if isinstance(node, Several) else f"not {node}"


def narrowed(wide: Result, narrow: Result) -> str:
    """The condition of ``wide`` without the deals of ``narrow``."""
    if wide.when is None or narrow.when is None:
        return ""
    kept, taken = _parts(wide.when), _parts(narrow.when)
    only = [part for part in taken if part not in kept] or taken
    rest = opposite(only[0] if len(only) == 1 else And(parts=tuple(only)))
    left = f"({wide.when})" if isinstance(wide.when.root, Or) else str(wide.when)
    return f"{left} and {rest}"


def _parts(when: Expression) -> tuple[Node, ...]:
    return when.root.parts if isinstance(when.root, And) else (when.root,)


def with_bound(step: Step, deal: Deal) -> tuple[str, str] | None:
    """A result whose condition stops just before a deal, and the comparison that takes it in."""
    values = {value for _, value in deal.values}
    for result in sorted(step.next.values(), key=lambda result: result.id):
        for node in every(result.when.root) if result.when is not None else ():
            if not (isinstance(node, Compare) and node.sign in _STRICT and node.numeric):
                continue
            if len(node.reads) > 1 or not values.isdisjoint((str(node.left), str(node.right))):
                return result.id, str(node.replace(sign=_STRICT[node.sign]))
    return None


# ---------------------------------------------------------------------------- deals that are stuck


def stuck(gap: Stranded) -> str:
    """That a deal has no way on."""
    node = gap.node
    exactly = ", exactly on a bound" if gap.bound else ""
    message = f"No result of `{node}` is allowed for {a_deal(gap.deal)}{exactly}"
    if not gap.witness:
        return f"{message}: a possible dead end, if such a deal comes here."
    possible = f" (possible: {gap.doubt})" if gap.doubt else ""
    return f"{message}: it is stuck{possible}.{on_the_way(gap.witness)}"


def to_cover(process: Process, gap: Stranded) -> str:
    """What to do about a deal that no condition covers."""
    step = gap.step
    if step.node != gap.node:
        return f"Let the process that `{step.node}` runs have a result for such deals."
    name = "other" if "other" not in step.next else "all_others"
    hint = "Widen a condition, or add a result for all others"
    target = _target(process, step)
    if target:
        hint += f": `{name}: {{to: {target}, otherwise: true}}`"
    if gap.deal.without and not gap.deal.values:
        fields = ", ".join(gap.deal.without)
        return f"Let a step before it fill what is missing (`captures: [{fields}]`). {hint}."
    return f"{hint}."


def _target(process: Process, step: Step) -> str:
    """Where deals could go that fit no condition."""
    lost = [o.id for o in process.outcomes.values() if o.kind in {"lost", "failed"}]
    leads = {target for result in step.next.values() for target in result.targets} - {step.node}
    return min([] if step.scope else lost, default=min(map(_short, leads), default=""))


def _short(target: str) -> str:
    return target.rpartition(".")[2]


def to_take_in(process: Process, gap: Stranded) -> str:
    """What to do about a value exactly on a bound."""
    mended = with_bound(gap.step, gap.deal)
    if mended is None:
        return to_cover(process, gap)
    result, comparison = mended
    return f"Let one of the conditions take it in: `{comparison}` in `{result}`."


def dead(guards: Guards, step: Step) -> tuple[Related, ...]:
    """Results of a step that no deal can take: they may be what is missing."""
    return tuple(
        Related(result.path, result.span, f"`{result.when}` holds for no deal")
        for result in step.next.values()
        if result.node in guards.impossible
    )


# ------------------------------------------------------------------------ results allowed together


def both(pair: Met) -> str:
    """That two results are allowed at once."""
    one, other = pair.overlap.one, pair.overlap.other
    way = on_the_way(pair.witness)
    if pair.overlap.free:
        return (
            f"`{other.node}` has no condition, so {a_deal(pair.deal)} may take it as well as "
            f"`{one.id}`, and no share says how often.{way}"
        )
    return (
        f"A{a_deal(pair.deal)[1:]} may take `{one.node}` as well as `{other.id}`, "
        f"and no share says how often.{way}"
    )


def to_part(pair: Met) -> str:
    """How to keep two results apart."""
    one, other = pair.overlap.one, pair.overlap.other
    if pair.overlap.free:
        return f"Write `otherwise: true` in `{other.id}`, or give both a share."
    mended = narrowed(other, one)
    return f"Write `when: {mended}` in `{other.id}`, or give both a share."


def shadowed(pair: Met) -> str:
    """That a result is never allowed alone."""
    one, other = pair.overlap.one, pair.overlap.other
    return (
        f"Wherever `{one.node}` is allowed, `{other.id}` is too: {a_deal(pair.deal)} may take "
        f"either, since conditions have no order.{on_the_way(pair.witness)}"
    )


def to_narrow(pair: Met) -> str:
    """How to let a special case win."""
    one, other = pair.overlap.one, pair.overlap.other
    return f"Write `when: {narrowed(other, one)}` in `{other.id}`, or give both a share."


def others(met: Iterable[Met], place: Result, message: str) -> tuple[Related, ...]:
    """The results of overlaps beside the one where they are told."""
    results = (result for pair in met for result in (pair.overlap.one, pair.overlap.other))
    found = {result.path: result for result in results if result is not place}
    return tuple(Related(path, result.span, message) for path, result in found.items())


# ------------------------------------------------------------------ conditions that decide nothing


class Idle(NamedTuple):
    """What to say of a condition that decides nothing."""

    element: Element
    message: str
    hint: str
    witness: tuple[str, ...]


def idle(facts: Facts, kind: str, told: Collection[str]) -> Iterator[Idle]:
    """Conditions of a kind where deals come, but for those of steps told already."""
    for element, found in facts.guards.pointless:
        when = getattr(element, "when", None)
        at = element.node.rpartition(".")[0]
        place = at if at in facts.process.nodes else ""
        if found != kind or when is None or place in told:
            continue
        if kind == IMPOSSIBLE and isinstance(element, Policy):
            continue  # `policy-vacuous` says so
        if isinstance(element, Branch) and element.start in facts.behaviour.never_entered:
            continue  # `dead-step` says so, and why
        if place and not facts.flow.reachable(place):
            continue
        say = _impossible if kind == IMPOSSIBLE else _constant
        message, hint = say(element, when)
        witness = facts.flow.way(place) if place else ()
        yield Idle(element, message + on_the_way(witness), hint, witness)


def _impossible(element: Element, when: Expression) -> tuple[str, str]:
    never = "never runs" if isinstance(element, Branch) else "is never taken"
    message = f"`{element.node}` {never}: no deal fulfils `{when}`."
    meant = other_way(when)
    if meant and isinstance(when.root, And):
        return message, f"`and` asks for all at once. Did you mean `{meant}`?"
    return message, "Change the condition, or remove what stands behind it."


def _constant(element: Element, when: Expression) -> tuple[str, str]:
    reads = sorted(when.reads)
    once = f" once {named(reads)} {'is' if len(reads) == 1 else 'are'} filled" if reads else ""
    message = f"The condition of `{element.node}` decides nothing: "
    message += f"every deal fulfils `{when}`{once}."
    meant = other_way(when)
    if meant and isinstance(when.root, Or):
        return message, f"Did you mean `{meant}`?"
    if reads:
        filled = " and ".join(f"filled({name})" for name in reads)
        return message, f"Leave the condition out, or write `{filled}` if that is what is meant."
    return message, "Leave the condition out."
