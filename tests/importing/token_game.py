"""BPMN as its specification plays it, in a few lines: tokens on flows. Knows nothing of salesflow.

Tasks take a token from any incoming flow and put one on each outgoing; exclusive gateways choose
one; parallel ones wait for one token on each incoming flow; an end event takes its token away, a
terminate end event all tokens. A run is over when no token is left.
"""

import xml.etree.ElementTree as ET
from collections import Counter
from typing import NamedTuple

SPACE = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


class Diagram(NamedTuple):
    kinds: dict[str, str]
    names: dict[str, str]
    out: dict[str, list[str]]
    into: dict[str, list[str]]
    ends: dict[str, str]  # a flow -> where it leads
    terminating: set[str]


def parse(raw: bytes) -> Diagram:
    process = ET.fromstring(raw).find(f"{SPACE}process")
    assert process is not None
    kinds, names, terminating = {}, {}, set()
    out: dict[str, list[str]] = {}
    into: dict[str, list[str]] = {}
    ends = {}
    for element in process:
        tag, key = element.tag.removeprefix(SPACE), element.get("id", "")
        if tag == "sequenceFlow":
            out.setdefault(element.get("sourceRef", ""), []).append(key)
            into.setdefault(element.get("targetRef", ""), []).append(key)
            ends[key] = element.get("targetRef", "")
        else:
            kinds[key], names[key] = tag, element.get("name", "")
            if element.find(f"{SPACE}terminateEventDefinition") is not None:
                terminating.add(key)
    return Diagram(kinds, names, out, into, ends, terminating)


State = tuple[tuple[tuple[str, int], ...], str]


def moves(diagram: Diagram, tokens: Counter[str]) -> list[tuple[str, Counter[str], str]]:
    """What can happen next: the node it happens at, the tokens behind it, the end if it is one."""
    found = []
    for key, kind in diagram.kinds.items():
        came, goes = diagram.into.get(key, []), diagram.out.get(key, [])
        if kind == "parallelGateway":
            if came and all(tokens[flow] for flow in came):
                found.append((key, tokens - Counter(came) + Counter(goes), ""))
            continue
        for flow in came:
            if not tokens[flow]:
                continue
            left = tokens - Counter([flow])
            if kind == "exclusiveGateway":
                found += [(key, left + Counter([way]), "") for way in goes]
            elif kind == "endEvent":
                found.append((key, Counter() if key in diagram.terminating else left, key))
            else:
                found.append((key, left + Counter(goes), ""))
    return found


def runs(
    diagram: Diagram, longest: int, most: int = 4000
) -> set[tuple[tuple[str, ...], str]] | None:
    """All runs of at most so many tasks: the names of tasks in order, and the last end reached.

    A run that cannot go on though tokens are left ends at ``stuck``. None where there are too many.
    """
    start = next(key for key, kind in diagram.kinds.items() if kind == "startEvent")
    waiting: list[tuple[tuple[str, ...], Counter[str], str]] = [
        ((), Counter(diagram.out.get(start, [])), "")
    ]
    seen, found = set(), set()
    while waiting:
        done, tokens, last = waiting.pop()
        mark = (done, frozenset(tokens.items()), last)
        if mark in seen:
            continue
        seen.add(mark)
        if len(seen) > most:
            return None
        if not tokens:
            found.add((done, diagram.names[last]))
            continue
        ways = moves(diagram, tokens)
        if not ways:
            found.add((done, "stuck"))
        silent = [way for way in ways if diagram.kinds[way[0]] != "task"]
        ways = silent or ways  # what takes no time happens before anything else does
        for key, behind, end in ways:
            task = diagram.kinds[key] == "task"
            if task and len(done) == longest:
                continue
            waiting.append(((*done, diagram.names[key]) if task else done, behind, end or last))
    return found
