"""The table of looks: name -> selector and properties; ``$name`` is one of our colours."""

from typing import TypeAlias

Look: TypeAlias = tuple[str, dict[str, str]]

_MARKS = ("info", "changed", "added", "removed", "warning", "error")
_BOXES = {
    "decision": "choice",
    "run": "run",
    "fork": "frame",
    "join": "frame",
    "gateway": "choice",
    "department": "run",
    "stage": "source",
}
_PILLS = {
    "source": "source",
    "won": "won",
    "done": "won",
    "lost": "lost",
    "disqualified": "gone",
    "failed": "failed",
}
DASHES = {"timeout": (2, 4), "leave": (8, 3, 2, 3), "back": (7, 4)}  # of thin lines
_THICK = (1.4, 2.0, 2.8, 3.8, 4.9, 6.0)  # pixels of an edge with a figure, by its level
WIDE = ("w3", "w4", "w5")  # have longer dashes


def _shape(fill: str, line: str, wide: str = "1.3") -> dict[str, str]:
    return {"fill": f"${fill}", "stroke": f"${line}", "stroke-width": wide}


def _sign(line: str, wide: str) -> dict[str, str]:
    round_ = {"stroke-linecap": "round", "stroke-linejoin": "round"}
    return {"fill": "none", "stroke": f"${line}", "stroke-width": wide, **round_}


def _edge(line: str, wide: str, tip: str) -> dict[str, str]:
    return {"stroke": f"${line}", "stroke-width": wide, "marker-end": f"url(#sf-{tip})"}


def _ground() -> dict[str, Look]:
    return {
        "paper": (".paper", {"fill": "$paper"}),
        "title": (".title", {"fill": "$title"}),
        "note": (".note", {"fill": "$soft"}),
        "lane": (".lane", _shape("lane", "rule", "1")),
        "head": (".head", _shape("head", "rule", "1")),
        "lane-label": (".lane-label", {"fill": "$head-ink"}),
        "lane.external": (".external>.lane", _shape("outer", "outer-rule", "1")),
        "head.external": (".external>.head", _shape("outer-head", "outer-rule", "1")),
        "lane-label.external": (".external>.lane-label", {"fill": "$outer-ink"}),
        "frame": (".frame", {**_shape("frame", "frame-rule", "1.2"), "fill-opacity": ".5"}),
        "frame.run": (".run>.frame", {"stroke": "$run-line", "stroke-dasharray": "6 3"}),
        "tab": (".tab", {"fill": "$frame-rule", "fill-opacity": ".35"}),
        "frame-label": (".frame-label", {"fill": "$ink"}),
    }


def _edges() -> dict[str, Look]:
    looks: dict[str, Look] = {
        "edge": (".edge", {"fill": "none", **_edge("flow", "1.4", "flow")}),
        "main": (".edge.main", _edge("main", "3", "main")),
    }
    for kind in DASHES:
        looks[kind] = (f".edge.{kind}", {"stroke-dasharray": _dashes(kind, 1)})
    looks["pale-edge"] = (".edge.pale", _edge("faint", "1.3", "pale"))
    for kind in _MARKS:
        looks[f"{kind}-edge"] = (f".edge.{kind}", _edge(kind, "2.4", kind))
    looks["removed-edge"][1]["stroke-dasharray"] = "6 4"
    for level, wide in enumerate(_THICK):
        looks[f"w{level}"] = (f".edge.w{level}", {"stroke-width": str(wide)})
    for kind in ("flow", "main", "pale", *_MARKS):
        selector = ".edge" if kind == "flow" else f".edge.{kind}"
        tip_wide = {"marker-end": f"url(#sf-{kind}-wide)"}
        looks.update({f"{kind}-{name}": (f"{selector}.{name}", tip_wide) for name in WIDE})
    for kind in DASHES:
        for name in WIDE:
            dashes = _dashes(kind, _THICK[int(name[1:])] / 2.2)
            looks[f"{kind}-{name}"] = (f".edge.{kind}.{name}", {"stroke-dasharray": dashes})
    for tip in ("flow", "main", *_MARKS):
        looks[f"tip-{tip}"] = (f".tip-{tip}", {"fill": f"${tip}"})
    looks["tip-pale"] = (".tip-pale", {"fill": "$faint"})
    return looks


def _dashes(kind: str, times: float) -> str:
    return " ".join(f"{round(dash * times, 1):g}" for dash in DASHES[kind])


def _nodes() -> dict[str, Look]:
    looks: dict[str, Look] = {"shape": (".shape", _shape("box", "line"))}
    for kind, name in (_BOXES | _PILLS).items():
        line = "frame-rule" if name == "frame" else f"{name}-line"
        looks[kind] = (f".{kind}>.shape", _shape(name, line, "1.5"))
    looks["way"] = (".node.main>.shape", {"stroke": "$main", "stroke-width": "1.8"})
    for kind, name in _PILLS.items():
        looks[f"{kind}-ink"] = (f".node.{kind}", {"fill": f"${name}-ink"})
    looks["more"] = (".node.more>.shape", {**_shape("lane", "faint"), "stroke-dasharray": "2 3"})
    looks["more-ink"] = (".node.more", {"fill": "$soft"})
    looks["pale"] = (".node.pale>.shape", _shape("paper", "faint"))
    looks["pale-ink"] = (".node.pale", {"fill": "$soft"})
    for level in range(6):
        looks[f"h{level}"] = (f".node.h{level}>.shape", _shape(f"heat-{level}", "heat-line"))
    return looks


def _marked() -> dict[str, Look]:
    looks: dict[str, Look] = {}
    for kind in _MARKS:
        looks[f"{kind}-node"] = (
            f".node.{kind}>.shape",
            {"stroke": f"${kind}", "stroke-width": "2.2"},
        )
        looks[f"{kind}-sign"] = (f".sign.{kind}", {"fill": f"${kind}", "stroke": "none"})
        looks[f"{kind}-row"] = (f".row.{kind}", {"fill": f"${kind}-ground"})
        looks[f"{kind}-text"] = (f".text.{kind}", {"fill": f"${kind}-ink"})
    for kind in ("added", "removed", "changed"):
        looks[f"{kind}-node"][1]["fill"] = f"${kind}-ground"
    looks["removed-node"][1]["stroke-dasharray"] = "6 4"
    return looks


def _small() -> dict[str, Look]:
    return {
        "ink": (".nodes,.edge-label", {"fill": "$ink"}),
        "soft": (".soft", {"fill": "$soft"}),
        "hot": (",".join(f".h{level}>.soft" for level in range(6)), {"fill": "$ink"}),
        "pale-label": (".edge-label.pale", {"fill": "$soft"}),
        "figure": (".figure", {"fill": "$ink"}),
        "badge": (".badge", {**_shape("paper", "flow", "1.3")}),
        "stroke": (".stroke", _sign("soft", "1.5")),
        "bars": (".bars", {"stroke": "$run-line", "stroke-width": "1.2"}),
        "white": (".white", _sign("paper", "1.6")),
        "tone": (".tone", _sign("line", "2")),
        **{
            f"{kind}-tone": (f".{kind}>.tone", {"stroke": f"${name}-line"})
            for kind, name in _PILLS.items()
        },
        "pale-tone": (".node.pale>.tone", {"stroke": "$faint"}),
    }


LOOKS: dict[str, Look] = {**_ground(), **_edges(), **_nodes(), **_small(), **_marked()}
