"""A copy of the last commit in which one room is measured and then broken, fault by fault."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from coverage import Coverage, CoverageData

from tests.mutation.fewer import EXAMPLES
from tests.mutation.forked import LEFT_ALONE

ROOT = Path(__file__).parents[2]
FORKED = Path(__file__).with_name("forked.py")  # that of today, whatever the copy has
BEFORE = 30.0  # s that a run of pytest may take to begin, and a busy machine to go on
PROOFS = {"analysis": ("tests/analysis", "tests/checking")}  # rules are what analyses are for
ALONE = ("-n", "0", "--dist", "no", "-q", "-p", "no:cacheprovider", "-p", "tests.mutation.fewer")
PATIENCE = 60.0  # s of tests (as they take unbroken) that a fault has to survive


class Room:
    """One package of salesflow with its tests; all work is done in a copy.

    ``tests``: paths of the tests that are to notice, its own where none are named. ``committed``:
    whether the copy is of the last commit, or of the files as they are. ``examples``: how many a
    law may try, 0 for as many as it says.
    """

    def __init__(
        self, name: str, *, tests: Sequence[str] = (), committed: bool = True, examples: int = 0
    ) -> None:
        self.name = name
        self.examples = examples
        self.home = Path(tempfile.mkdtemp(prefix=f"salesflow-{name}-"))
        _copied(self.home, committed=committed)
        own = (*PROOFS.get(name, (f"tests/{name}",)), "tests/test_cases.py")
        self.tests = tuple(tests) or own
        self.took: dict[str, float] = {}
        self.data = CoverageData()
        self.forks: subprocess.Popen[str] | None = None

    @property
    def files(self) -> list[Path]:
        return sorted(self.home.glob(f"salesflow/{self.name}/**/*.py"))

    def measure(self, workers: int) -> str:
        """Run all tests of the room once; the table of its coverage."""
        options = [f"--cov=salesflow/{self.name}", "--cov-context=test", "--cov-report="]
        spread = ("-n", str(workers)) if workers > 1 else ()
        done = self._pytest([*options, "-p", "tests.mutation.timing", *spread, *self.tests], 7200.0)
        if done not in (0, 1):  # a test that fails unbroken is left out below
            raise SystemExit(f"the tests of {self.name} cannot be run: {done}")
        self.took = json.loads((self.home / "timing.json").read_text())
        if self._pytest(["--collect-only", self._listed([*self.took])], 600.0) != 0:
            raise SystemExit("some tests cannot be found by their names again")
        self.data = CoverageData(str(self.home / ".coverage"))
        self.data.read()
        return self._table()

    def _table(self) -> str:
        here = os.getcwd()
        os.chdir(self.home)
        try:
            coverage = Coverage(data_file=".coverage", config_file="pyproject.toml")
            coverage.load()
            with open("table.txt", "w", encoding="utf-8") as stream:
                coverage.report(file=stream, show_missing=True, skip_covered=True)
            return Path("table.txt").read_text(encoding="utf-8")
        finally:
            os.chdir(here)

    def tests_of(self, file: Path, line: int) -> list[str]:
        """The tests that run a line, the quickest first, as many as patience reaches."""
        by_line = self.data.contexts_by_lineno(str(file))
        line = max((ran for ran in by_line if ran <= line), default=line)  # of a long statement
        contexts = {each.partition("|")[0] for each in by_line.get(line, ()) if each}
        if not contexts:  # run when the module is imported: whoever uses it might notice
            ran = line in by_line
            contexts = {c.partition("|")[0] for row in by_line.values() for c in row if c and ran}
            if ran and not contexts:  # a module of values only: any test
                return self._in_patience(self.took)
        return self._in_patience(contexts & self.took.keys())

    def _in_patience(self, passing: Iterable[str]) -> list[str]:
        """As many tests, of those that pass unbroken, as patience reaches, the quickest first."""
        chosen, spent = [], 0.0
        for name in sorted(passing, key=lambda name: (self.took[name], name)):
            spent += self.took[name]
            if spent > PATIENCE and chosen:
                break
            chosen.append(name)
        return chosen

    def survives(self, file: Path, text: str, tests: list[str]) -> bool:
        """Whether all of the tests still pass with another text in the file."""
        if not tests:
            return True
        options = ["-x", self._listed(tests)]
        seconds = BEFORE + 5 * sum(self.took.get(name, PATIENCE) for name in tests)
        code = self._forked(file, text, options, seconds)
        return (self._put(file, text, options, seconds) if code == LEFT_ALONE else code) == 0

    def _forked(self, file: Path, text: str, options: list[str], seconds: float) -> int | None:
        """The exit code of pytest in a fork of a process that has imported everything."""
        forks = self.forks or self._started()
        assert forks.stdin
        assert forks.stdout
        words = {"file": str(file), "text": text, "options": [*ALONE, *options], "seconds": seconds}
        forks.stdin.write(f"{json.dumps(words)}\n")
        forks.stdin.flush()
        told: int | None = json.loads(forks.stdout.readline())
        return told

    def _started(self) -> subprocess.Popen[str]:
        words = [sys.executable, "-P", str(FORKED), *ALONE, *self.tests]
        self.forks = subprocess.Popen(
            words,
            cwd=self.home,
            env=self._environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.forks.stdout
        if json.loads(self.forks.stdout.readline()) != 0:
            raise SystemExit("the tests cannot be collected")
        return self.forks

    def _put(self, file: Path, text: str, options: list[str], seconds: float) -> int | None:
        """The exit code of pytest in a process of its own, with the text in the file."""
        before = file.read_text(encoding="utf-8")
        file.write_text(text, encoding="utf-8")
        try:
            return self._pytest(options, seconds)
        finally:
            file.write_text(before, encoding="utf-8")

    def _listed(self, tests: list[str]) -> str:
        """The tests as an argument, which may be many."""
        file = self.home / "tests.txt"
        file.write_text("".join(f"{name}\n" for name in tests), encoding="utf-8")
        return f"@{file}"

    def _pytest(self, options: list[str], seconds: float) -> int | None:
        """The exit code of pytest in the copy; None where it took too long."""
        words = [sys.executable, "-m", "pytest", *ALONE, *options]
        try:
            return subprocess.run(
                words,
                cwd=self.home,
                env=self._environment(),
                capture_output=True,
                timeout=seconds,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            return None

    def _environment(self) -> dict[str, str]:
        """As little of ours as can be: the copy is what is imported."""
        return {
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": str(self.home),
            "SALESFLOW_TIMING": str(self.home / "timing.json"),
            **({EXAMPLES: str(self.examples)} if self.examples else {}),
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.forks is not None:
            self.forks.kill()
            self.forks.wait()
        subprocess.run(["rm", "-rf", str(self.home)], check=False)


def _copied(home: Path, *, committed: bool) -> None:
    """The project's files, without what is not of the project."""
    listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    words = ["git", "archive", "HEAD"] if committed else ["git", *listed]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout
    if not committed:
        names = b"\0".join(
            name for name in told.split(b"\0") if (ROOT / os.fsdecode(name)).is_file()
        )
        pack = ["tar", "-c", "--null", "-T", "-"]
        told = subprocess.run(pack, input=names, cwd=ROOT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x"], input=told, cwd=home, check=True)
