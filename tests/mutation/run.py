"""``python -m tests.mutation.run ROOM [--sample 100] [--seed 1]``: break the room, see who notices.

A sample of all faults that could be made (``mutants.py``), the same for the same seed and code. Each
is tried with the room's tests that run its line, the quickest first. Prints each survivor, then
coverage, the score and its interval (Wilson, 95%).

``--examples N`` lets laws of hypothesis try N examples at most, where all would take too long: what
is noticed then is noticed with all of them too. ``--survivors FILE`` writes those that nobody
noticed; ``--again FILE TEST…`` tries them once more on the files as they are now, with tests
written since.
"""

import argparse
import json
import math
import sys
import time
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.mutation.mutants import Mutant, faults, mutant
from tests.mutation.room import Room

ROOMS = ("source", "expressions", "analysis", "changes", "schema", "process", "checking")


class Survivor(NamedTuple):
    """A fault that nobody noticed."""

    file: str
    line: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.before} -> {self.after}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("tests", nargs="*", help="with --again: which tests are to notice")
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=1e6, help="try no more after this long")
    parser.add_argument("--workers", type=int, default=1, help="processes that measure")
    parser.add_argument("--examples", type=int, default=0, help="a law tries so many at most")
    parser.add_argument("--survivors", type=Path, help="write them to this file")
    parser.add_argument("--again", type=Path, help="try only the survivors in this file")
    asked = parser.parse_intermixed_args()  # tests may stand behind options
    if asked.again:
        kept = [Survivor(*each) for each in json.loads(asked.again.read_text(encoding="utf-8"))]
        with Room(asked.room, tests=asked.tests, committed=False, examples=asked.examples) as room:
            survivors, tried = _again(room, kept), len(kept)
    else:
        with Room(asked.room, examples=asked.examples) as room:
            print(room.measure(asked.workers))
            survivors, tried = _tried(room, asked)
    if asked.survivors:
        asked.survivors.write_text(json.dumps(survivors, indent=1), encoding="utf-8")
    killed = tried - len(survivors)
    low, high = interval(killed, tried)
    share = killed / tried
    print(f"{asked.room}: {killed} of {tried} noticed, {share:.1%} ({low:.1%} to {high:.1%})")
    return 0


def _tried(room: Room, asked: argparse.Namespace) -> tuple[list[Survivor], int]:
    """Who survived of how many: in the order drawn, so that fewer are a sample too."""
    texts = {file: file.read_text(encoding="utf-8") for file in room.files}
    every = [(file, fault) for file, text in texts.items() for fault in faults(text)]
    chosen = Random(asked.seed).sample(every, min(asked.sample, len(every)))
    print(f"{len(every)} faults could be made, at most {len(chosen)} are tried", flush=True)
    survivors: list[Survivor] = []
    tried = 0
    end = time.monotonic() + 60 * asked.minutes
    for file, fault in chosen:
        if time.monotonic() > end and tried:
            break
        tried += 1
        made = mutant(texts[file], fault)
        tests = room.tests_of(file, made.line)
        if room.survives(file, made.text, tests):
            survivors.append(_survivor(room, file, made))
            print(f"{survivors[-1]}  ({tried} tried, survived {len(tests)} tests)", flush=True)
    return survivors, tried


def _again(room: Room, kept: list[Survivor]) -> list[Survivor]:
    """Those that survive still, where they stand now."""
    survivors = []
    for each in kept:
        file = room.home / each.file
        text = file.read_text(encoding="utf-8")
        alike = [
            made
            for made in (mutant(text, fault) for fault in faults(text))
            if (made.before, made.after) == (each.before, each.after)
        ]
        if not alike:
            print(f"{each}  is gone", flush=True)
            continue
        made = min(alike, key=lambda made: abs(made.line - each.line))
        if room.survives(file, made.text, [*room.tests]):
            survivors.append(_survivor(room, file, made))
            print(survivors[-1], flush=True)
    return survivors


def _survivor(room: Room, file: Path, made: Mutant) -> Survivor:
    return Survivor(str(file.relative_to(room.home)), made.line, made.before, made.after)


def interval(hits: int, tries: int) -> tuple[float, float]:
    """Wilson's interval of a share, 95%."""
    z, share = 1.959964, hits / tries
    middle = share + z * z / (2 * tries)
    half = z * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries))
    whole = 1 + z * z / tries
    return (middle - half) / whole, (middle + half) / whole


if __name__ == "__main__":
    sys.exit(main())
