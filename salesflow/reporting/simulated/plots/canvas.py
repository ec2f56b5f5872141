"""SVG by hand: few elements, numbers to a tenth, text as text, colours for light and dark."""

from collections.abc import Iterable
from html import escape

from salesflow.reporting.visible import line

# Colours are custom properties, so that a page around can bring its own.
STYLE = """
.sf-plot { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; max-width: 100%; \
height: auto; color: #1c2733; }
.sf-plot rect { shape-rendering: crispEdges; }
.sf-plot text { fill: currentColor; }
.sf-plot .faint { fill: #5f6f7e; }
.sf-plot .strong { font-weight: 600; }
.sf-plot .right { text-anchor: end; }
.sf-plot .middle { text-anchor: middle; }
.sf-plot .grid { stroke: #dde3e9; stroke-width: 1; }
.sf-plot .axis { stroke: #9aa8b5; stroke-width: 1; }
.sf-plot .main { fill: #2f6fa8; }
.sf-plot .pale { fill: #a9c8e4; }
.sf-plot .back { fill: #eef2f5; }
.sf-plot .mark { stroke: #b4450f; stroke-width: 1.5; }
.sf-plot .mark-text { fill: #b4450f; font-weight: 600; }
.sf-plot .good { fill: #2c7a3f; stroke: #2c7a3f; }
.sf-plot .bad { fill: #b3261e; stroke: #b3261e; }
.sf-plot .unsure { fill: #7b8894; stroke: #7b8894; }
@media (prefers-color-scheme: dark) {
.sf-plot { color: #dfe6ec; }
.sf-plot .faint { fill: #97a6b3; }
.sf-plot .grid { stroke: #2f3943; }
.sf-plot .axis { stroke: #5c6b78; }
.sf-plot .main { fill: #62a3dd; }
.sf-plot .pale { fill: #2c4f6e; }
.sf-plot .back { fill: #232c34; }
.sf-plot .mark { stroke: #f2935b; }
.sf-plot .mark-text { fill: #f2935b; }
.sf-plot .good { fill: #6cc283; stroke: #6cc283; }
.sf-plot .bad { fill: #f0857d; stroke: #f0857d; }
.sf-plot .unsure { fill: #8d9aa6; stroke: #8d9aa6; }
}
@media print { .sf-plot { color: #000; } }
"""


def svg(name: str, size: tuple[float, float], words: tuple[str, str], body: Iterable[str]) -> str:
    """A picture; ``name`` makes ids (letters, dashes), ``words`` are its title and description."""
    width, height = map(_number, size)
    title, description = map(safe, words)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sf-plot" id="{name}" role="img" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'aria-labelledby="{name}-title {name}-desc">'
    )
    return "\n".join(
        [
            head,
            f'<title id="{name}-title">{title}</title>',
            f'<desc id="{name}-desc">{description}</desc>',
            f"<style>{STYLE}</style>",
            *body,
            "</svg>",
        ]
    )


def text(x: float, y: float, content: str, style: str = "") -> str:
    """A text whose baseline begins (or with ``right`` ends, ``middle`` is centred) at x, y."""
    kind = f' class="{style}"' if style else ""
    return f'<text x="{_number(x)}" y="{_number(y)}"{kind}>{safe(content)}</text>'


def box(
    corner: tuple[float, float],
    size: tuple[float, float],
    style: str,
    tip: str = "",
    *,
    opacity: float = 1,
) -> str:
    """A rectangle; ``tip`` shows when the mouse rests on it."""
    (x, y), (wide, high) = corner, size
    shown = f' opacity="{opacity:.2f}"' if opacity != 1 else ""
    head = (
        f'<rect class="{style}" x="{_number(x)}" y="{_number(y)}" '
        f'width="{_number(max(wide, 0))}" height="{_number(max(high, 0))}"{shown}'
    )
    return f"{head}><title>{safe(tip)}</title></rect>" if tip else f"{head}/>"


def stroke(start: tuple[float, float], end: tuple[float, float], style: str) -> str:
    """A straight line."""
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line class="{style}" x1="{_number(x1)}" y1="{_number(y1)}" '
        f'x2="{_number(x2)}" y2="{_number(y2)}"/>'
    )


def dot(x: float, y: float, style: str, radius: float = 4) -> str:
    """A filled circle."""
    return f'<circle class="{style}" cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"/>'


def safe(content: str) -> str:
    """Text for an element or attribute: hidden characters shown, markup escaped."""
    return escape(line(content))


def _number(value: float) -> str:
    rounded = round(value, 1) + 0.0
    return f"{rounded:.0f}" if rounded == int(rounded) else f"{rounded:.1f}"
