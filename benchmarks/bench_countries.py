"""A base and a variant of it for each of fifty countries: what a folder costs beside one file.

Run with ``pytest -n 0 benchmarks/bench_countries.py``. The yardstick is the check of the base
alone, in the same run: fifty-one processes may take 55 times as long, also where the base has
errors, which each variant has too.
"""

from pathlib import Path
from typing import Any

import pytest
from countries import BASE, write

from salesflow.changes.variants import variants
from salesflow.checking.paths import check_paths

STEPS, COUNTRIES = 200, 50


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a clean base and its variants."""
    made: Path = tmp_path_factory.mktemp("countries")
    write(made, steps=STEPS, countries=COUNTRIES)
    return made


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, and what the base requires is given by no source any more."""
    made: Path = tmp_path_factory.mktemp("faulty")
    write(made, steps=STEPS, countries=COUNTRIES)
    text = (made / BASE).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.endswith("_status: filled")]
    (made / BASE).write_text("\n".join([*lines, ""]), encoding="utf-8")
    return made


def errors(path: Path) -> int:
    """How many errors a check tells."""
    return check_paths([str(path)]).summary["error"]


@pytest.mark.parametrize("what", ["base alone", "folder", "folder with errors in the base"])
def test_check(benchmark: Any, folder: Path, faulty: Path, what: str) -> None:
    """All that a check of the folder does, files read."""
    benchmark.group = f"{STEPS} steps, {COUNTRIES} variants"
    path = {"base alone": folder / BASE, "folder": folder}.get(what, faulty)
    found = benchmark.pedantic(errors, args=(path,), rounds=3, warmup_rounds=1)
    assert bool(found) == (path is faulty)


def test_table(benchmark: Any, folder: Path) -> None:
    """All variants beside the base, as ``show --variants`` has them."""
    benchmark.group = f"{STEPS} steps, {COUNTRIES} variants"
    (found,) = benchmark.pedantic(variants, args=(str(folder),), rounds=2)
    assert len(found.variants) == COUNTRIES
