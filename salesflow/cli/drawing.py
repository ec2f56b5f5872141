"""What ``draw`` does once its options are understood: read, draw, write, show."""

import os
import sys

from salesflow import api
from salesflow.checking.config import read_settings
from salesflow.cli.chosen import chosen, tell_passed_over
from salesflow.cli.outcome import CLEAN, tell
from salesflow.cli.output import spare, write_file, write_out
from salesflow.cli.question import writable
from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.loaded import process_of
from salesflow.process.model import Process
from salesflow.reporting.birdseye import said_of
from salesflow.schema.assemble import assemble_text
from salesflow.source.files import STDIN_NAME
from salesflow.source.limits import DEFAULT_LIMITS

ENDINGS = FrozenMap(
    {
        ".mmd": "mermaid",
        ".mermaid": "mermaid",
        ".dot": "dot",
        ".gv": "dot",
        ".svg": "svg",
        ".png": "png",
        ".html": "html",
        ".htm": "html",
        ".bpmn": "bpmn",
    }
)
_SHOWN = ("html", "svg", "png")  # what a browser shows


class Asked(Noun):
    """What was asked on the command line, None where nothing was."""

    output: str | None = None
    format: str | None = None
    view: str = "flow"
    only: tuple[str, ...] = ()
    around: int | None = None
    depth: int | None = None
    findings: bool = False
    result: str | None = None
    heat: str | None = None
    against: str | None = None
    shown: bool = False


def draw(path: str, asked: Asked) -> int:
    """Draw a process and write the picture; the exit code."""
    spare([(asked.format or "svg", asked.output)], (path, asked.against, asked.result))
    name = _format(asked)
    _hold(asked, name)
    held = chosen(path)
    (file,) = held.processes
    old, process = _versions(asked.against, file)
    picture = api.draw(
        process,
        name,
        findings=_found(process, file) if asked.findings else (),
        result=asked.result,
        heat=asked.heat or "waiting",
        view=asked.view,
        only=asked.only,
        around=asked.around,
        depth=asked.depth,
        against=old,
    )
    target = asked.output or (_kept(process, name) if asked.shown else None)
    if target is None:
        _write_out(picture)
    else:
        write_file(target, picture)
        tell(f"Wrote {target}.")
    tell_passed_over(held, "drawn")
    if name == "mermaid" and isinstance(picture, str) and (note := said_of(picture)):
        tell(f"{note} `-o FILE.svg` draws all of it.")
    if target is not None and asked.shown:
        show(target)
    return CLEAN


def _format(asked: Asked) -> str:
    """The format that is asked for, or that the ending of the file names."""
    if asked.output is None:
        return asked.format or ("html" if asked.shown else "mermaid")
    writable([asked.output])
    ending = os.path.splitext(asked.output)[1].lower()
    named = ENDINGS.get(ending)
    if asked.format is None and named is None:
        raise UsageError(
            f"The format of `{asked.output}` is unknown: end the name with one of "
            f"{', '.join(ENDINGS)}, or say which with `--format`."
        )
    if None not in (asked.format, named) and asked.format != named:
        raise UsageError(
            f"`{asked.output}` ends like {named}, and `--format` says {asked.format}: leave out "
            "`--format`, or give the file another ending."
        )
    return asked.format or str(named)


def _hold(asked: Asked, name: str) -> None:
    """Hold that what goes together is together."""
    if asked.heat is not None and asked.result is None:
        raise UsageError(
            "`--heat` shows the result of a simulation: run `salesflow simulate PATH --format json "
            "-o result.json`, then add `--result result.json`."
        )
    if asked.shown and name not in _SHOWN:
        raise UsageError(f"`--open` shows {', '.join(_SHOWN[:-1])} or {_SHOWN[-1]}, not {name}.")
    if name == "bpmn" and asked.findings:  # whatever is found
        raise UsageError("BPMN holds the process and nothing else: leave out `--findings`.")
    if name == "png" and asked.output is None and not asked.shown and sys.stdout.isatty():
        raise UsageError("A png is nothing for a terminal: write it with `-o FILE.png`.")


def _versions(against: str | None, file: str) -> tuple[Process | None, Process]:
    """The old version, if one is asked for, and the process."""
    stdin = b""
    if api.STANDARD_INPUT in (file, against):
        # No more than is needed to see that it is too much: it may be endless.
        stdin = sys.stdin.buffer.read(4 * DEFAULT_LIMITS.characters + 4)
    if against is None:
        return None, _loaded(file, stdin)
    if os.path.isdir(against):
        (old,) = chosen(against).processes
        return api.load(old), _loaded(file, stdin)
    from salesflow.changes.versions import versions  # only where versions are compared

    (pair,) = versions(against, file, stdin=stdin)
    return pair.old, pair.new or _loaded(file, stdin)


def _loaded(file: str, stdin: bytes) -> Process:
    """The process of a file, or of what standard input holds."""
    if file != api.STANDARD_INPUT:
        return api.load(file)
    return process_of(assemble_text(stdin, file=STDIN_NAME))


def _found(process: Process, file: str) -> tuple[Finding, ...]:
    """What `check` would report, with the configuration that speaks for the file."""
    from salesflow.checking.run import checked  # the rules are slow to import
    from salesflow.checking.select import choose

    settings = read_settings(file if file != api.STANDARD_INPUT else ".")
    found = checked(process, choose(settings.selection))
    if settings.baseline is None:
        return found
    from salesflow.checking.baseline import read_baseline

    return read_baseline(settings.baseline).left(found)[0]


def _kept(process: Process, name: str) -> str:
    """A file that stays when we are gone, for a browser to read."""
    from tempfile import mkdtemp

    return os.path.join(mkdtemp(prefix="salesflow-"), f"{process.id}.{name}")


def show(file: str) -> None:
    """Open a file in the browser, or say that there is none."""
    import webbrowser  # slow to import
    from pathlib import Path

    if not webbrowser.open(Path(file).resolve().as_uri()):
        tell(f"There is no browser to open: look at {file} yourself.")


def _write_out(picture: str | bytes) -> None:
    if isinstance(picture, str):
        write_out(picture)
    else:
        sys.stdout.buffer.write(picture)
        sys.stdout.buffer.flush()
