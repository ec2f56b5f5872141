"""What stands on an edge: a result's name, how often, when, and of which kind it is."""

import re
from collections import Counter

from salesflow.drawing.diagram import Diagram, Edge
from salesflow.expressions import Expression
from salesflow.process.steps import LEAVE, Block, Branch, Result, Step
from salesflow.quantities import format_share


def join_label(step: Step) -> str:
    """When what lies between a fork and its join is over; not only when all is done, where it can
    be left or run out of time: those ways lead there too.
    """
    if not isinstance(step, Block):
        return "over"
    words = {"all": "all done", "any": "first done"}
    inside = [each for branch in step.branches.values() for each in branch.steps.values()]
    left = any(LEAVE in result.targets for each in inside for result in each.next.values())
    others = ["left"] * left + ["time is up"] * (step.timeout is not None)
    done = words.get(step.join, f"{step.need} done")
    return f"{done}, {', '.join([*others[:-1], f'or {others[-1]}'])}" if others else done


def branch_label(branch: Branch) -> str:
    """The branch's name, and for which deals it runs."""
    return branch.title if branch.when is None else f"{branch.title}: {said(branch.when)}"


def kind_of(step: Step, result: Result, target: str) -> str:
    """``flow``, ``timeout`` or ``leave``."""
    if _timed(step, result):
        return "timeout"
    return "leave" if target == LEAVE else "flow"


def share_of(step: Step, result: Result) -> float | None:
    """How often a step that ends by itself ends so, a fraction of 1; None where nobody says."""
    if result.share is None and step.chosen() == (result,):
        return 1.0
    return result.share


def label_of(step: Step, result: Result) -> str:
    """The result's name with its share, condition, timer and limit; "" for a plain ``done``."""
    parts = [result.title]
    if result.share is not None:
        parts.append(format_share(result.share))
    if result.when is not None:
        parts.append(f"if {said(result.when)}")
    if step.timeout is not None and _timed(step, result):
        parts.append(f"after {step.timeout.after}")
    if result.at_most is not None:
        parts.append(f"at most {result.at_most}×")
    if parts == ["done"] and len(step.next) == 1:
        return ""
    return ", ".join(parts)


def _timed(step: Step, result: Result) -> bool:
    return step.timeout is not None and step.timeout.result == result.id


_SIGNS = {"==": "is", "!=": "is not", ">=": "≥", "<=": "≤", "*": "×", "-": "−"}


def said(condition: Expression) -> str:
    """A condition as people say it: ``deployment is cloud``, ``amount ≥ 75,000``."""
    words = re.sub(r" (==|!=|>=|<=|\*|-) ", lambda m: f" {_SIGNS[m[1]]} ", str(condition))
    words = re.sub(r"(?<![\d.])\d{5,}(?![\d.])", lambda m: f"{int(m[0]):,}", words)
    return words.replace("_", " ")


def at_once(diagram: Diagram) -> dict[Edge, str]:
    """The edges of results with several targets -> that all of them are gone at once.

    Of two versions each is counted alone: a result that leads elsewhere now has one target.
    """
    forks = {node.id for node in diagram.nodes if node.kind == "fork"}
    of_results = [edge for edge in diagram.edges if edge.path and edge.start not in forks]
    found: dict[Edge, str] = {}
    for other in ("added", "removed"):
        edges = [edge for edge in of_results if all(mark.kind != other for mark in edge.marks)]
        targets = Counter((edge.start, edge.path) for edge in edges)
        for edge in edges:
            number = targets[edge.start, edge.path]
            if number > 1:
                found[edge] = "both at once" if number == 2 else "all at once"
    return found
