"""The language reference as Markdown, written off the tables that also validate."""

from collections.abc import Mapping

from salesflow.schema.homes import called, records, shapes
from salesflow.schema.language import KINDS, document
from salesflow.schema.said import written
from salesflow.schema.shapes import Key, Record, resolved

_EVERYWHERE = ("name", "description", "owner", "was")


def reference() -> str:
    """Every kind of document, every map in it and every key: type, meaning and example."""
    told: set[str] = set()
    parts = [_opening(), _table(_common())]
    for kind in KINDS:
        for record in records(document(kind)):
            title = _title(record)
            if not record.name or title in told:
                continue
            told.add(title)
            level = "##" if record.name in KINDS else "###"
            parts.append(f"{level} {title}\n\n{record.description}\n\n{_table(_own(record))}")
    parts.append(f"## Values\n\n{_values()}")
    return "\n".join(parts)


def _values() -> str:
    """The values that are written in several forms."""
    rows = ["| value | what it means | examples |", "|---|---|---|"]
    told: set[str] = set()
    for kind in KINDS:
        for shape in shapes(document(kind)):
            if isinstance(shape, Record) or not shape.description or shape.name in told:
                continue
            told.add(shape.name)
            examples = ", ".join(f"`{written(example)}`" for example in shape.examples)
            rows.append(_cells(shape.name.replace("_", " "), shape.description, examples))
    return "\n".join(rows) + "\n"


def _opening() -> str:
    return (
        "# Keys of the language\n\n"
        "Written off the tables that `salesflow check` judges files by, and that "
        "`salesflow schema` turns into a JSON Schema.\n\n"
        "Every element may also carry these, and keys of your own that start with `x-`:\n"
    )


def _title(record: Record) -> str:
    name = called(record).removeprefix("an ").removeprefix("a ")
    if record.name == "inner_result_full":
        name = "result of a block or a run"
    return f"{name[:1].upper()}{name[1:]}"


def _common() -> Mapping[str, Key]:
    keys = document("process").keys
    return {name: keys[name] for name in _EVERYWHERE}


def _own(record: Record) -> Mapping[str, Key]:
    return {name: key for name, key in record.keys.items() if name not in _EVERYWHERE}


def _table(keys: Mapping[str, Key]) -> str:
    rows = [
        "| key | what it says | what may stand there | example |",
        "|---|---|---|---|",
    ]
    return "\n".join([*rows, *(_row(name, key) for name, key in keys.items())]) + "\n"


def _row(name: str, key: Key) -> str:
    needed = " (needed)" if key.required else ""
    example = f"`{name}: {written(key.examples[0])}`" if key.examples else ""
    return _cells(f"`{name}`{needed}", key.description, resolved(key.shape).expected, example)


def _cells(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
