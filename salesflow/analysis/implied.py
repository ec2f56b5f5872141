"""What a condition says of its fields where it holds: a comparison with an empty field is false."""

from salesflow.expressions import Expression
from salesflow.expressions.tree import Compare, Field, Filled, Node, Not, Several, fields_read


def implied(when: Expression, *, holds: bool) -> frozenset[str]:
    """The fields that are surely filled where a condition holds, or where it does not."""
    return _implied(when.root, holds)


def _implied(node: Node, holds: bool) -> frozenset[str]:
    """An expression is at most 32 levels deep."""
    if isinstance(node, Not):
        return _implied(node.condition, not holds)
    if isinstance(node, Several):
        parts = [_implied(part, holds) for part in node.parts]
        one_decides = node.decides == holds
        return frozenset.intersection(*parts) if one_decides else frozenset().union(*parts)
    if holds and isinstance(node, Filled):
        return frozenset({node.name})
    if holds and isinstance(node, Compare | Field):
        return frozenset(fields_read(node))
    return frozenset()
