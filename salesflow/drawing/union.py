"""Two versions of a process in one picture: each thing once, marked where only one has it."""

from collections.abc import Mapping
from typing import NamedTuple

from salesflow.drawing.diagram import Diagram, Edge, Frame, Lane, Mark, Node

ADDED = Mark(kind="added", text="added")
REMOVED = Mark(kind="removed", text="removed")
_KINDS = {"fork": "a block", "run": "a run", "source": "a source", "outcome": "an outcome"}
_GATES = frozenset(("fork", "join", "decision"))  # their lane is that of what comes before
_PLAIN = frozenset(("step", "decision"))  # how a step is drawn hangs on what it says of itself


def union(old: Diagram, new: Diagram, *, same: Mapping[str, str]) -> Diagram:
    """Both versions of a diagram, the new one's marks, figures and frames kept.

    ``same`` are the paths of what both have, old -> new. Marks are added: ``added`` and ``removed``
    for what only one has, ``changed`` for what reads otherwise, with what it was. What was removed
    stands behind what it stood behind in the old version, in the frame that it stood in if that is
    still there.
    """
    versions = _versions(old, new, same)
    frames = _frames(old, new, versions)
    nodes = _nodes(old, new, versions)
    used = {node.lane for node in nodes}
    lanes = tuple(lane for lane in _lanes(old, new, versions) if lane.id in used)
    return Diagram(
        title=new.title,
        lanes=lanes,
        nodes=nodes,
        edges=_edges(old, new, versions),
        frames=frames,
        notes=(*old.notes, *(note for note in new.notes if note not in old.notes)),
        pale=True,
        measure=new.measure,
        about=new.about,
    )


class _Versions(NamedTuple):
    """What is what: ids of the old version -> ids of the picture, of nodes, lanes and frames.

    ``kept`` are the ids of the new version's nodes that the old one has too.
    """

    same: Mapping[str, str]
    nodes: dict[str, str]
    lanes: dict[str, str]
    frames: dict[str, str]
    kept: set[str]


def _versions(old: Diagram, new: Diagram, same: Mapping[str, str]) -> _Versions:
    here = {_key(node.path, node): node.id for node in new.nodes}
    nodes: dict[str, str] = {}
    kept: set[str] = set()
    for node in old.nodes:
        twin = here.get(_key(same.get(node.path, ""), node))
        nodes[node.id] = twin or f"-{node.id}"  # no id begins so
        if twin:
            kept.add(twin)
    known = set(same.values())
    lanes = {"": ""}
    for lane in old.lanes:
        path = f"departments.{lane.id}"
        undeclared = path not in same and path not in known
        stays = lane.id if undeclared and _has(new, lane.id) else f"-{lane.id}"
        lanes[lane.id] = same[path].rpartition(".")[2] if path in same else stays
    return _Versions(same, nodes, lanes, _framed(old, new, nodes), kept)


def _framed(old: Diagram, new: Diagram, nodes: Mapping[str, str]) -> dict[str, str]:
    """The frame of the picture for each of the old version: of a block that is none now the next
    one around it.
    """
    known = {frame.id for frame in new.frames}
    around = {frame.id: frame.frame for frame in old.frames}
    found = {"": ""}
    for frame in old.frames:
        name = frame.id
        while name and not (nodes.get(name, "-").startswith("-") or nodes[name] in known):
            name = around.get(name, "")
        found[frame.id] = nodes.get(name, f"-{name}") if name else ""
    return found


def _frames(old: Diagram, new: Diagram, versions: _Versions) -> tuple[Frame, ...]:
    """Those of the new version, and the old one's that are gone with their fork."""
    known = {frame.id for frame in new.frames}
    gone = (
        frame.replace(id=versions.frames[frame.id], frame=versions.frames.get(frame.frame, ""))
        for frame in old.frames
        if versions.frames[frame.id] == f"-{frame.id}"
    )
    return (*new.frames, *(frame for frame in gone if frame.id not in known))


def _key(path: str, node: Node) -> tuple[str, bool]:
    """A block is two nodes of one path."""
    return path, node.kind == "join"


def _has(diagram: Diagram, lane: str) -> bool:
    return any(each.id == lane for each in diagram.lanes)


def _lanes(old: Diagram, new: Diagram, versions: _Versions) -> list[Lane]:
    before = set(versions.lanes.values())
    declared = {path for path in versions.same.values() if path.startswith("departments.")}
    lanes = []
    for lane in new.lanes:
        added = lane.id not in before and f"departments.{lane.id}" not in declared
        lanes.append(lane.replace(label=f"{lane.label} (added)") if added else lane)
    for lane in old.lanes:
        name = versions.lanes[lane.id]
        if not _has(new, name):
            gone = " (removed)" if name.startswith("-") else ""
            lanes.append(lane.replace(id=name, label=f"{lane.label}{gone}"))
    return lanes


