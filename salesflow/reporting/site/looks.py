"""The style and the script of the pages; pictures and pages share their colours."""

from collections.abc import Mapping

from salesflow.drawing.svg.colours import DARK, LIGHT
from salesflow.drawing.svg.style import RULES

_STYLES = ("page", "tables", "pictures", "print")
_SCRIPTS = ("search", "sorting", "pictures")


def style() -> str:
    """All rules, with the colours of the day and of the night."""
    themes = (
        f":root{{{_colours(LIGHT)}color-scheme:light}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{_colours(DARK)}color-scheme:dark}}}}\n"
        f"@media print{{:root:root{{{_colours(LIGHT)}color-scheme:light}}}}\n"
    )
    return themes + RULES + "\n" + "".join(_read(f"{name}.css") for name in _STYLES)


def script() -> str:
    """One function that holds them all, so that nothing is left behind in the window."""
    code = "".join(_read(f"{name}.js") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{code}}})();\n'


def _colours(colours: Mapping[str, str]) -> str:
    return "".join(f"{name}:{colour};" for name, colour in colours.items())


def _read(name: str) -> str:
    from importlib.resources import files  # only for a site

    return files(__package__).joinpath(name).read_text(encoding="utf-8")
