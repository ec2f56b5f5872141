"""Rules of other packages: found by their entry point, judged, and asked with care.

What others wrote may raise, print, or give back anything. Whatever it does, a check ends with a
message that says whose rule it was, and never passes without having looked.
"""

import re
import sys
from collections.abc import Collection
from contextlib import redirect_stdout
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING

from salesflow.checking.catalogue import FAMILIES, family_of
from salesflow.checking.facts import Facts
from salesflow.checking.rule import PRESETS, Rule
from salesflow.errors import UsageError
from salesflow.findings import SEVERITIES, Edit, Finding, Fix, Related
from salesflow.names import listed
from salesflow.spans import Span

if TYPE_CHECKING:  # looking for plugins is slow, and most projects have none
    from importlib.metadata import EntryPoint

ENTRY_POINTS = "salesflow.rules"

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# What a plugin may raise; whoever presses Ctrl-C is still heard.
_ANY = (Exception, SystemExit)


def plugged_in(packages: bool | tuple[str, ...] = True) -> list[Rule]:  # noqa: FBT002 - as in TOML
    """The rules that installed packages add by the entry point ``salesflow.rules``, by name.

    Looking for them takes as long as checking a file, so it is done only where the configuration
    says ``plugins``: true for those of all ``packages``, or a list of them, which must be there.
    UsageError for a package that has none, for a rule that cannot be loaded, is none, or has the
    name of another.
    """
    from importlib.metadata import entry_points

    homes: dict[str, str] = {}
    rules: list[Rule] = []
    entries = sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name)
    if not isinstance(packages, bool):
        entries = _of(packages, entries)
    for entry in entries if packages else ():
        rule, home = _loaded(entry), _home(entry)
        if family_of(rule.name) is not None or rule.name in FAMILIES:
            raise UsageError(f"The {home}: `{rule.name}` exists already, take another name.")
        if rule.name in homes:
            raise UsageError(f"The {homes[rule.name]} and the {home} both have `{rule.name}`.")
        homes[rule.name] = home
        rules.append(rule)
    return rules


def told_of(names: Collection[str]) -> dict[str, Rule]:
    """The rules of plugins with these names, for reports on what they have found already."""
    from importlib.metadata import entry_points

    found: dict[str, Rule] = {}
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        try:
            rule = _loaded(entry)
        except UsageError:
            continue  # nobody asked for it
        if rule.name in names:
            found.setdefault(rule.name, rule)
    return found


def asked(rule: Rule, facts: Facts, most: int) -> list[Finding]:
    """What a rule of a plugin finds, at most so many. UsageError where it fails.

    What it prints goes to standard error: standard output may be a report, or a protocol.
    """
    if rule.find is None:
        return []
    try:
        with redirect_stdout(sys.stderr):
            found = list(islice(rule.find(facts), most))
    except _ANY as problem:
        raise _failed(rule, facts, _told(problem)) from problem
    for finding in found:
        wrong = misfit(rule, finding)
        if wrong:
            raise _failed(rule, facts, wrong)
    return found


def misfit(rule: Rule, found: object) -> str:
    """Why what a rule has yielded is no finding of it; "" where it is one."""
    if not isinstance(found, Finding):
        return f"it yields {_shown(found)}, which is no Finding"
    if found.rule != rule.name or found.family != rule.family:
        return f"it yields a finding of `{found.rule}` ({found.family})"
    if not found.message or found.severity not in SEVERITIES:
        return f"it yields a finding without a message, or of severity {_shown(found.severity)}"
    texts = (found.path, found.message, found.help, *_all(found.witness))
    if not all(isinstance(text, str) for text in texts):
        return "path, message, help and witness of its finding have to be texts"
    fix = found.fix
    places = (found.span, *(getattr(o, "span", None) for o in _all(found.related)))
    fits = (
        isinstance(found.witness, tuple)
        and isinstance(found.related, tuple)
        and all(isinstance(other, Related) for other in found.related)
        and all(isinstance(place, Span) for place in places)
        and (fix is None or isinstance(fix, Fix))
        and all(isinstance(edit, Edit) for edit in (fix.edits if fix else ()))
    )
    return "" if fits else "span, witness, related or fix of its finding are of the wrong type"


