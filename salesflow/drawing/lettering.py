"""How wide text is, and how it breaks into lines, without any font at hand.

Widths are those of Helvetica and its metric twins (Arial, Liberation Sans), in thousandths of the
font size, from its published metrics; letters of other scripts are taken to be as wide as they can
be. What is drawn in another font stays within a few percent.
"""

from functools import lru_cache
from unicodedata import combining, east_asian_width

_GROUPS = {
    222: "ijl'`|‘’",
    278: " ft.,:;!/\\[]I",
    333: '()-r"{}“”',
    350: "•",
    389: "*^",
    500: "cksvxyzJ",
    549: "≤≥",
    556: "abdeghnopqu0123456789L#$?_€–",
    584: "+<>=~÷×−",
    611: "FTZ",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    889: "%",
    944: "W",
    1000: "…—→",
    1015: "@",
}
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}
_OTHER = 600  # a letter with an accent, Greek, Cyrillic
_LARGE = 740  # the same as a capital
_WIDE = 1000
ELLIPSIS = "…"
BOLD = 1.08  # bold letters are so much wider
BOLD_ROOM = 1.1  # and that is kept free for them


@lru_cache(maxsize=65536)
def width(text: str, size: float) -> float:
    """Pixels that a line of text takes at a font size of so many pixels."""
    return sum(_letter(letter) for letter in text) * size / 1000


def _letter(letter: str) -> int:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    if combining(letter):
        return 0
    if east_asian_width(letter) in "WF" or ord(letter) >= 0x1F000:
        return _WIDE
    return _LARGE if letter.isupper() else _OTHER


def wrap(text: str, size: float, widest: float, most: int) -> tuple[str, ...]:
    """The text in at most ``most`` lines of at most ``widest`` pixels.

    Words stay whole where a line can hold them; what is cut ends with an ellipsis.
    """
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < most:
        line, rest = _line(rest, size, widest)
        lines.append(line)
    if rest:
        lines[-1] = _cut(lines[-1], size, widest)
    return tuple(lines)


def _line(text: str, size: float, widest: float) -> tuple[str, str]:
    """The first line, and what is left."""
    if width(text, size) <= widest:
        return text, ""
    end = 1
    while width(text[: end + 1], size) <= widest:
        end += 1
    space = text.rfind(" ", 0, end + 1)
    if space > 0:
        return text[:space], text[space + 1 :]
    return text[:end], text[end:]


def _cut(line: str, size: float, widest: float) -> str:
    while line and width(line + ELLIPSIS, size) > widest:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS
