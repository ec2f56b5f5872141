"""A process that has imported a room and its tests once, and forks itself for each fault.

Starting Python and importing all that tests need takes seconds, a test that notices a fault mostly
milliseconds. So the code of the functions that a fault changes is put into functions that are there
already. What is worked out when a module is imported (a table, a default) cannot be changed so, and
is left to a process of its own (``room.py``). Tests whose cases are worked out at import see those
of the unbroken room: they may miss a fault, never invent one.
"""

import gc
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FunctionType

import pytest

LEFT_ALONE = 97  # the exit code where only a new process can tell


def main() -> None:
    """Collect once what the arguments say, then answer a line of JSON with a line of JSON."""
    quiet, answers = os.open(os.devnull, os.O_WRONLY), os.dup(1)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    code = pytest.main(["--collect-only", *sys.argv[1:]])
    os.write(answers, f"{json.dumps(int(code))}\n".encode())
    for line in sys.stdin:
        asked = json.loads(line)
        told = _forked(asked["file"], asked["text"], asked["options"], asked["seconds"])
        os.write(answers, f"{json.dumps(told)}\n".encode())


def _forked(file: str, text: str, options: list[str], seconds: float) -> int | None:
    """The exit code of pytest in a copy of this process with the fault; None where it took too long."""
    child = os.fork()
    if child == 0:
        os.setsid()
        try:
            put = changed(file, text)
            os._exit(int(pytest.main(options)) if put else LEFT_ALONE)
        finally:
            os._exit(1)  # whatever a fault may raise out of pytest is noticed
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def changed(file: str, text: str) -> bool:
    """Give the functions of a module the code that they have in another text of it, if that will do."""
    now = compile(Path(file).read_bytes(), file, "exec")
    new = compile(text, file, "exec")
    if [_shape(each) for each in _bodies(now)] != [_shape(each) for each in _bodies(new)]:
        return False
    pairs = zip(_functions(now), _functions(new), strict=True)
    codes = {old: other for old, other in pairs if _meant(old) != _meant(other)}
    made_inside = {each for old in codes for each in _inside(old)}
    living = [each for each in gc.get_objects() if isinstance(each, FunctionType)]
    living = [each for each in living if each.__code__.co_filename == file]
    if any(each.__code__ in made_inside for each in living):  # by a decorator, for one
        return False
    found = set()
    for function in living:
        if function.__code__ in codes:
            found.add(function.__code__)
            try:
                function.__code__ = codes[function.__code__]
            except ValueError:  # another number of free variables
                return False
    _forget()
    return bool(codes) and found == codes.keys()


def _forget() -> None:
    """What was cached while the tests were collected was worked out without the fault."""
    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper):
            each.cache_clear()


def _nested(code: CodeType) -> Iterator[CodeType]:
    yield from (each for each in code.co_consts if isinstance(each, CodeType))


def _inside(code: CodeType) -> Iterator[CodeType]:
    for each in _nested(code):
        yield each
        yield from _inside(each)


def _is_body(code: CodeType) -> bool:
    """Whether a class's body: it is run at import, as the module's own code is."""
    return not code.co_flags & 0x2  # CO_NEWLOCALS: functions have it, classes do not


def _bodies(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in _nested(code):
        if _is_body(each):
            yield from _bodies(each)


def _functions(code: CodeType) -> Iterator[CodeType]:
    """The outermost functions, in the order of the text."""
    for each in _nested(code):
        yield from _functions(each) if _is_body(each) else (each,)


def _shape(code: CodeType) -> object:
    """What is run at import, without the functions that are made there."""
    consts = [
        each.co_qualname if isinstance(each, CodeType) else (type(each), repr(each))
        for each in code.co_consts
    ]
    return code.co_qualname, code.co_code, code.co_names, consts


def _meant(code: CodeType) -> object:
    """What a function does, wherever it stands."""
    consts = [
        _meant(each) if isinstance(each, CodeType) else (type(each), repr(each))
        for each in code.co_consts
    ]
    names = code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars
    return code.co_code, names, consts, code.co_exceptiontable


if __name__ == "__main__":
    main()
