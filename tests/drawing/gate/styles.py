"""The little of CSS that says how large text is: rules of classes and tags, the last strongest wins."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PART = re.compile(r"[.#]?[\w-]+")
_HANDED_DOWN = ("font-size", "font-weight", "text-anchor", "dominant-baseline", "letter-spacing")


class Rule(NamedTuple):
    """Compound selectors from the outermost to the element's own, and what they set."""

    chain: tuple[frozenset[str], ...]
    sets: Mapping[str, str]


def rules(css: str) -> list[Rule]:
    """The rules of a style sheet for a screen; what stands in ``@media`` is left out."""
    found = []
    for heads, body in _RULE.findall(_MEDIA.sub("", _COMMENT.sub("", css))):
        pairs = (line.split(":", 1) for line in body.split(";") if ":" in line)
        sets = {name.strip(): value.strip() for name, value in pairs}
        if not any(name in _HANDED_DOWN for name in sets):
            continue
        for head in heads.split(","):
            chain = tuple(frozenset(_PART.findall(part)) for part in head.split())
            found.append(Rule(chain, sets))
    return sorted(found, key=lambda rule: sum(map(len, rule.chain)))


def style(ancestors: Sequence[Element], sheet: Sequence[Rule]) -> dict[str, str]:
    """What holds for the last of these elements; the first is the root."""
    held: dict[str, str] = {}
    names: list[frozenset[str]] = []
    for element in ancestors:
        tag = element.tag.rpartition("}")[2]
        classes = element.get("class", "").split()
        names.append(frozenset({tag, *(f".{name}" for name in classes)}))
        held.update({name: element.get(name, "") for name in _HANDED_DOWN if element.get(name)})
        for rule in sheet:
            if _fits(rule.chain, names):
                held.update({k: v for k, v in rule.sets.items() if k in _HANDED_DOWN})
        own = dict(
            (part.strip() for part in line.split(":", 1))
            for line in element.get("style", "").split(";")
            if ":" in line
        )
        held.update({k: v for k, v in own.items() if k in _HANDED_DOWN})
    return held


def _fits(chain: Sequence[frozenset[str]], names: Sequence[frozenset[str]]) -> bool:
    if not chain[-1] <= names[-1]:
        return False
    left = list(chain[:-1])
    for name in reversed(names[:-1]):
        if left and left[-1] <= name:
            left.pop()
    return not left
