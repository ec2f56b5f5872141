"""The picture of a change: both versions in one diagram."""

from collections.abc import Callable, Iterator

from salesflow.changes.difference import Diff
from salesflow.changes.edit import Edit
from salesflow.changes.sheet import RUNS
from salesflow.drawing.departments import departments
from salesflow.drawing.diagram import Diagram, Mark, Overlay
from salesflow.drawing.extract import flow
from salesflow.drawing.focus import fitted
from salesflow.drawing.mermaid import fits
from salesflow.drawing.union import union
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.process.steps import Run

_SEEN = frozenset(  # fields whose change the drawing itself shows
    [
        "name",
        "by",
        "with",
        "share",
        "when",
        "otherwise",
        "at_most",
        "to",
        "start",
        "join",
        "parallel",
        "was",
    ]
)
_NOTHING_OVER = Overlay()
_EMPTY = Diagram(title="", lanes=(), nodes=(), edges=())


def picture(
    diff: Diff,
    *,
    view: str = "flow",
    overlay: Overlay = _NOTHING_OVER,
    small: Callable[[Diagram], bool] = fits,
) -> Diagram:
    """Both versions in one, as large as ``small`` allows: by default what Mermaid draws.

    ``view`` is ``flow`` or ``departments``, as of a picture of one version; ``overlay`` is laid
    over the new version, beside what changed.
    """
    if diff.old is None or diff.new is None:
        alone = _drawn(diff, diff.new or diff.old, view, overlay)
        words = "All of it is new." if diff.old is None else "All of it is gone."
        return fitted(alone.replace(title=_title(diff), notes=(words,)), small)
    old, new = _drawn(diff, diff.old, view), _drawn(diff, diff.new, view, overlay)
    whole = union(old, new, same=diff.matching.new_of)
    notes = (*whole.notes, *_unmarked(whole))
    return fitted(whole.replace(title=_title(diff), notes=notes), small)


def beside(old: Process, new: Process, *, view: str, overlay: Overlay) -> Diagram:
    """Two versions of a process in one picture, ``overlay`` laid over the new one."""
    from salesflow.changes.compare import edits, sides_of
    from salesflow.changes.matching.match import match
    from salesflow.changes.sheet import sheet_of

    sheets = sheet_of(old), sheet_of(new)
    matching = match(*sheets)
    sides = sides_of(old, new, matching, sheets=sheets)
    diff = Diff(old=old, new=new, matching=matching, edits=edits(old, new, sides))
    return picture(diff, view=view, overlay=overlay)


def _title(diff: Diff) -> str:
    process = diff.new or diff.old
    if process is None:
        return ""
    versions = [one.version for one in (diff.old, diff.new) if one is not None and one.version]
    title = process.name or process.id.replace("_", " ")
    return " ".join([title, " to ".join(dict.fromkeys(versions))]).strip()


def _unmarked(diagram: Diagram) -> Iterator[str]:
    if not diagram.marked:
        yield "Nothing that is drawn here changed."


def _drawn(
    diff: Diff, process: Process | None, view: str, overlay: Overlay = _NOTHING_OVER
) -> Diagram:
    if process is None:  # a comparison of nothing
        return _EMPTY
    if view == "departments":
        drawn = departments(process)
        return _with_contracts(drawn, diff.edits, process) if process is diff.new else drawn
    if process is not diff.new or diff.old is None:
        return flow(process, overlay=overlay)
    return flow(process, overlay=_overlay(diff.edits, process, overlay))


def _with_contracts(drawn: Diagram, edits: tuple[Edit, ...], process: Process) -> Diagram:
    """What changes in a touchpoint stands on the edge between its departments."""
    contracts = {each.path: each for each in process.touchpoints.values()}
    told: dict[tuple[str, str], dict[Mark, None]] = {}
    for edit in edits:
        touchpoint = contracts.get(edit.path)
        if touchpoint is not None and edit.field:
            words = f"{touchpoint.title}: {edit.field.replace('_', ' ')}"
            marks = told.setdefault((touchpoint.giver, touchpoint.receiver), {})
            marks[Mark(kind="changed", text=words)] = None
    edges = (
        edge.replace(marks=tuple(told.get((edge.start, edge.end), ()))) for edge in drawn.edges
    )
    return drawn.replace(edges=tuple(edges))


def _overlay(edits: tuple[Edit, ...], process: Process, over: Overlay) -> Overlay:
    """What changes without a change of shape: the fields' names, on the element."""
    told: dict[str, dict[str, None]] = {}
    for path, words in _told(edits, process):
        told.setdefault(path, {})[words] = None
    marks: dict[str, tuple[Mark, ...]] = {
        path: (Mark(kind="changed", text=", ".join(words)),) for path, words in told.items()
    }
    for path, others in over.marks.items():
        marks[path] = (*marks.get(path, ()), *others)
    return Overlay(marks=FrozenMap(marks))


def _told(edits: tuple[Edit, ...], process: Process) -> Iterator[tuple[str, str]]:
    at = _receivers(edits, process)
    homes = (process.nodes, process.sources, process.outcomes)
    titled = {each.path for home in homes for each in home.values() if each.name}
    for edit in edits:
        head, _, rest = edit.path.partition(".")
        field = edit.field.partition(".")[0]
        if head == RUNS:
            run = rest.partition(".")[0]
            steps = [each for each in process.nodes.values() if isinstance(each, Run)]
            yield from ((step.path, "changed inside") for step in steps if step.process == run)
        elif edit.what == "touchpoint":
            for path in at.get(edit.path, ()):
                yield path, f"{rest.replace('_', ' ')}: {field or edit.kind}"
        elif edit.kind == "moved" and not edit.field:
            yield edit.path, "moved"
        elif edit.kind == "renamed" and edit.path in titled:
            yield edit.path, f"was {edit.old}"  # the label does not show it
        elif field and field not in _SEEN:
            yield edit.path, field.replace("_", " ")


def _receivers(edits: tuple[Edit, ...], process: Process) -> dict[str, list[str]]:
    """Paths of touchpoints that changed -> those of the steps where their handoffs arrive."""
    changed = {edit.path for edit in edits if edit.what == "touchpoint" and edit.kind != "removed"}
    if not changed:
        return {}
    from salesflow.analysis.handoffs import handoffs  # only for a contract that changed

    found: dict[str, list[str]] = {}
    for handoff in handoffs(process):
        for name in handoff.covered_by:
            paths = found.setdefault(f"touchpoints.{name}", [])
            if handoff.place in process.nodes:
                paths.append(process.nodes[handoff.place].path)
    return {path: sorted(set(paths)) for path, paths in found.items() if path in changed}
