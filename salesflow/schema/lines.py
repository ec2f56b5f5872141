"""A file as lines, one for each value, so that a line diff shows what changed and where.

Order, comments, layout and short forms leave no trace; every line says the whole path.
"""

from collections.abc import Iterator
from typing import Any

from salesflow.schema.expand import expand
from salesflow.source.located import Map
from salesflow.source.project import read_file
from salesflow.source.write import one_line


def lines_of(file: str) -> str:
    """The file's own lines, ``steps.demo.effort: 2h``, sorted by path; what it uses is not read.

    A text that cannot be understood is given as it is. UsageError where there is no such file.
    """
    reading = read_file(file)
    if reading.data is None or any(finding.rule == "syntax" for finding in reading.findings):
        return reading.text
    return "".join(f"{line}\n" for _, line in sorted(_lines(expand(reading.data), ())))


def _lines(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Map) and value:
        for key, inner in value.items():
            yield from _lines(inner, (*path, str(key)))
    else:
        yield path, f"{'.'.join(path)}: {one_line(value)}"
