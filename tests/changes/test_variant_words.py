"""What the table of variants says of each kind of change, and in which part of it.

After a wanted change: ``python -m tests.changes.test_variant_words`` writes the table anew; read
the difference aloud before you commit it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

import salesflow as sf
from salesflow.changes.catalogue.example import BASE
from salesflow.changes.catalogue.rules import GROUPS
from salesflow.changes.catalogue.shown import versions
from salesflow.changes.variants import beside, groups_of
from salesflow.process.family import Family

GOLDEN = Path(__file__).with_name("golden_variant_words.txt")


def told(group: str) -> Iterator[str]:
    """For the example of each rule the rows of a table with the new version for a variant."""
    for rule in GROUPS[group]:
        old, new = versions(rule)
        if old is None or new is None:
            continue
        found = beside(Family(old, (new.replace(id="variant"),)))
        yield f"{rule.name}:"
        for part, rows in groups_of(found.rows):
            for row in rows:
                yield f"  {part} | {row.label} | {row.base} | {row.cells['variant'].text}"


def golden(group: str) -> list[str]:
    parts = GOLDEN.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    return next(rows for name, *rows in map(str.splitlines, parts) if name == group)


@pytest.mark.parametrize("group", [*GROUPS])
def test_each_change_stands_in_its_part_of_the_table_word_for_word(group: str) -> None:
    assert [*told(group)] == golden(group)


def row(*changes: tuple[str, str]) -> str:
    """The one row of the example and a variant with some texts otherwise."""
    text = BASE
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    variant = sf.loads(text).replace(id="variant")
    (found,) = beside(Family(sf.loads(BASE), (variant,))).rows
    return f"{found.label} | {found.base} | {found.cells['variant'].text}"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        # an id is written as it is, a key as people say it
        ("requires: [quote]\n    returns", "requires: [quote, report]\n    returns", "to_legal: requires report | – | yes"),
        ("locked: [steps.papers]", "locked: [steps.papers, departments.support_desk]", "departments.support_desk | – | yes"),
        # of a drawn value all, of other maps what differs
        ("median: 50000, p90: 150000", "median: 50000, p90: 250000", "web: gives.amount | median 50,000, p90 150,000 | median 50,000, p90 250,000"),
        ("emea: 60%, amer: rest", "amer: rest, emea: 55%", "web: gives.region | emea 60%, amer rest | amer rest, emea 55%"),
        ("{median: 50000, p90: 150000}", "{any_of: {10000: 40%, 20000: rest}}", "web: gives.amount | median 50,000, p90 150,000 | 10000 40%, 20000 rest"),
        ("sla: {within: 2bd, target: 80%}", "sla: {within: 2bd}", "call: sla | 80% | –"),
        # figures
        ("cost: 40\n", "cost: 10000\n", "web: cost | 40 | 10,000"),
        ("cost: 40\n", "cost: 9999\n", "web: cost | 40 | 9999"),
        ("cost: 40\n", "cost: 12345.5\n", "web: cost | 40 | 12,345.5"),
        # long values are cut
        ("master: crm", f"master: {'x' * 120}", f"company: master | crm | {'x' * 120}"),
        ("master: crm", f"master: {'x' * 121}", f"company: master | crm | {'x' * 119}…"),
        # what is new: its name, or what says most of it
        ("sources:\n", "sources:\n  fair: {name: The fair, start: call}\n", "fair | – | The fair"),
        ("sources:\n", "sources:\n  fair: {start: call}\n", "fair | – | yes"),
        ("  phone: {type", "  fax: {type: text}\n  phone: {type", "fax | – | type text"),
        # holidays that come and go, and how many there are then
        ("holidays: [2026-05-01]", "holidays: [2026-12-25, 2026-12-26]", "shifts: holidays | 1 day | 2 days (+2 -1)"),
        ("holidays: [2026-05-01]", "holidays: [2026-05-01, 2026-12-26]", "shifts: holidays | 1 day | 2 days (+1 -0)"),
    ],
)  # fmt: skip
def test_a_cell_says_what_is_otherwise_in_few_words(before: str, after: str, said: str) -> None:
    assert row((before, after)) == said


def test_a_drawn_time_is_shown_with_all_its_keys() -> None:
    """`sd 1h` alone would not say of what."""
    text = BASE.replace("effort: 30min", "effort: {mean: 30min, sd: 10min}")
    assert text != BASE
    old, new = (sf.loads(each) for each in (text, text.replace("sd: 10min", "sd: 20min")))
    (found,) = beside(Family(old, (new.replace(id="variant"),))).rows
    assert (found.base, found.cells["variant"].text) == (
        "mean 30min, sd 10min",
        "mean 30min, sd 20min",
    )
    text = BASE.replace("wait: 5d", "wait: {median: 5d, p90: 9d}")
    old, new = (sf.loads(each) for each in (text, text.replace("p90: 9d", "p90: 12d")))
    (found,) = beside(Family(old, (new.replace(id="variant"),))).rows
    assert found.cells["variant"].text == "median 5d, p90 12d"


if __name__ == "__main__":
    every = ("\n".join([group, *told(group)]) for group in GROUPS)
    GOLDEN.write_text("\n\n".join(every) + "\n", encoding="utf-8", newline="\n")
