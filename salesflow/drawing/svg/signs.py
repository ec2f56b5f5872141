"""Small signs as paths around (0, 0), so that no font has to have them."""

from salesflow.drawing.svg.markup import number
from salesflow.drawing.svg.style import Pen

_PATHS = {
    "error": "M-2.6 -2.6L2.6 2.6M2.6 -2.6L-2.6 2.6",
    "warning": "M0 -3.4V.6M0 3.1V3.2",
    "info": "M0 -.8V3.2M0 -3.2V-3.1",
    "added": "M-3.2 0H3.2M0 -3.2V3.2",
    "removed": "M-3.2 0H3.2",
    "changed": "M-3.4 .9C-2.4 -1.7 -1.1 -1.3 0 0S2.4 1.7 3.4 -.9",
    "won": "M-4 .3L-1.3 3.2L4 -3.2",
    "done": "M-4 .3L-1.3 3.2L4 -3.2",
    "lost": "M-3.2 -3.2L3.2 3.2M3.2 -3.2L-3.2 3.2",
    "disqualified": "M-4.3 0A4.3 4.3 0 1 0 4.3 0A4.3 4.3 0 1 0 -4.3 0M-3 -3L3 3",
    "failed": "M0 -4V1M0 4V4.1",
    "source": "M-2.6 -3.8L3.4 0L-2.6 3.8Z",
    "fork": "M-5 0H5M0 -5V5",
    "both": "M-3.4 0H3.4M0 -3.4V3.4",
    "timeout": "M0 -3.6V0L2.4 1.6",
    "leave": "M-2.6 2.6L2.4 -2.4M-1.4 -2.6H2.6V1.4",
}


def sign(kind: str, x: float, y: float, look: str, attributes: str) -> str:
    """A sign of a kind at a place; ``look`` is its class."""
    return (
        f'<path class="{look}" transform="translate({number(x)} {number(y)})" '
        f'd="{_PATHS[kind]}"{attributes}/>'
    )


def disc(kind: str, x: float, y: float, pen: Pen) -> str:
    """A mark's sign, white on a disc of its colour (a triangle for warnings)."""
    place = f'class="sign {kind}"'
    look = pen.look(f"{kind}-sign")
    if kind == "warning":
        a, b, c = (x, y - 6.4), (x + 6.4, y + 5), (x - 6.4, y + 5)
        corners = "L".join(f"{number(p)} {number(q)}" for p, q in (a, b, c))
        ground = f'<path {place} d="M{corners}Z"{look}/>'
        return ground + sign("warning", x, y + 0.9, "white", pen.look("white"))
    ground = f'<circle {place} cx="{number(x)}" cy="{number(y)}" r="5.5"{look}/>'
    return ground + sign(kind, x, y, "white", pen.look("white"))


def badge(kind: str, x: float, y: float, pen: Pen) -> str:
    """A clock or an arrow on a border."""
    ground = f'<circle class="badge" cx="{number(x)}" cy="{number(y)}" r="5.7"{pen.look("badge")}/>'
    return ground + sign(kind, x, y, "stroke", pen.look("stroke"))
