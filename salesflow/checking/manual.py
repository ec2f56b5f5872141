"""What the rules mean, for the terminal and for the reference: read off their docstrings.

A docstring is: a sentence, paragraphs and headings (a line of its own whose text below is
indented), and a YAML block each under ``Wrong:`` and ``Right:``. In a wrong block ``# error:
[rule]`` marks the lines where the finding stands; ``# file: name`` begins another file, of which
the last is the one checked. The tests run them all.
"""

import re
import sys
from collections.abc import Collection, Mapping
from typing import NamedTuple

from salesflow.checking.catalogue import (
    FAMILIES,
    UNSURE,
    built_in,
    family_of,
    possible_names,
    rule_names,
)
from salesflow.checking.plugins import plugged_in
from salesflow.checking.rule import POSSIBLE, Rule
from salesflow.checking.select import meant
from salesflow.errors import UsageError
from salesflow.nouns import FrozenMap

MARK = re.compile(r"[ \t]*# error: \[([a-z0-9-]+)\][ \t]*$", re.MULTILINE)
_FILE = re.compile(r"^# file: (\S+)\n", re.MULTILINE)

_ABOUT_FAMILIES = {
    "syntax": "Text that does not say what the process is. It does not load until it is mended.",
    "structure": "How the process is drawn: what is never reached, what never ends.",
    "behaviour": "What happens when a deal goes through it.",
    "guards": "Conditions on results and branches.",
    "data": "What is known of a deal, and when.",
    "bridges": "Where a deal passes from department to department.",
    "resources": "Who has the work, and whether there is time for it.",
    "time": "Promises, time limits and escalations, and what working hours do to them.",
    "shares": "How often results are taken.",
    "policies": "What must hold on every way a deal can take.",
    "outcomes": "How deals end, and what is demanded of the whole.",
    "variants": "What a variant may change.",
    "hygiene": "Comments that ask to ignore findings.",
}


_POSSIBLE = "Where it hangs on values that need not occur it is {}, a warning."


class Example(NamedTuple):
    """One YAML block: its text, with the marks, as it is shown."""

    text: str

    @property
    def files(self) -> dict[str, str]:
        """File name -> text without the marks, in the order written; the last one is checked."""
        parts = _FILE.split(MARK.sub("", self.text))
        named = dict(zip(parts[1::2], parts[2::2], strict=True))
        return named or {"process.salesflow.yaml": parts[0]}

    @property
    def marked(self) -> list[tuple[str, int, str]]:
        """File, line and rule of each finding that the marks promise."""
        parts = _FILE.split(self.text)
        named = list(zip(parts[1::2], parts[2::2], strict=True))
        return [
            (name, number, match[1])
            for name, text in named or [("process.salesflow.yaml", parts[0])]
            for number, line in enumerate(text.splitlines(), 1)
            for match in MARK.finditer(line)
        ]


class Page(NamedTuple):
    """A rule's manual taken apart."""

    meaning: str
    sections: tuple[tuple[str, str], ...]  # heading, text
    wrong: tuple[Example, ...]
    right: tuple[Example, ...]


def page(rule: Rule) -> Page:
    """The parts of a rule's manual."""
    meaning, _, rest = rule.manual.partition("\n\n")
    sections = []
    examples: dict[str, tuple[Example, ...]] = {}
    for heading, body in re.findall(r"^(\S[^\n]*)\n((?:[ ]{4}[^\n]*\n?|\n)+)", rest, re.MULTILINE):
        text = re.sub(r"^ {4}", "", body, flags=re.MULTILINE).strip()
        if heading.rstrip(":") in ("Wrong", "Right"):
            blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
            examples[heading.rstrip(":")] = tuple(map(Example, blocks))
        else:
            sections.append((heading, text))
    return Page(
        " ".join(meaning.split()),
        tuple(sections),
        examples.get("Wrong", ()),
        examples.get("Right", ()),
    )


def manual(
    name: str, *, plugins: bool | tuple[str, ...] = False, others: Collection[str] = ()
) -> str:
    """A rule's manual for the terminal. UsageError for a name that is no rule.

    ``others`` are names that may be meant as well, whose manual stands elsewhere.
    """
    rule = _rule(name, plugins=plugins, others=others)
    head = f"{rule.name}  ({rule.family}, {_weight(rule)})"
    parts = page(rule)
    lines = [head, "", parts.meaning]
    if rule.name in UNSURE:
        lines += ["", _POSSIBLE.format(POSSIBLE + rule.name)]
    for heading, text in parts.sections:
        lines += ["", f"{heading}:", *_indented(text)]
    for heading, examples in (("Wrong", parts.wrong), ("Right", parts.right)):
        for example in examples:
            lines += ["", f"{heading}:", *_indented(example.text.rstrip())]
    lines += ["", *_ignoring(rule)]
    return "\n".join(lines) + "\n"


