"""``check --fix`` and ``check --diff``: what can be mended is mended, or shown as a patch."""

import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence

from salesflow import api
from salesflow.checking.config import Settings
from salesflow.checking.report import Mended
from salesflow.cli.outcome import CLEAN, FOUND, tell
from salesflow.cli.output import Pairs, write_out
from salesflow.cli.verdict import read_stdin, report_on
from salesflow.errors import UsageError
from salesflow.reporting.visible import visible
from salesflow.reporting.words import count
from salesflow.source.files import STDIN_NAME, beside

_BOM = "\ufeff"


def mend(
    paths: Sequence[str], settings: Settings, *, pairs: Pairs, unsafe: bool, show: bool
) -> int:
    """Mend the files or, with ``show``, only show what would change; the exit code."""
    if show:
        return diff(paths, settings, unsafe=unsafe)
    return fix(paths, settings, pairs=pairs, unsafe=unsafe)


def fix(paths: Sequence[str], settings: Settings, *, pairs: Pairs, unsafe: bool) -> int:
    """Mend the files, then check and report as ever; the exit code.

    The text of standard input goes, mended, to standard output, and the report to standard error.
    """
    stdin = read_stdin(paths, settings)
    mended = api.mend_paths(paths, settings=settings, stdin=stdin, unsafe=unsafe)
    changed = _changed(mended)
    write_files({file: text for file, text in changed.items() if file != STDIN_NAME}, mended.before)
    for finding in mended.fixed:
        tell(f"fixed {finding.file}:{finding.line}: {finding.rule} {finding.message}")
    if mended.fixed:
        files = count(len(changed), "file")
        tell(f"Fixed {count(len(mended.fixed), 'finding')} in {files}.")
    _tell_untried(mended)
    if api.STANDARD_INPUT not in paths:
        return report_on(paths, settings, pairs=pairs, stdin=stdin)
    text = mended.after[STDIN_NAME]
    if stdin.startswith(_BOM.encode()):
        text = _BOM + text
    fresh = text.encode("utf-8", "surrogatepass") if STDIN_NAME in changed else stdin
    sys.stdout.buffer.write(fresh)
    sys.stdout.buffer.flush()
    return report_on(paths, settings, pairs=pairs, stdin=fresh, stream=sys.stderr)


def diff(paths: Sequence[str], settings: Settings, *, unsafe: bool) -> int:
    """Show what ``--fix`` would change as a unified diff; 1 where there is something to mend."""
    stdin = read_stdin(paths, settings)
    mended = api.mend_paths(paths, settings=settings, stdin=stdin, unsafe=unsafe)
    changed = _changed(mended)
    for file, text in changed.items():
        write_out("".join(patch(file, mended.before[file], text)))
    if mended.fixed:
        tell(f"Would fix {count(len(mended.fixed), 'finding')} in {count(len(changed), 'file')}.")
    _tell_untried(mended)
    return FOUND if changed else CLEAN


def patch(file: str, before: str, after: str) -> Iterator[str]:
    """The lines of a unified diff, with nothing in them that moves the cursor or hides."""
    from difflib import unified_diff  # only here

    name = visible(file)
    for row in unified_diff(_rows(before), _rows(after), name, name, lineterm=""):
        text, _, end = row.partition("\n")
        cut = text.removesuffix("\r")
        shown = "\t".join(visible(part) for part in cut.split("\t")) + text[len(cut) :]
        if row.startswith(("---", "+++", "@@")) or end or row.endswith("\n"):
            yield f"{shown}\n"
        else:
            yield f"{shown}\n\\ No newline at end of file\n"


def write_files(texts: Mapping[str, str], before: Mapping[str, str]) -> None:
    """Write all files, or none of them; UsageError where one cannot be written.

    Links are followed, modes and a byte order mark are kept. A file that is not as it was read
    (``before``) stays as it is.
    """
    made: list[tuple[str, str, bytes]] = []
    done: list[tuple[str, bytes]] = []
    try:
        for file, text in texts.items():
            made.append(_partial(file, text, before[file]))
        for real, partial, old in made:
            os.replace(partial, real)
            done.append((real, old))
    except OSError as problem:
        for real, old in done:
            with open(real, "wb") as stream:
                stream.write(old)
        raise UsageError(f"`{problem.filename}` cannot be written: {problem.strerror}.") from None
    finally:
        for _, partial, _ in made:
            if os.path.exists(partial):
                os.unlink(partial)


def _partial(file: str, text: str, before: str) -> tuple[str, str, bytes]:
    """The new text beside the file; where the file lies, the new file and the old content."""
    real = os.path.realpath(file)
    mode = os.stat(real).st_mode
    if not mode & stat.S_IWUSR or not os.access(real, os.W_OK):
        raise UsageError(f"`{file}` cannot be written: it is read-only.")
    with open(real, "rb") as stream:
        old = stream.read()
    told = old.decode("utf-8", "replace")
    if told.removeprefix(_BOM) != before:
        raise UsageError(f"`{file}` was changed by somebody else meanwhile; nothing was fixed.")
    new = text.encode("utf-8", "surrogatepass")
    with beside(real) as fresh:
        fresh.write((_BOM.encode() if told.startswith(_BOM) else b"") + new)
    os.chmod(fresh.name, stat.S_IMODE(mode))
    return real, fresh.name, old


def _changed(mended: Mended) -> dict[str, str]:
    return {file: text for file, text in mended.after.items() if text != mended.before[file]}


def _tell_untried(mended: Mended) -> None:
    if mended.untried:
        tell(f"Fixes of {count(mended.untried, 'finding')} were not tried: run it again.")


def _rows(text: str) -> list[str]:
    """Lines with their line feeds."""
    rows = text.split("\n")
    return [*(f"{row}\n" for row in rows[:-1]), *([rows[-1]] if rows[-1] else [])]
