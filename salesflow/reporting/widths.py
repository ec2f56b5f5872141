"""How wide a text is on a terminal, and texts filled up or cut to a width."""


def width(text: str) -> int:
    """Columns on a terminal: wide East Asian characters and most emoji take two."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # only for such texts

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def left(text: str, columns: int) -> str:
    """The text filled up with blanks behind it."""
    return text + " " * (columns - width(text))


def right(text: str, columns: int) -> str:
    """The text filled up with blanks before it."""
    return " " * (columns - width(text)) + text


def wrapped(text: str, columns: int) -> list[str]:
    """The text in lines no wider than ``columns``, broken at blanks (each break takes one)."""
    lines, rest = [], text
    while width(rest) > columns:
        fits = len(cut(rest, columns + 1)) - 1
        at = rest.rfind(" ", 1, fits + 1)
        at = at if at > 0 else rest.find(" ", fits)
        if at < 0:
            break
        lines.append(rest[:at])
        rest = rest[at + 1 :]
    return [*lines, rest]


def cut(text: str, columns: int) -> str:
    """The text if it fits, else its beginning with ``…`` at the end."""
    if width(text) <= columns:
        return text
    while text and width(text) >= columns:
        text = text[:-1]
    return f"{text}…"
