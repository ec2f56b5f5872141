"""What is said of the example of each change to the flow, there and back.

After a wanted change: ``python -m tests.changes.catalogue.test_flow`` writes the files anew; read
the difference aloud before you commit it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from salesflow.changes.catalogue.row import ChangeRule
from salesflow.changes.catalogue.rules import GROUPS
from salesflow.changes.catalogue.shown import versions
from salesflow.changes.edit import Edit
from tests.changes.catalogue.test_rules import judged

HERE = Path(__file__).parent
OURS = ("steps", "results", "branches", "sources", "stages", "outcomes", "process")


def golden(group: str) -> Path:
    return HERE / f"golden_{group}.txt"


def told(rule: ChangeRule) -> Iterator[str]:
    """The rule's verdict on its own example, and the mirror's on the way back."""
    old, new = versions(rule)
    yield f"{rule.name}: {rule.level}"
    yield from said(judged(old, new), rule.name)
    if rule.mirror == rule.name:
        yield "  backwards:"
        yield from said(judged(new, old), rule.mirror)


def said(edits: tuple[Edit, ...], name: str) -> Iterator[str]:
    edit = next(edit for edit in edits if edit.rule == name)
    field = f" {edit.field}" if edit.field else ""
    yield f"  {edit.path}{field}, for {', '.join(edit.audience) or 'nobody'}"
    yield f"    {edit.message}"


def text(group: str) -> str:
    return "\n".join(line for rule in GROUPS[group] for line in told(rule)) + "\n"


@pytest.mark.parametrize("group", OURS)
def test_every_change_is_told_word_for_word(group: str) -> None:
    assert text(group) == golden(group).read_text(encoding="utf-8")


if __name__ == "__main__":
    for name in OURS:
        golden(name).write_text(text(name), encoding="utf-8", newline="\n")
