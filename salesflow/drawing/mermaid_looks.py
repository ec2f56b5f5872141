"""How things look in Mermaid: shapes by kind, classes, strokes and signs of marks, heat."""

SHAPES = {
    "source": ('(["', '"])'),
    "step": ('["', '"]'),
    "decision": ('{"', '"}'),
    "run": ('[["', '"]]'),
    "fork": ('{{"', '"}}'),
    "join": ('(("', '"))'),
    "gateway": ('{"', '"}'),
    "outcome": ('((("', '")))'),
    "stage": ('(["', '"])'),
    "department": ('["', '"]'),
    "note": ('["', '"]'),
}
ARROWS = {"flow": "-->", "timeout": "-.->", "leave": "-.->"}
CLASSES = (
    "classDef lane fill:#f8fafc,stroke:#94a3b8,color:#334155",
    "classDef source fill:#eef2ff,stroke:#4f46e5,color:#1e1b4b",
    "classDef step fill:#ffffff,stroke:#475569,color:#0f172a",
    "classDef gate fill:#f1f5f9,stroke:#475569,color:#0f172a",
    "classDef won fill:#dcfce7,stroke:#15803d,color:#14532d,stroke-width:2px",
    "classDef lost fill:#f3f4f6,stroke:#6b7280,color:#374151,stroke-width:2px",
    "classDef error fill:#fee2e2,stroke:#b91c1c,color:#7f1d1d,stroke-width:3px",
    "classDef warning fill:#fef3c7,stroke:#b45309,color:#78350f,stroke-width:3px",
    "classDef info fill:#e0f2fe,stroke:#0369a1,color:#0c4a6e,stroke-width:3px",
)
OF_VERSIONS = (
    "classDef pale fill:#ffffff,stroke:#94a3b8,color:#475569",
    "classDef added fill:#bbf7d0,stroke:#15803d,color:#14532d,stroke-width:3px",
    "classDef removed fill:#fecaca,stroke:#b91c1c,color:#711,stroke-width:3px,stroke-dasharray:6",
    "classDef changed fill:#fef3c7,stroke:#b45309,color:#78350f,stroke-width:3px",
)
OF_VIEWS = {  # only where such things are drawn
    "department": "classDef department fill:#ecf6fa,stroke:#3f8aa0,color:#0f2f3a",
    "stage": "classDef stage fill:#e8eefc,stroke:#2f62b8,color:#14295a,stroke-width:2px",
    "more": "classDef more fill:#ffffff,stroke:#94a3b8,color:#64748b,stroke-dasharray:3",
    "note": "classDef note fill:none,stroke:none,color:#64748b",
}
HEAT = ("#fffaf2", "#ffeed4", "#ffdca6", "#fcc06a", "#f59b3c", "#e2703a")
STROKES = {  # the worst first
    "error": "stroke:#b91c1c,stroke-width:3px",
    "warning": "stroke:#b45309,stroke-width:3px",
    "removed": "stroke:#b91c1c,stroke-width:3px,stroke-dasharray:6",
    "added": "stroke:#15803d,stroke-width:3px",
    "changed": "stroke:#b45309,stroke-width:3px",
    "info": "stroke:#0369a1,stroke-width:3px",
}
SYMBOLS = {
    "error": "✖",
    "warning": "⚠",
    "removed": "−",
    "added": "#43;",  # a plain plus would begin a list
    "changed": "~",
    "info": "ℹ",
}


def warmth(level: float) -> int:
    """How hot a level from 0 to 1 is, as a place in ``HEAT``."""
    return min(int(level * len(HEAT)), len(HEAT) - 1)


def thickness(level: float) -> int:
    """How thick a line is for a level from 0 to 1, in pixels."""
    return 1 + round(level * 8)


def heat_class(place: int) -> str:
    """The class of nodes that are so hot; dark letters can be read on each."""
    return f"classDef h{place} fill:{HEAT[place]},stroke:#9a4a10,color:#2b1503"