def markdown(
    name: str, *, plugins: bool | tuple[str, ...] = False, others: Collection[str] = ()
) -> str:
    """A rule's manual as Markdown. UsageError for a name that is no rule; ``others`` as above."""
    return markdown_of(_rule(name, plugins=plugins, others=others))


def listing(*, plugins: bool | tuple[str, ...] = False, others: str = "") -> str:
    """All rules by family, a line each, for the terminal; behind them ``others``."""
    lines = []
    added = plugged_in(plugins) if plugins else []
    for family in dict.fromkeys([*FAMILIES, *(rule.family for rule in added)]):
        rules = [built_in(name) for name in FAMILIES.get(family, ())]
        rules += [rule for rule in added if rule.family == family]
        lines += [f"{family}: {_ABOUT_FAMILIES.get(family, 'Rules of plugins.')}"]
        lines += [f"  {rule.name:24}{rule.severity:9}{page(rule).meaning}" for rule in rules]
        lines += [""]
    lines += [others] if others else []
    return "\n".join([*lines, "`salesflow rule NAME` tells more."]) + "\n"


def reference() -> FrozenMap[str, str]:
    """File name -> Markdown: ``README.md`` with the table of all rules, and a page for each."""
    pages = {f"{name}.md": markdown_of(built_in(name)) for name in rule_names()}
    return FrozenMap({"README.md": _index(), **pages})


def _rule(name: str, *, plugins: bool | tuple[str, ...], others: Collection[str]) -> Rule:
    if family_of(name) is not None:
        return built_in(name)
    added: Mapping[str, Rule] = {rule.name: rule for rule in plugged_in(plugins)} if plugins else {}
    if name in added:
        return added[name]
    if name in FAMILIES:
        members = ", ".join(FAMILIES[name])
        raise UsageError(f"`{name}` is a family of rules: {members}.")
    known = [*rule_names(), *possible_names(), *added, *others]
    raise UsageError(f"There is no rule `{name}`.{meant(name, known)}")


def _weight(rule: Rule) -> str:
    if rule.family == "syntax":
        return "error, always"
    return f"{rule.severity}, preset {rule.preset}"


def _indented(text: str) -> list[str]:
    return [f"  {line}".rstrip() for line in text.splitlines()]


def _ignoring(rule: Rule) -> list[str]:
    if rule.family == "syntax":
        return ["What does not load cannot be ignored."]
    return [f"To ignore it on a line: # salesflow: ignore[{rule.name}] the reason"]


def _index() -> str:
    lines = [
        "# Rules",
        "",
        "What `salesflow check` looks for; `salesflow rule NAME` prints the same pages.",
        "This folder is generated: `python -m salesflow.checking.manual docs/reference/rules`.",
    ]
    for family, names in FAMILIES.items():
        lines += ["", f"## {family}", "", _ABOUT_FAMILIES[family], ""]
        lines += ["| rule | severity | meaning |", "|---|---|---|"]
        for name in names:
            rule = built_in(name)
            meaning = page(rule).meaning.replace("|", "\\|")
            lines.append(f"| [{name}]({name}.md) | {rule.severity} | {meaning} |")
    return "\n".join(lines) + "\n"


def markdown_of(rule: Rule) -> str:
    """A rule's manual as Markdown."""
    parts = page(rule)
    lines = [f"# {rule.name}", "", parts.meaning, "", f"{rule.family} · {_weight(rule)}"]
    if rule.name in UNSURE:
        lines += ["", _POSSIBLE.format(f"`{POSSIBLE}{rule.name}`")]
    for heading, text in parts.sections:
        lines += ["", f"## {heading}", "", text]
    for heading, examples in (("Wrong", parts.wrong), ("Right", parts.right)):
        for example in examples:
            lines += ["", f"## {heading}", "", "```yaml", example.text.rstrip(), "```"]
    if rule.family == "syntax":
        lines += ["", *_ignoring(rule)]
    else:
        comment = f"`# salesflow: ignore[{rule.name}] the reason`"
        lines += ["", f"To ignore it on a line, write {comment} there or on a line above."]
    return "\n".join(lines) + "\n"


def _write(folder: str) -> None:
    """Write the reference into a folder."""
    from pathlib import Path

    for name, text in reference().items():
        Path(folder, name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    _write(sys.argv[1])
