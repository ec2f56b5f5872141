"""Where each key of the language belongs, to tell somebody who wrote it elsewhere."""

from salesflow.schema.shapes import (
    Either,
    Later,
    ListOf,
    MapOf,
    Record,
    Shape,
    resolved,
)

# What a record is called in a sentence, where its name does not say it.
_CALLED = {
    "work": "a step",
    "block": "a block (a step with `parallel`)",
    "run": "a step that runs a process",
    "result_full": "a result",
    "inner_result_full": "a result",
    "department_with_roles": "a department",
    "department_alone": "a department",
    "sla": "an `sla`",
    "timeout": "a `timeout`",
    "escalation": "an `escalate`",
}


def called(record: Record) -> str:
    """What a record is called in a sentence: "a step"."""
    if not record.name:
        return record.expected.split(" such as ")[0]
    told = _CALLED.get(record.name)
    if told is None:
        article = "an" if record.name[0] in "aeiou" else "a"
        told = f"{article} {record.name.replace('_', ' ')}"
    return told


def homes(root: Shape) -> dict[str, tuple[str, ...]]:
    """Each key below a shape with what the maps are called that know it, each once."""
    found: dict[str, dict[str, None]] = {}
    for record in records(root):
        for key in record.keys:
            found.setdefault(key, {})[called(record)] = None
    return {key: tuple(names) for key, names in found.items()}


def records(root: Shape) -> list[Record]:
    """All records that a shape contains, itself first, each once."""
    found: list[Record] = []
    seen: set[int] = set()
    waiting: list[Shape] = [root]
    for shape in waiting:  # grows while it is walked
        whole = resolved(shape) if isinstance(shape, Later) else shape
        if id(whole) in seen:
            continue
        seen.add(id(whole))
        if isinstance(whole, Record):
            found.append(whole)
            waiting.extend(key.shape for key in whole.keys.values())
        elif isinstance(whole, Either):
            waiting.extend(option.shape for option in whole.options)
        elif isinstance(whole, MapOf):
            waiting.append(whole.value)
        elif isinstance(whole, ListOf):
            waiting.append(whole.item)
    return found
