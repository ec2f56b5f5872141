"""What is found between arrangements of the same few steps: runs, sentences, and deals under way.

That each is true is held by laws, against searches of their own; here it is held that nothing of it
goes unsaid. After a wanted change: ``python -m tests.changes.test_arranged`` writes the golden anew;
what is missing then has to be missing for a reason.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

import salesflow as sf
from salesflow.changes.behaviour.judge import behaviour
from salesflow.changes.matching.match import match
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.running.judge import running_deals
from salesflow.changes.sheet import sheet_of
from salesflow.changes.statements.statements import statements
from tests.changes.running.pairs import told
from tests.changes.statements.arranged import arranged

GOLDEN = Path(__file__).with_name("golden_arranged.txt")
SEEDS = range(30)


def lines(seed: int) -> list[str]:
    random = Random(seed)
    names = [f"s{n}" for n in range(random.randint(2, 4))]
    old, new = (sf.load(arranged(names, random)) for _ in range(2))
    matching = match(sheet_of(old), sheet_of(new))
    return [*_of_runs(old, new, matching), *_of_deals(old, new, matching)]


def _of_runs(old: sf.Process, new: sf.Process, matching: Matching) -> Iterator[str]:
    found = behaviour(old, new, matching)
    yield f"{found.verdict}{'' if found.same_deals else ', other deals'}"
    for word, runs in (("before", found.only_old), ("now", found.only_new)):
        yield from (f"  only {word}: {', '.join(run)}" for run in runs)
    yield from (f"  {sentence}" for sentence in statements(old, new, matching))


def _of_deals(old: sf.Process, new: sf.Process, matching: Matching) -> Iterator[str]:
    rows = [f"{number},{place}" for number, place in enumerate(sorted(old.nodes))]
    for more in ("", "deal,s0|s1"):  # of which a file tells all places of each deal, too
        text = "\n".join(["deal,at", *rows, more])
        for group in running_deals(text, old, new, matching, file="d.csv").groups:
            yield f"  {'|'.join(group.at)}{' (whole)' if more else ''}: {told(group)}"


def golden() -> dict[int, list[str]]:
    parts = GOLDEN.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    return {int(part.split("\n")[0]): part.split("\n")[1:] for part in parts}


@pytest.mark.parametrize("seed", SEEDS)
def test_all_that_is_found_is_told(seed: int) -> None:
    assert lines(seed) == golden()[seed]


if __name__ == "__main__":
    every = ("\n".join([str(seed), *lines(seed)]) for seed in SEEDS)
    GOLDEN.write_text("\n\n".join(every) + "\n", encoding="utf-8", newline="\n")
