"""A scene as PNG, by resvg (``pip install 'salesflow[png]'``)."""

from math import sqrt

from salesflow.drawing.scene import Scene
from salesflow.drawing.svg.colours import LIGHT
from salesflow.drawing.svg.picture import svg
from salesflow.drawing.svg.style import HALO
from salesflow.errors import UsageError

MOST = 40_000_000  # pixels: about 5 seconds, and 160 MB while it is drawn
_HALO = f".edge-label text{{{HALO};stroke:{LIGHT['--sf-lane']}}}"
_FONTS = ("Arimo-Regular.ttf", "Arimo-Bold.ttf")


def png(scene: Scene, *, scale: float = 2.0) -> bytes:
    """A PNG file on white; ``scale`` is pixels per pixel of the scene, less where it is too large.

    The letters are our own, so that it looks the same on machines that have no fonts; what these
    do not have (Chinese, emoji) comes from the fonts that there are. UsageError when resvg is not
    installed, or the picture is too large even at a scale of 1.
    """
    from contextlib import ExitStack
    from importlib.resources import as_file, files

    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise UsageError(
            "PNG needs resvg, which is not installed. Install it with "
            "`pip install 'salesflow[png]'`, or draw `.svg`."
        ) from None
    drawn = svg(scene)
    zoom = _zoom(drawn, scale)
    with ExitStack() as opened:
        folder = files("salesflow.drawing") / "fonts"
        fonts = [str(opened.enter_context(as_file(folder / name))) for name in _FONTS]
        return svg_to_bytes(
            svg_string=drawn,
            zoom=zoom,
            background="#ffffff",
            font_files=fonts,
            font_family="Arimo",
            sans_serif_family="Arimo",
            style_sheet=_HALO,
        )


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
