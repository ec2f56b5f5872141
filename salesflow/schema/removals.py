"""Places of changes and removals, and who is to blame for what a removal leaves undone."""

from collections.abc import Iterable
from typing import NamedTuple

from salesflow.findings import Finding, Related
from salesflow.source.located import Map, Seq, value_span
from salesflow.spans import Span


class Place(NamedTuple):
    """A path that is changed or removed, and where that is written."""

    path: tuple[str, ...]
    span: Span

    @property
    def name(self) -> str:
        """The element path."""
        return ".".join(self.path)


def removals(variant: Map) -> list[Place]:
    """What ``remove`` lists."""
    remove = variant.get("remove")
    if not isinstance(remove, Seq):
        return []
    return [
        Place(tuple(str(path).split(".")), value_span(remove, index))
        for index, path in enumerate(remove)
    ]


def one_way(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one path is the other, or lies above or below it."""
    least = min(len(one), len(other))
    return one[:least] == other[:least]


def blamed(findings: Iterable[Finding], variant: Map) -> list[Finding]:
    """Findings in the result of an overlay: what a removal leaves undone stands at the removal."""
    above = {place.path[:-1]: place for place in removals(variant)}
    told = []
    for finding in findings:
        removal = above.get(tuple(finding.path.split(".")) if finding.path else ())
        if removal is None:
            told.append(finding)
            continue
        related = (*finding.related, Related(finding.path, finding.span, "left behind here"))
        told.append(finding._replace(span=removal.span, related=related))
    return told
