"""The picture of a change: both versions in one diagram."""

from collections.abc import Callable, Iterator

from salesflow.changes.difference import Diff
from salesflow.changes.edit import Edit
from salesflow.changes.sheet import RUNS
from salesflow.drawing.diagram import Diagram, Mark, Overlay
from salesflow.drawing.focus import fitted
from salesflow.drawing.mermaid import fits
from salesflow.drawing.titles import title_of
from salesflow.drawing.union import union
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.reporting.changed.opened import Opened, opened, pictured
from salesflow.reporting.overlay import both
from salesflow.reporting.views import USUAL_DEPTH, view_of

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
_PLACE = FrozenMap({"at": "arrives elsewhere"})  # of touchpoints, whose other fields are words
_NOTHING_OVER = Overlay()
_EMPTY = Diagram(title="", lanes=(), nodes=(), edges=())


def picture(
    diff: Diff,
    *,
    view: str = "flow",
    overlay: Overlay = _NOTHING_OVER,
    depth: int = USUAL_DEPTH,
    small: Callable[[Diagram], bool] = fits,
) -> Diagram:
    """Both versions in one, as large as ``small`` allows: by default what Mermaid draws.

    ``view`` and ``depth`` are those of a picture of one version; ``overlay`` is laid over the new
    version, beside what changed.
    """
    if diff.old is None or diff.new is None:
        process = diff.new or diff.old
        alone = _EMPTY if process is None else view_of(process, view, overlay=overlay, depth=depth)
        words = "All of it is new." if diff.old is None else "All of it is gone."
        return fitted(alone.replace(title=_title(diff), notes=(words,)), small)
    inside = [*opened(diff.new, depth)] if view == "flow" else []
    changed = _overlay(diff.edits, diff.new, inside)
    older, newer = _staged(diff.old), _staged(diff.new)
    apart = view == "stages" and older != newer  # what has no stages has nothing to show there
    old = _EMPTY if apart and newer else view_of(diff.old, view, depth=depth)
    over = both(changed, overlay)
    new = _EMPTY if apart and older else view_of(diff.new, view, overlay=over, depth=depth)
    if view == "departments":
        new = _with_contracts(new, diff.edits, diff.new)
    whole = union(old, new, same=pictured(diff, depth))
    notes = (*whole.notes, *_unmarked(whole))
    about = diff.new.goal.strip() if _versions(diff) else whole.about
    return fitted(whole.replace(title=_title(diff), about=about, notes=notes), small)


def _staged(process: Process) -> bool:
    return any(step.stage for step in process.nodes.values())


def beside(
    old: Process,
    new: Process,
    *,
    view: str,
    overlay: Overlay,
    depth: int = USUAL_DEPTH,
    small: Callable[[Diagram], bool] = fits,
) -> Diagram:
    """Two versions of a process in one picture, ``overlay`` laid over the new one."""
    diff = compared(old, new)
    return picture(diff, view=view, overlay=overlay, depth=depth, small=small)


def compared(old: Process, new: Process) -> Diff:
    """Two versions compared as far as a picture needs it."""
    from salesflow.changes.compare import edits, sides_of
    from salesflow.changes.matching.match import match
    from salesflow.changes.sheet import sheets_of

    sheets = sheets_of(old, new)
    matching = match(*sheets)
    sides = sides_of(old, new, matching, sheets=sheets)
    return Diff(old=old, new=new, matching=matching, edits=edits(old, new, sides))


def _title(diff: Diff) -> str:
    """What is compared: two processes, or two versions of one; the same words are said once."""
    process = diff.new or diff.old
    if process is None:
        return ""
    title = title_of(process)
    if diff.old is None or diff.new is None:
        return title
    old, new = diff.old, diff.new
    if old.id != new.id:
        names = (title, title_of(old)) if title != title_of(old) else (new.id, old.id)
        return " compared with ".join(names)
    return f"{title} {_versions(diff)}" if _versions(diff) else f"{title}, old and new"


def _versions(diff: Diff) -> str:
    """``1.0.0 to 1.1.0`` where a process has another version now, "" else."""
    old, new = diff.old, diff.new
    if old is None or new is None or old.id != new.id or old.version == new.version:
        return ""
    return f"{old.version} to {new.version}" if old.version and new.version else ""


def _unmarked(diagram: Diagram) -> Iterator[str]:
    if not diagram.marked:
        yield "Nothing that is drawn here changed."


def _with_contracts(drawn: Diagram, edits: tuple[Edit, ...], process: Process) -> Diagram:
    """What changes in a touchpoint stands on the edge between its departments."""
    contracts = {each.path: each for each in process.touchpoints.values()}
    told: dict[tuple[str, str], dict[Mark, None]] = {}
    for edit in edits:
        touchpoint = contracts.get(edit.path)
        if touchpoint is not None and edit.field:
            words = f"{touchpoint.title}: {_PLACE.get(edit.field, edit.field.replace('_', ' '))}"
            marks = told.setdefault((touchpoint.giver, touchpoint.receiver), {})
            marks[Mark(kind="changed", text=words)] = None
    edges = (
        edge.replace(marks=(*edge.marks, *told.get((edge.start, edge.end), ())))
        for edge in drawn.edges
    )
    return drawn.replace(edges=tuple(edges))


def _overlay(edits: tuple[Edit, ...], process: Process, inside: list[Opened]) -> Overlay:
    """What changes without a change of shape: the fields' names, on the element."""
    told: dict[str, dict[str, None]] = {}
    for path, words in _told(edits, process, inside):
        told.setdefault(path, {})[words] = None
    marks = {path: (Mark(kind="changed", text=", ".join(words)),) for path, words in told.items()}
    return Overlay(marks=FrozenMap(marks))


def _told(
    edits: tuple[Edit, ...], process: Process, inside: list[Opened]
) -> Iterator[tuple[str, str]]:
    at = _receivers(edits, process)
    homes = (process.nodes, process.sources, process.outcomes)
    titled = {each.path for home in homes for each in home.values() if each.name}
    for edit in edits:
        head, _, rest = edit.path.partition(".")
        field = edit.field.partition(".")[0]
        if head == RUNS:
            yield from _told_inside(edit, inside)
        elif edit.what == "touchpoint":
            for path in at.get(edit.path, ()):
                yield path, f"{rest.replace('_', ' ')}: {_PLACE.get(field, field or edit.kind)}"
        elif edit.kind == "moved" and not edit.field:
            yield edit.path, "moved"
        elif edit.kind == "renamed" and edit.path in titled:
            yield edit.path, f"was {edit.old}"  # the label does not show it
        elif field and field not in _SEEN:
            yield edit.path, field.replace("_", " ")


def _told_inside(edit: Edit, inside: list[Opened]) -> Iterator[tuple[str, str]]:
    """What changes in a process that is run, on the element if it is drawn, else on the run."""
    process, _, path = edit.path.removeprefix(f"{RUNS}.").partition(".")
    field = edit.field.partition(".")[0]
    for run in inside:
        if process not in run.processes:
            continue
        if not run.open:
            yield run.path, "changed inside"
        elif path and edit.kind == "moved" and not edit.field:
            yield f"{run.path}.{path}", "moved"
        elif path and field and field not in _SEEN:
            yield f"{run.path}.{path}", field.replace("_", " ")


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
