"""``python -m tests.mutation.run ROOM [--sample 100] [--seed 1]``: break the room, see who notices.

A sample of all faults that could be made (``mutants.py``), the same for the same seed and code. Each
is tried with the room's tests that run its line, the quickest first. Prints each survivor, then
coverage, the score and its interval (Wilson, 95%).
"""

import argparse
import math
import shutil
import sys
import time
from random import Random

from tests.mutation.mutants import faults, mutant
from tests.mutation.room import Room

ROOMS = ("source", "expressions", "analysis", "changes", "schema", "process", "checking")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=1e6, help="try no more after this long")
    asked = parser.parse_args()
    room = Room(asked.room)
    try:
        print(room.measure())
        killed, tried = _tried(room, asked)
    finally:
        shutil.rmtree(room.home)
    low, high = interval(killed, tried)
    print(
        f"{asked.room}: {killed} of {tried} noticed, {killed / tried:.1%} ({low:.1%} to {high:.1%})"
    )
    return 0


def _tried(room: Room, asked: argparse.Namespace) -> tuple[int, int]:
    """How many faults were noticed, of how many: in the order drawn, so that fewer are a sample too."""
    texts = {file: file.read_text(encoding="utf-8") for file in room.files}
    every = [(file, fault) for file, text in texts.items() for fault in faults(text)]
    chosen = Random(asked.seed).sample(every, min(asked.sample, len(every)))
    print(f"{len(every)} faults could be made, at most {len(chosen)} are tried", flush=True)
    killed = tried = 0
    end = time.monotonic() + 60 * asked.minutes
    for file, fault in chosen:
        if time.monotonic() > end and tried:
            break
        tried += 1
        made = mutant(texts[file], fault)
        tests = room.tests_of(file, made.line)
        if not room.survives(file, made.text, tests):
            killed += 1
            continue
        name = file.relative_to(room.home)
        print(f"{name}:{made.line}: survived {len(tests)} tests: {made.before} -> {made.after}")
        sys.stdout.flush()
    return killed, tried


def interval(hits: int, tries: int) -> tuple[float, float]:
    """Wilson's interval of a share, 95%."""
    z, share = 1.959964, hits / tries
    middle = share + z * z / (2 * tries)
    half = z * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries))
    whole = 1 + z * z / tries
    return (middle - half) / whole, (middle + half) / whole


if __name__ == "__main__":
    sys.exit(main())
