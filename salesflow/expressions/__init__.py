"""The language of ``when`` and ``set``: compiled, typed, judged on deals and on ranges of values.

``evaluate`` judges a deal's values, ``cells`` what holds over ranges of them; both are imported
from their modules by whoever needs them.
"""

from salesflow.expressions.check import compile_expression
from salesflow.expressions.expression import Expression
from salesflow.expressions.types import FieldType, Problem, Scope

__all__ = ["Expression", "FieldType", "Problem", "Scope", "compile_expression"]
