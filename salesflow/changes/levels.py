"""Configuration of comparisons: ``[diff]`` in ``salesflow.toml``, or ``[tool.salesflow.diff]``.

::

    [diff]
    fail-on = "check"                        # breaking, check, any, never
    levels = {touchpoint-added = "safe"}     # what a kind of change counts as here

    [[diff.waivers]]                         # changes that are agreed and do not count
    rule = "touchpoint-requires-more"
    path = "touchpoints.to_legal"            # `steps.papers.*`: all that lies in it; `data.*`
    process = "new_business"                 # only there; left out: in every process
    reason = "Agreed with legal on 2026-11-20."
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from salesflow.changes.edit import LEVELS, Edit, Level
from salesflow.changes.sheet import CHILDREN, HEADER, RUNS, Sheet
from salesflow.checking.config import WrongConfiguration, configuration
from salesflow.checking.select import meant
from salesflow.errors import UsageError
from salesflow.names import nearest
from salesflow.nouns import FrozenMap, Noun

FAIL_ON = ("breaking", "check", "any", "never")
_KEYS = ("fail-on", "levels", "waivers")
_ID = "[a-z][a-z0-9_]*"
_SECTIONS = tuple(CHILDREN["process"])
_PATH = re.compile(
    rf"{HEADER}|{RUNS}\.{_ID}(?:\.\*)?"
    rf"|(?:{RUNS}\.{_ID}\.)?(?:{'|'.join(_SECTIONS)})(?:(?:\.{_ID})+(?:\.\*)?|\.\*)"
)


class Waiver(NamedTuple):
    """Changes of one kind to one element that do not count, and why.

    ``path`` is an element path, of either version; with ``.*`` behind it it means all that lies in
    the element, but not the element itself. ``process`` is an id, "" for every process.
    """

    rule: str
    path: str
    reason: str
    process: str = ""

    def covers(self, edit: Edit) -> bool:
        """Whether a judged edit is one of these."""
        return edit.rule == self.rule and (self.means(edit.path) or self.means(edit.old_path))

    def means(self, path: str) -> bool:
        """Whether an element is meant."""
        if self.path.endswith(".*"):
            return path.startswith(self.path[:-1])
        return path == self.path

    def is_about(self, sheet: Sheet) -> bool:
        """Whether a version has what is meant, or that in which it all would lie."""
        return any(self.means(path) for path in sheet) or self.path.removesuffix(".*") in sheet


class Levels(Noun):
    """What changes count as: levels by rule, waivers, and from which level on a diff fails.

    ``file`` is the configuration it comes from, "" for none.
    """

    fail_on: str = "breaking"
    levels: FrozenMap[str, Level] = FrozenMap()
    waivers: tuple[Waiver, ...] = ()
    file: str = ""


def read_levels(path: str) -> Levels:
    """The levels for a file or folder. UsageError, with file and key, where they are wrong."""
    table, file = configuration(path)
    written = table.get("diff") if isinstance(table, Mapping) else None
    if written is None:
        return Levels(file=file)
    try:
        return _levels(written).replace(file=file)
    except UsageError as problem:
        raise WrongConfiguration(file, str(problem)) from None


def _levels(table: Any) -> Levels:
    if not isinstance(table, Mapping):
        raise UsageError('diff: a table is expected, e.g. {fail-on = "check"}.')
    for key in table:
        if key not in _KEYS:
            raise UsageError(f"diff: there is no setting `{key}`.{meant(key, _KEYS)}")
    return Levels(
        fail_on=_fail_on(table.get("fail-on", "breaking")),
        levels=FrozenMap(_by_rule(table.get("levels", {}))),
        waivers=_waivers(table.get("waivers", [])),
    )


def _fail_on(word: Any) -> str:
    if word not in FAIL_ON:
        raise UsageError(f"diff.fail-on: there is no `{word}`: {', '.join(FAIL_ON)}.")
    return str(word)


def _by_rule(table: Any) -> dict[str, Level]:
    if not isinstance(table, Mapping):
        raise UsageError('diff.levels: a table is expected, e.g. {touchpoint-added = "safe"}.')
    for name, level in table.items():
        _known(name, "diff.levels")
        if level not in LEVELS:
            words = ", ".join(LEVELS)
            raise UsageError(f"diff.levels: `{name}` cannot be `{level}`: {words}.")
    return dict(table)


def _waivers(written: Any) -> tuple[Waiver, ...]:
    if not isinstance(written, list):
        raise UsageError(
            'diff.waivers: a list is expected, e.g. [{rule = "step-removed", path = "steps.demo", '
            'reason = "Agreed with sales."}].'
        )
    return tuple(_waiver(entry, f"diff.waivers[{n}]") for n, entry in enumerate(written, 1))


def _waiver(entry: Any, where: str) -> Waiver:
    if not isinstance(entry, Mapping):
        raise UsageError(f"{where}: a table with `rule`, `path` and `reason` is expected.")
    for key, value in entry.items():
        if key not in Waiver._fields:
            raise UsageError(f"{where}: there is no `{key}`.{meant(key, Waiver._fields)}")
        if not isinstance(value, str) or not value.strip():
            raise UsageError(f"{where}: `{key}` is a text, not {value!r}.")
    for key in ("rule", "path"):
        if key not in entry:
            raise UsageError(f"{where}: `{key}` is missing.")
    _known(entry["rule"], where)
    _is_path(entry["path"], where)
    if "reason" not in entry:
        raise UsageError(f"{where}: `reason` is missing: say why the change does not count.")
    return Waiver(**entry)


def _known(rule: str, where: str) -> None:
    from salesflow.changes.catalogue.rules import RULES  # only where one is named

    names = [known.name for known in RULES]
    if rule not in names:
        raise UsageError(f"{where}: there is no rule `{rule}`.{meant(rule, names)}")


def _is_path(path: str, where: str) -> None:
    if _PATH.fullmatch(path):
        return
    first, dot, rest = path.partition(".")
    near = nearest(first, _SECTIONS) if dot else None
    hint = f" Did you mean `{near}.{rest}`?" if near else " Write for example `steps.papers`."
    raise UsageError(f"{where}: `{path}` is no element path.{hint}")
