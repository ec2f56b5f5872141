"""Conditions and set values with the names of another version."""

from typing import Any

from salesflow.changes.names import Expressed, Names
from salesflow.changes.sheet import RUNS, runs_of
from salesflow.expressions import FieldType, Scope, compile_expression
from salesflow.expressions.tree import (
    Chain,
    Choice,
    Compare,
    Field,
    Filled,
    Minus,
    Node,
    Not,
    Several,
    Times,
    Visited,
)
from salesflow.process.binding import SOURCE_FIELD, written
from salesflow.process.model import Process


def expressed(process: Process, names: Names) -> Expressed:
    """The function that puts an expression of a process, or of one that it runs, in other names."""
    homes: dict[str, Process] = {"": process}
    homes.update((f"{RUNS}.{name}.", run) for name, run in runs_of(process).items())
    scopes: dict[str, Scope] = {}

    def put(home: str, text: Any, field: str) -> Any:
        if home not in scopes:
            scopes[home] = _scope(homes[home])
        scope = scopes[home]
        wanted = scope.fields.get(field) if field else None
        expression, _ = compile_expression(written(text), scope, wanted=wanted)
        was = expression.root if expression is not None else None
        root = _Put(names, home).node(was) if was is not None else None
        return text if root == was else str(root)

    return put


def _scope(process: Process) -> Scope:
    fields = {name: FieldType(f.type, f.values) for name, f in process.data.items()}
    fields[SOURCE_FIELD] = FieldType("choice", tuple(process.sources))
    results = {result.node for step in process.nodes.values() for result in step.next.values()}
    return Scope(fields=fields, steps=process.nodes, results=results)


class _Put:
    """Puts the parts of one expression in other names."""

    def __init__(self, names: Names, home: str) -> None:
        self.fields = names.renamed(home, "field")
        self.nodes = names.renamed(home, "node")

    def node(self, node: Node) -> Node:
        if isinstance(node, Field):
            return node.replace(name=self.fields(node.name))
        if isinstance(node, Filled):
            return node.replace(name=self.fields(node.name))
        if isinstance(node, Visited):
            return node.replace(step=self.nodes(node.step))
        if isinstance(node, Times):
            return node.replace(result=self.nodes(node.result))
        return self.whole(node)

    def whole(self, node: Node) -> Node:
        """A node with others in it."""
        if isinstance(node, Compare):
            return self.compared(node)
        if isinstance(node, Several):
            return node.replace(parts=tuple(map(self.node, node.parts)))
        if isinstance(node, Chain):
            rest = tuple((sign, self.node(part)) for sign, part in node.rest)
            return node.replace(first=self.node(node.first), rest=rest)
        if isinstance(node, Not):
            return node.replace(condition=self.node(node.condition))
        if isinstance(node, Minus):
            return node.replace(value=self.node(node.value))
        return node

    def compared(self, node: Compare) -> Compare:
        """A comparison; what the deal's source is compared with is a source."""
        sides = (node.left, node.right)
        source = any(isinstance(side, Field) and side.name == SOURCE_FIELD for side in sides)
        left, right = (
            side.replace(value=self.nodes(side.value))
            if source and isinstance(side, Choice)
            else self.node(side)
            for side in sides
        )
        return node.replace(left=left, right=right)
