"""Configuration of checks: ``salesflow.toml``, or ``[tool.salesflow]`` in ``pyproject.toml``.

::

    select = ["structure", "no-owner"]   # only these rules and families
    ignore = ["superfluous-step"]
    severity = {no-owner = "error"}      # error, warning, info
    preset = "all"                       # correctness, recommended, all
    baseline = "known.json"              # relative to the configuration
    fail-on = "warning"                  # error, warning, info, never
    plugins = true                       # rules of installed packages too; or a list of packages
    patience = 10                        # search this many times longer before it is `undecided`
    limits = {nodes = 4000000}           # characters, depth, nodes, findings of a file
    [diff]                               # of comparisons: see changes/levels.py

The file of the nearest project root upwards counts; ``salesflow.toml`` goes before
``pyproject.toml``, also when it says nothing.
"""

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from salesflow.checking.select import Selection, judge, meant
from salesflow.errors import UsageError
from salesflow.findings import SEVERITIES
from salesflow.nouns import FrozenMap, Noun
from salesflow.source.files import regular_content
from salesflow.source.limits import DEFAULT_LIMITS, Limits
from salesflow.source.located import Text, line_starts
from salesflow.source.project import project_root

OWN_FILE = "salesflow.toml"
SHARED_FILE = "pyproject.toml"
MOST_PATIENCE = 1_000
_MOST = 1 << 20  # bytes of a configuration
_AT = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_FAIL_ON = (*SEVERITIES, "never")
_KEYS = (
    "select",
    "ignore",
    "severity",
    "preset",
    "baseline",
    "fail-on",
    "plugins",
    "patience",
    "limits",
    "diff",  # judged where versions are compared
)


class WrongConfiguration(UsageError):
    """A configuration ``file`` that is wrong, and ``why``.

    ``place`` are the offsets of what is wrong in ``text``, None where they are not known.
    """

    def __init__(
        self, file: str, why: str, *, place: tuple[int, int] | None = None, text: str = ""
    ) -> None:
        """The message has the file, the line and the column."""
        self.file, self.why, self.place, self.text = file, why, place, text
        where = file
        if place is not None:
            span = Text(file, text).span(*place)
            where = f"{file}:{span.line}:{span.column}"
        super().__init__(f"{where}: {why}")


class Settings(Noun):
    """What a check is asked to do; ``file`` is the configuration it comes from, "" for none.

    ``baseline`` is a path to use as it is, None for none.
    """

    selection: Selection = Selection()
    baseline: str | None = None
    fail_on: str = "error"
    limits: Limits = DEFAULT_LIMITS
    file: str = ""

    def overridden(
        self,
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        preset: str | None = None,
        fail_on: str | None = None,
        baseline: str | None = None,
    ) -> "Settings":
        """With what the command line says: a select, preset, … there replaces the configured one,
        an ignore comes on top. UsageError for a name that means nothing.
        """
        old = self.selection
        select = tuple(select)
        selection = old.replace(
            select=select or old.select,
            # What is named on the command line is wanted, whatever the file ignores.
            ignore=(*(name for name in old.ignore if name not in select), *ignore),
            preset=preset or old.preset,
        )
        judge(selection)
        return self.replace(
            selection=selection,
            fail_on=_fail_on(fail_on) if fail_on else self.fail_on,
            baseline=baseline or self.baseline,
        )


def read_settings(path: str) -> Settings:
    """The settings for a file or folder. UsageError, with file and key, where they are wrong."""
    table, file = configuration(path)
    return _settings(table, file) if file else Settings()


def configuration(path: str) -> tuple[Any, str]:
    """What the configuration for a file or folder says, and its file; nothing and "" for none.

    The file is named from the working folder on where the path is. UsageError where it cannot be
    read.
    """
    root = project_root(os.path.join(path, "_") if os.path.isdir(path) else path)
    if not os.path.isabs(path):
        with suppress(ValueError):  # a link to another drive
            root = os.path.relpath(root)
    root = "" if root == os.curdir else root
    own = os.path.join(root, OWN_FILE)
    shared = os.path.join(root, SHARED_FILE)
    if os.path.isfile(own):
        return _table(own), own
    if os.path.isfile(shared):
        tool = _table(shared).get("tool", {})
        table = tool.get("salesflow") if isinstance(tool, Mapping) else None
        return (table, shared) if table is not None else ({}, "")
    return {}, ""


