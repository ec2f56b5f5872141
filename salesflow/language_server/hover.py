"""What stands at a place, told as Markdown: an element with its figures, a key, a rule."""

import re
from textwrap import dedent
from typing import NamedTuple

from salesflow.checking.catalogue import rule_names, told_by
from salesflow.checking.facts import Facts
from salesflow.checking.manual import markdown
from salesflow.errors import UsageError
from salesflow.language_server.keys import key_at
from salesflow.language_server.locate import locate
from salesflow.language_server.meanings import Meanings, Where
from salesflow.language_server.mention import CHOICES, FILES, Mention, Name
from salesflow.language_server.sheets import Sheet
from salesflow.language_server.telling import code
from salesflow.language_server.told import told
from salesflow.schema.said import written
from salesflow.schema.shapes import Key
from salesflow.visible import visible

_IGNORING = re.compile(r"#[ \t]*salesflow[ \t]*:[ \t]*ignore[ \t]*\[([^\]]*)\]")
_MOST_ROWS = 12  # of an element as it is written
_RULE = re.compile(r"[a-z][a-z-]*")


class Hover(NamedTuple):
    """Markdown, and the stretch of the text that it is about, by offsets."""

    markdown: str
    start: int
    end: int


def hover(meanings: Meanings, sheet: Sheet, offset: int, facts: Facts | None) -> Hover | None:
    """What there is to say of a place; ``facts`` are those of the process it belongs to."""
    rule = _rule_at(sheet, offset)
    if rule is not None:
        return rule
    mention = sheet.mentions.at(offset)
    if mention is not None:
        text = _mentioned(meanings, sheet, mention, facts)
        if text:
            return Hover(text, mention.start, mention.end)
    return _key(sheet, offset)


def rule_at(sheet: Sheet, offset: int) -> tuple[str, int, int] | None:
    """The rule named in an ignore comment at a place, with where its name stands."""
    start, end = sheet.ruler.row(sheet.ruler.line_of(offset))
    comment = _IGNORING.search(sheet.text, start, end)
    if comment is None:
        return None
    for name in _RULE.finditer(sheet.text, comment.start(1), comment.end(1)):
        if name.start() <= offset <= name.end():
            return name[0], name.start(), name.end()
    return None


def _rule_at(sheet: Sheet, offset: int) -> Hover | None:
    found = rule_at(sheet, offset)
    if found is None or told_by(found[0]) not in rule_names():
        return None
    try:
        return Hover(markdown(told_by(found[0])), found[1], found[2])
    except UsageError:
        return None


def _mentioned(meanings: Meanings, sheet: Sheet, mention: Mention, facts: Facts | None) -> str:
    name = meanings.meant(sheet, mention)
    if name.space == FILES:
        return _file(meanings, sheet, name)
    if name.space == CHOICES:
        known = name in meanings.known(sheet)
        return f"{code(name.id)} · value of {code(name.path[0])}" if known else ""
    shown = told(facts, name) if facts is not None else ""
    return shown or _as_written(meanings.defined(sheet, name))


def _as_written(places: tuple[Where, ...]) -> str:
    """An element as its file has it, where no process that loads knows it."""
    if not places:
        return ""
    text, mention = places[0].sheet.text, places[0].mention
    start, end = text.rfind("\n", 0, mention.start) + 1, max(mention.whole, mention.end)
    if text[start : mention.start].strip():
        start = mention.start
    rows = dedent(text[start:end].replace("\r", "")).splitlines()
    more = ["…"] if len(rows) > _MOST_ROWS else []
    shown = "\n".join(visible(row) for row in [*rows[:_MOST_ROWS], *more])
    head = f"{code(mention.name.id)} · {mention.what}"
    return head if "```" in shown else f"{head}\n\n```yaml\n{shown}\n```"


def _file(meanings: Meanings, sheet: Sheet, name: Name) -> str:
    other = meanings.sheets.get(sheet.files.get(name.id, ""))
    if other is None or not other.kind:
        return ""
    goal = other.data.get("goal") or other.data.get("description") or ""
    return f"{other.kind} {code(other.id)}" + (f"\n\n{code(str(goal))}" if goal else "")


def _key(sheet: Sheet, offset: int) -> Hover | None:
    """What the language says of a key."""
    place = locate(sheet.data, offset)
    if not place.in_key:
        return None
    entry = place.chain[-1]
    parts = entry.key.split(".") if sheet.kind in ("variant", "scenario") else [entry.key]
    path = (*place.path[:-1], *parts)
    key = key_at(sheet.data, sheet.kind, path, place.holder(sheet.data))
    if key is None:
        return None
    return Hover(key_told(path[-1], key), entry.begin, entry.key_end)


def key_told(name: str, key: Key) -> str:
    """A key of the language: what it says, whether it is needed, what it may look like."""
    needed = " · needed here" if key.required else ""
    parts = [f"**{key.title}** · {code(name)}{needed}", key.description]
    if key.examples:
        parts.append(f"```yaml\n{name}: {written(key.examples[0])}\n```")
    return "\n\n".join(parts)
