"""Comparing versions: edits, behaviour, running deals and files in git, beside deepdiff.

Run with ``pytest -n 0 benchmarks/bench_diff.py``; deepdiff is not among the extras, so install it
for that (``pip install deepdiff``). Goals, after loading: a pair of 1,000 steps with 50 edits at
most 100 ms, and 97% of its renames found; behaviour of 5,000 steps in a row at most 0.5 s, of a
block of 14 branches too; 100,000 running deals at most 1 s; 200 files against a git base at most
1 s on top of git (``git_s``).
"""

import json
import random
import subprocess
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from believable import process
from shaped import branches, document, sequence
from versions import Pair, pair

import salesflow as sf
from salesflow.changes.behaviour.judge import behaviour
from salesflow.changes.compare import sides_of
from salesflow.changes.comparing import changed
from salesflow.changes.matching.match import match
from salesflow.changes.matching.nouns import Matching
from salesflow.changes.running.judge import running_deals
from salesflow.changes.sheet import sheet_of
from salesflow.changes.versions import since
from salesflow.process.dump import dump
from salesflow.process.model import Process

pytestmark = pytest.mark.benchmark(timer=time.process_time)

ENTERPRISE = Path(__file__).parent.parent / "examples" / "enterprise"
STEPS, EDITS = 1_000, 50
Data = dict[str, Any]


@lru_cache(maxsize=1)  # what is kept is looked at whenever Python collects garbage
def versions(steps: int = STEPS, seed: int = 5) -> tuple[Process, Process, Pair]:
    """A loaded pair, and what was done to it."""
    made = pair(steps, edits=EDITS, seed=seed)
    return sf.load(made.old), sf.load(made.new), made


def matched(old: Process, new: Process) -> Matching:
    return match(sheet_of(old), sheet_of(new))


# Edits


def test_edits(benchmark: Any) -> None:
    """Matched, compared and judged by the catalogue."""
    benchmark.group = f"{STEPS:,} steps, {EDITS} edits"
    old, new, _ = versions()
    found = benchmark.pedantic(lambda: changed(old, new), rounds=7, warmup_rounds=1)
    assert len(found.edits) >= EDITS
    benchmark.extra_info["edits"] = len(found.edits)


def test_edits_by_deepdiff(benchmark: Any) -> None:
    """The yardstick, on the same documents as plain data."""
    deepdiff = pytest.importorskip("deepdiff", reason="pip install deepdiff")
    benchmark.group = f"{STEPS:,} steps, {EDITS} edits"
    old, new, _ = versions()
    before, after = dump(old), dump(new)

    def compare() -> Any:
        return deepdiff.DeepDiff(before, after, ignore_order=True)

    found = benchmark.pedantic(compare, rounds=2)
    benchmark.extra_info["edits"] = sum(len(each) for each in found.values())
    benchmark.extra_info["values"] = leaves(found, before, after)


def leaves(found: Any, before: Data, after: Data) -> int:
    """How many single values are in all that is told to be added, removed or changed."""
    from deepdiff import extract

    shown = 0
    for kind, changes in found.items():
        sides = {"dictionary_item_added": after, "dictionary_item_removed": before}
        for path in changes:
            one = changes[path] if isinstance(changes, dict) else None
            if kind in sides:
                shown += count(extract(sides[kind], path))
            elif isinstance(one, dict):
                shown += max(map(count, one.values()))
            else:
                shown += count(one)
    return shown


def count(value: Any) -> int:
    """The values in data that hold no others."""
    if isinstance(value, dict):
        return sum(map(count, value.values()))
    return sum(map(count, value)) if isinstance(value, list) else 1


@pytest.mark.parametrize("steps", [100, 1_000, 3_000])
def test_growth(benchmark: Any, steps: int) -> None:
    """Edits of larger pairs."""
    benchmark.group = "edits, by size"
    old, new, _ = versions(steps)
    benchmark.pedantic(lambda: changed(old, new), rounds=3, warmup_rounds=1)


@pytest.mark.parametrize("seed", range(5, 15))
def test_renames(benchmark: Any, seed: int) -> None:
    """How many of those that are true are found, and how many are told that are not."""
    benchmark.group = "matching, renames found"
    old, new, made = versions(STEPS, seed)
    found = benchmark.pedantic(lambda: matched(old, new), rounds=1)
    right = sum(found.new_of.get(before) == after for before, after in made.renamed.items())
    told = [one for one in found.matches.values() if one.confidence < 1]
    wrong = sum(made.renamed.get(one.old) != one.new for one in told)
    benchmark.extra_info["recall"] = round(right / len(made.renamed), 3)
    benchmark.extra_info["wrong"] = wrong
    assert right >= 0.97 * len(made.renamed)


# Behaviour


def test_a_sequence(benchmark: Any) -> None:
    """5,000 steps in a row; in the middle two come in the other order."""
    benchmark.group = "behaviour"
    data = sequence(5_000)
    turned = json.loads(json.dumps(data))
    steps = turned["steps"]
    steps["s2499"]["next"]["good"] = "s2501"
    steps["s2501"]["next"]["good"] = "s2500"
    steps["s2500"]["next"]["good"] = "s2502"
    judged(benchmark, data, turned, "different")


