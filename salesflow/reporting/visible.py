"""Text from users' files made safe to print, in the formats that reports are written in."""

from salesflow.visible import visible

__all__ = ["line", "visible", "xml"]


def line(text: str) -> str:
    """One visible line that no CI service takes for a command of its own."""
    shown = visible(text)
    return f"\\{shown}" if shown.lstrip().startswith(("::", "##[", "##vso[")) else shown


def xml(text: str) -> str:
    """Text for an XML element or attribute; what XML cannot hold is shown as an escape."""
    shown = "\n".join(line(part) for part in text.split("\n"))
    for plain, escaped in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        shown = shown.replace(plain, escaped)
    return shown
