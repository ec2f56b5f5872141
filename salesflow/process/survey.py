"""First walk over a process document: which nodes there are, before any name is looked up."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from salesflow.process.binding import MOST_GUESSES, Binder
from salesflow.source.located import Map, key_span
from salesflow.spans import Span


class Scope(NamedTuple):
    """A map of steps: the process's own (``node`` "") or a branch's."""

    node: str
    path: str
    steps: Map


def scopes(data: Map) -> Iterator[Scope]:
    """The process's steps, then each branch's, outer before inner."""
    waiting = [Scope("", "steps", data.get("steps", Map()))]
    for scope in waiting:  # grows while it is walked
        yield scope
        for name, step in scope.steps.items():
            for branch, spec in step.get("parallel", {}).items():
                node = f"{inside(scope.node, name)}.{branch}"
                path = f"{scope.path}.{name}.parallel.{branch}.steps"
                waiting.append(Scope(node, path, spec.get("steps", Map())))


def run_steps(data: Map) -> list[tuple[str, Map]]:
    """Every step that runs a process, with its path, at every depth of blocks."""
    return [
        (f"{scope.path}.{name}", step)
        for scope in scopes(data)
        for name, step in scope.steps.items()
        if "run" in step
    ]


def inside(scope: str, name: str) -> str:
    """The node of a step in a scope."""
    return f"{scope}.{name}" if scope else name


def survey(data: Map, binder: Binder) -> None:
    """Tell the binder every node, branch and result; find ids that stand for two things."""
    binder.outcomes = set(data.get("outcomes", ()))
    _told_already(data, binder)
    for scope in scopes(data):
        _misspelled(scope.steps, binder)
        if scope.node:
            binder.branches.add(scope.node)
        for name, step in scope.steps.items():
            node = inside(scope.node, name)
            binder.nodes[node] = step
            results = step.get("next", Map())
            binder.results.update(f"{node}.{result}" for result in results)
            branches = step.get("parallel", Map())
            for both in branches.keys() & results.keys():
                binder.clash(
                    key_span(results, both),
                    f"`{both}` is both a branch and a result of `{node}`.",
                    path=f"{scope.path}.{name}.next.{both}",
                    first=key_span(branches, both),
                    other=f"{scope.path}.{name}.parallel.{both}",
                )
    _one_namespace(data, binder)


_KINDS = {
    "steps": "step",
    "outcomes": "outcome",
    "stages": "stage",
    "calendars": "calendar",
    "data": "field",
    "departments": "department",
    "sources": "source",
}


def _told_already(data: Map, binder: Binder) -> None:
    """Ids and maps of ids that stand there but could not be read, as was told at their place."""
    binder.lost.update(_KINDS[key] for key in data.unread if key in _KINDS)
    binder.told.update(data.unread)
    for key in _KINDS:
        _misspelled(data.get(key, Map()), binder)


def _misspelled(elements: Map, binder: Binder) -> None:
    """Ids whose value could not be read, and what a wrongly written id was meant to be."""
    binder.told.update(elements.unread)
    wrong = (name for name in elements if not (name.isascii() and name.isidentifier()))
    for name in islice(wrong, MOST_GUESSES):
        from salesflow.schema.wrong_ids import meant_id  # only when something is wrong

        binder.told.add(meant_id(name))


def _one_namespace(data: Map, binder: Binder) -> None:
    """Steps, outcomes and sources of a process share one namespace."""
    seen: dict[str, tuple[str, Span]] = {}
    for kind in ("sources", "steps", "outcomes"):
        for name in data.get(kind, ()):
            span = key_span(data[kind], name)
            if name in seen:
                first, where = seen[name]
                binder.clash(
                    span,
                    f"`{name}` is used twice: sources, steps and outcomes share their names.",
                    path=f"{kind}.{name}",
                    first=where,
                    other=f"{first}.{name}",
                )
            else:
                seen[name] = (kind, span)
