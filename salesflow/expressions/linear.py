"""Sums of fields: what every number of an expression comes down to.

``*`` needs a side without fields and ``/`` divides by one, so a number is always
``constant + a * x + b * y ...`` and a comparison cuts each single field at one exact point.
"""

from collections.abc import Mapping
from typing import NamedTuple

from salesflow.expressions.exact import Exact, product, quotient, total


class Linear(NamedTuple):
    """``constant`` plus factor times value over ``fields`` and over ``counts`` of results."""

    constant: Exact
    fields: Mapping[str, Exact] = {}
    counts: Mapping[str, Exact] = {}

    def times(self, factor: Exact) -> "Linear":
        """The sum multiplied by a number."""
        return Linear(
            product(self.constant, factor),
            _scaled(self.fields, factor),
            _scaled(self.counts, factor),
        )

    def over(self, divisor: Exact) -> "Linear":
        """The sum divided by a number that is not 0."""
        return self.times(quotient(1, divisor))

    def plus(self, other: "Linear", factor: Exact = 1) -> "Linear":
        """This sum and ``factor`` times the other; what cancels out is gone."""
        return Linear(
            total(self.constant, product(other.constant, factor)),
            _joined(self.fields, _scaled(other.fields, factor)),
            _joined(self.counts, _scaled(other.counts, factor)),
        )

    def product(self, other: "Linear") -> "Linear":
        """The product of two sums of which one has no fields and counts."""
        if other.fields or other.counts:
            return other.times(self.constant)
        return self.times(other.constant)

    def cut(self) -> tuple[str, Exact] | None:
        """The one field it reads and where the sum is 0; None with no field or several."""
        if len(self.fields) != 1 or self.counts:
            return None
        ((field, factor),) = self.fields.items()
        return field, quotient(-self.constant, factor)


def _scaled(terms: Mapping[str, Exact], factor: Exact) -> Mapping[str, Exact]:
    """The terms, each factor multiplied."""
    return {name: product(own, factor) for name, own in terms.items()} if factor else {}


def _joined(one: Mapping[str, Exact], other: Mapping[str, Exact]) -> Mapping[str, Exact]:
    """The terms of both, without those that cancel out."""
    terms = dict(one)
    for name, factor in other.items():
        terms[name] = total(terms.get(name, 0), factor)
    return {name: factor for name, factor in terms.items() if factor}
