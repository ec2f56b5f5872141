"""Where each key of the language belongs, to tell somebody who wrote it elsewhere."""

from salesflow.schema.shapes import (
    Either,
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
    return {key: tuple(sorted(names, key=len)) for key, names in found.items()}


def records(root: Shape) -> list[Record]:
    """All records that a shape contains, itself first, each once."""
    return [shape for shape in shapes(root) if isinstance(shape, Record)]


def shapes(root: Shape) -> list[Shape]:
    """All shapes that a shape contains, itself first, each once."""
    found: dict[int, Shape] = {}
    waiting: list[Shape] = [root]
    for later in waiting:  # grows while it is walked
        shape = resolved(later)
        if id(shape) in found:
            continue
        found[id(shape)] = shape
        if isinstance(shape, Record):
            waiting.extend(key.shape for key in shape.keys.values())
        elif isinstance(shape, Either):
            waiting.extend(option.shape for option in shape.options)
        elif isinstance(shape, MapOf):
            waiting += [shape.key, shape.value]
        elif isinstance(shape, ListOf):
            waiting.append(shape.item)
    return list(found.values())
