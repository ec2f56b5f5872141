"""Reads Mermaid flowchart text back, knowing only Mermaid's grammar and nothing of who wrote it."""

import re
from typing import NamedTuple

_NODE = re.compile(r"\s*(\w+)(?:\(\(\(|\(\(|\(\[|\[\[|\{\{|\[|\{)\"(.*?)\"")
_EDGE = re.compile(r"\s*(\w+) (-->|-\.->)(?:\|\"(.*?)\"\|)? (\w+)$")
_LANE = re.compile(r"\s*subgraph (\w+)\[\"(.*?)\"\]$")
_CODE = re.compile(r"#(\d+);")


class Picture(NamedTuple):
    """Node -> the rows of its label; (start, end, rows of the label, dashed); lane -> its nodes.

    ``notes`` are rows of nodes of the class `note`, which are no part of the flow.
    """

    nodes: dict[str, list[str]]
    edges: list[tuple[str, str, list[str], bool]]
    lanes: dict[str, list[str]]
    notes: list[str]


def picture(text: str) -> Picture:
    """What a flowchart shows; an error for a node drawn twice or an edge to nowhere."""
    nodes: dict[str, list[str]] = {}
    edges = []
    lanes: dict[str, list[str]] = {}
    notes: list[str] = []
    lane = None
    for row in text.splitlines():
        if opened := _LANE.match(row):
            lane = _plain(opened[2])
            assert lane not in lanes
            lanes[lane] = []
        elif row.strip() == "end":
            lane = None
        elif edge := _EDGE.match(row):
            edges.append((edge[1], edge[4], _rows(edge[3] or ""), edge[2] == "-.->"))
        elif row.endswith(":::note") and (node := _NODE.match(row)):
            notes.extend(_rows(node[2]))
        elif node := _NODE.match(row):
            assert node[1] not in nodes
            nodes[node[1]] = _rows(node[2])
            if lane is not None:
                lanes[lane].append(node[1])
    assert {end for edge in edges for end in edge[:2]} <= nodes.keys()
    return Picture(nodes, edges, lanes, notes)


def _rows(label: str) -> list[str]:
    rows = (re.sub(r"</?small>", "", row) for row in label.split("<br/>"))
    return [_plain(row) for row in rows if row]


def _plain(text: str) -> str:
    return _CODE.sub(lambda code: chr(int(code[1])), text)
