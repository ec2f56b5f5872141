"""A process that answers one call after the other: JSON lines in, JSON lines out.

It is apart from the server so that it can be ended. ``{"tool", "arguments", "seconds"}`` comes in;
``{"progress": [done, total]}`` goes out now and then, and last ``{"answer"}`` or ``{"error"}``.
"""

import json
import os
import sys
import time
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from salesflow.errors import LoadError, SalesflowError
from salesflow.mcp_server.catalogue import call
from salesflow.mcp_server.ground import Ground, ground_of
from salesflow.mcp_server.tool import Tell

_FIRST = 20  # findings that are told of what does not load
_OFTEN = 0.25  # seconds between two words about progress
_IN_TIME = 0.8  # of the time there is: then what is complete is told
REPORT_AT = "https://github.com/salesflow/salesflow/issues"


def answered(request: Mapping[str, Any], ground: Ground, tell: Tell) -> dict[str, Any]:
    """The answer to a request, or why there is none; nothing is raised."""
    try:
        answer = call(request["tool"], request["arguments"], ground, tell)
    except LoadError as problem:
        return {"error": _does_not_load(problem)}
    except SalesflowError as problem:
        return {"error": str(problem)}
    except KeyboardInterrupt:
        return {"error": too_long(request["seconds"])}
    except Exception as fault:  # noqa: BLE001 - whatever it is, an assistant is to be told
        return {
            "error": "A fault of salesflow itself, not of your files: "
            f"{type(fault).__name__}: {fault}\nPlease report it at {REPORT_AT}."
        }
    picture = b64encode(answer.picture).decode() if answer.picture else ""
    return {"answer": {"text": answer.text, "data": answer.data, "picture": picture}}


def too_long(seconds: float) -> str:
    """What is said where the time is up."""
    return (
        f"This took longer than {seconds:g} seconds and was ended. Ask for less (fewer "
        "`replications`, a shorter `duration`, one file), or run it in a terminal."
    )


def _does_not_load(problem: LoadError) -> str:
    from salesflow.checking.report import report_of
    from salesflow.reporting.full import full
    from salesflow.reporting.words import count

    left = len(problem.findings) - _FIRST
    more = f"… and {count(left, 'more finding')}.\n" if left > 0 else ""
    report = full(report_of(problem.findings[:_FIRST], problem.texts))
    return f"It does not load. Mend this first:\n\n{report}{more}"


def _telling(seconds: float) -> Tell:
    """Says how far the work is; once the time is nearly up it interrupts, as a person would."""
    began = time.monotonic()
    said = began

    def tell(done: float, total: float) -> None:
        nonlocal said
        now = time.monotonic()
        if now - began > seconds * _IN_TIME:
            raise KeyboardInterrupt
        if now - said > _OFTEN:
            said = now
            _write({"progress": [done, total]})

    return tell


def _write(message: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main(roots: list[str]) -> None:
    """Answer until nobody asks any more. The first root is the working folder."""
    ground = ground_of(roots)
    os.chdir(ground.roots[0])
    for line in sys.stdin:
        request = json.loads(line)
        _write(answered(request, ground, _telling(request["seconds"])))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(0)  # the server has gone
