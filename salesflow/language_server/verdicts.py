"""What is wrong in the files of a workspace, as `salesflow check` of its folder would say.

Each file is checked with all that it draws on; what came out is kept until one of these texts
changes. So an edit is judged in the file itself and in every file that it reaches.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from salesflow.checking.bases import Bases
from salesflow.checking.config import Settings, WrongConfiguration, read_settings
from salesflow.checking.facts import Facts
from salesflow.checking.run import checked
from salesflow.checking.select import Chosen, Selection, choose
from salesflow.checking.twins import Twins
from salesflow.checking.ways import ways
from salesflow.errors import UsageError
from salesflow.findings import Finding
from salesflow.language_server.shelf import Shown
from salesflow.process.compile import compile_document
from salesflow.schema.assemble import assemble_file, assemble_text
from salesflow.schema.assembly import Assembly
from salesflow.source.project import project_root
from salesflow.source.read import Reading
from salesflow.spans import Span

_Key = tuple[str, str, Span, str]


class Look(NamedTuple):
    """What was found in one file with all that it draws on.

    ``drawn`` are the readings by where they lie, ``facts`` those of its process, None where there
    is none or it does not load; ``ways`` are the places of witnesses.
    """

    kind: str
    findings: tuple[Finding, ...]
    facts: Facts | None
    ways: Mapping[Finding, tuple[Span | None, ...]]
    drawn: Mapping[str, Reading]
    settings: Settings
    assembly: Assembly
    whole: bool  # it drew on nothing that could not be found: only then it can be kept
    failure: str  # what a rule of a plugin did wrong, "" for nothing; such a look is not kept


class Mistake(NamedTuple):
    """What is wrong with a configuration: ``place`` are offsets in its ``text``, where known."""

    message: str
    place: tuple[int, int] | None = None
    text: str = ""


class Verdicts:
    """The checks of a workspace; one thread at a time asks."""

    def __init__(self) -> None:
        """Nothing checked yet."""
        self.looks: dict[str, Look] = {}
        self.models: dict[str, Facts] = {}  # by file: the last process that loaded
        self._unread: dict[str, Mistake] = {}  # what is wrong with a configuration, by file
        self.fresh: dict[str, Reading] = {}  # files of the disk that the last check read
        self._settings: dict[str, Settings] = {}
        self._now: dict[str, Reading] = {}  # the texts of the last check

    def forget(self) -> None:
        """A configuration may have changed: read it again.

        Files that came or went need nothing: a look at files that are gone does not hold.
        """
        self._settings.clear()
        self._unread.clear()

    def check(self, shown: Shown, paths: Iterable[str], stopped: Callable[[], bool]) -> bool:
        """Check files that changed since they were checked; False where it was stopped."""
        opened = {**shown.disk, **shown.opened}
        known = frozenset(opened)
        bases: dict[str, Bases] = {}  # by the configuration that counts
        done = True
        for path in paths:
            done = not stopped()
            if not done:
                break
            real = os.path.realpath(path)
            look = self.looks.get(real)
            if look is None or not self._holds(look, path, opened):
                try:
                    self._look(real, path, opened, bases)
                except Exception:  # whatever a text does to a rule, the editor's server goes on
                    logging.getLogger(__name__).exception("%s could not be checked", path)
                    self.looks.pop(real, None)
        self.fresh = {real: one for real, one in opened.items() if real not in known}
        self._now = opened
        return done

    def findings(self, shown: Shown) -> dict[str, list[Finding]]:
        """Everything found in the texts of the last check, by file, sorted by place.

        Files that were not looked at since they changed say nothing.
        """
        roots = [os.path.realpath(path) for path in shown.roots]
        looks = [self.looks[root] for root in roots if root in self.looks]
        looks = [look for look in looks if _drawn_from(look, self._now)]
        found: dict[str, list[Finding]] = {}
        for settings, group in _by_settings(looks):
            for finding in _left(_all(group), settings):
                found.setdefault(finding.file, []).append(finding)
        for findings in found.values():
            findings.sort(key=lambda finding: finding.place)
        return found

    @property
    def mistakes(self) -> dict[str, Mistake]:
        """What is wrong with a configuration, or with a rule that it asks for, by its file."""
        failed = {
            os.path.realpath(look.settings.file): Mistake(look.failure)
            for look in self.looks.values()
            if look.failure and _drawn_from(look, self._now)
        }
        return failed | self._unread

    def way(self, finding: Finding) -> tuple[Span | None, ...]:
        """Where the parts of a finding's witness stand."""
        for look in self.looks.values():
            if finding in look.ways:
                return look.ways[finding]
        return ()

    def settings(self, path: str) -> Settings:
        """The configuration that counts for a file; what is wrong with it is in ``mistakes``."""
        root = project_root(path)
        if root not in self._settings:
            try:
                settings = read_settings(path)
            except WrongConfiguration as wrong:
                told = Mistake(wrong.why, wrong.place, wrong.text)
                self._unread[os.path.realpath(wrong.file)] = told
                settings = Settings()
            self._settings[root] = settings
        return self._settings[root]

    def _holds(self, look: Look, path: str, opened: Mapping[str, Reading]) -> bool:
        """Whether a look can be kept: it was made as asked, on the texts that there are."""
        return look.whole and _drawn_from(look, opened) and look.settings == self.settings(path)

    def _look(
        self, real: str, path: str, opened: dict[str, Reading], known: dict[str, Bases]
    ) -> None:
        settings = self.settings(path)
        bases = known.setdefault(settings.file, Bases())
        own = opened.get(real)
        assembly = _assembled(real, path, opened, settings, bases)
        if assembly is None:
            self.looks.pop(real, None)
            return
        compiled = compile_document(assembly, bases=bases.compiled)
        findings, facts, failure = compiled.findings, None, ""
        places: Mapping[Finding, tuple[Span | None, ...]] = {}
        if compiled.process is not None:
            facts = Facts(compiled.process, patience=settings.selection.patience)
            self.models[real] = facts
            if compiled.kind != "tests":
                findings, failure = _judged(facts, settings, bases)
                places = dict(ways(compiled.process, findings))
        drawn = {os.path.realpath(name): one for name, one in assembly.readings.items()}
        opened[real] = drawn[real] = own or assembly.readings[assembly.file]
        lost = any(f.rule == "unknown-name" and f.path in ("use", "of") for f in findings)
        self.looks[real] = Look(
            compiled.kind,
            findings,
            facts,
            places,
            drawn,
            settings,
            assembly,
            whole=not lost and not failure,
            failure=failure,
        )


