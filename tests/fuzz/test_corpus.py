"""What was found once stays mended: each input of ``corpus/TARGET`` and each seed, without a fuzzer."""

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.harmless import Hang, harmless, in_time
from tests.fuzz.run import TARGETS

CORPUS = Path(__file__).parent / "corpus"
FOUND = sorted(file for file in CORPUS.glob("*/*") if file.is_file())
MOST_SEEDS = 40  # of a target, spread over all of them


def target(name: str) -> Any:
    return importlib.import_module(f"tests.fuzz.targets.{name}")


@pytest.mark.parametrize("file", FOUND, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_what_was_found_once_stays_mended(file: Path) -> None:
    with in_time():
        target(file.parent.name).run(file.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_are_in_order(name: str) -> None:
    seeds = list(target(name).seeds())
    assert len(seeds) >= 8
    for seed in seeds[:: 1 + len(seeds) // MOST_SEEDS]:
        with in_time():
            target(name).run(seed)


def test_every_folder_of_the_corpus_is_of_a_target() -> None:
    assert {file.parent.name for file in FOUND} <= set(TARGETS)


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[31m",
        "a\u202eb",
        "::error::x",
        "  ##[error]x",
        "a\n::warning::x",
        "a\n##vso[x]",
        "\x9b2J",
    ],
)
def test_the_judge_sees_harm(text: str) -> None:
    with pytest.raises(AssertionError):
        harmless(text)


def test_the_judge_knows_our_own_commands() -> None:
    assert harmless("::error file=a::x\n", ours="::error file=a.*")
    with pytest.raises(AssertionError):
        harmless("::error file=a::x\n::set-output::\n", ours="::error file=a.*")


def test_a_hang_is_noticed() -> None:
    with pytest.raises(Hang), in_time(0.05):
        sum(1 for _ in iter(int, 1))


def test_a_fault_ends_a_run(tmp_path: Path) -> None:
    """A target that fails has to fail the command: shown with one that does."""
    code = (
        "import sys, types, tests.fuzz.run as run\n"
        "import tests.fuzz.targets.config as target\n"
        "def fault(data): raise RuntimeError('planted')\n"
        "target.run = fault\n"
        f"sys.argv = ['run', 'config', '--runs=3', '--home={tmp_path}']\n"
        "run.main()\n"
    )
    pytest.importorskip("atheris", reason="the fuzzer: pip install 'salesflow[fuzz]' (Linux)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode not in (0, 2)
    assert b"planted" in done.stdout + done.stderr
    assert list(tmp_path.rglob("crash-*"))
