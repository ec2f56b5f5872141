"""``salesflow fmt``: process files in the one canonical layout."""

import sys
from collections.abc import Iterator
from typing import NamedTuple

import click

from salesflow import api
from salesflow.checking.config import Settings
from salesflow.cli import fixing, verdict
from salesflow.cli.outcome import CLEAN, FOUND, tell
from salesflow.cli.output import write_out
from salesflow.errors import LoadError
from salesflow.findings import Finding
from salesflow.reporting.words import count
from salesflow.source.files import STDIN_NAME
from salesflow.source.read import Reading


class _Laid(NamedTuple):
    """Texts as they are and as they should be, and what could not be read."""

    before: dict[str, str]
    after: dict[str, str]
    findings: list[Finding]
    texts: dict[str, str]

    @property
    def changed(self) -> dict[str, str]:
        return {file: text for file, text in self.after.items() if text != self.before[file]}


@click.command(
    "fmt",
    epilog="Exit code: 0 all is well, 1 a text that cannot be read, or with --check and --diff "
    "one that is not laid out so, 2 a file that cannot be read or written.",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
def command(*, paths: tuple[str, ...], check: bool, diff: bool) -> int:
    """Lay process files out in the one canonical way; what they say, and comments, stay.

    A folder stands for its *.salesflow.yaml files, `-` for standard input (the result goes to
    standard output); without PATH the current folder.
    """
    paths = paths or (".",)
    piped = api.STANDARD_INPUT in paths
    if piped and len(paths) > 1:
        raise click.UsageError("`-` goes alone: its text goes to standard output.")
    laid = _laid(paths)
    if diff:
        for file, text in laid.changed.items():
            write_out("".join(fixing.patch(file, laid.before[file], text)))
    elif not check and piped and laid.after:
        sys.stdout.buffer.write(laid.after[STDIN_NAME].encode("utf-8", "surrogatepass"))
        sys.stdout.buffer.flush()
    elif not check:
        fixing.write_files(laid.changed, laid.before)
    for row in _told(laid, stays=check or diff):
        tell(row)
    if laid.findings:
        raise LoadError(tuple(laid.findings), laid.texts)
    return FOUND if laid.changed and (check or diff) else CLEAN


def _laid(paths: tuple[str, ...]) -> _Laid:
    from salesflow.formatting.files import relaid  # only this verb needs it

    settings = verdict.settings_of(paths)
    limits = settings.limits
    laid = _Laid({}, {}, [], {})
    for reading in _readings(paths, settings):
        file = reading.file
        if reading.data is None:
            laid.findings.extend(reading.findings)
            laid.texts[file] = reading.text
            continue
        try:
            laid.after[file] = relaid(reading, limits=limits)
            laid.before[file] = reading.text
        except LoadError as problem:
            laid.findings.extend(problem.findings)
            laid.texts.update(problem.texts)
    return laid


def _readings(paths: tuple[str, ...], settings: Settings) -> Iterator[Reading]:
    from salesflow.checking.paths import files_of
    from salesflow.source.project import read_bytes, read_file

    for file in dict.fromkeys(files_of(paths)):
        if file == api.STANDARD_INPUT:
            stdin = verdict.read_stdin(paths, settings)
            yield read_bytes(stdin, STDIN_NAME, limits=settings.limits)
        else:
            yield read_file(file, limits=settings.limits)


def _told(laid: _Laid, *, stays: bool) -> Iterator[str]:
    """What was done, or would be."""
    if STDIN_NAME in laid.before and not stays:
        return
    changed = laid.changed
    for file in changed:
        yield f"{'would lay out' if stays else 'laid out'} {file}"
    same = len(laid.before) - len(changed)
    if changed:
        verb = "would be laid out anew" if stays else "laid out anew"
        rest = f", {same} as it should be" if same == 1 else f", {same} as they should be"
        yield f"{count(len(changed), 'file')} {verb}{rest if same else ''}."
    elif same:
        yield f"{count(same, 'file')} as {'it' if same == 1 else 'they'} should be."
