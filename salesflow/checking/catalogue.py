"""All built-in rules, in the order of the manual; each is imported only when it is needed.

``check`` of a small file must not pay for rules that are not asked for, nor for those of the family
``syntax``, which are found while a text is read and only have a manual.
"""

from collections.abc import Iterable
from importlib import import_module

from salesflow.checking.rule import POSSIBLE, Rule

# family -> its rules; a rule's file is rules/<name with underscores>.py
FAMILIES: dict[str, tuple[str, ...]] = {
    "syntax": (
        "syntax",
        "ambiguous-scalar",
        "duplicate-key",
        "refused-yaml",
        "limit-exceeded",
        "schema",
        "unknown-key",
        "unknown-name",
        "bad-unit",
        "not-a-language-version",
    ),
    "structure": (
        "unreachable-step",
        "dead-end",
        "endless-loop",
        "unused-definition",
        "no-loss-path",
        "only-one-outcome",
        "duplicate-transition",
        "superfluous-step",
    ),
    "behaviour": (
        "deadlock",
        "twice-at-once",
        "piled-up-arrivals",
        "unfinished-work",
        "dead-step",
        "dead-result",
        "trapped",
        "unhandled-result",
        "unused-result",
        "limits-exhausted",
        "limit-spent-in-loop",
        "may-wait-for-timeout",
        "undecided",
    ),
    "guards": (
        "uncovered-guard",
        "overlapping-guards",
        "impossible-guard",
        "shadowed-result",
        "constant-guard",
        "boundary-gap",
        "type-mismatch",
        "unfilled-field",
    ),
    "data": (
        "missing-data",
        "never-captured",
        "unused-data",
        "lost-update",
        "parallel-write",
        "captured-twice",
        "captured-late",
        "outcome-data-missing",
    ),
    "bridges": (
        "no-owner",
        "undeclared-touchpoint",
        "unused-touchpoint",
        "handoff-data-missing",
        "no-accept-time",
        "ping-pong",
        "no-way-back",
        "escalates-to-itself",
        "promise-not-kept",
        "never-leaves",
    ),
    "resources": (
        "overloaded-role",
        "tight-role",
        "empty-role",
        "never-open-together",
        "single-person-path",
        "divergent-rework",
    ),
    "time": (
        "sla-unattainable",
        "timeout-always",
        "timeout-never",
        "dead-escalation",
        "sla-chain",
        "no-time-limit",
    ),
    "shares": ("shares-not-whole", "share-missing", "zero-share", "win-chance-fiction"),
    "policies": ("policy-violated", "policy-vacuous"),
    "outcomes": (
        "loss-without-reason",
        "won-without-handover",
        "step-serves-no-outcome",
        "objective-unreachable",
    ),
    "variants": (
        "locked-change",
        "change-hits-nothing",
        "variant-breaks-base",
        "currency-left-behind",
    ),
    "hygiene": ("ignore-without-reason", "unused-ignore"),
}

FOUND_ELSEWHERE = frozenset(
    {
        "type-mismatch",
        "locked-change",
        "change-hits-nothing",
        "variant-breaks-base",
        *FAMILIES["hygiene"],
    }
)

# Errors that are warnings, named `possible-…`, where the run hangs on values within a range.
UNSURE = frozenset(
    {
        "deadlock",
        "twice-at-once",
        "piled-up-arrivals",
        "unfinished-work",
        "trapped",
        "unhandled-result",
        "limits-exhausted",
        "uncovered-guard",
        "boundary-gap",
        "missing-data",
        "handoff-data-missing",
        "outcome-data-missing",
        "policy-violated",
    }
)


def rule_names() -> list[str]:
    """The built-in rules in the order of the manual."""
    return [name for names in FAMILIES.values() for name in names]


def family_of(name: str) -> str | None:
    """The family of a built-in rule, also of `possible-…`; None for a name that is none."""
    name = told_by(name)
    return next((family for family, names in FAMILIES.items() if name in names), None)


def told_by(name: str) -> str:
    """The rule that makes findings of a name: `deadlock` for `possible-deadlock`, else itself."""
    rule = name.removeprefix(POSSIBLE)
    return rule if rule in UNSURE else name


def possible_names() -> list[str]:
    """The names `possible-…` of findings that are not sure."""
    return [POSSIBLE + name for name in rule_names() if name in UNSURE]


def built_in(name: str) -> Rule:
    """A built-in rule, also for its name `possible-…`. KeyError for a name that is none."""
    name = told_by(name)
    if family_of(name) is None:
        raise KeyError(name)
    module = import_module(f"salesflow.checking.rules.{name.replace('-', '_')}")
    rule: Rule = module.RULE
    return rule


def finders(names: Iterable[str]) -> list[Rule]:
    """The built-in rules of these names that look for something themselves."""
    return [
        built_in(name)
        for name in names
        if name not in FOUND_ELSEWHERE and name not in FAMILIES["syntax"]
    ]
