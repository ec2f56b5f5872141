"""What a rule is: a name, a verdict's weight, a manual, and a function that finds."""

import sys
from collections.abc import Callable, Iterable
from typing import Literal

from salesflow.checking.facts import Facts
from salesflow.findings import Finding, Fix, Related, Severity
from salesflow.nouns import Noun
from salesflow.process.people import Element
from salesflow.spans import Span

Preset = Literal["correctness", "recommended", "all"]

POSSIBLE = "possible-"  # in front of a rule's name where a finding is not sure

PRESETS: tuple[Preset, ...] = ("correctness", "recommended", "all")


class Rule(Noun):
    """One thing to look for.

    ``preset`` is the smallest preset that has it. ``find`` reads facts and yields findings; it
    never simulates, prints or raises. It is None where the finding is made elsewhere (while a text
    is read, a variant laid over its base, comments are applied): such a rule only has its manual.
    The docstring of the module where ``find`` (or ``module``) stands is the manual.
    """

    unequal = frozenset({"find"})

    name: str
    family: str
    severity: Severity
    preset: Preset = "recommended"
    find: Callable[[Facts], Iterable[Finding]] | None = None
    module: str

    @property
    def manual(self) -> str:
        """The rule's page: what it means, why it costs deals, wrong and right."""
        return (sys.modules[self.module].__doc__ or "").strip()

    def possible(self, finding: Finding) -> Finding:
        """A finding of this rule that rests on values which need not be real: a warning.

        Its rule is ``possible-…``, which shares this rule's manual. The rule must be one of
        ``catalogue.UNSURE``.
        """
        return finding._replace(rule=POSSIBLE + self.name, severity="warning")

    def at(
        self,
        element: Element,
        message: str,
        *,
        hint: str = "",
        witness: tuple[str, ...] = (),
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
    ) -> Finding:
        """A finding of this rule at an element's key."""
        return self.found(
            element.path,
            element.span,
            message,
            hint=hint,
            witness=witness,
            related=related,
            fix=fix,
        )

    def found(
        self,
        path: str,
        span: Span,
        message: str,
        *,
        hint: str = "",
        witness: tuple[str, ...] = (),
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
    ) -> Finding:
        """A finding of this rule at a place that is no element's key."""
        return Finding(
            rule=self.name,
            family=self.family,
            severity=self.severity,
            path=path,
            span=span,
            message=message,
            help=hint,
            witness=witness,
            related=related,
            fix=fix,
        )
