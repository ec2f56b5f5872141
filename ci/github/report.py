"""The steps of the action (action.yml): salesflow runs, and its reports go where GitHub shows them.

``report.py check|test|compare|simulate|draw`` ends with the exit code of salesflow. Annotations
need no word: salesflow adds them by itself. What users give comes as environment variables, never
as text of a script, and paths come behind a ``--``.
"""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable

MOST = 900_000  # bytes; GitHub drops a summary of a step with more than 1 MiB


def main() -> int:
    """Run the step that is asked for."""
    steps: dict[str, Callable[[], int]] = {
        "check": check,
        "test": test,
        "compare": compare,
        "simulate": simulate,
        "draw": draw,
    }
    return steps[sys.argv[1]]()


def check() -> int:
    """Findings: in the log, on the lines, in the summary, and where asked for as SARIF."""
    options = ["--format", "full", "--format", "markdown", "-o", fresh("check.md")]
    if given("SARIF"):
        options += ["--format", "sarif", "-o", given("SARIF")]
    code = salesflow("check", *option("--fail-on", "FAIL_ON"), *options, paths=paths())
    summarize("check.md")
    return code


def test() -> int:
    """What became of tests. Processes that have none are no fault."""
    options = ["--dependents", "--format", "full", "--format", "markdown", "-o", fresh("test.md")]
    code = salesflow("test", *options, paths=paths())
    summarize("test.md")
    return code


def compare() -> int:
    """What a pull request changes; the report is kept for the comment."""
    options = [*option("--fail-on", "DIFF_FAIL_ON"), *option("--deals", "DEALS")]
    report, data = fresh("comment.md"), fresh("diff.json")
    written = ["--format", "text", "--format", "markdown", "-o", report]
    written += ["--format", "json", "-o", data]
    played = ["--simulate", *shlex.split(given("SIMULATE_OPTIONS"))]
    if given("SIMULATE") == "true":
        code = salesflow("diff", "--base", base(), *options, *played, *written, paths=paths())
        if os.path.exists(report):
            return compared(code, report, data)
        say(
            "warning",
            "Both versions cannot be simulated, as told above. They are compared without.",
        )
    code = salesflow("diff", "--base", base(), *options, *written, paths=paths())
    return compared(code, report, data)


def compared(code: int, report: str, data: str) -> int:
    """Hand a comparison on, if there is one."""
    if os.path.exists(report) and os.path.exists(data):
        summarize("comment.md")
        with open(data, encoding="utf-8") as stream:
            tell("level", json.load(stream)["level"])
        tell("comment", report)
    return code


def simulate() -> int:
    """What a process will do; an objective that it misses fails the job."""
    options = [*shlex.split(given("SIMULATE_OPTIONS")), "--format", "text"]
    options += ["--format", "markdown", "-o", fresh("simulate.md")]
    code = salesflow("simulate", *options, paths=paths())
    summarize("simulate.md")
    return code


def draw() -> int:
    """A picture and a page of each process, in a folder that is kept as an artifact."""
    known = fresh("processes.json")
    salesflow("check", "--fail-on", "never", "--format", "json", "-o", known, paths=paths())
    if not os.path.exists(known):
        return 0  # the check has told why
    with open(known, encoding="utf-8") as stream:
        processes = json.load(stream)["processes"]
    folder = scratch("pictures")
    os.makedirs(folder, exist_ok=True)
    for name, process in processes.items():
        stem = os.path.join(folder, name)
        drawn = ["--findings", "-o", f"{stem}.svg"], ["--findings", "-o", f"{stem}.html"]
        for options in drawn:
            if salesflow("draw", *options, paths=[process["file"]]):
                return 1
    if os.listdir(folder):
        tell("folder", folder)
    return 0


def base() -> str:
    """What a pull request is compared with: the branch that it is for.

    What is checked out is usually the merge that GitHub tries, whose first parent is that branch:
    so two commits (``fetch-depth: 2``) are enough.
    """
    branch = f"origin/{os.environ.get('GITHUB_BASE_REF', '')}"
    merge = f"{os.environ.get('GITHUB_SHA', '')}^2"
    if not in_git("rev-parse", "--verify", f"{branch}^{{commit}}"):
        head = in_git("rev-parse", "--verify", "HEAD^2")
        if head and head == in_git("rev-parse", "--verify", merge):
            return "HEAD^1"
    return branch


def in_git(*arguments: str) -> str:
    """What git says, nothing where it refuses."""
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def salesflow(verb: str, *options: str, paths: Iterable[str]) -> int:
    """Run a verb; its exit code."""
    command = [sys.executable, "-m", "salesflow", verb, *options, "--", *paths]
    return subprocess.run(command, check=False).returncode


def given(name: str) -> str:
    """What the user gave for an input, without the spaces around it."""
    return os.environ.get(f"SALESFLOW_{name}", "").strip()


def paths() -> list[str]:
    """The paths that are looked at."""
    return [line.strip() for line in given("PATHS").splitlines() if line.strip()] or ["."]


def option(name: str, source: str) -> list[str]:
    """An option, where the user gave a value for it; as one word, so that it stays a value."""
    return [f"{name}={given(source)}"] if given(source) else []


def scratch(name: str) -> str:
    """A file of ours that is nobody else's."""
    return os.path.join(os.environ["RUNNER_TEMP"], "salesflow", name)


def fresh(name: str) -> str:
    """The same, without what an earlier step of the job may have left there."""
    file = scratch(name)
    if os.path.exists(file):
        os.unlink(file)
    return file


def say(level: str, message: str) -> None:
    """An annotation without a line."""
    sys.stdout.write(f"::{level} title=salesflow::{message}\n")
    sys.stdout.flush()


def summarize(name: str) -> None:
    """Add a report to the summary of the job, where there is one."""
    target, source = os.environ.get("GITHUB_STEP_SUMMARY"), scratch(name)
    if not target or not os.path.exists(source):
        return
    with open(source, "rb") as stream:
        text = stream.read(MOST)
    with open(target, "ab") as stream:
        stream.write(text.rstrip(b"\n") + b"\n\n")


def tell(name: str, value: str) -> None:
    """Set an output of the step."""
    with open(os.environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as stream:
        stream.write(f"{name}={value}\n")


if __name__ == "__main__":
    sys.exit(main())
