"""Text and numbers as they stand in SVG: nothing in them ends a tag, hides or reorders."""

from salesflow.visible import visible

BOX = "□"
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_BLANKS = "\t\n\r"
_EMOJI = "\ufe0f"  # asks for the colourful form of the sign before it, and is seen by that


def escaped(text: str) -> str:
    """Text for an element or an attribute; what cannot be seen is shown as a box."""
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_seen, text))
    return text.translate(_ESCAPES)


def _seen(letter: str) -> str:
    if letter in _BLANKS:
        return " "
    return letter if letter == _EMOJI or visible(letter) == letter else BOX


def number(value: float) -> str:
    """Pixels with at most one decimal, as short as they can be."""
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)
