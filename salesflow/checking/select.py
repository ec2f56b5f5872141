"""Which rules are asked for, and how heavily their findings weigh."""

from collections.abc import Collection, Iterable, Mapping

from salesflow.checking.catalogue import (
    FAMILIES,
    FOUND_ELSEWHERE,
    UNSURE,
    finders,
    possible_names,
    rule_names,
    told_by,
)
from salesflow.checking.rule import POSSIBLE, PRESETS, Rule
from salesflow.errors import UsageError
from salesflow.findings import SEVERITIES, Finding, Severity
from salesflow.nouns import FrozenMap, Noun


class Selection(Noun):
    """What is asked for: rules and families by name; ``select`` empty means the whole preset.

    ``severity`` maps rules and families to the weight that their findings get. ``patience`` says
    how many times longer than usual a search may go on before it is given up. ``plugins``: rules of
    installed packages too, of all or of these; ``added`` are these rules, where they were looked
    for already (that is slow), else None.
    """

    unequal = frozenset({"added"})

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preset: str = "recommended"
    severity: FrozenMap[str, Severity] = FrozenMap()
    plugins: bool | tuple[str, ...] = False
    patience: int = 1
    added: tuple[Rule, ...] | None = None


class Chosen(Noun):
    """The rules to run, and what becomes of findings that are made elsewhere."""

    rules: tuple[Rule, ...]
    selection: Selection
    added: FrozenMap[str, str] = FrozenMap()  # rules of plugins -> their family

    def wants(self, name: str, family: str) -> bool:
        """Whether findings of a rule are asked for. The family ``syntax`` always is.

        `possible-…` is asked for with its rule, and may be named apart.
        """
        if family == "syntax":
            return True
        chosen = self.selection
        names = {name, told_by(name)}
        named = not names.isdisjoint(chosen.select)
        if not names.isdisjoint(chosen.ignore) or (family in chosen.ignore and not named):
            return False
        return not chosen.select or named or family in chosen.select

    def runs(self, name: str, family: str) -> bool:
        """Whether a rule has anything to look for, if only what is `possible-…`."""
        perhaps = name in UNSURE and self.wants(POSSIBLE + name, family)
        return self.wants(name, family) or perhaps

    def reports(self, finding: Finding) -> bool:
        """Whether a finding that more rules made would have been made by these."""
        if finding.rule in FOUND_ELSEWHERE or finding.family == "syntax":
            return self.wants(finding.rule, finding.family)
        return any(rule.name == finding.rule for rule in self.rules)

    def severity(self, name: str, family: str, default: Severity) -> Severity:
        """The weight of a rule's findings; what does not load stays an error."""
        if family == "syntax":
            return default
        weights = self.selection.severity
        return weights.get(name) or weights.get(family) or default


def choose(selection: Selection) -> Chosen:
    """The rules that are asked for. UsageError for a name that is no rule, family or preset."""
    added = judge(selection)
    chosen = Chosen(
        rules=(),
        selection=selection,
        added=FrozenMap({rule.name: rule.family for rule in added}),
    )
    wanted = [
        name for family, names in FAMILIES.items() for name in names if chosen.runs(name, family)
    ]
    rules = [*finders(wanted), *(rule for rule in added if chosen.wants(rule.name, rule.family))]
    kept = tuple(rule for rule in rules if _in_preset(rule, selection))
    return chosen.replace(rules=kept)


def judge(selection: Selection) -> tuple[Rule, ...]:
    """The rules of plugins, if asked for. UsageError for a name or word that means nothing."""
    added = selection.added
    if added is None:
        added = _added(selection.plugins) if selection.plugins else ()
    known = {*rule_names(), *possible_names(), *FAMILIES}
    known.update(name for rule in added for name in (rule.name, rule.family))
    _known(selection.select, known, "select")
    _known(selection.ignore, known, "ignore")
    _known(selection.severity, known, "severity")
    if selection.preset not in PRESETS:
        raise UsageError(f"preset: there is no `{selection.preset}`: {', '.join(PRESETS)}.")
    for name, severity in selection.severity.items():
        if severity not in SEVERITIES:
            words = ", ".join(SEVERITIES)
            raise UsageError(f"severity: `{name}` cannot be `{severity}`: {words}.")
    return added


def _added(packages: bool | tuple[str, ...]) -> tuple[Rule, ...]:
    from salesflow.checking.plugins import plugged_in  # most projects have none

    return tuple(plugged_in(packages))


def _in_preset(rule: Rule, selection: Selection) -> bool:
    """A rule is in its preset and all larger ones; one that is named is always asked for."""
    if rule.name in selection.select or POSSIBLE + rule.name in selection.select:
        return True
    return PRESETS.index(rule.preset) <= PRESETS.index(selection.preset)


def _known(names: Iterable[str] | Mapping[str, object], known: Collection[str], where: str) -> None:
    for name in names:
        if name not in known:
            raise UsageError(f"{where}: there is no rule or family `{name}`.{meant(name, known)}")


def meant(name: str, known: Collection[str]) -> str:
    """`` Did you mean `x`?`` for a mistyped name, "" when nothing is near."""
    from difflib import get_close_matches  # only when something is wrong

    near = get_close_matches(name.lower().replace("_", "-"), sorted(known), 1, 0.6)
    return f" Did you mean `{near[0]}`?" if near else ""
