"""The style and the script of the pages; pictures and pages share their colours."""

from salesflow.drawing.html.parts import declared, enclosed
from salesflow.drawing.svg.colours import DARK, LIGHT
from salesflow.drawing.svg.style import RULES

_STYLES = ("page", "tables", "pictures", "print")
_SCRIPTS = ("search", "sorting", "pictures")


def style() -> str:
    """All rules, with the colours of the day and of the night."""
    themes = (
        f":root{{{declared(LIGHT)}color-scheme:light}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{declared(DARK)}color-scheme:dark}}}}\n"
        f"@media print{{:root:root{{{declared(LIGHT)}color-scheme:light}}}}\n"
    )
    return themes + RULES + "\n" + "".join(_read(f"{name}.css") for name in _STYLES)


def script() -> str:
    """All that the pages do."""
    return enclosed(_read(f"{name}.js") for name in _SCRIPTS)


def _read(name: str) -> str:
    from importlib.resources import files  # only for a site

    return files(__package__).joinpath(name).read_text(encoding="utf-8")
