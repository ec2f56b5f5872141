"""The shapes of ``shaped`` as other tools read them: BPMN 2.0 as XML, and a Petri net as PNML.

Only what those shapes use: steps with free results, several targets, ``wait_for`` and blocks whose
branches all finish.
"""

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

Data = dict[str, Any]
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


class Flows:
    """A process as a graph of tasks, gateways and events: ``kinds`` by name, ``edges``."""

    def __init__(self, data: Data) -> None:
        self.kinds: dict[str, str] = {}
        self.edges: list[tuple[str, str]] = []
        self.add("start", "startEvent")
        for outcome in data["outcomes"]:
            self.add(outcome, "endEvent")
        entries = self.scope("", data["steps"], {name: name for name in data["outcomes"]})
        (source,) = data["sources"].values()
        self.edge("start", entries[source["start"]])
        self.join_arrivals()

    def add(self, name: str, kind: str) -> str:
        self.kinds[name] = kind
        return name

    def edge(self, start: str, end: str) -> None:
        self.edges.append((start, end))

    def scope(self, prefix: str, steps: Data, ends: dict[str, str]) -> dict[str, str]:
        """Draw the steps of a process or branch; where each target is entered."""
        entries = {name: f"{prefix}{name}" for name in steps} | ends
        exits: dict[str, str] = {}
        for name, step in steps.items():
            node = entries[name]
            if "parallel" in step:
                exits[name] = self.block(node, step["parallel"])
            else:
                exits[name] = self.add(node, "task")
            if "wait_for" in step:
                entries[name] = self.add(f"{node}.wait", "parallelGateway")
                self.edge(entries[name], node)
        for name, step in steps.items():
            self.leaving(exits[name], step, entries)
        return entries

    def block(self, node: str, parallel: Data) -> str:
        """A split and a join with the branches between them; the join."""
        self.add(node, "parallelGateway")
        join = self.add(f"{node}.join", "parallelGateway")
        for name, branch in parallel.items():
            done = f"{node}.{name}.done"
            self.add(done, "exclusiveGateway")
            inner = branch["steps"]
            entries = self.scope(f"{node}.{name}.", inner, {"done": done})
            self.edge(node, entries[branch.get("start", next(iter(inner)))])
            self.edge(done, join)
        return join

    def leaving(self, node: str, step: Data, entries: dict[str, str]) -> None:
        """The results of a step: one edge, or a gateway with an edge for each."""
        ways = step["next"] if isinstance(step["next"], dict) else {"done": step["next"]}
        targets = [way["to"] if isinstance(way, dict) else way for way in ways.values()]
        if len(targets) > 1:
            choice = self.add(f"{node}.choice", "exclusiveGateway")
            self.edge(node, choice)
            node = choice
        for target in targets:
            if isinstance(target, list):
                split = self.add(f"{node}.split", "parallelGateway")
                self.edge(node, split)
                for each in target:
                    self.edge(split, entries[each])
            else:
                self.edge(node, entries[target])

    def join_arrivals(self) -> None:
        """Let several ways into a task or end meet in a gateway first."""
        counts: dict[str, int] = {}
        for _, end in self.edges:
            counts[end] = counts.get(end, 0) + 1
        meant = (".join", ".wait")  # parallel gateways that wait for all
        many = {n for n, c in counts.items() if c > 1 and not n.endswith(meant)}
        many = {n for n in many if self.kinds[n] != "exclusiveGateway"}
        for name in sorted(many):
            self.add(f"{name}.merge", "exclusiveGateway")
        self.edges = [(a, f"{b}.merge" if b in many else b) for a, b in self.edges]
        self.edges += [(f"{name}.merge", name) for name in sorted(many)]


def bpmn(data: Data) -> str:
    """BPMN 2.0 without a picture."""
    flows = Flows(data)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<bpmn:definitions xmlns:bpmn="{BPMN}" id="d" targetNamespace="http://example.org">',
        '<bpmn:process id="p" isExecutable="false">',
    ]
    ids = {name: f"n{number}" for number, name in enumerate(flows.kinds)}
    for name, kind in flows.kinds.items():
        lines.append(f"<bpmn:{kind} id={quoteattr(ids[name])} name={quoteattr(name)}/>")
    for number, (start, end) in enumerate(flows.edges):
        lines.append(
            f'<bpmn:sequenceFlow id="f{number}" sourceRef="{ids[start]}" targetRef="{ids[end]}"/>'
        )
    return "\n".join([*lines, "</bpmn:process>", "</bpmn:definitions>"])


class Petri:
    """A workflow net: ``places``, and for each transition its places before and after."""

    def __init__(self, data: Data) -> None:
        flows = Flows(data)
        ins: dict[str, list[str]] = {name: [] for name in flows.kinds}
        outs: dict[str, list[str]] = {name: [] for name in flows.kinds}
        for start, end in flows.edges:
            ins[end].append(f"{start}>{end}")
            outs[start].append(f"{start}>{end}")
        self.places = ["source", "sink", *(f"{start}>{end}" for start, end in flows.edges)]
        self.transitions: dict[str, tuple[list[str], list[str]]] = {}
        for name, kind in flows.kinds.items():
            before = ins[name] or ["source"]
            after = outs[name] or ["sink"]
            if kind == "exclusiveGateway":
                for number, (b, a) in enumerate((b, a) for b in before for a in after):
                    self.transitions[f"{name}#{number}"] = ([b], [a])
            else:
                self.transitions[name] = (before, after)


def pnml(data: Data) -> str:
    """The Petri net as PNML, one token on ``source``."""
    return "\n".join(_pnml(Petri(data)))


def _pnml(net: Petri) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?><pnml><net id="n" type="http://www.pnml.org/">'
    yield '<page id="g">'
    places = {name: f"p{number}" for number, name in enumerate(net.places)}
    for name, key in places.items():
        token = "<initialMarking><text>1</text></initialMarking>" if name == "source" else ""
        yield f'<place id="{key}"><name><text>{key}</text></name>{token}</place>'
    arcs: list[tuple[str, str]] = []
    for number, (name, (before, after)) in enumerate(net.transitions.items()):
        yield f'<transition id="t{number}"><name><text>{name}</text></name></transition>'
        arcs += [(places[place], f"t{number}") for place in before]
        arcs += [(f"t{number}", places[place]) for place in after]
    for number, (start, end) in enumerate(arcs):
        yield f'<arc id="a{number}" source="{start}" target="{end}"/>'
    yield "</page><finalmarkings><marking>"
    yield '<place idref="p1"><text>1</text></place>'
    yield "</marking></finalmarkings></net></pnml>"
