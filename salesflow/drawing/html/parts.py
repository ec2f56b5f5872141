"""The style and the script of a page, put together from the files beside this one."""

from collections.abc import Iterable, Mapping

from salesflow.drawing.svg.colours import DARK, LIGHT
from salesflow.drawing.svg.style import RULES

STYLES = ("page", "panel", "picture", "find", "heat", "deals", "compare", "findings", "print")
SCRIPTS = (
    *("make", "unpack", "data", "state", "geometry", "picture", "squeeze", "areas", "collapse"),
    *("redraw", "panes", "view", "cull", "gestures", "minimap", "lanes", "tip", "find", "focus"),
    *("panel", "card", "outline", "keys", "walk", "theme"),
    *("heat", "traffic", "deals", "compare", "findings", "start"),
)


def style() -> str:
    """All rules of a page, with both themes: the system's, unless the reader chose one."""
    dark = declared(DARK)
    themes = (
        f":root{{{declared(LIGHT)}color-scheme:light}}\n"
        "@media (prefers-color-scheme:dark){"
        f":root:not([data-theme=light]){{{dark}color-scheme:dark}}}}\n"
        f":root[data-theme=dark]{{{dark}color-scheme:dark}}\n"
        f"@media print{{:root:root:root{{{declared(LIGHT)}color-scheme:light}}}}\n"
    )
    return "\n" + themes + RULES + "\n" + "".join(_read(f"{name}.css") for name in STYLES)


def script() -> str:
    """All that a page does."""
    return "\n" + enclosed(_read(f"{name}.js") for name in SCRIPTS)


def enclosed(scripts: Iterable[str]) -> str:
    """One function that holds them all, so that nothing is left behind in the window."""
    return f'(() => {{\n"use strict";\n{"".join(scripts)}}})();\n'


def declared(colours: Mapping[str, str]) -> str:
    """Colours as declarations of a rule."""
    return "".join(f"{name}:{colour};" for name, colour in colours.items())


def _read(name: str) -> str:
    from importlib.resources import files  # only for a page

    part = files(__package__).joinpath(name)
    return part.read_text(encoding="utf-8")
