"""From the data of ``next`` to Result nouns: where each result leads, when, and how often."""

from typing import Any

from salesflow.nouns import FrozenMap
from salesflow.process.binding import Binder, Names, common
from salesflow.process.steps import DONE, LEAVE, Result
from salesflow.process.survey import Scope, inside
from salesflow.process.values import assignments, fillings
from salesflow.quantities import parse_share
from salesflow.source.located import Map, key_span, value_span

REST = "rest"


def build_results(scope: Scope, name: str, binder: Binder) -> FrozenMap[str, Result]:
    """The results of one step; everything wrong goes to the binder."""
    step = scope.steps[name]
    results = step.get("next", Map())
    path = f"{scope.path}.{name}"
    node = inside(scope.node, name)
    _once_per_step(results, path, binder)
    _only_places(step, results, path, node, binder)
    rest = _rest(results)
    built = {}
    for result, data in results.items():
        where = f"{path}.next.{result}"
        built[result] = Result(
            **common(results, result, path=where, node=f"{node}.{result}"),
            step=node,
            targets=_targets(scope, name, results, result, binder),
            when=binder.expression(data, "when", path=f"{where}.when"),
            share=_share(data, rest),
            rest=data.get("share") == REST,
            at_most=data.get("at_most"),
            otherwise=data.get("otherwise", False),
            set=assignments(data, binder, path=where),
            captures=fillings(data, "captures", binder, path=where),
        )
    return FrozenMap(built)


def _targets(scope: Scope, name: str, results: Map, result: str, binder: Binder) -> tuple[str, ...]:
    data = results[result]
    to = data.get("to")
    path = f"{scope.path}.{name}.next.{result}"
    if to is None:
        return ()
    if isinstance(to, str):
        if to in scope.steps:  # the usual case needs no place
            return (inside(scope.node, to),)
        span = value_span(data, "to")
        target = _target(to, scope, span, path, binder)
        if target == LEAVE and result == DONE:
            binder.wrong(
                span,
                f"`{name}` leaves the block with the result `done`, which means that it is done.",
                path=path,
                hint="Name the result after the reason: `refused: leave`.",
            )
        return () if target is None else (target,)
    kept = []
    for place, other in enumerate(to):
        span = value_span(to, place)
        target = _target(other, scope, span, path, binder)
        if target is None:
            continue
        if target in (DONE, LEAVE) or other not in scope.steps:
            binder.wrong(
                span,
                f"`{name}` goes several ways at once here, and `{other}` is no step.",
                path=path,
                hint="Several targets are two or more different steps.",
            )
        kept.append(target)
    return tuple(sorted(set(kept)))


def _target(to: str, scope: Scope, span: Any, path: str, binder: Binder) -> str | None:
    """The node that a target means; None, and a finding, when it means nothing here."""
    if to in scope.steps:
        return inside(scope.node, to)
    if scope.node:
        return _branch_target(to, scope, span, path, binder)
    if to in (DONE, LEAVE):
        binder.wrong(
            span,
            f"`{to}` ends a branch of a block, and this step is in none.",
            path=path,
            hint="Name a step or an outcome.",
        )
        return None
    if to in binder.outcomes:
        return to
    binder.unknown("step or outcome", to, Names(scope.steps, binder.outcomes), span=span, path=path)
    return None


def _branch_target(to: str, scope: Scope, span: Any, path: str, binder: Binder) -> str | None:
    if to in (DONE, LEAVE):
        return to
    if to in binder.outcomes or to in binder.nodes:
        kind = "an outcome" if to in binder.outcomes else "a step outside this branch"
        binder.wrong(
            span,
            f"`{to}` is {kind}: a branch leads to its own steps, `done` or `leave`.",
            path=path,
            hint=f"Write `leave`, and let the block's `next` send this result to `{to}`.",
        )
        return None
    binder.unknown(
        "step in this branch", to, Names(scope.steps, (DONE, LEAVE)), span=span, path=path
    )
    return None


def _share(data: Map, rest: float) -> float | None:
    written = data.get("share")
    if written is None:
        return None
    return rest if written == REST else parse_share(str(written))


def _rest(results: Map) -> float:
    """100% less the shares of all other results of the step, never below 0."""
    others = [
        parse_share(str(r["share"])) for r in results.values() if r.get("share", REST) != REST
    ]
    # Shares are decimals of a percent: rounding at 12 places undoes what binary fractions add.
    return max(0.0, round(1.0 - sum(share or 0.0 for share in others), 12))


def _once_per_step(results: Map, path: str, binder: Binder) -> None:
    """``rest`` and ``otherwise`` stand once per step."""
    for key, value in (("share", REST), ("otherwise", True)):
        holders = [name for name, data in results.items() if data.get(key) == value]
        for name in holders[1:]:
            word = "share: rest" if key == "share" else "otherwise: true"
            binder.clash(
                key_span(results[name], key),
                f"`{word}` may stand once per step, and `{holders[0]}` has it already.",
                path=f"{path}.next.{name}.{key}",
                first=key_span(results[holders[0]], key),
                other=f"{path}.next.{holders[0]}.{key}",
            )


def _only_places(step: Map, results: Map, path: str, node: str, binder: Binder) -> None:
    """What happens is not chosen: such results carry only ``to``, ``set`` and ``captures``."""
    inner = "parallel" in step or "run" in step
    timeout = step.get("timeout")
    timed = timeout.get("result") if isinstance(timeout, Map) else None
    for name, data in results.items():
        if not inner and name != timed:
            continue
        allowed_share = not inner and name == timed
        for key in ("when", "at_most", "otherwise", "share"):
            if key not in data or (key == "share" and allowed_share):
                continue
            kind = "the timeout" if name == timed else "what runs inside"
            binder.wrong(
                key_span(data, key),
                f"`{node}.{name}` comes from {kind}, it is not chosen: `{key}` means nothing here.",
                path=f"{path}.next.{name}.{key}",
                hint="Lead it to a decision step (one without `by`) and put the condition there.",
            )
