"""What is said of the example of each change to contracts, people, calendars, data and goals.

After a wanted change: ``python -m tests.changes.catalogue.test_people_and_contracts`` writes the
files anew; read the difference before you commit it.
"""

from pathlib import Path

import pytest

from salesflow.changes.catalogue.rules import GROUPS
from tests.changes.catalogue.examples import told

HERE = Path(__file__).parent
OURS = ("touchpoints", "departments", "calendars", "data", "policies", "objectives")


def golden(group: str) -> Path:
    return HERE / f"golden_{group}.txt"


def text(group: str) -> str:
    return "\n".join(line for rule in GROUPS[group] for line in told(rule)) + "\n"


@pytest.mark.parametrize("group", OURS)
def test_every_change_is_told_word_for_word(group: str) -> None:
    assert text(group) == golden(group).read_text(encoding="utf-8")


if __name__ == "__main__":
    for name in OURS:
        golden(name).write_text(text(name), encoding="utf-8", newline="\n")