def _table(file: str) -> Mapping[str, Any]:
    """The TOML of a file; nothing where it does not speak of us."""
    try:
        content = regular_content(file, _MOST)
        text = content.decode()
    except UsageError as problem:
        why = str(problem).replace(f"`{file}`", "This")
        raise WrongConfiguration(file, why) from None
    except UnicodeDecodeError as problem:
        at = len(content[: problem.start].decode())
        why = f"This cannot be read: the byte 0x{content[problem.start]:02x} is not UTF-8."
        shown = content.decode(errors="replace")
        raise WrongConfiguration(file, why, place=(at, at + 1), text=shown) from None
    says_nothing = all(row.strip()[:1] in ("", "#") for row in text.splitlines())
    if says_nothing or (file.endswith(SHARED_FILE) and "salesflow" not in text):
        return {}
    import tomllib  # most folders have no configuration

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as problem:  # a number of 5,000 digits is no TOML error
        said = _AT.sub("", str(problem))
        place = _place(str(problem), text)
        raise WrongConfiguration(
            file, f"This is no TOML: {said}.", place=place, text=text
        ) from None


def _place(problem: str, text: str) -> tuple[int, int] | None:
    """Where a text is no TOML: from what tomllib could not read to the end of its line."""
    found = _AT.search(problem)
    if found is None:
        return None
    end = len(text.rstrip())
    if found["line"] is None:  # something is missing at the end
        return max(end - 1, 0), end
    start = line_starts(text)[int(found["line"]) - 1] + int(found["column"]) - 1
    return start, start + max(len(text[start:].partition("\n")[0].rstrip()), 1)


def _settings(table: Any, file: str) -> Settings:
    try:
        settings = _read(table).replace(file=file)
    except UsageError as problem:
        raise WrongConfiguration(file, str(problem)) from None
    if settings.baseline is None:
        return settings
    folder = os.path.dirname(file)
    baseline = os.path.join(folder, settings.baseline)
    if not os.path.realpath(baseline).startswith(os.path.join(os.path.realpath(folder), "")):
        why = f"the baseline `{settings.baseline}` lies outside the project."
        raise WrongConfiguration(file, why)
    return settings.replace(baseline=baseline)


def _read(table: Any) -> Settings:
    if not isinstance(table, Mapping):
        raise UsageError("tool.salesflow: a table is expected.")
    for key in table:
        if key not in _KEYS:
            raise UsageError(f"there is no setting `{key}`.{meant(key, _KEYS)}")
    selection = Selection(
        select=_names(table, "select"),
        ignore=_names(table, "ignore"),
        preset=_text(table, "preset") or "recommended",
        severity=FrozenMap(_severities(table)),
        plugins=_plugins(table),
        patience=_patience(table),
    )
    added = judge(selection)
    return Settings(
        selection=selection.replace(added=added) if selection.plugins else selection,
        baseline=_text(table, "baseline"),
        fail_on=_fail_on(_text(table, "fail-on") or "error"),
        limits=_limits(table),
    )


def _names(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise UsageError(f'{key}: a list of rules and families is expected, e.g. ["structure"].')
    return tuple(value)


def _text(table: Mapping[str, Any], key: str) -> str | None:
    value = table.get(key)
    if value is not None and not (isinstance(value, str) and value):
        raise UsageError(f"{key}: a text is expected, not {value!r}.")
    return value


def _plugins(table: Mapping[str, Any]) -> bool | tuple[str, ...]:
    value = table.get("plugins", False)
    if isinstance(value, list) and all(isinstance(name, str) and name for name in value):
        return tuple(value)
    if not isinstance(value, bool):
        raise UsageError(f"plugins: true, false or a list of packages is expected, not {value!r}.")
    return value


def _patience(table: Mapping[str, Any]) -> int:
    value = table.get("patience", 1)
    if type(value) is not int or not 1 <= value <= MOST_PATIENCE:
        raise UsageError(f"patience: a whole number from 1 to {MOST_PATIENCE}, not {value!r}.")
    return value


def _severities(table: Mapping[str, Any]) -> dict[str, Any]:
    value = table.get("severity", {})
    if not isinstance(value, Mapping):
        raise UsageError('severity: a table is expected, e.g. {no-owner = "error"}.')
    return dict(value)


def _fail_on(word: str) -> str:
    if word not in _FAIL_ON:
        raise UsageError(f"fail-on: there is no `{word}`: {', '.join(_FAIL_ON)}.")
    return word


def _limits(table: Mapping[str, Any]) -> Limits:
    value = table.get("limits", {})
    if not isinstance(value, Mapping):
        raise UsageError("limits: a table is expected, e.g. {nodes = 4000000}.")
    for name, limit in value.items():
        if name not in Limits._fields:
            raise UsageError(f"limits: there is no `{name}`.{meant(name, Limits._fields)}")
        if type(limit) is not int or limit < 1:
            raise UsageError(f"limits: `{name}` is a whole number above 0, not {limit!r}.")
    return DEFAULT_LIMITS._replace(**value)
