"""Short forms of the language written out: ``next: propose`` as ``next: {done: {to: propose}}``.

Written out are ``next: x``, ``fit: x`` (also with several targets) and ``arrivals: 1 per day``, at
every depth of blocks, and below every dotted key of a ``change``. All else has one form only, or
forms that mean different things (``captures: [a]`` and ``captures: {a: 30%}``).
"""

from typing import Any

from salesflow.schema.kinds import (
    KINDS,
    PROCESS,
    document_kind,
    kind_at,
    parts,
)
from salesflow.source.located import Map, copied, put

# Kind of a value that is no map -> the key its full form has.
_FULL_FORM = {"results": "done", "result": "to", "arrivals": "rate"}

# Kinds with a short form somewhere below; the others need no look.
_DEEPER = {
    kind: {key: inner for key, inner in KINDS[kind].items() if inner not in ("fields", "elements")}
    for kind in (PROCESS, "sources", "source", "steps", "step", "branches", "branch", "results")
}
_DEEPER[PROCESS] = {"sources": "sources", "steps": "steps"}


def expand(document: Map) -> Map:
    """The document with its short forms written out; parts that have none are shared with it.

    The document may be of every kind and need not be valid: what is not understood stays. What
    stands for a short form keeps its place. Expanding twice changes nothing more.
    """
    kind = document_kind(document)
    if kind == "tests":
        return document
    if kind not in ("variant", "scenario"):
        return _map(document, PROCESS)
    change = document.get("change")
    if not isinstance(change, Map):
        return document
    copy = copied(document)
    put(copy, "change", expand_change(change), like=document, like_key="change")
    return copy


def expand_change(change: Map) -> Map:
    """A ``change`` with its short forms written out, whatever lies at its dotted keys."""
    return _dotted(change, PROCESS)


def _value(parent: Map, key: str, kind: str) -> Any:
    """The full form of ``parent[key]``; the value itself where it is one."""
    value = parent[key]
    if isinstance(value, Map):
        return _map(value, kind) if kind in _DEEPER else value
    word = _FULL_FORM.get(kind)
    if word is None:
        return value
    full = Map()
    put(full, word, value, like=parent, like_key=key)
    return _map(full, kind) if kind in _DEEPER else full


def _map(data: Map, kind: str) -> Map:
    """The full form of a map; its depth is limited by the reader."""
    table = _DEEPER[kind]
    each = table.get("*", "")
    full = data
    for key in data if each else [key for key in table if key in data]:
        old = data[key]
        value = _value(data, key, each or table[key])
        if value is not old and not key.startswith("x-"):
            if full is data:
                full = copied(data)
            full[key] = value  # where the short form stood
    return full


def _dotted(data: Map, kind: str) -> Map:
    """The full form of a map of changes, which may have dotted keys."""
    full = copied(data)
    for key, value in data.items():
        inner = kind_at(kind, parts(key))
        if inner in _DEEPER and isinstance(value, Map):
            put(full, key, _dotted(value, inner), like=data, like_key=key)
        elif inner in _FULL_FORM:
            put(full, key, _value(data, key, inner), like=data, like_key=key)
    return full
