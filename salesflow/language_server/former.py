"""`was: old_id`, for an element that was renamed: a comparison then knows that it is the same."""

from collections.abc import Mapping

from salesflow.language_server.mention import CHOICES, PROCESSES, Name
from salesflow.language_server.rename import Replaced, replaced
from salesflow.language_server.sheets import Sheet
from salesflow.source.located import Map, reach
from salesflow.source.read import read


def former_id(
    sheet: Sheet, offset: int, renamed: Mapping[tuple[str, Name], str]
) -> tuple[str, Replaced] | None:
    """The former id of the element whose key stands at a place, and the edit that writes it down.

    None where it was not renamed, says already what it was, or has no map to say it in.
    """
    mention = sheet.mentions.at(offset)
    if mention is None or not mention.defines or mention.name.space in (CHOICES, PROCESSES):
        return None
    old = renamed.get((sheet.real, mention.name))
    value = mention.value
    if old is None or old == mention.name.id or not isinstance(value, Map) or "was" in value:
        return None
    edit = _written(sheet, value, old)
    after = read(replaced(sheet.text, (edit,)), sheet.file)
    return (old, edit) if after.data is not None and not after.findings else None


def _written(sheet: Sheet, value: Map, old: str) -> Replaced:
    """The key as the first one of the element's map, in its style."""
    start, _ = reach(value)
    if sheet.text[start : start + 1] == "{":
        more = ", " if value else ""
        return Replaced(start + 1, start + 1, f"was: {old}{more}")
    line = max(sheet.text.rfind("\n", 0, start), sheet.text.rfind("\r", 0, start)) + 1
    newline = "\r\n" if "\r\n" in sheet.text else "\n"
    return Replaced(start, start, f"was: {old}{newline}{' ' * (start - line)}")
