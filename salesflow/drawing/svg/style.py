"""How each part looks: one table that gives plain attributes and the CSS rules alike.

A look is a selector and its properties. A picture that stands alone carries the colours of the day
as attributes on every element, so that it is right where CSS is not understood (Word, LibreOffice,
resvg); rules with custom properties come over them at night, and alone in the page.
"""

from functools import cache
from typing import NamedTuple

from salesflow.drawing.svg.colours import DARK, LIGHT
from salesflow.drawing.svg.looks import LOOKS
from salesflow.nouns import FrozenMap

FONT = "Arimo,'Helvetica Neue',Helvetica,Arial,'Liberation Sans',sans-serif"
TIPS = ("flow", "main", "pale", "error", "warning", "info", "added", "removed", "changed")
SHORT = 3.0  # pixels between the end of a line and the border, where its tip ends
SHORT_WIDE = 9.0  # of a line that is thick by its figure
HALO = "paint-order:stroke;stroke-width:3px;stroke-linejoin:round"


class Pen(NamedTuple):
    """How elements are written: ``plain`` with their colours as attributes, and with titles.

    ``links``: element paths of nodes and lanes -> where they lead; then with titles too.
    """

    plain: bool = False
    links: FrozenMap[str, str] = FrozenMap()

    @property
    def titled(self) -> bool:
        """Whether nodes and frames tell what they are to who points at them."""
        return self.plain or bool(self.links)

    def look(self, *names: str) -> str:
        """The attributes of looks, the later ones over the earlier ones; "" without ``plain``."""
        return _plain(names) if self.plain else ""


@cache
def _plain(names: tuple[str, ...]) -> str:
    together: dict[str, str] = {}
    for name in names:
        together.update(LOOKS[name][1])
    return "".join(f' {key}="{_day(value)}"' for key, value in together.items())


def _day(value: str) -> str:
    return LIGHT.get(f"--sf-{value[1:]}", value) if value.startswith("$") else value


def _rules(within: str = "") -> str:
    """CSS rules of all looks, of elements ``within`` others."""
    rows = []
    for selector, properties in LOOKS.values():
        inside = ";".join(f"{key}:{_variable(value)}" for key, value in properties.items())
        selectors = ",".join(f"{within}{each}" for each in selector.split(","))
        rows.append(f"{selectors}{{{inside}}}")
    return "\n".join([*rows, f"{within}.edge-label text{{{HALO};stroke:var(--sf-lane)}}"])


def _variable(value: str) -> str:
    return f"var(--sf-{value[1:]})" if value.startswith("$") else value


def variables(colours: dict[str, str]) -> str:
    """CSS declarations of the custom properties."""
    return ";".join(f"{name}:{value}" for name, value in colours.items())


def _tips() -> str:
    """Arrow tips: a line ends a little before the border (``SHORT``), its tip ends on it."""
    sizes = {name: 11 if name == "main" else 9 for name in TIPS}
    rows = [_tip(name, name, size, SHORT) for name, size in sizes.items()]
    rows += [_tip(f"{name}-wide", name, 17, SHORT_WIDE) for name in TIPS]
    return "".join(rows)


def _tip(name: str, colour: str, size: int, short: float) -> str:
    look = _plain((f"tip-{colour}",))
    ends = f"{10 - 10 * short / size:.2f}"  # of the line, within the tip's 10 units
    return (
        f'<marker id="sf-{name}" viewBox="0 0 10 10" refX="{ends}" refY="5" markerWidth="{size}" '
        f'markerHeight="{size}" orient="auto" markerUnits="userSpaceOnUse">'
        f'<path class="tip-{colour}" d="M0 .8L10 5L0 9.2L2 5Z"{look}/></marker>'
    )


RULES = _rules()
DEFS = _tips()


def style() -> str:
    """The style sheet of a picture that stands alone: halos, and the colours of the night.

    It touches nothing else, where the picture is put into a page.
    """
    halo = f".salesflow .edge-label text{{{HALO};stroke:{LIGHT['--sf-lane']}}}"
    return (
        f"@supports(paint-order:stroke){{{halo}}}\n@media screen and (prefers-color-scheme:dark){{"
        f".salesflow{{{variables(DARK)}}}\n{_rules('.salesflow ')}}}"
    )
