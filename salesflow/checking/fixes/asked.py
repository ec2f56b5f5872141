"""Fixes of what a check was asked for: its selection, its baseline, its files."""

from collections.abc import Iterable

from salesflow.checking.config import Settings
from salesflow.checking.fixes.mend import mend, offered
from salesflow.checking.fixes.propose import mendable
from salesflow.checking.fixes.scene import Scene
from salesflow.checking.report import Mended
from salesflow.checking.select import choose
from salesflow.findings import Finding


def mend_asked(
    files: Iterable[str],
    settings: Settings,
    *,
    text: tuple[str, bytes] | None = None,
    unsafe: bool = False,
) -> Mended:
    """Mend what a check with these settings reports; see ``scene_of``."""
    chosen = choose(settings.selection)
    baseline = None
    if settings.baseline is not None:
        from salesflow.checking.baseline import read_baseline  # only where there is one

        baseline = read_baseline(settings.baseline)

    def wanted(findings: tuple[Finding, ...]) -> Iterable[Finding]:
        asked = tuple(filter(chosen.reports, findings))
        return asked if baseline is None else baseline.left(asked)[0]

    return mend(scene_of(files, settings, text=text), unsafe=unsafe, wanted=wanted)


def offer_asked(
    findings: tuple[Finding, ...],
    files: Iterable[str],
    settings: Settings,
    *,
    text: tuple[str, bytes] | None = None,
) -> tuple[tuple[Finding, ...], int]:
    """The findings of a check with verified fixes, and for how many none was tried."""
    if not any(map(mendable, findings)):
        return findings, 0
    return offered(scene_of(files, settings, text=text), findings)


def scene_of(
    files: Iterable[str], settings: Settings, *, text: tuple[str, bytes] | None = None
) -> Scene:
    """The files for repairs, judged by all rules: a fix must not bring what nobody asked about.

    ``text`` is the name and the text of a document that is in no file, such as standard input, for
    where the name is among the files.
    """
    every = choose(settings.selection.replace(select=(), ignore=()))
    return Scene([*files], every, limits=settings.limits, text=text)
