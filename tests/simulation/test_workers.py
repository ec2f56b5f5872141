"""Worker processes as a user has them: Ctrl-C in a terminal, scripts without a guard."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from salesflow.simulation import engines
from tests.simulation.small import program

ROOT = Path(__file__).parents[2]

LONG = """
import sys
from tests.simulation.small import small
import salesflow as sf

def tell(done, total):
    if done >= 200:  # so many that the first ones are among them, whoever plays them
        print("now", flush=True)

if __name__ == "__main__":
    result = sf.simulate(
        small(), duration="2w", warmup="1w", replications=5000, engine="python",
        workers=int(sys.argv[1]), progress=tell,
    )
    print(result.interrupted, result.replications >= 3, result.warnings)
"""
UNGUARDED = """
import salesflow as sf
from tests.simulation.small import small
sf.simulate(small(), duration="2w", warmup="1w", replications=4, engine="python", workers=2)
"""

posix = pytest.mark.skipif(os.name == "nt", reason="signals of process groups")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def gone(group: int) -> bool:
    """Whether nobody of the group is left; the last ones need a moment to see that they may go."""
    for _ in range(600):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@posix
@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupt_from_the_terminal_ends_all_processes_and_keeps_the_result(
    workers: int,
) -> None:
    Path("long.py").write_text(LONG)
    run = subprocess.Popen(
        [sys.executable, "long.py", str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "now\n"
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the workers too
    said, errors = run.communicate(timeout=60)
    assert run.returncode == 0
    assert "Traceback" not in errors
    last = said.splitlines()[-1]
    assert last.startswith("True True ('Interrupted after ")
    assert gone(run.pid)


def test_a_script_without_a_guard_is_told_what_to_do() -> None:
    Path("unguarded.py").write_text(UNGUARDED)
    run = subprocess.run(
        [sys.executable, "unguarded.py"], capture_output=True, text=True, check=False, timeout=100
    )
    assert run.returncode == 1
    assert 'simulate below `if __name__ == "__main__":`.)' in run.stderr


def test_the_size_of_a_program_that_travels() -> None:
    from salesflow.simulation.replicate import pack, play_packed

    whole = program(weeks=500)  # as many hours as ten years have
    packed = pack(whole)
    assert len(packed.content) < 200_000
    short = program(weeks=2)
    assert play_packed(pack(short), engines.play, "python", 3, 1) == engines.play(
        "python", short, 3, 1
    )
