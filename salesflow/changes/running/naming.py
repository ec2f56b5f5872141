"""What the places in a file of deals mean: steps, blocks, branches, stages, outcomes."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from salesflow.names import nearest
from salesflow.process.places import Layout, Node
from salesflow.process.steps import Run


class Spot(NamedTuple):
    """A place in one version: a node, a branch, a stage or an outcome, by path or id."""

    kind: Literal["node", "branch", "stage", "outcome"]
    path: str


class Names:
    """All names of the places of a version.

    Paths as ``papers.legal.draft``, for what lies in a sub-process with the step that runs it or
    with the process in front; ids of stages and outcomes; names that people read, also those that
    stages have in a CRM; all that whatever the capitals. A name may mean several places.
    """

    def __init__(self, layout: Layout) -> None:
        """Write down every name."""
        self.layout = layout
        self.stages = layout.process.stages
        self._paths: dict[str, Spot] = {}
        self._titles: dict[str, dict[Spot, None]] = {}
        for path, node in layout.nodes.items():
            self._add(Spot("node", path), path, (node.step.name,))
            self._inner(node)
        for path, lane in layout.lanes.items():
            self._add(Spot("branch", path), path, (lane.branch.name,))
        for name, outcome in layout.process.outcomes.items():
            self._add(Spot("outcome", name), name, (outcome.name,))
        for name, stage in self.stages.items():
            spot = Spot("stage", name)
            titles = [stage.name, *stage.crm.values()]
            self._add(spot, name, titles)

    def found(self, name: str, *, stages_first: bool = False) -> tuple[Spot, ...]:
        """The places that a name means, any one of them; none where it means nothing."""
        if stages_first and name in self.stages:
            return (Spot("stage", name),)
        if name in self._paths:
            return (self._paths[name],)
        titled = tuple(self._titles.get(_folded(name), ()))
        stages = tuple(spot for spot in titled if spot.kind == "stage")
        return stages if stages_first and stages else titled

    def is_stage(self, name: str) -> bool:
        """Whether a name means a stage, perhaps besides something else."""
        spots = self.found(name, stages_first=True)
        return bool(spots) and all(spot.kind == "stage" for spot in spots)

    def nearest(self, name: str) -> str | None:
        """The place whose path or id is most like a name, or ends with it."""
        ending = [path for path in self._paths if path.endswith(f".{name}")]
        return min(ending) if ending else nearest(name, self._paths)

    def _inner(self, node: Node) -> None:
        """What lies in a process that is run can be named by the process."""
        run = node.run.step if node.run is not None else None
        if isinstance(run, Run):
            names = [f"{run.process}.{node.step.node}"]
            names += [f"{run.process}.{lane.branch.node}" for lane in node.lanes]
            spots = [Spot("node", node.path), *(Spot("branch", n.path) for n in node.lanes)]
            for name, spot in zip(names, spots, strict=True):
                self._titles.setdefault(_folded(name), {})[spot] = None

    def _add(self, spot: Spot, path: str, titles: Iterable[str]) -> None:
        self._paths.setdefault(path, spot)
        for title in (*titles, path, path.replace("_", " ")):
            if title:
                self._titles.setdefault(_folded(title), {})[spot] = None


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
