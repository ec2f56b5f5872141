"""Text and numbers as they stand in SVG: nothing in them ends a tag, hides or reorders."""

from unicodedata import bidirectional

from salesflow.visible import visible

BOX = "□"
FIRST, POP = "\u2068", "\u2069"  # what stands between runs the way of its first letter
_LEFTWARDS = ("R", "AL")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_BLANKS = "\t\n\r"
_EMOJI = "\ufe0f"  # asks for the colourful form of the sign before it, and is seen by that


def isolated(text: str) -> str:
    """Escaped text whose parts keep their order: next to letters that run from right to left a
    share would lose its percent sign to the other side.
    """
    if text.isascii() or not any(bidirectional(letter) in _LEFTWARDS for letter in text):
        return escaped(text)
    return ", ".join(f"{FIRST}{escaped(part)}{POP}" for part in text.split(", "))


def escaped(text: str) -> str:
    """Text for an element or an attribute; what cannot be seen is shown as a box."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_seen, text))
    return text.translate(_ESCAPES)


def linked(to: str, inside: str, *, looks: str = "") -> str:
    """Markup as a link of class ``looks``; as it is where it leads nowhere. The keyboard goes past
    it: what a picture links to is linked in words beside it.
    """
    if not to:
        return inside
    classes = f' class="{looks}"' if looks else ""
    return f'<a href="{escaped(to)}"{classes} tabindex="-1">{inside}</a>'


def _seen(letter: str) -> str:
    if letter in _BLANKS:
        return " "
    return letter if letter == _EMOJI or visible(letter) == letter else BOX


def number(value: float) -> str:
    """Pixels with at most one decimal, as short as they can be."""
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)
