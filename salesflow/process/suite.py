"""Tests files: deals and where they must go, as nouns with every name looked up."""

from typing import Any

from salesflow.findings import Finding
from salesflow.nouns import FrozenMap
from salesflow.process.binding import SOURCE_FIELD, Binder, Names, common, written
from salesflow.process.model import Process
from salesflow.process.people import Element
from salesflow.process.steps import Block
from salesflow.quantities import parse_percent
from salesflow.source.located import Map, Seq, key_span, value_span
from salesflow.spans import Span


class Case(Element):
    """One deal: ``deal`` maps fields to values, ``takes`` nodes to results.

    It must end at outcome ``ends``, never come to ``never`` and end with the values ``with_``.
    """

    source: str | None = None
    deal: FrozenMap[str, Any] = FrozenMap()
    takes: FrozenMap[str, str] = FrozenMap()
    ends: str | None = None
    never: tuple[str, ...] = ()
    with_: FrozenMap[str, Any] = FrozenMap()


class Suite(Element):
    """The cases of one tests file for the process ``of``."""

    of: str
    cases: FrozenMap[str, Case] = FrozenMap()


def build_suite(data: Map, process: Process) -> tuple[Suite, tuple[Finding, ...]]:
    """The suite of a validated tests document, and what is wrong with it."""
    binder = _binder(process)
    cases = {}
    for name in data.get("cases", ()):
        cases[name] = _case(data["cases"], name, process, binder)
    suite = Suite(
        id=data["tests"],
        path="",
        node="",
        span=value_span(data, "tests"),
        of=process.id,
        cases=FrozenMap(cases),
    )
    return suite, tuple(sorted(binder.findings, key=lambda finding: finding.place))


def _binder(process: Process) -> Binder:
    from salesflow.expressions import FieldType

    binder = Binder()
    binder.fields = {name: FieldType(f.type, f.values) for name, f in process.data.items()}
    binder.fields[SOURCE_FIELD] = FieldType("choice", tuple(process.sources))
    binder.outcomes = set(process.outcomes)
    for step in process.nodes.values():
        binder.nodes[step.node] = Map()
        binder.results.update(result.node for result in step.next.values())
        if isinstance(step, Block):
            binder.branches.update(branch.node for branch in step.branches.values())
    return binder


def _case(cases: Map, name: str, process: Process, binder: Binder) -> Case:
    data = cases[name]
    path = f"cases.{name}"
    _source(cases, name, process, binder)
    ends = data.get("ends")
    if ends is not None:
        span = value_span(data, "ends")
        binder.known("outcome", ends, process.outcomes, span=span, path=f"{path}.ends")
    return Case(
        **common(cases, name, path=path, node=name),
        source=data.get("source"),
        deal=_values(data, "deal", binder, path=path),
        takes=_takes(data, process, binder, path=path),
        ends=ends,
        never=_never(data, binder, path=path),
        with_=_values(data, "with", binder, path=path),
    )


def _source(cases: Map, name: str, process: Process, binder: Binder) -> None:
    data = cases[name]
    path = f"cases.{name}.source"
    if "source" in data:
        span = value_span(data, "source")
        binder.known("source", data["source"], process.sources, span=span, path=path)
    elif len(process.sources) > 1:
        binder.wrong(
            key_span(cases, name),
            f"`{process.id}` has several sources: say where this deal comes from.",
            path=path,
            hint=f"Add `source: {next(iter(process.sources))}`.",
        )


def _values(data: Map, key: str, binder: Binder, *, path: str) -> FrozenMap[str, Any]:
    """Field -> its value as written; each must be a value that the field can have."""
    values = data.get(key, Map())
    kept = {}
    for name, value in values.items():
        where = f"{path}.{key}.{name}"
        if not binder.is_field(name, span=key_span(values, name), path=where):
            continue
        field = binder.fields[name]
        if value != "filled" and not _fits(field.kind, field.values, value):
            _misfit(name, field, value, binder, span=value_span(values, name), path=where)
        kept[name] = value
    return FrozenMap(kept)


def _fits(kind: str, choices: tuple[str, ...], value: Any) -> bool:
    if kind == "choice":
        return written(value) in choices
    if kind == "yes_no":
        return isinstance(value, bool)
    if kind in ("money", "number"):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "percent":
        return isinstance(value, str) and parse_percent(value) is not None
    return True


def _misfit(name: str, field: Any, value: Any, binder: Binder, *, span: Span, path: str) -> None:
    if field.kind == "choice":
        binder.unknown(f"value of `{name}`", written(value), field.values, span=span, path=path)
        return
    examples = {"yes_no": "true", "percent": "5%", "money": "40000", "number": "3"}
    binder.wrong(
        span,
        f"`{name}` is of type {field.kind}, and `{written(value)}` is not.",
        path=path,
        hint=f"Write for example `{name}: {examples[field.kind]}`.",
    )


def _takes(data: Map, process: Process, binder: Binder, *, path: str) -> FrozenMap[str, str]:
    takes = data.get("takes", Map())
    kept = {}
    for node, result in takes.items():
        where = f"{path}.takes.{node}"
        span = key_span(takes, node)
        if not binder.known("step", node, process.nodes, span=span, path=where):
            continue
        results = process.nodes[node].next
        place = value_span(takes, node)
        if binder.known(f"result of `{node}`", result, results, span=place, path=where):
            kept[node] = result
    return FrozenMap(kept)


def _never(data: Map, binder: Binder, *, path: str) -> tuple[str, ...]:
    names = data.get("never", Seq())
    known = Names(binder.nodes, binder.branches, binder.results, binder.outcomes)
    kept = []
    for place, name in enumerate(names):
        span = value_span(names, place)
        what = "step, branch, result or outcome"
        if binder.known(what, name, known, span=span, path=f"{path}.never"):
            kept.append(name)
    return tuple(sorted(kept))
