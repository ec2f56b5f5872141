"""A process as rows, one for each element: what is matched, compared and put together again.

A row has the element's own data of the language, as ``dump`` writes it; what lies in the element
has rows of its own. Nodes are written by their whole short path, whatever the scope, so that a row
says the same wherever it stands. Paths of what lies in a process that is run begin ``runs.ID.``.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from salesflow.analysis.runs import inner_first
from salesflow.process.dump import dump
from salesflow.process.model import Process
from salesflow.process.steps import DONE, LEAVE

HEADER = "process"  # the path of the process itself
RUNS = "runs"

# The keys under which a kind of element keeps others, and their kind.
CHILDREN: Mapping[str, Mapping[str, str]] = {
    "process": {
        "calendars": "calendar",
        "departments": "department",
        "data": "field",
        "stages": "stage",
        "sources": "source",
        "steps": "step",
        "outcomes": "outcome",
        "touchpoints": "touchpoint",
        "policies": "policy",
        "objectives": "objective",
    },
    "department": {"roles": "role"},
    "step": {"next": "result", "parallel": "branch"},
    "branch": {"steps": "step"},
}
PEOPLE = ("currency", "calendars", "departments", "data")  # keys of an organization
_LEFT_OUT = ("salesflow", "use")
_WORDS = frozenset({DONE, LEAVE})


class Row(NamedTuple):
    """An element: its kind, the path of the one it lies in, and its own data."""

    what: str
    parent: str
    data: dict[str, Any]

    @property
    def was(self) -> str:
        """Its former id, if it says so."""
        return str(self.data.get("was", ""))


Sheet: TypeAlias = dict[str, Row]


def sheet_of(process: Process, apart: Collection[str] = ()) -> Sheet:
    """The rows of a process and of all that it runs, by path.

    A process that is run has rows for its organization only where that is not the same, or where
    ``apart`` names it.
    """
    sheet: Sheet = {}
    _add_process(sheet, process, HEADER, "")
    own = on_their_own(process)
    for run in runs_of(process).values():
        shared = run.id not in own and run.id not in apart
        _add_process(sheet, run, f"{RUNS}.{run.id}", f"{RUNS}.{run.id}.", shared=shared)
        if run.id in own:
            sheet[f"{RUNS}.{run.id}"].data["organization"] = "own"
    return sheet


def sheets_of(old: Process, new: Process) -> tuple[Sheet, Sheet]:
    """The rows of two versions: an organization that is shared in one only has rows in both.

    Else whatever a variant changes in its own would make all of it new in what it runs.
    """
    apart = on_their_own(old) | on_their_own(new)
    return sheet_of(old, apart), sheet_of(new, apart)


def on_their_own(process: Process) -> frozenset[str]:
    """The processes that are run and have another organization than the whole."""
    runs = runs_of(process).values()
    return frozenset(run.id for run in runs if run.people != process.people)


def runs_of(process: Process) -> dict[str, Process]:
    """All processes that are run, by a step or by one that is run, by id."""
    return dict(sorted((run.id, run) for run in inner_first(process) if run is not process))


def node_of(path: str) -> str:
    """The short path of an element's path: ``papers.legal.draft``, ``discovery.fit``.

    What lies in a process that is run has that one's id in front: ``runs.credit.steps.ask`` is
    ``credit.ask``.
    """
    parts = path.split(".")
    if parts[0] == RUNS:
        inner = ".".join(parts[2:])
        return f"{parts[1]}.{node_of(inner)}" if inner else parts[1]
    return ".".join(parts[1::2]) if len(parts) > 1 else path


def last_id(path: str) -> str:
    """The id at the end of a path."""
    return path.rpartition(".")[2]


def home_of(path: str) -> str:
    """``runs.ID.`` of what lies in a process that is run, else ""."""
    parts = path.split(".", 2)
    return f"{RUNS}.{parts[1]}." if parts[0] == RUNS else ""


def parent_of(path: str) -> str:
    """The path of what an element lies in, "" of a process."""
    parts = path.split(".")
    if len(parts) == 2:
        return "" if parts[0] == RUNS else HEADER
    return ".".join(parts[:-2])


def scope_of(path: str) -> str:
    """The short path of the branch that an element's path lies in, "" outside of branches."""
    inner = path.removeprefix(home_of(path)).split(".")
    if "parallel" not in inner[::2]:
        return ""
    last = len(inner) - 2 - inner[::2][::-1].index("parallel") * 2
    return node_of(".".join(inner[: last + 2]))


def _add_process(
    sheet: Sheet, process: Process, path: str, prefix: str, *, shared: bool = False
) -> None:
    data = dump(process)
    if shared:
        data = {key: value for key, value in data.items() if key not in PEOPLE}
    own = {key: value for key, value in data.items() if key not in _LEFT_OUT}
    what = "run" if prefix else "process"
    kinds = CHILDREN["process"]
    header = {key: value for key, value in own.items() if key not in kinds}
    sheet[path] = Row(what, "", header)
    if "departments" in own:
        header["declared"] = True
    for key, kind in kinds.items():
        for name, inner in own.get(key, {}).items():
            _add(sheet, f"{prefix}{key}.{name}", kind, path, inner, scope="")


def _add(
    sheet: Sheet, path: str, what: str, parent: str, data: dict[str, Any], *, scope: str
) -> None:
    kinds = CHILDREN.get(what, {})
    own = data
    if not kinds.keys().isdisjoint(data):
        own = {key: value for key, value in data.items() if key not in kinds}
    sheet[path] = Row(what, parent, absolute(what, own, scope) if scope else own)
    for key, kind in kinds.items():
        for name, inner in data.get(key, {}).items():
            place = f"{path}.{key}.{name}"
            below = _inner_scope(what, path) if kind == "step" else scope
            _add(sheet, place, kind, path, inner, scope=below)
    if what == "branch":
        sheet[path].data["start"] = f"{_inner_scope(what, path)}.{data['start']}"


def _inner_scope(what: str, path: str) -> str:
    """The short path that nodes in a branch have in front."""
    return node_of(path.removeprefix(home_of(path))) if what == "branch" else ""


def absolute(what: str, data: Mapping[str, Any], scope: str) -> dict[str, Any]:
    """Own data of a step or result with its nodes written by their whole short path."""
    return _scoped(what, data, lambda name: f"{scope}.{name}")


def local(what: str, data: Mapping[str, Any], scope: str) -> dict[str, Any]:
    """The reverse: as the language writes it in a scope."""
    return _scoped(what, data, lambda name: name.removeprefix(f"{scope}."))


def _scoped(what: str, data: Mapping[str, Any], name: Any) -> dict[str, Any]:
    key = {"step": "wait_for", "result": "to"}.get(what)
    if key is None or key not in data:
        return dict(data)
    value = data[key]
    nodes = [value] if isinstance(value, str) else value
    named = [node if node in _WORDS else name(node) for node in nodes]
    return {**data, key: named[0] if isinstance(value, str) else named}


def inside(sheet: Sheet) -> dict[str, list[str]]:
    """Path -> the paths of the rows that lie right in it."""
    found: dict[str, list[str]] = {}
    for path, row in sheet.items():
        found.setdefault(row.parent, []).append(path)
    return found


def below(path: str, lying: Mapping[str, list[str]]) -> Iterator[str]:
    """The paths of all that lies in an element, whatever the depth, itself first."""
    waiting = [path]
    while waiting:
        yield (here := waiting.pop())
        waiting.extend(reversed(lying.get(here, ())))
