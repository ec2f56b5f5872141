"""What departments read where a decision is made otherwise: who gets more deals, fewer, or others.

There (``>``) and back (``<``). After a wanted change
``python -m tests.changes.catalogue.test_decisions`` writes the golden anew; read the difference
aloud before you commit it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from salesflow.changes.catalogue.shown import loaded
from salesflow.changes.comparing import changed
from tests.changes.catalogue.test_receivers import DECIDES

GOLDEN = Path(__file__).with_name("golden_decisions.txt")
FINE = "fine: {to: papers, when: discount <= 10%}"
ASK = "ask: {to: approve, when: discount > 10% and discount <= 20%}"
DEEP = "deep: {to: margin, otherwise: true}"
MANY = "".join(f"\n      r{n}: {{to: margin, when: discount > 5{n}%}}" for n in range(6))
CASES = {
    "wider": [(ASK, ASK.replace("20%", "30%"))],
    "narrower": [(FINE, FINE.replace("10%", "5%"))],
    "never": [(FINE, FINE.replace("<= 10%", "< 0% and discount > 1%"))],
    "for no deal that others leave": [(ASK, ASK.replace("> 10% and discount <= 20%", "<= 10%"))],
    "not the rest any more": [(DEEP, DEEP.replace("otherwise: true", "when: discount > 20%"))],
    "the rest is less": [(DEEP, DEEP.replace("otherwise: true", "when: discount > 40%"))],
    "gone": [(f"      {ASK}\n", "")],
    "leads elsewhere": [(ASK, ASK.replace("approve", "margin"))],
    "leads to both": [(ASK, ASK.replace("approve", "[approve, margin]"))],
    "only so often": [(FINE, FINE.replace("10%}", "10%, at_most: 1}"))],
    "one of many is wider": [(DEEP, DEEP + MANY), (ASK, ASK.replace("20%", "30%"))],
    "decided by somebody": [("  judge:\n", "  judge:\n    by: legal\n"), (FINE, FINE.replace("10%", "5%"))],
    "decided at once": [("made: judge", "made: papers")],
    "a field is set": [(FINE, FINE.replace("10%}", "10%, set: {region: filled}}"))],
    "a block is left to another step": [("bad: margin}", "bad: lost}")],
    "a branch may leave": [("{ok: done, bad: leave}", "{ok: done, bad: leave, off_it: leave}"), ("bad: margin}", "bad: margin, off_it: lost}")],
}  # fmt: skip


def told(title: str) -> Iterator[str]:
    text = DECIDES
    for before, after in CASES[title]:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    old, new = loaded(DECIDES), loaded(text)
    for sign, one, other in ((">", old, new), ("<", new, old)):
        for department, lines in changed(one, other).departments.items():
            yield from (f"  {sign} {department} | {line}" for line in lines)


@pytest.mark.parametrize("title", [*CASES])
def test_what_is_read_of_decisions_word_for_word(title: str) -> None:
    parts = GOLDEN.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    assert [*told(title)] == next(
        rows for name, *rows in map(str.splitlines, parts) if name == title
    )


if __name__ == "__main__":
    every = ("\n".join([title, *told(title)]) for title in CASES)
    GOLDEN.write_text("\n\n".join(every) + "\n", encoding="utf-8", newline="\n")