def test_a_longer_sequence(benchmark: Any) -> None:
    """A step more, at the end of 5,000."""
    benchmark.group = "behaviour"
    judged(benchmark, sequence(5_000), sequence(5_001), "different")


def test_a_wide_block(benchmark: Any) -> None:
    """14 branches, whose block may also be left now."""
    benchmark.group = "behaviour"
    data = branches(14)
    more = json.loads(json.dumps(data))
    more["outcomes"]["lost"] = {"kind": "lost"}
    first = more["steps"]["papers"]["parallel"]["b0"]["steps"]["s"]
    first["next"] = {"done": "done", "hopeless": "leave"}
    more["steps"]["papers"]["next"]["hopeless"] = "lost"
    judged(benchmark, data, more, "more")


def test_a_block_made_sequential(benchmark: Any) -> None:
    """14 branches, and the same steps one after the other."""
    benchmark.group = "behaviour"
    wide = branches(14)
    named = {f"b{n}": {"steps": {f"t{n}": {"next": {"ready": "done"}}}} for n in range(14)}
    wide["steps"]["papers"]["parallel"] = named
    row: Data = {f"t{n}": {"next": {"ready": f"t{n + 1}" if n < 13 else "won"}} for n in range(14)}
    judged(benchmark, wide, document(row, "t0"), "")


def judged(benchmark: Any, before: Data, after: Data, verdict: str) -> None:
    """What is judged is known, unless it is left open ("")."""
    old, new = sf.load(before), sf.load(after)
    matching = matched(old, new)
    sides = sides_of(old, new, matching)

    def judge() -> Any:
        return behaviour(old, new, matching, sides=sides)

    found = benchmark.pedantic(judge, rounds=5, warmup_rounds=1)
    benchmark.extra_info["verdict"] = found.verdict
    assert not verdict or found.verdict == verdict


# Running deals


def deals(process: Process, number: int, *, seed: int = 5) -> str:
    """A file of deals, each at a step of the process; every tenth at two of a block at once."""
    draw = random.Random(seed)
    nodes = [*process.nodes]
    inside = [node for node in nodes if node.count(".") == 2]
    rows = ["deal,at"]
    for deal in range(number):
        if inside and draw.random() < 0.1:
            block = draw.choice(inside).partition(".")[0]
            sides = {
                node.rsplit(".", 1)[0]: node for node in inside if node.startswith(f"{block}.")
            }
            rows.append(f"D-{deal},{'|'.join(sides.values())}")
        else:
            rows.append(f"D-{deal},{draw.choice(nodes)}")
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("size", ["the enterprise example", "1,000 steps"])
def test_running_deals(benchmark: Any, size: str) -> None:
    """Deals at all steps alike: the more steps, the more states have to be judged."""
    benchmark.group = "100,000 running deals"
    if size == "1,000 steps":
        old, new, _ = versions()
    else:
        old = sf.load(ENTERPRISE / "enterprise.salesflow.yaml")
        new = sf.load(ENTERPRISE / "enterprise_dach.salesflow.yaml")
    table, matching = deals(old, 100_000), matched(old, new)

    def judge() -> Any:
        return running_deals(table, old, new, matching, file="deals.csv")

    found = benchmark.pedantic(judge, rounds=3, warmup_rounds=1)
    assert found.checked == 100_000
    benchmark.extra_info["states"] = len(found.groups)


# Files


@pytest.mark.benchmark(timer=time.perf_counter)
def test_files_in_git(benchmark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """200 files of 20 steps against a base, all of them read; ten have changed."""
    benchmark.group = "200 files in git"
    repository(tmp_path, 200)
    monkeypatch.chdir(tmp_path)
    found = benchmark.pedantic(lambda: since("main"), rounds=3, warmup_rounds=1)
    assert len(found) == 200
    assert sum(not one.same for one in found) == 10
    benchmark.extra_info["git_s"] = git_alone()


def repository(folder: Path, number: int) -> None:
    """A branch of its own on which every twentieth file has a change."""

    def ask(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)

    ask("init", "-b", "main")
    ask("config", "user.email", "a@example.com")
    ask("config", "user.name", "a")
    for at in range(number):
        made = sf.load({**process(20, seed=at), "process": f"p{at}"})
        (folder / f"p{at}.salesflow.yaml").write_text(sf.dumps(made), encoding="utf-8")
    ask("add", ".")
    ask("commit", "-m", "all")
    ask("checkout", "-b", "change")
    for at in range(0, number, 20):
        file = folder / f"p{at}.salesflow.yaml"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("inbound", "incoming"), encoding="utf-8")


def git_alone() -> float:
    """Seconds that git takes to say the same: the base, the files then and now, and their texts."""
    start = time.perf_counter()
    for command in ("rev-parse --show-toplevel", "merge-base main HEAD", "ls-files --stage"):
        subprocess.run(["git", *command.split()], check=True, capture_output=True)
    others = ["git", "ls-files", "--others", "--exclude-standard"]
    subprocess.run(others, check=True, capture_output=True)
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--object-only", "main"], check=True, capture_output=True
    )
    subprocess.run(
        ["git", "cat-file", "--batch"], input=listed.stdout, check=True, capture_output=True
    )
    return round(time.perf_counter() - start, 3)
