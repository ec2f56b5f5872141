"""How a run ends: exit codes, and a message instead of a traceback."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence

from salesflow.cli.output import annotates, wants_colour
from salesflow.errors import LoadError, SalesflowError
from salesflow.findings import Finding

CLEAN, FOUND, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130
REPORT_AT = "https://github.com/salesflow/salesflow/issues"


def guarded(body: Callable[[], object], *, traceback: bool) -> int:
    """Run a verb; its exit code, or that of what went wrong. With ``traceback`` faults rise."""
    try:
        code = body()
        sys.stdout.flush()
    except LoadError as problem:
        _annotate_findings(problem)
        return does_not_load(problem.findings, problem.texts)
    except SalesflowError as problem:
        first, *others = map(str, problem.args or ("",))
        for said in (f"salesflow: {first}", *others):
            tell(said)
        annotate([first, *others])
        return USAGE
    except KeyboardInterrupt:
        tell("salesflow: interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        _turn_away()  # whoever read us has left (`| head`): ending quietly is what they expect
        return CLEAN
    except Exception as fault:
        if isinstance(fault, OSError) and fault.filename is None:  # a stream, not a file
            _turn_away()
            tell(f"salesflow: the output cannot be written: {(fault.strerror or '').lower()}.")
            return USAGE
        if traceback:
            raise
        return _fault(fault)
    return code if isinstance(code, int) else CLEAN


def _turn_away() -> None:
    """Let what is still to be written to standard output go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(message: str) -> None:
    """Write a line to standard error, with nothing in it that moves the cursor.

    A line break can only come from a file's name, and what follows it might command a CI system.
    """
    from salesflow.reporting.visible import line

    encoding = sys.stderr.encoding or "utf-8"
    text = line(message).encode(encoding, "backslashreplace").decode(encoding)
    sys.stderr.write(f"{text}\n")


def annotate(lines: Sequence[str]) -> None:
    """Let GitHub show a message of a run that could not do its work. Standard error reaches it too,
    and standard output may be somebody's file.
    """
    if annotates():
        from salesflow.reporting.workflow_command import workflow_command

        sys.stderr.write(workflow_command("error", {"title": "salesflow"}, lines))


def _annotate_findings(problem: LoadError) -> None:
    if annotates():
        from salesflow.checking.report import report_of
        from salesflow.reporting.plain import github

        sys.stderr.write(github(report_of(problem.findings, problem.texts)))


def does_not_load(findings: tuple[Finding, ...], texts: Mapping[str, str]) -> int:
    """Tell what hinders a file to load, in full; the exit code."""
    from salesflow.checking.report import report_of
    from salesflow.reporting.full import full

    sys.stderr.write(full(report_of(findings, texts), colour=wants_colour(sys.stderr)))
    return FOUND


def _fault(fault: Exception) -> int:
    tell(
        f"salesflow: a fault of salesflow itself, not of your files: {type(fault).__name__}: "
        f"{fault}"
    )
    annotate([f"A fault of salesflow itself: {type(fault).__name__}: {fault}"])
    tell(f"Please report it at {REPORT_AT}, with what `salesflow --traceback …` prints.")
    return FAULT
