"""A checked expression and what it reads."""

from functools import cached_property

from salesflow.expressions.exact import Exact
from salesflow.expressions.tree import Choice, Node, Truth, linear
from salesflow.nouns import FrozenMap, Noun


class Expression(Noun):
    """A checked expression: equal to every other that means the same text.

    ``type`` is ``condition`` or the kind of value it gives (a kind of field). ``mentions`` are all
    fields in it, ``reads`` those whose value it reads (not only ``filled(…)``), ``steps`` the
    short paths in ``visited``, ``results`` those in ``times`` with the greatest number compared
    with (rounded up, at least 0). ``literals`` has, for fields of numbers, the exact values where
    the outcome can change, sorted.
    """

    unequal = frozenset({"text", "mentions", "reads", "steps", "results", "literals"})

    root: Node
    type: str
    text: str
    mentions: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    results: FrozenMap[str, int] = FrozenMap()
    literals: FrozenMap[str, tuple[Exact, ...]] = FrozenMap()

    def __str__(self) -> str:
        """The canonical text, which compiles to an equal expression."""
        return str(self.root)

    @cached_property
    def constant(self) -> "Exact | str | bool | None":
        """The value it always gives; None for conditions and where a field is read.

        A field set to it takes this value: a number cuts the field's cells as ``literals`` do.
        """
        if self.type == "condition" or self.reads:
            return None
        if isinstance(self.root, Choice | Truth):
            return self.root.value
        return linear(self.root).constant
