"""How things look in Graphviz: attributes by kind, tones of outcomes, marks, heat."""

from salesflow.drawing.mermaid_looks import HEAT, warmth

Look = dict[str, str]

GRAPH: Look = {
    "rankdir": "LR",
    "newrank": "true",  # time goes on through all departments alike
    "labelloc": "t",
    "labeljust": "l",
    "fontname": "Helvetica",
    "fontsize": "14",
    "fontcolor": "#0f172a",
    "bgcolor": "#ffffff",
    "nodesep": "0.2",
    "ranksep": "0.2",
    "pad": "0.3",
}
NODE: Look = {
    "fontname": "Helvetica",
    "fontsize": "12",
    "fontcolor": "#0f172a",
    "shape": "box",
    "style": "rounded,filled",
    "fillcolor": "#ffffff",
    "color": "#475569",
    "margin": "0.14,0.07",
}
EDGE: Look = {
    "fontname": "Helvetica",
    "fontsize": "10",
    "fontcolor": "#334155",
    "color": "#64748b",
    "arrowsize": "0.7",
}
LANE: Look = {
    "style": "filled,rounded",
    "fillcolor": "#f4f7fb",
    "color": "#cbd5e1",
    "fontsize": "13",
    "fontcolor": "#1e3a5f",
    "labeljust": "l",
    "margin": "14",
}
OUTSIDE: Look = {"fillcolor": "#fbf6ea", "color": "#e2d3ae", "fontcolor": "#6b4e16"}
FRAME: Look = {
    "style": "dashed,rounded",
    "color": "#7c93b8",
    "fontsize": "11",
    "fontcolor": "#334155",
    "labeljust": "l",
    "margin": "10",
}
KINDS: dict[str, Look] = {
    "source": {"shape": "cds", "style": "filled", "fillcolor": "#eef2ff", "color": "#4f46e5"},
    "decision": {"shape": "diamond", "style": "filled", "margin": "0.02", "fillcolor": "#f1f5f9"},
    "gateway": {"shape": "diamond", "style": "filled", "margin": "0.02", "fillcolor": "#f1f5f9"},
    "run": {"peripheries": "2"},
    "fork": {"shape": "hexagon", "style": "filled", "fillcolor": "#f1f5f9", "margin": "0.02"},
    "join": {"shape": "oval", "style": "filled", "fillcolor": "#f1f5f9", "margin": "0.02"},
    "outcome": {"shape": "oval", "style": "filled", "fillcolor": "#f3f4f6", "color": "#6b7280"},
    "stage": {"shape": "cds", "style": "filled", "fillcolor": "#e8eefc", "color": "#2f62b8"},
    "department": {"fillcolor": "#ecf6fa", "color": "#3f8aa0"},
}
TONES: dict[str, Look] = {
    "won": {"fillcolor": "#dcfce7", "color": "#15803d", "penwidth": "2"},
    "done": {"fillcolor": "#dcfce7", "color": "#15803d", "penwidth": "2"},
    "more": {"shape": "plaintext", "style": "", "fontcolor": "#64748b"},
}
LINES: dict[str, Look] = {
    "flow": {},
    "timeout": {"style": "dashed"},
    "leave": {"style": "dotted"},
}
MARKS: dict[str, Look] = {  # the worst first
    "error": {"color": "#b91c1c", "fillcolor": "#fee2e2", "penwidth": "3"},
    "warning": {"color": "#b45309", "fillcolor": "#fef3c7", "penwidth": "3"},
    "removed": {"color": "#b91c1c", "fillcolor": "#fecaca", "penwidth": "3"},
    "added": {"color": "#15803d", "fillcolor": "#bbf7d0", "penwidth": "3"},
    "changed": {"color": "#b45309", "fillcolor": "#fef3c7", "penwidth": "3"},
    "info": {"color": "#0369a1", "fillcolor": "#e0f2fe", "penwidth": "3"},
}
SIGNS = {"error": "✖", "warning": "⚠", "removed": "−", "added": "+", "changed": "~", "info": "ℹ"}
PALE_NODE: Look = {"fillcolor": "#ffffff", "color": "#94a3b8", "fontcolor": "#475569"}
PALE_EDGE: Look = {"color": "#cbd5e1", "fontcolor": "#64748b"}


def heat(level: float) -> Look:
    """The look of a node of which a measure says so much, 0 to 1."""
    return {"fillcolor": HEAT[warmth(level)], "color": "#9a4a10", "fontcolor": "#2b1503"}
