"""What the kinds of change mean, for the terminal and for the reference: read off their rows.

Whatever an example says is compared then and there, so the manual shows what ``diff`` says.
"""

import sys
from difflib import unified_diff
from typing import NamedTuple

from salesflow.changes.catalogue.concerned import concerns
from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.rules import GROUPS, by_name, rule_for
from salesflow.changes.catalogue.shown import texts, versions, whole
from salesflow.changes.compare import edits, sides_of
from salesflow.changes.edit import Edit, Kind
from salesflow.changes.matching.match import match
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.sheet import HEADER, sheet_of
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process

ABOUT = {
    "touchpoints": "What departments owe each other where a deal passes between them.",
    "steps": "Who does what, for how long, by when, and in which order.",
    "results": "How steps end, where that leads, for which deals and how often.",
    "branches": "What runs side by side in a block.",
    "sources": "Where deals come from, how many, and what they bring along.",
    "stages": "How the flow shows in the CRM, and what the forecast makes of it.",
    "outcomes": "How deals end.",
    "departments": "Departments and roles: who there is, and how much time they have.",
    "calendars": "When people work.",
    "data": "What is known of a deal.",
    "policies": "What must hold on every way.",
    "objectives": "What the process should reach.",
    "process": "The process itself, and processes that are run by others.",
}
_NOUNS = {"run": "process that is run", "field": "field of the data"}
_LEVELS = {
    "breaking": "somebody has to act before it goes live",
    "check": "deals or people fare differently; somebody should look at it",
    "safe": "it only adds room",
    "cosmetic": "only words change",
}
_WAIVER = """\
[[diff.waivers]]
rule = "{rule}"
path = "{path}"
reason = "why it is agreed"
"""


class Page(NamedTuple):
    """A kind of change explained: what it is of, its example as lines that go and come, and what
    ``diff`` says of that, to whom and at which path.
    """

    rule: ChangeRule
    subject: str
    lines: tuple[str, ...]
    message: str
    audience: tuple[str, ...]
    path: str


def beginning(start: str) -> tuple[str, ...]:
    """The names of kinds of change that begin with a text."""
    return tuple(name for name in by_name() if name.startswith(start))


def page(name: str) -> Page:
    """The parts of a rule's manual. KeyError for a name that is no kind of change."""
    rule = by_name()[name]
    case = _example(rule)
    audience = tuple(concerns(rule.audience)(case))
    return Page(rule, subject(rule), _lines(rule), rule.message(case), audience, case.edit.path)


def subject(rule: ChangeRule) -> str:
    """Which edits a rule is of: ``A step is added.``, ```effort` of a step changes.``."""
    noun = _NOUNS.get(rule.what, rule.what)
    one = f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
    if rule.field:
        return f"`{rule.field}` of {one} changes."
    ways = {
        "added": "is added",
        "removed": "is removed",
        "renamed": "gets another id",
        "moved": "moves into another " + ("department" if rule.what == "role" else "block"),
    }
    return f"{one[0].upper()}{one[1:]} {ways[rule.kind]}."


def _example(rule: ChangeRule) -> Case:
    """The edit of a rule's example that it judges."""
    old, new = versions(rule)
    found = _edits(old, new) if old and new else _lone(old, "removed") + _lone(new, "added")
    return next(case for case in found if rule_for(case) is rule)


def _edits(old: Process, new: Process) -> list[Case]:
    sheets = sheet_of(old), sheet_of(new)
    matching = match(*sheets)
    sides = sides_of(old, new, matching, sheets=sheets)
    return [Case(edit, old, new, matching) for edit in edits(old, new, sides)]


def _lone(process: Process | None, kind: Kind) -> list[Case]:
    """The edit of a process that is there in one version only."""
    if process is None:
        return []
    edit = Edit(kind=kind, what="process", path=HEADER)
    return [Case(edit, process, process, Matching())]


def _lines(rule: ChangeRule) -> tuple[str, ...]:
    """The lines that go and those that come, each with its sign."""
    old, new = texts(rule)
    if whole(rule) and not (old and new):
        return ()  # a whole file says nothing
    changed = unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return tuple(line for line in list(changed)[2:] if not line.startswith("@@"))


# -------------------------------------------------------------------------------- for the terminal