def _nodes(old: Diagram, new: Diagram, versions: _Versions) -> tuple[Node, ...]:
    titles = {lane.id: lane.label for lane in old.lanes}
    twins = {versions.nodes[node.id]: node for node in old.nodes}
    behind: dict[str, list[Node]] = {}
    place = ""
    for node in old.nodes:
        name = versions.nodes[node.id]
        if name in versions.kept:
            place = name
        else:
            lane = versions.lanes.get(node.lane, node.lane)
            frame = versions.frames.get(node.frame, "")
            gone = node.replace(id=name, lane=lane, frame=frame, figure=None, marks=(REMOVED,))
            behind.setdefault(place, []).append(gone)
    shown = behind.get("", [])
    for node in new.nodes:
        if node.id in versions.kept:
            twin = twins[node.id]
            lane = versions.lanes.get(twin.lane, twin.lane)
            moves = lane != node.lane and _GATES.isdisjoint((twin.kind, node.kind))
            moved = f"moved from {titles.get(twin.lane, 'nobody')}" if moves else ""
            shown.append(_compared(twin, node, moved))
        else:
            shown.append(node.replace(marks=(ADDED, *node.marks)))
        shown.extend(behind.get(node.id, ()))
    return tuple(shown)


def _compared(old: Node, new: Node, moved: str) -> Node:
    told = [f"was {old.label}"] if old.label != new.label else []
    if old.detail != new.detail and old.detail:
        told.append(f"was {old.detail}")
    if moved:
        told.append(moved)
    if old.kind != new.kind and not _PLAIN.issuperset((old.kind, new.kind)):
        told.append(f"was {_KINDS.get(old.kind, 'a step')}")
    if old.tone != new.tone:
        told.append(f"was {old.tone}")
    return new.replace(marks=(*_changed(told), *new.marks))


def _changed(told: list[str]) -> tuple[Mark, ...]:
    return tuple(Mark(kind="changed", text=text) for text in told)


def _edges(old: Diagram, new: Diagram, versions: _Versions) -> tuple[Edge, ...]:
    before: dict[tuple[str, str, str], Edge] = {}
    for edge in old.edges:
        start = versions.nodes.get(edge.start, edge.start)
        end = versions.nodes.get(edge.end, edge.end)
        path = _written(edge)
        path = versions.same.get(path, f"-{path}" if path else "")
        before[start, end, path] = edge.replace(start=start, end=end)
    new_nodes = {node.id for node in new.nodes} - versions.kept
    shown: list[Edge] = []
    for edge in new.edges:
        twin = before.pop((edge.start, edge.end, _written(edge)), None)
        if twin is None:
            shown.append(
                _marked(edge, ADDED, plain=edge.start in new_nodes or edge.end in new_nodes)
            )
            continue
        told = _was(twin, edge, figures=old.measure == new.measure)
        shown.append(edge.replace(marks=(*_changed(told), *edge.marks)))
    for edge in before.values():
        plain = edge.start.startswith("-") or edge.end.startswith("-")
        shown.append(_marked(edge.replace(marks=()), REMOVED, plain=plain))
    return tuple(shown)


def _was(old: Edge, new: Edge, *, figures: bool) -> list[str]:
    """What an edge was: its words without those at either end that stay, or its kind; and its
    figure, where ``figures`` are of the same measure.
    """
    before, after = old.label.split(", "), new.label.split(", ")
    for place in (0, -1):
        while len(before) > 1 and len(after) > 1 and before[place] == after[place]:
            del before[place], after[place]
    told = [", ".join(before) or "without a name"] if before != after else []
    if old.kind != new.kind and not told:
        told = [f"a {old.kind}"]
    if figures and old.figure and new.figure and old.figure.text != new.figure.text:
        told.append(old.figure.text)
    return [f"was {', '.join(told)}"] if told else []


def _written(edge: Edge) -> str:
    """The path of a transition, "" where the edge is only what follows from its two ends."""
    return "" if ">" in edge.path else edge.path


def _marked(edge: Edge, mark: Mark, *, plain: bool) -> Edge:
    """With a mark; the symbol alone where the node beside it says the word."""
    return edge.replace(marks=(mark.replace(text="") if plain else mark, *edge.marks))
