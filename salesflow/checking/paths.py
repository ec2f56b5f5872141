"""Checks of paths: files, folders, standard input; what is found, and what could be mended."""

import os
from collections.abc import Iterable, Iterator

from salesflow.checking.config import Settings
from salesflow.checking.report import CheckReport, Mended
from salesflow.checking.seen import Seen
from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.nouns import FrozenMap
from salesflow.schema.assemble import assemble_file, assemble_text
from salesflow.schema.assembly import Assembly
from salesflow.source.files import STANDARD_INPUT, STDIN_NAME
from salesflow.source.project import ENDING, find_files, instead
from salesflow.source.read import Reading


def check_paths(
    paths: Iterable[str],
    *,
    settings: Settings | None = None,
    stdin: bytes = b"",
    chains: bool = False,
    ways: bool = False,
    fixes: bool = False,
) -> CheckReport:
    """Everything wrong in files, and in the ``*.salesflow.yaml`` files of folders.

    Also, if asked: ``chains`` (what shares say), ``ways`` (where each part of a witness stands),
    ``fixes`` (tried out). ``-`` stands for ``stdin``. UsageError for a path that cannot be read,
    and for a folder without process files.
    """
    settings = settings or Settings()
    opened: dict[str, Reading] = {}
    files = [*dict.fromkeys(files_of(paths))]
    made: dict[str, Assembly] = {}
    read = ((_shown_name(file), _assembly(file, stdin, opened, made, settings)) for file in files)
    report = report_on(read, settings, chains=chains, ways=ways)
    return with_fixes(report, settings, text=(STDIN_NAME, stdin)) if fixes else report


def report_on(
    read: Iterable[tuple[str, Assembly]],
    settings: Settings,
    *,
    chains: bool = False,
    ways: bool = False,
) -> CheckReport:
    """Everything wrong in documents that are read, each with the name that people know it by.

    ``chains`` and ``ways`` as for ``check_paths``.
    """
    seen = Seen(settings, chains=chains, ways=ways)
    files = []
    for file, assembly in read:
        files.append(file)
        seen.look(assembly)
    findings = tuple(sorted(seen.all(), key=lambda finding: finding.place))
    known = len(findings) - len(findings := _unknown(findings, settings))
    return CheckReport(
        files=tuple(files),
        findings=findings,
        processes=FrozenMap(seen.processes),
        texts=seen.texts,
        ways=seen.places,
        shared=FrozenMap(seen.shared()),
        known=known,
    )


def with_fixes(
    report: CheckReport, settings: Settings, *, text: tuple[str, bytes] | None = None
) -> CheckReport:
    """The report with what would mend its findings, tried out.

    ``text`` is the name and the text of a document that was not read from its file.
    """
    from salesflow.checking.fixes.asked import offer_asked  # only where somebody reads fixes

    findings, untried = offer_asked(report.findings, report.files, settings, text=text)
    return report.told_as(findings).replace(untried=untried)


def _unknown(findings: tuple[Finding, ...], settings: Settings) -> tuple[Finding, ...]:
    """The findings that no baseline knows."""
    if settings.baseline is None:
        return findings
    from salesflow.checking.baseline import read_baseline  # only where there is one

    return read_baseline(settings.baseline).left(findings)[0]


def mend_paths(
    paths: Iterable[str],
    *,
    settings: Settings | None = None,
    stdin: bytes = b"",
    unsafe: bool = False,
) -> Mended:
    """The texts of files as they would be with every fix that holds; nothing is written.

    Only findings that a check would report are mended; ``unsafe``: also where a fix may not be what
    was meant. UsageError as for ``check_paths``.
    """
    from salesflow.checking.fixes.asked import mend_asked  # only where something is to be mended

    files = map(_shown_name, dict.fromkeys(files_of(paths)))
    return mend_asked(files, settings or Settings(), text=(STDIN_NAME, stdin), unsafe=unsafe)


def _shown_name(file: str) -> str:
    return STDIN_NAME if file == STANDARD_INPUT else file


def _assembly(
    file: str,
    stdin: bytes,
    opened: dict[str, Reading],
    made: dict[str, Assembly],
    settings: Settings,
) -> Assembly:
    if file == STANDARD_INPUT:
        return assemble_text(stdin, file=STDIN_NAME, limits=settings.limits)
    return assemble_file(file, limits=settings.limits, opened=opened, made=made)


def files_of(paths: Iterable[str]) -> Iterator[str]:
    """The files that paths stand for. UsageError for a folder without process files."""
    for path in paths:
        if path == STANDARD_INPUT or not os.path.isdir(path):
            yield path
            continue
        inside = list(find_files(path))
        if not inside:
            raise UsageError(f"There are no *{ENDING} files in `{path}`. {instead(path)}")
        yield from inside
