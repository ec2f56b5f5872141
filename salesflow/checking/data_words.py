"""What findings about data say alike."""

from salesflow.analysis.data_use import filled
from salesflow.checking.facts import Facts
from salesflow.findings import Related

_MOST_RELATED = 5


def to_fill(field: str) -> str:
    """What to do about a field that may be missing."""
    return (
        f"Capture it on this way (`captures: [{field}]` of a step or a result), "
        "or let the source give it."
    )


def captured_where(facts: Facts, field: str) -> tuple[Related, ...]:
    """The places that do fill a field."""
    found = {}
    for use in filled(facts.process):
        if use.field == field:
            told = f"`{field}` is filled here"
            found[use.element.path] = Related(use.element.path, use.element.span, told)
    return tuple(found[path] for path in sorted(found))[:_MOST_RELATED]
