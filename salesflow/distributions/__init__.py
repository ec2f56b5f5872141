"""How times and values are spread, in the words people know: median and p90, least and most.

One family a file; each knows its moments and its inverse distribution function.
"""

from salesflow.distributions.any_of import AnyOf
from salesflow.distributions.constant import Constant
from salesflow.distributions.exponential import Exponential
from salesflow.distributions.family import Distribution, Value
from salesflow.distributions.lognormal import Lognormal
from salesflow.distributions.problem import Problem
from salesflow.distributions.reading import parse_distribution
from salesflow.distributions.triangular import Triangular
from salesflow.distributions.uniform import Uniform

__all__ = [
    "AnyOf",
    "Constant",
    "Distribution",
    "Exponential",
    "Lognormal",
    "Problem",
    "Triangular",
    "Uniform",
    "Value",
    "parse_distribution",
]