def manual(name: str) -> str:
    """A rule's manual for the terminal. KeyError for a name that is no kind of change."""
    told = page(name)
    rule = told.rule
    lines = [f"{rule.name}  (changes, {rule.level})", "", told.subject, "", "Why and what to do:"]
    lines += _wrapped(rule.why)
    if told.lines:
        lines += ["", f"For example, at {told.path}:", *(f"  {line}" for line in told.lines)]
    lines += ["", "What is said of it:", *_wrapped(told.message)]
    lines += [f"  For {_whom(told.audience)}."]
    lines += ["", f"{rule.level}: {_LEVELS[rule.level]}.", _backwards(rule)]
    lines += ["Where it is agreed, in salesflow.toml:"]
    lines += [f"  {line}" for line in _WAIVER.format(rule=name, path=told.path).splitlines()]
    return "\n".join(lines) + "\n"


def summary() -> str:
    """The names of all kinds of change, by what they are about, for the terminal."""
    lines = ["changes: What `salesflow diff` finds between two versions."]
    for group, rules in GROUPS.items():
        names = ", ".join(rule.name for rule in rules)
        lines += [f"  {group}:", *_wrapped(names, indent="    ")]
    return "\n".join(lines) + "\n"


def listing() -> str:
    """All kinds of change with their level, a line each, for the terminal."""
    lines = []
    for group, rules in GROUPS.items():
        lines += [f"{group}: {ABOUT[group]}"]
        lines += [f"  {rule.name:32}{rule.level:10}{subject(rule)}" for rule in rules]
        lines += [""]
    return "\n".join([*lines, "`salesflow rule NAME` tells more."]) + "\n"


def _wrapped(text: str, *, indent: str = "  ") -> list[str]:
    from textwrap import wrap

    return wrap(
        text,
        width=98,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _whom(audience: tuple[str, ...]) -> str:
    return ", ".join(audience) or "nobody in particular"


def _backwards(rule: ChangeRule) -> str:
    if rule.mirror == rule.name:
        return "The same change backwards is of this kind too."
    return f"The same change backwards is {rule.mirror}."


# ------------------------------------------------------------------------------- for the reference


def markdown(name: str) -> str:
    """A rule's manual as Markdown. KeyError for a name that is no kind of change."""
    return "\n".join(_section(page(name), "#")) + "\n"


def reference() -> FrozenMap[str, str]:
    """File name -> Markdown: ``README.md`` with a table, and a page for each kind of element."""
    pages = {f"{group}.md": _group(group) for group in GROUPS}
    return FrozenMap({"README.md": _index(), **pages})


def _section(told: Page, heading: str) -> list[str]:
    rule = told.rule
    lines = [f"{heading} {rule.name}", "", f"{told.subject} **{rule.level}**", "", rule.why]
    if told.lines:
        lines += ["", "```diff", *told.lines, "```"]
    lines += ["", f"> {told.message}", "", f"For {_whom(told.audience)}."]
    if rule.mirror != rule.name:
        lines[-1] += f" Backwards: `{rule.mirror}`."
    return lines


def _group(group: str) -> str:
    lines = [f"# Changes: {group}", "", ABOUT[group]]
    for rule in GROUPS[group]:
        lines += ["", *_section(page(rule.name), "##")]
    return "\n".join(lines) + "\n"


_HEAD = """\
# Changes

What `salesflow diff` finds between two versions; `salesflow rule NAME` prints the same.
This folder is generated: `python -m salesflow.changes.catalogue.manual docs/reference/changes`.

More is demanded or less is delivered: breaking. Less is demanded or more is delivered: safe. Levels
can be set anew and changes be waived in `salesflow.toml`.

| level | means |
|---|---|"""
_TABLE = ("", "| change | level | of |", "|---|---|---|")


def _index() -> str:
    lines = [_HEAD, *(f"| {level} | {meaning} |" for level, meaning in _LEVELS.items())]
    for group, rules in GROUPS.items():
        lines += ["", f"## {group}", "", ABOUT[group], *_TABLE]
        lines += [
            f"| [{rule.name}]({group}.md#{rule.name}) | {rule.level} | {subject(rule)} |"
            for rule in rules
        ]
    return "\n".join(lines) + "\n"


def write(folder: str) -> None:
    """Write the reference into a folder."""
    from pathlib import Path

    for name, text in reference().items():
        Path(folder, name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(sys.argv[1])
