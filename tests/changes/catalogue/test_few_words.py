"""What each department reads of the example of each change, there (``>``) and back (``<``).

First the few words that follow "you" (``~``: none, for a sentence tells it better), then what it
reads in full, where no other golden tells that. After a wanted change
``python -m tests.changes.catalogue.test_few_words`` writes the file anew; read the difference aloud
before you commit it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from salesflow.changes.catalogue.row import Case, ChangeRule
from salesflow.changes.catalogue.rules import GROUPS
from salesflow.changes.catalogue.shown import versions
from salesflow.changes.comparing import changed
from salesflow.changes.edit import CUSTOMERS, REPORTING, RUNNING
from salesflow.changes.terms.of_edits import term
from salesflow.process.model import Process
from tests.changes.catalogue.test_flow import OURS as FLOW

GOLDEN = Path(__file__).with_name("golden_few_words.txt")


def told(rule: ChangeRule) -> list[str]:
    """One line for each thing said, and to whom."""
    old, new = versions(rule)
    if old is None or new is None:
        return []
    whole = next(group for group, rows in GROUPS.items() if rule in rows) in FLOW
    lines = [*_said(old, new, ">", whole=whole), *_said(new, old, "<", whole=whole)]
    return [f"{rule.name}:", *lines] if lines else []


def _said(old: Process, new: Process, sign: str, *, whole: bool) -> Iterator[str]:
    diff = changed(old, new)
    told: dict[str, list[str]] = {}
    for edit in diff.edits:
        for department in edit.audience:
            if department not in (RUNNING, REPORTING, CUSTOMERS):
                said = term(Case(edit, old, new, diff.matching), department)
                about = (said.about,) if isinstance(said.about, str) else said.about
                words = said.says.replace("{}", ", ".join(about))
                told.setdefault(words or "~", []).append(department)
    for words, departments in told.items():
        yield f"  {sign} {', '.join(dict.fromkeys(departments))}: {words}"
    for department, lines in diff.departments.items() if whole else ():
        yield from (f"    {department} | {line}" for line in lines)


def text(group: str) -> str:
    return "\n".join(line for rule in GROUPS[group] for line in told(rule))


def golden(group: str) -> str:
    every = GOLDEN.read_text(encoding="utf-8").split("\n\n")
    return next(part.partition("\n")[2] for part in every if part.startswith(f"{group}\n")).strip()


@pytest.mark.parametrize("group", [*GROUPS])
def test_few_words_word_for_word(group: str) -> None:
    assert text(group) == golden(group)


if __name__ == "__main__":
    whole = "\n\n".join(f"{name}\n{text(name)}" for name in GROUPS)
    GOLDEN.write_text(f"{whole}\n", encoding="utf-8", newline="\n")
