"""Paths that lead nowhere, and what was probably meant."""

from collections.abc import Collection
from typing import Any

from salesflow.findings import Finding, syntax_finding
from salesflow.names import nearest
from salesflow.schema.kinds import PROCESS, SKIPPED, below, gathers, kind_at
from salesflow.schema.rules import quoted
from salesflow.source.located import Map, Seq
from salesflow.spans import Span

MOST_SHOWN = 8
MOST_COMPARED = 5000


def reach(root: Map, path: tuple[str, ...]) -> tuple[int, Any]:
    """How many parts of a path exist, and what stands there; a list of fields has its fields."""
    node: Any = root
    kind = PROCESS
    for place, part in enumerate(path):
        if not holds(node, kind) or part not in node:
            return place, node
        node = node[part] if isinstance(node, Map) else "filled"
        kind = below(kind, part)
    return len(path), node


def holds(node: Any, kind: str) -> bool:
    """Whether something can stand below a node."""
    return isinstance(node, Map) or (kind == "fields" and isinstance(node, Seq))


def has_room(root: Map, path: tuple[str, ...]) -> bool:
    """Whether something can be put at a path: all but its last part is there.

    A map of ids that the base leaves out (`stages`, the `captures` of a step) is an empty one.
    """
    above = path[:-1]
    there, node = reach(root, above)
    if there == len(above):
        return holds(node, kind_at(PROCESS, above))
    found = above[:there]
    return _left_out(node, kind_at(PROCESS, found), above[there]) and there == len(above) - 1


def _left_out(node: Any, kind: str, part: str) -> bool:
    """Whether a part is a map of ids that could stand here and does not."""
    return isinstance(node, Map) and part not in node and gathers(kind, part)


def hits_nothing(root: Map, path: tuple[str, ...], span: Span, *, of: str, doing: str) -> Finding:
    """The finding for a ``change`` or ``removal`` (``doing``) of a path that leads nowhere.

    ``of`` is the id of the process that ``root`` is.
    """
    what, hint = _said(root, path, of=of, grows=doing == "change")
    message = f"{what}, so this {doing} hits nothing."
    name = ".".join(path)
    return Finding("change-hits-nothing", "variants", "error", name, span, message, hint)


def changes_nothing(path: tuple[str, ...], span: Span) -> Finding:
    """The finding for a ``change`` of a map that has something to an empty one: they merge."""
    name = ".".join(path)
    message = f"`{name}` has something already, and `{{}}` changes nothing of it: maps merge."
    hint = (
        "Write what is different, or leave this out. "
        f"To take all of it out, write `remove: [{name}]` beside `change`."
    )
    return Finding("change-hits-nothing", "variants", "error", name, span, message, hint)


def locks_nothing(root: Map, path: tuple[str, ...], span: Span, *, of: str) -> Finding:
    """The finding for a lock on a path that leads nowhere."""
    what, hint = _said(root, path, of=of, grows=False)
    message = f"{what}, so this lock holds nothing."
    return syntax_finding("unknown-name", span, message, path="locked", hint=hint)


def _said(root: Map, path: tuple[str, ...], *, of: str, grows: bool) -> tuple[str, str]:
    """What is missing, and what to do; ``grows``: the missing part may be added."""
    place, node = reach(root, path)
    place = min(place, len(path) - 1)
    there = f"`{'.'.join(path[:place])}`" if place else f"`{of}`"
    part = path[place]
    if not isinstance(node, Map):
        what = "a list" if isinstance(node, list) else "a single value"
        hint = f"Change it as a whole: `{'.'.join(path[:place])}: …`."
        return f"{there} is {what} and has no `{part}`", hint
    message = f"{there} has no `{part}`"
    full = written_out(root, path)
    if full:
        return message, f"Write `{full}`."
    near = None if _is_word(part) else nearest(part, node, most=MOST_COMPARED)
    if near:
        return message, f"Did you mean `{near}`?"
    hint = f"It has {listed(node)}." if node else "It is empty."
    if grows and _left_out(node, kind_at(PROCESS, path[:place]), part):
        place += 1
        part = path[place]
    if grows and place < len(path) - 1:
        hint += f" To add `{part}`, write `{'.'.join(path[: place + 1])}: {{…}}`."
    return message, hint


def _is_word(part: str) -> bool:
    """Whether a part is a key of the language, and so not mistyped."""
    from salesflow.schema.homes import homes  # only where something is wrong
    from salesflow.schema.language import document

    return part in homes(document("process"))


def written_out(root: Map, path: tuple[str, ...]) -> str:
    """The full path that a short one means (``call.fit``: ``steps.call.next.fit``); "" if none.

    As in a change, the last part need not exist where the part before is an element.
    """
    node: Any = root
    kind = PROCESS
    full: list[str] = []
    for place, part in enumerate(path):
        word = _skipped(node, part, kind)
        if word is None:
            last = 0 < place == len(path) - 1 and isinstance(node, Map)
            return ".".join([*full, part]) if last and tuple(full) != path[:-1] else ""
        for key in (*word, part):
            full.append(key)
            kind = below(kind, key)
            node = node[key]
    return ".".join(full)


def _skipped(node: Any, part: str, kind: str) -> tuple[str, ...] | None:
    """The words left out between a node and a part; None where the part is nowhere near."""
    if not isinstance(node, Map):
        return None
    if part in node:
        return ()
    for word in SKIPPED.get(kind, ()):
        inner = node.get(word)
        if isinstance(inner, Map) and part in inner:
            return (word,)
    if kind == PROCESS and isinstance(node.get("departments"), Map):
        for name, department in node["departments"].items():
            roles = department.get("roles") if isinstance(department, Map) else None
            if isinstance(roles, Map) and part in roles:
                return ("departments", name, "roles")
    return None


def listed(names: Collection[str]) -> str:
    """Names for a sentence: `a`, `b` and 3 more."""
    shown = sorted(names)
    rest = len(shown) - MOST_SHOWN
    if rest > 0:
        return f"{', '.join(f'`{name}`' for name in shown[:MOST_SHOWN])} and {rest} more"
    return quoted(shown)


_GONE = frozenset({"null", "~", "remove", "delete"})


def meant_removal(
    document: Map, variant: Map, path: tuple[str, ...], value: Any
) -> tuple[str, ...]:
    """The path that a change to `null` or `remove` was probably meant to take out, or ()."""
    if not isinstance(value, str) or value.lower() not in _GONE:
        return ()
    if path[-1] == "to":
        path = path[:-1]  # `fit: null`, written out
    there, old = reach(document, path)
    if there < len(path) or not isinstance(old, Map | Seq):
        return ()
    return () if _names(document, value) or _names(variant, value) else path


def _names(document: Map, name: str) -> bool:
    """Whether something in a document is called so."""
    waiting: list[Any] = [document]
    for each in waiting:  # grows while it is walked
        if isinstance(each, Map):
            if each is not document and any(name in key.split(".") for key in each):
                return True
            waiting.extend(each.values())
    return False
