"""How a run ends: exit codes, and a message instead of a traceback."""

import os
import sys
from collections.abc import Callable

from salesflow.errors import LoadError, SalesflowError

CLEAN, FOUND, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130
REPORT_AT = "https://github.com/salesflow/salesflow/issues"


def guarded(body: Callable[[], object], *, traceback: bool) -> int:
    """Run a verb; its exit code, or that of what went wrong. With ``traceback`` faults rise."""
    try:
        code = body()
        sys.stdout.flush()
    except LoadError as problem:
        return _does_not_load(problem)
    except SalesflowError as problem:
        first, *others = map(str, problem.args or ("",))
        for said in (f"salesflow: {first}", *others):
            tell(said)
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


def _does_not_load(problem: LoadError) -> int:
    from salesflow.checking.report import CheckReport
    from salesflow.cli.output import wants_colour
    from salesflow.reporting.full import full

    files = tuple(sorted({finding.file for finding in problem.findings}))
    report = CheckReport(files=files, findings=problem.findings, texts=problem.texts)
    sys.stderr.write(full(report, colour=wants_colour(sys.stderr)))
    return FOUND


def _fault(fault: Exception) -> int:
    tell(
        f"salesflow: a fault of salesflow itself, not of your files: {type(fault).__name__}: "
        f"{fault}"
    )
    tell(f"Please report it at {REPORT_AT}, with what `salesflow --traceback …` prints.")
    return FAULT