def _assembled(
    real: str, path: str, opened: dict[str, Reading], settings: Settings, bases: Bases
) -> Assembly | None:
    """A file with all that belongs to it; None where it is gone."""
    if real in opened and not os.path.exists(path):  # a text that was never saved
        text = opened[real].text
        folder = os.path.dirname(path)
        return assemble_text(text, file=path, folder=folder, limits=settings.limits, opened=opened)
    try:
        return assemble_file(path, limits=settings.limits, opened=opened, made=bases.made)
    except UsageError:
        return None


def _judged(facts: Facts, settings: Settings, bases: Bases) -> tuple[tuple[Finding, ...], str]:
    """What the rules find; where one of a plugin fails, what ours find, and what went wrong."""
    chosen: Chosen | None = None
    try:
        chosen = choose(settings.selection)
        judge = partial(bases.judged, chosen=chosen)
        return checked(facts.process, chosen, facts=facts, judge=judge), ""
    except UsageError as mistake:
        chosen = chosen or choose(Selection(patience=settings.selection.patience))
        own = tuple(rule for rule in chosen.rules if rule.name not in chosen.added)
        return checked(facts.process, chosen.replace(rules=own), facts=facts), str(mistake)


def _drawn_from(look: Look, opened: Mapping[str, Reading]) -> bool:
    return all(opened.get(real) is one for real, one in look.drawn.items())


def _by_settings(looks: Iterable[Look]) -> Iterator[tuple[Settings, list[Look]]]:
    groups: dict[str, list[Look]] = {}
    for look in looks:
        groups.setdefault(look.settings.file, []).append(look)
    for group in groups.values():
        yield group[0].settings, group


def _all(looks: list[Look]) -> list[Finding]:
    """All findings; what a variant only has from the process it varies is told once, there.

    So is what several variants have at a line of it.
    """
    twins = Twins()
    plain: dict[Finding, None] = {}
    for look in looks:
        plain.update(dict.fromkeys(twins.of(look.assembly)))
        if not _varies(look):
            plain.update(dict.fromkeys(look.findings))
    told = {_key(finding) for finding in plain}
    varied: dict[_Key, Finding] = {}
    for look in looks:
        for finding in look.findings if _varies(look) else ():
            varied.setdefault(_key(finding), finding)
    return [*plain, *(finding for key, finding in varied.items() if key not in told)]


def _key(finding: Finding) -> _Key:
    return finding.rule, finding.path, finding.span, finding.severity


def _varies(look: Look) -> bool:
    """Whether a file is a variant or scenario that loads."""
    return look.kind in ("variant", "scenario") and look.facts is not None


def _left(findings: list[Finding], settings: Settings) -> tuple[Finding, ...]:
    """The findings that no baseline knows."""
    if settings.baseline is None:
        return tuple(findings)
    from salesflow.checking.baseline import read_baseline  # only where there is one

    try:
        return read_baseline(settings.baseline).left(findings)[0]
    except UsageError:
        return tuple(findings)