def _of(packages: tuple[str, ...], entries: "list[EntryPoint]") -> "list[EntryPoint]":
    """The entry points of some packages. UsageError where one of them is not there."""
    there = {_package(entry): None for entry in entries}
    for name in packages:
        if _plain(name) not in there:
            known = [other for other in there if other]
            has = f" Installed are: {listed(known)}." if known else ""
            raise UsageError(
                f"`plugins` asks for the rules of `{name}`, and no such package with rules is "
                f"installed here.{has or ' Install it first.'}"
            )
    wanted = {_plain(name) for name in packages}
    return [entry for entry in entries if _package(entry) in wanted]


def _package(entry: "EntryPoint") -> str:
    return _plain(entry.dist.name) if entry.dist is not None else ""


def _plain(package: str) -> str:
    """The name of a package as all its spellings are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", package).lower()


def _all(values: object) -> tuple[object, ...]:
    return tuple(values) if isinstance(values, tuple | list) else (values,)


def _loaded(entry: "EntryPoint") -> Rule:
    home = _home(entry)
    try:
        with redirect_stdout(sys.stderr):
            rule = entry.load()
    except _ANY as problem:
        raise UsageError(f"The {home} does not load: {_told(problem)}.") from problem
    if not isinstance(rule, Rule):
        hint = "name the rule in the module: `module:RULE`"
        raise UsageError(f"The {home} gives no Rule, but {_shown(rule)}: {hint}.")
    wrong = ill_made(rule)
    if wrong:
        raise UsageError(f"The {home}: {wrong}.")
    return rule


def ill_made(rule: Rule) -> str:
    """What is wrong with how a rule is made; "" where nothing is."""
    for what, name in (("name", rule.name), ("family", rule.family)):
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            return f"its {what} must be small letters and hyphens, not {_shown(name)}"
    if rule.family == "syntax":
        return "`syntax` is what does not load, and no rule can be added there"
    if rule.severity not in SEVERITIES:
        return f"its severity must be {', '.join(SEVERITIES)}, not {_shown(rule.severity)}"
    if rule.preset not in PRESETS:
        return f"its preset must be {', '.join(PRESETS)}, not {_shown(rule.preset)}"
    if rule.find is not None and not callable(rule.find):
        return f"its `find` must be a function, not {_shown(rule.find)}"
    try:
        import_module(rule.module)
    except (ImportError, AttributeError, ValueError, TypeError):
        return f"its module must be `__name__`, not {_shown(rule.module)}"
    return ""


def _home(entry: "EntryPoint") -> str:
    """``rule plugin `discounts` (of acme-rules 1.0)``."""
    package = entry.dist
    of = f" (of {package.name} {package.version})" if package is not None else ""
    return f"rule plugin `{entry.name}`{of}"


def _failed(rule: Rule, facts: Facts, why: str) -> UsageError:
    return UsageError(
        f"The rule `{rule.name}` of a plugin failed on `{facts.process.file}`: {why}. "
        f'Until it is mended, `ignore = ["{rule.name}"]` leaves it out.'
    )


def _told(problem: BaseException) -> str:
    """What was raised, and where: ``KeyError: 'x' (acme_rules.names, line 12)``."""
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    module = trace.tb_frame.f_globals.get("__name__", "") if trace is not None else ""
    where = f" ({module}, line {trace.tb_lineno})" if trace is not None and module else ""
    said = " ".join(str(problem).split()).rstrip(".")
    return f"{type(problem).__name__}{': ' if said else ''}{said}{where}"


def _shown(value: object) -> str:
    try:
        return repr(value)[:80]
    except _ANY:
        return f"a {type(value).__name__}"
