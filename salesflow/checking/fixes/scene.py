"""Files under repair: what is found in them as they are, and as they would be after edits."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from salesflow.checking.facts import Facts
from salesflow.checking.fixes.site import Site
from salesflow.checking.fixes.texts import applied
from salesflow.checking.run import checked
from salesflow.checking.select import Chosen
from salesflow.findings import Edit, Finding
from salesflow.process.compile import compile_document
from salesflow.schema.assemble import assemble_file, assemble_text
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.source.read import Reading, read

_EACH = 20_000  # characters that any look counts for at least: small files can be hard to judge
_Key = tuple[str, str, str, str]  # rule, file, path, first sentence


class Look(NamedTuple):
    """What is found when everything is drawn from one root file, and the files it draws on."""

    findings: tuple[Finding, ...]
    files: frozenset[str]
    characters: int

    @property
    def loads(self) -> bool:
        """Whether the texts say what the process is."""
        return all(finding.family != "syntax" for finding in self.findings)


class Scene:
    """Root files with all they draw on. Only the roots themselves are ever edited.

    ``text`` is the text of a root that is in no file (standard input), under its name. ``spent``
    counts the characters that were looked at: the measure of work, the same on every machine.
    """

    def __init__(
        self,
        roots: Sequence[str],
        chosen: Chosen,
        *,
        limits: Limits = DEFAULT_LIMITS,
        text: tuple[str, bytes | str] | None = None,
        opened: Mapping[str, Reading] | None = None,
    ) -> None:
        """Look at the files as they are. UsageError for one that cannot be read.

        ``opened`` are readings, by where files really lie, that count before what the disk holds.
        """
        self.roots = tuple(roots)
        self.chosen = chosen
        self.limits = limits
        self.spent = 0
        self._text = text
        self._opened: dict[str, Reading] = dict(opened or {})
        self._looks = {root: self._look(root, self._opened) for root in self.roots}
        self._own = {self._real(root) for root in self.roots}
        self._sites: dict[str, Site] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found, by place."""
        found = dict.fromkeys(f for look in self._looks.values() for f in look.findings)
        return tuple(sorted(found, key=lambda finding: finding.place))

    @property
    def texts(self) -> dict[str, str]:
        """The text of each root, by the name it is known by."""
        return {r.file: r.text for real, r in self._opened.items() if real in self._own}

    def site(self, file: str) -> Site | None:
        """The structure of a root file, None for a file that is none of ours to edit."""
        if file not in self._sites:
            reading = self._opened.get(self._real(file))
            if reading is None or self._real(file) not in self._own:
                return None
            self._sites[file] = Site(reading)
        return self._sites[file]

    def tried(self, edits: Iterable[Edit], gone: Iterable[Finding]) -> "Scene | None":
        """The scene after edits, if they keep what they promise: else None.

        These findings are gone, and there is no new error. Where a text did not load, errors
        that only show once it does are not new.
        """
        opened = {**self._opened}
        changed = set()
        edited: dict[str, list[Edit]] = {}
        for edit in edits:
            edited.setdefault(edit.span.file, []).append(edit)
        for file, own in edited.items():
            real = self._real(file)
            if real not in self._own or real not in opened:
                return None
            old = opened[real]
            opened[real] = read(applied(old.text, own), old.file, limits=self.limits)
            changed.add(old.file)
        after = self._with(opened, changed)
        wanted = Counter(map(_key, gone))
        kept = Counter(map(_key, after.findings))
        before = Counter(map(_key, self.findings))
        held = all(kept[key] <= before[key] - number for key, number in wanted.items())
        self.spent = after.spent
        return after if held and not any(self._new_errors(after)) else None

    def _with(self, opened: dict[str, Reading], changed: set[str]) -> "Scene":
        after = object.__new__(Scene)
        after.__dict__.update(self.__dict__)
        after._opened, after._sites = opened, {}
        after._looks = {
            root: after._look(root, opened) if changed & look.files else look
            for root, look in self._looks.items()
        }
        return after

    def _new_errors(self, after: "Scene") -> Iterator[Finding]:
        for root, look in self._looks.items():
            later = after._looks[root]  # noqa: SLF001 - another one of its kind
            known = Counter(_key(f) for f in look.findings)
            for finding in later.findings:
                known[_key(finding)] -= 1
                matters = finding.severity == "error" and (look.loads or finding.family == "syntax")
                if matters and known[_key(finding)] < 0:
                    yield finding

    def _look(self, root: str, opened: dict[str, Reading]) -> Look:
        if self._text is not None and root == self._text[0]:
            known = opened.get(self._real(root))
            text = known.text if known is not None else self._text[1]
            folder = os.path.dirname(root) or "."
            assembly = assemble_text(text, file=root, folder=folder, limits=self.limits)
            opened[self._real(root)] = assembly.readings[root]
        else:
            assembly = assemble_file(root, limits=self.limits, opened=opened)
        compiled = compile_document(assembly)
        findings = compiled.findings
        if compiled.process is not None and compiled.kind != "tests":
            facts = Facts(compiled.process, patience=self.chosen.selection.patience)
            findings = checked(compiled.process, self.chosen, facts=facts)
        size = sum(len(reading.text) for reading in assembly.readings.values())
        self.spent += size + _EACH
        return Look(findings, frozenset(assembly.readings), size)

    def _real(self, file: str) -> str:
        if self._text is not None and file == self._text[0]:
            return file
        return os.path.realpath(file)


def _key(finding: Finding) -> _Key:
    """What a finding is called while lines move."""
    return (finding.rule, finding.file, finding.path, finding.message.split(". ", 1)[0])
