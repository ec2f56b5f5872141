"""A text laid out: refused with its findings, or the same data and comments, and never twice."""

import re
from collections import Counter
from collections.abc import Iterator

import yaml

from salesflow.errors import LoadError
from salesflow.formatting.files import laid_out
from salesflow.source.read import read
from tests.fuzz.choices import Choices, spread
from tests.fuzz.documents import texts
from tests.fuzz.typed import edit

HARD = (
    "a: 1 # one\nb: # two\n  c: 1\n# three\n", "a: [ # in\n  1, # behind\n  2]\n", "a: |\n  # text\n\n# no\nb: 1\n",
    "a: 'x # y' # z\n", "# alone\na: {b: 1, # c\n  d: 2}\n", "a: 1\r\n# b\r\nc: >-\r\n  d\r\n", "? a\n: 1 # b\n",
    "a: | # of the block\n  x\n", "\ufeffa: 1\n", "a:\n- 1\n# b\n- 2\n", "a: x\n   y # z\n", '"#a": 1\n#\n',
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    yield from (b"\0" + text.encode() for text in (*texts(), *HARD))
    yield from (b"\1" + bytes([each]) + spread(each, 50) for each in range(1, 40))


def run(data: bytes) -> None:
    text = data[1:].decode("utf-8", "replace") if data[:1] != b"\1" else _edited(Choices(data[1:]))
    try:
        fresh = laid_out(text, file="a.yaml")
    except LoadError as problem:
        assert problem.findings
        return
    assert laid_out(fresh, file="a.yaml") == fresh
    before, after = read(text, "a.yaml"), read(fresh, "a.yaml")
    assert not [finding for finding in after.findings if finding.severity == "error"]
    assert after.data == before.data
    assert [each.rules for each in after.ignores] == [each.rules for each in before.ignores]
    assert remarks(fresh) == remarks(text), fresh


def remarks(text: str) -> Counter[str]:
    """The comments, by a scanner that is not ours: each `#` at a word's start outside of scalars."""
    inside = [
        _stretch(text, token)
        for token in yaml.scan(text, yaml.CLoader)
        if isinstance(token, yaml.ScalarToken)
    ]
    found = re.finditer(r"(?:^|(?<=[ \t\n\r\ufeff]))#[^\r\n]*", text)
    outside = (
        each for each in found if not any(start <= each.start() < end for start, end in inside)
    )
    return Counter(each[0].rstrip() for each in outside)


def _stretch(text: str, token: yaml.ScalarToken) -> tuple[int, int]:
    """Where a scalar's own text stands; behind the sign of a block there may be a comment."""
    start, end = token.start_mark.index, token.end_mark.index
    if token.style in ("|", ">"):
        start = next((at for at in range(start, end) if text[at] in "\r\n"), end)
    return start, end


def _edited(choices: Choices) -> str:
    text = choices.one_of(texts())
    for _ in range(1 + choices.below(8)):
        text, _ = edit(text, choices)
        if choices.left <= 0:
            break
    return text
