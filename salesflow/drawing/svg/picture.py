"""The whole picture: a title, lanes, frames, lines, boxes, words, and what they mean."""

from collections.abc import Iterator

from salesflow.drawing.scene import Scene
from salesflow.drawing.svg.boxes import nodes
from salesflow.drawing.svg.lanes import frames, lanes, missing
from salesflow.drawing.svg.legend import legend, title
from salesflow.drawing.svg.lines import labels, lines
from salesflow.drawing.svg.markup import escaped, number
from salesflow.drawing.svg.style import DEFS, FONT, Pen, style
from salesflow.nouns import FrozenMap

_MARGIN = 20.0
_NARROWEST = 480.0  # of the title and the legend
_NO_LINKS: FrozenMap[str, str] = FrozenMap()


def svg(scene: Scene) -> str:
    """An SVG document of its own, in pixels, light and dark; the same scene gives the same text.

    No script, no reference to anything outside. Nodes, edges and lanes carry ``data-path``.
    """
    pen = Pen(plain=True)
    more = missing(scene)
    wide = max(scene.width + more, _NARROWEST)
    head, high = title(scene, wide, pen)
    foot, low = legend(scene, wide, pen)
    top = _MARGIN + (high + 12 if high else 0)
    bottom = top + scene.height + (14 if low else 0)
    width, height = number(wide + 2 * _MARGIN), number(bottom + low + _MARGIN)
    margin = number(_MARGIN)
    body = "\n".join(_parts(scene, pen, more))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="salesflow" role="img" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'aria-label="{escaped(scene.diagram.title)}" font-family="{FONT}">\n'
        f"<title>{escaped(scene.diagram.title)}</title>\n<desc>{escaped(told(scene))}</desc>\n"
        f"<style>{style()}</style>\n<defs>{DEFS}</defs>\n"
        f'<rect class="paper" width="{width}" height="{height}"{pen.look("paper")}/>\n'
        f'<g transform="translate({margin} {margin})">{head}</g>\n'
        f'<g transform="translate({number(_MARGIN + more)} {number(top)})">\n{body}\n</g>\n'
        f'<g transform="translate({margin} {number(bottom)})">{foot}</g>\n</svg>\n'
    )


def fragment(scene: Scene, links: FrozenMap[str, str] = _NO_LINKS) -> str:
    """The groups of lanes, frames, edges, nodes and labels alone, each in the scene's order.

    They carry classes and no colours: whoever shows them brings ``style.RULES`` and ``style.DEFS``.
    ``links`` lead from nodes and lanes, by element path, to somewhere else.
    """
    return "\n".join(_parts(scene, Pen(links=links), missing(scene)))


def inset(scene: Scene, links: FrozenMap[str, str] = _NO_LINKS) -> str:
    """A picture as an element of a page that brings ``style.RULES`` and ``style.DEFS``: no title,
    its legend below. ``links`` as in ``fragment``.
    """
    more = missing(scene)
    wide = max(scene.width + more, _NARROWEST)
    foot, low = legend(scene, wide, Pen())
    width, height = number(wide), number(scene.height + (14 + low if low else 0))
    said = escaped(f"{scene.diagram.title}. {told(scene)}")
    return (
        f'<svg class="picture" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="{said}" font-family="{FONT}">\n'
        f'<g transform="translate({number(more)} 0)">\n{fragment(scene, links)}\n</g>\n'
        f'<g transform="translate(0 {number(scene.height + 14)})">{foot}</g>\n</svg>'
    )


def _parts(scene: Scene, pen: Pen, more: float) -> Iterator[str]:
    ink = pen.look("ink")
    yield _group("lanes", lanes(scene, pen, more))
    yield _group("frames", frames(scene, pen))
    yield _group("edges", lines(scene, pen), ' fill="none"')
    yield _group("nodes", nodes(scene, pen), f' font-size="13"{ink}')
    yield _group("labels", labels(scene, pen), f' font-size="11"{ink}')


def _group(name: str, inside: Iterator[str], attributes: str = "") -> str:
    return f'<g class="{name}"{attributes}>\n{chr(10).join(inside)}\n</g>'


def told(scene: Scene) -> str:
    """The picture in words, for who cannot see it."""
    shapes = scene.shapes
    steps = {each.node.id for each in shapes if each.node.kind in ("step", "decision", "run")}
    sentences = [f"{len(steps)} steps."] if steps else []
    names = dict.fromkeys(band.lane.label for band in scene.bands)
    if names:
        sentences.append(f"Lanes: {', '.join(names)}.")
    usual: dict[str, None] = {}
    for way in scene.routes:
        if way.main:
            usual[shapes[way.start].node.label] = usual[shapes[way.end].node.label] = None
    if usual:
        sentences.append(f"The usual path: {', '.join(filter(None, usual))}.")
    return " ".join((*sentences, *scene.diagram.notes))
