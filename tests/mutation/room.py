"""A copy of the last commit in which one room is measured and then broken, fault by fault."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from coverage import Coverage, CoverageData

ROOT = Path(__file__).parents[2]
BEFORE = 30.0  # s that a run of pytest may take to begin
PROOFS = {"analysis": ("tests/analysis", "tests/checking")}  # rules are what analyses are for
ALONE = ("-n", "0", "--dist", "no", "-q", "-p", "no:cacheprovider")
PATIENCE = 60.0  # s of tests (as they take unbroken) that a fault has to survive


class Room:
    """One package of salesflow with its tests; all work is done in a copy."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.home = Path(tempfile.mkdtemp(prefix=f"salesflow-{name}-"))
        archive = subprocess.run(
            ["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True
        )
        subprocess.run(["tar", "-x"], input=archive.stdout, cwd=self.home, check=True)
        self.took: dict[str, float] = {}
        self.data = CoverageData()

    @property
    def files(self) -> list[Path]:
        return sorted(self.home.glob(f"salesflow/{self.name}/**/*.py"))

    def measure(self) -> str:
        """Run all tests of the room once; the table of its coverage."""
        options = [f"--cov=salesflow/{self.name}", "--cov-context=test", "--cov-report="]
        folders = [*PROOFS.get(self.name, (f"tests/{self.name}",)), "tests/test_cases.py"]
        done = self._pytest([*options, "-p", "tests.mutation.timing", *folders], 3600.0)
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
        passing = contexts & self.took.keys()  # one that fails unbroken notices nothing
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
        before = file.read_text(encoding="utf-8")
        listed = self._listed(tests)
        file.write_text(text, encoding="utf-8")
        try:
            expected = sum(self.took[name] for name in tests)
            return self._pytest(["-x", listed], BEFORE + 5 * expected) == 0
        finally:
            file.write_text(before, encoding="utf-8")

    def _listed(self, tests: list[str]) -> str:
        """The tests as an argument, which may be many."""
        file = self.home / "tests.txt"
        file.write_text("".join(f"{name}\n" for name in tests), encoding="utf-8")
        return f"@{file}"

    def _pytest(self, options: list[str], seconds: float) -> int | None:
        """The exit code of pytest in the copy; None where it took too long."""
        timing = str(self.home / "timing.json")
        quiet = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
        words = [sys.executable, "-m", "pytest", *ALONE]
        try:
            done = subprocess.run(
                [*words, *options],
                cwd=self.home,
                env={
                    **os.environ,
                    **quiet,
                    "PYTHONPATH": str(self.home),
                    "SALESFLOW_TIMING": timing,
                },
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
        return done.returncode
