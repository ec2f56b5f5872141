"""The style and the script of a page, put together from the files beside this one."""

from collections.abc import Mapping

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
    dark = _colours(DARK)
    themes = (
        f":root{{{_colours(LIGHT)}color-scheme:light}}\n"
        "@media (prefers-color-scheme:dark){"
        f":root:not([data-theme=light]){{{dark}color-scheme:dark}}}}\n"
        f":root[data-theme=dark]{{{dark}color-scheme:dark}}\n"
        f"@media print{{:root:root:root{{{_colours(LIGHT)}color-scheme:light}}}}\n"
    )
    return "\n" + themes + RULES + "\n" + "".join(_read(f"{name}.css") for name in STYLES)


def script() -> str:
    """One function that holds them all, so that nothing is left behind in the window."""
    code = "".join(_read(f"{name}.js") for name in SCRIPTS)
    return f'\n(() => {{\n"use strict";\n{code}}})();\n'


def _colours(colours: Mapping[str, str]) -> str:
    return "".join(f"{name}:{colour};" for name, colour in colours.items())


def _read(name: str) -> str:
    from importlib.resources import files  # only for a page

    part = files(__package__).joinpath(name)
    return part.read_text(encoding="utf-8")
