"""Pools and lanes as departments and roles: who does what."""

from typing import Any, NamedTuple

from salesflow.importing.index import Index, children, local
from salesflow.importing.naming import Names, called, speaks
from salesflow.importing.ours import data_of
from salesflow.importing.vocabulary import CATCHING, GATEWAYS, NODES
from salesflow.source.xml import Tag


class Lane(NamedTuple):
    """A lane with the nodes that it names and the lanes inside."""

    name: str
    data: dict[str, Any] | None
    nodes: frozenset[str]
    inside: tuple["Lane", ...]


class Lanes:
    """The departments of one process, as the language writes them, and the role of each node."""

    def __init__(self, index: Index, process: Tag) -> None:
        """Read pools, lanes and message flows."""
        self.index = index
        self.process = process
        self.departments: dict[str, Any] = {}
        self.roles: dict[str, str] = {}  # a node -> its role
        self.partners: dict[str, str] = {}  # a node that waits for a message -> who sends it
        self.sent: dict[str, Tag] = {}  # and the flow it comes by
        self.everyone: str | None = None  # the role of nodes in no lane
        self.names = Names()
        self.groups: dict[str, str] = {}  # the groups of an engine -> the department
        pool = self._pool()
        self.title = " ".join(pool.attributes.get("name", "").split()) if pool is not None else ""
        data = data_of(process)
        if data is not None:
            self._ours(data)
            return
        tops = _only_level(_lanes(process))
        for lane in tops:
            self._department(lane, lane.name or self.title or "department")
        if not tops and self.title:
            self.everyone = self._new(self.departments, self.title, {})
        self._others(pool)

    def role(self, key: str, event: str, tag: Tag) -> str | None:
        """Who does a node: its lane's role, or the other side of the message that it waits for."""
        if key in self.partners and tag.name in CATCHING:
            self.index.caught.add(id(self.sent[key]))
            return self.partners[key]
        if event == "timer" or tag.name in GATEWAYS:
            return None
        return self.roles.get(key, self.everyone) or self._group(tag)

    def department_of(self, role: str | None) -> str | None:
        """The department of a role."""
        for name, department in self.departments.items():
            if role == name or role in department.get("roles", ()):
                return name
        return None

    def _group(self, tag: Tag) -> str | None:
        """The group that an engine offers a task to, where no lane says who does it."""
        inside = [
            each
            for outer in tag.inside
            if outer.name == "extensionElements"
            for each in outer.inside
        ]
        for attributes in (each.attributes for each in (tag, *inside)):
            for name, group in attributes.items():
                if (
                    name.rpartition("}")[2] == "candidateGroups"
                    and speaks(group)
                    and "{" not in group
                ):
                    if group not in self.groups:
                        self.groups[group] = self._new(self.departments, group, {})
                    return self.groups[group]
        return None

    def within(self, tag: Tag, role: str | None) -> None:
        """What lies in a sub-process and in no lane is done by who does the sub-process."""
        if role is not None:
            for key in nodes_inside(tag):
                self.roles.setdefault(key, role)

    def _pool(self) -> Tag | None:
        own = self.process.attributes.get("id")
        return next(
            (p for p in self.index.pools if local(p.attributes.get("processRef", "")) == own), None
        )

    def _ours(self, data: dict[str, Any]) -> None:
        """In a file of ours only what somebody added in an editor gets its role from a lane."""
        departments = data.get("departments")
        for lane in _lanes(self.process):
            name = str((lane.data or {}).get("id") or "")
            known = departments.get(name) if isinstance(departments, dict) else None
            roles = known.get("roles") if isinstance(known, dict) else None
            role = next(iter(roles), None) if isinstance(roles, dict) else name
            if known is not None and role:
                self.roles |= dict.fromkeys(lane.nodes, role)

    def _department(self, lane: Lane, name: str) -> None:
        named = self._new(self.departments, name, {})
        leaves = _leaves(lane)
        if not leaves:
            self.roles |= dict.fromkeys(lane.nodes, named)
            return
        roles: dict[str, Any] = {}
        self.departments[named]["roles"] = roles
        inner: set[str] = set()
        for leaf in leaves:
            role = self._new(roles, leaf.name or "role", {})
            self.roles |= dict.fromkeys(leaf.nodes, role)
            inner |= leaf.nodes
        rest = lane.nodes - inner
        if rest:
            role = self._new(roles, f"{name} team", {})
            self.roles |= dict.fromkeys(rest, role)

    def _new(self, among: dict[str, Any], name: str, data: dict[str, Any]) -> str:
        given = self.names.give(name, otherwise="department")
        shown = called(name, given)
        among[given] = {**({"name": shown} if shown else {}), **data}
        return given

    def _others(self, own: Tag | None) -> None:
        """Pools that exchange messages with this process are departments outside."""
        ends = {pool.attributes.get("id", ""): pool for pool in self.index.pools}
        by_process = {local(p.attributes.get("processRef", "")): p for p in ends.values()}
        given: dict[str, str] = {}
        here = self.process.attributes.get("id", "")
        for flow in self.index.messages:
            source, target = (
                local(flow.attributes.get(end, "")) for end in ("sourceRef", "targetRef")
            )
            for near, far in ((source, target), (target, source)):
                if self.index.parents.get(near) != here and ends.get(near) is not own:
                    continue
                other = ends.get(far) or by_process.get(self.index.parents.get(far, "?"))
                if other is None or other is own:
                    continue
                key = other.attributes.get("id", "")
                if key not in given:
                    name = other.attributes.get("name") or "outside"
                    given[key] = self._new(self.departments, name, {"external": True})
                if near == target:
                    self.partners[near], self.sent[near] = given[key], flow


def _lanes(process: Tag) -> list[Lane]:
    """The outermost lanes of a process, nested to any depth, read from the innermost."""
    order: list[Tag] = []
    waiting = [lane for lanes in children(process, "laneSet") for lane in children(lanes, "lane")]
    tops = [*waiting]
    while waiting:
        lane = waiting.pop()
        order.append(lane)
        for lanes in children(lane, "childLaneSet", "laneSet"):
            waiting.extend(children(lanes, "lane"))
    made: dict[int, Lane] = {}
    for tag in reversed(order):
        inner = [
            lane
            for lanes in children(tag, "childLaneSet", "laneSet")
            for lane in children(lanes, "lane")
        ]
        nodes = frozenset(local(ref.text) for ref in children(tag, "flowNodeRef"))
        name = " ".join(tag.attributes.get("name", "").split())
        made[id(tag)] = Lane(name, data_of(tag), nodes, tuple(made[id(each)] for each in inner))
    return [made[id(tag)] for tag in tops]


def _only_level(lanes: list[Lane]) -> list[Lane]:
    """One lane around all others says nothing: what it holds are the departments."""
    while len(lanes) == 1 and len(lanes[0].inside) > 1:
        lanes = [*lanes[0].inside]
    return lanes


def _leaves(lane: Lane) -> list[Lane]:
    """The innermost lanes of a lane, in order; none where it is one itself."""
    found, waiting = [], [*reversed(lane.inside)]
    while waiting:
        each = waiting.pop()
        if each.inside:
            waiting.extend(reversed(each.inside))
        else:
            found.append(each)
    return found


def nodes_inside(tag: Tag) -> list[str]:
    """The ids of all nodes of a sub-process, however deep."""
    found, waiting = [], [tag]
    while waiting:
        for inner in waiting.pop().inside:
            if inner.name in NODES:
                found.append(inner.attributes.get("id", ""))
                waiting.append(inner)
    return found
