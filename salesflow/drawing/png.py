"""A scene as PNG, by resvg (``pip install 'salesflow[png]'``)."""

from math import sqrt
from unicodedata import combining

from salesflow.drawing.scene import Scene
from salesflow.drawing.svg.colours import LIGHT
from salesflow.drawing.svg.markup import BOX, FIRST, POP
from salesflow.drawing.svg.picture import svg
from salesflow.drawing.svg.style import HALO
from salesflow.errors import UsageError

MOST = 40_000_000  # pixels: about 5 seconds, and 160 MB while it is drawn
_HALO = f".edge-label text{{{HALO};stroke:{LIGHT['--sf-lane']}}}"
_LETTERS = (  # of our fonts: the first and the last of each stretch
    *((" ", "~"), ("\xa0", "\u024f"), ("\u0391", "\u03a1"), ("\u03a3", "\u03ce")),
    *(("\u0401", "\u045f"), ("–", "—"), ("‘", "‚"), ("“", "„"), ("†", "•")),
    *(("…", "…"), ("€", "€"), ("←", "↓"), ("−", "−"), ("≤", "≥"), (BOX, BOX)),
)
_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
    '<text y="15" font-family="Arimo">{}</text></svg>'
)
_FONTS = ("Arimo-Regular.ttf", "Arimo-Bold.ttf")


def png(scene: Scene, *, scale: float = 2.0) -> bytes:
    """A PNG file on white; ``scale`` is pixels per pixel of the scene, less where it is too large.

    The letters are our own, so that it looks the same on machines that have no fonts; what these
    do not have (Chinese, emoji) comes from the fonts that there are, or shows as a box.
    UsageError when resvg is not installed, or the picture is too large even at a scale of 1.
    """
    from contextlib import ExitStack
    from importlib.resources import as_file, files

    drawn = svg(scene)
    zoom = _zoom(drawn, scale)
    with ExitStack() as opened:
        folder = files("salesflow.drawing") / "fonts"
        fonts = [str(opened.enter_context(as_file(folder / name))) for name in _FONTS]
        return _rendered(_lettered(drawn, fonts), zoom, fonts)


def _rendered(drawn: str, zoom: float, fonts: list[str]) -> bytes:
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise UsageError(
            "PNG needs resvg, which is not installed. Install it with "
            "`pip install 'salesflow[png]'`, or draw `.svg`."
        ) from None
    return svg_to_bytes(
        svg_string=drawn,
        zoom=zoom,
        background="#ffffff",
        font_files=fonts,
        font_family="Arimo",
        sans_serif_family="Arimo",
        style_sheet=_HALO,
    )


def _lettered(drawn: str, fonts: list[str]) -> str:
    """The picture with a box for each letter that no font here has: resvg would leave it out."""
    foreign = sorted(letter for letter in set(drawn) if not _ours(letter))
    if not foreign:
        return drawn
    blank = _rendered(_PROBE.format(" "), 1, fonts)
    lost = [one for one in foreign if _rendered(_PROBE.format(one), 1, fonts) == blank]
    return drawn.translate(dict.fromkeys(map(ord, lost), BOX))


def _ours(letter: str) -> bool:
    """Whether our fonts have it, or it has no ink."""
    known = any(first <= letter <= last for first, last in _LETTERS)
    return known or letter.isspace() or combining(letter) > 0 or letter in ("\ufe0f", FIRST, POP)


def _zoom(drawn: str, scale: float) -> float:
    """The scale at which the picture has at most so many pixels."""
    box = drawn.split('viewBox="0 0 ', 1)[1].split('"', 1)[0]
    wide, high = map(float, box.split())
    largest = sqrt(MOST / (wide * high))
    if largest < 1 and scale >= 1:
        raise UsageError(
            f"The picture would be {wide:,.0f} × {high:,.0f} pixels, too many for PNG.",
            "Draw `.svg` or `.html`, or a part of it (`--only`, `--depth 0`).",
        )
    return min(scale, largest)
