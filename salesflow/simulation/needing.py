"""How a need is told."""

from collections.abc import Iterable

from salesflow.findings import Finding, Related, Severity
from salesflow.process.model import Process
from salesflow.process.people import Element


def need(
    rule: str,
    element: Element | Process,
    message: str,
    hint: str,
    *,
    severity: Severity = "error",
    related: Iterable[Element] = (),
) -> Finding:
    """A finding of the family ``simulation`` at an element, or at the id of a process."""
    path = element.path if isinstance(element, Element) else ""
    others = tuple(Related(other.path, other.span, f"`{other.node}`") for other in related)
    return Finding(rule, "simulation", severity, path, element.span, message, hint, related=others)
