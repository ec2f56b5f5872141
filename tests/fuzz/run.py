"""``python -m tests.fuzz.run TARGET|all [--seconds N] [--runs N] [--seed N]``: look for new faults.

libFuzzer drives it, guided by which code of salesflow an input reaches. What it has learned stays in
``.fuzz/TARGET``, and so does an input that breaks something: put it, small, into ``tests/fuzz/corpus``.
"""

import argparse
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.fuzz.harmless import SECONDS, in_time

TARGETS = sorted(file.stem for file in (Path(__file__).parent / "targets").glob("[a-z]*.py"))
MEMORY = 1500  # MB of this process, which holds our tables and the fuzzer's own corpus too


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("--seconds", type=int, default=0)
    parser.add_argument("--runs", type=int, default=-1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fresh", action="store_true", help="without what was learned before")
    parser.add_argument("--home", default=".fuzz", help="where to keep what is learned")
    asked = parser.parse_args()
    if asked.target == "all":
        options = [f"--seconds={asked.seconds}", f"--runs={asked.runs}", f"--seed={asked.seed}"]
        codes = [
            subprocess.run([sys.executable, "-m", "tests.fuzz.run", name, *options], check=False)
            for name in TARGETS
        ]
        return max(done.returncode for done in codes)
    fuzz(asked.target, asked)
    return 0


def fuzz(name: str, asked: argparse.Namespace) -> None:
    """Fuzz one target; libFuzzer ends the process."""
    import atheris

    home = Path(asked.home, name)
    tempfile.tempdir = str(home / "world")  # libFuzzer ends the process: nobody clears up
    shutil.rmtree(tempfile.tempdir, ignore_errors=True)
    os.makedirs(tempfile.tempdir)
    with atheris.instrument_imports(include=["salesflow"]):
        target = importlib.import_module(f"tests.fuzz.targets.{name}")
    learned, given = home / "learned", home / "seeds"
    for folder in (learned, given):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (given / f"{number:04}").write_bytes(seed)

    def one(data: bytes) -> None:
        with in_time():
            target.run(data)

    corpora = [str(learned), str(given)]
    limits = [f"-max_total_time={asked.seconds}", f"-runs={asked.runs}", f"-seed={asked.seed}"]
    bounds = [f"-rss_limit_mb={MEMORY}", f"-timeout={30 * SECONDS}", "-max_len=16384"]
    files = [f"-artifact_prefix={home}/", "-print_final_stats=1", *corpora]
    atheris.Setup([sys.argv[0], *limits, *bounds, *files], one)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
