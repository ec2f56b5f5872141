"""Values below each other: a table that an author laid out is kept, as it is easier to read."""

from collections.abc import Iterator, Sequence

from salesflow.source.located import Entry


def columns(text: str, parts: Sequence[Entry]) -> dict[int, int]:
    """The entries that stand in a table, by place, and how wide their keys are written there.

    A table are neighbours, one below the other and each on one line, whose values stand in one
    column that is not just one space behind every colon. It keeps its rows, whatever their length.
    """
    widths = {}
    for group in _groups(text, parts):
        if any(text[parts[n].key_end : parts[n].start] != ": " for n in group):
            widest = max(parts[n].key_end - parts[n].begin + 2 for n in group)
            widths.update(dict.fromkeys(group, widest))
    return widths


def _groups(text: str, parts: Sequence[Entry]) -> Iterator[list[int]]:
    """Two or more neighbours whose values stand in one column."""
    group: list[int] = []
    for n, entry in enumerate(parts):
        alone = entry.begin < entry.key_end and "\n" not in text[entry.begin : entry.end]
        if group and alone and _below(text, parts[group[-1]], entry):
            group.append(n)
            continue
        if len(group) > 1:
            yield group
        group = [n] if alone else []
    if len(group) > 1:
        yield group


def _below(text: str, one: Entry, other: Entry) -> bool:
    """Whether an entry stands on the next line, its value in the same column."""
    together = text.count("\n", one.end, other.begin) == 1
    return together and _column(text, one.start) == _column(text, other.start)


def _column(text: str, offset: int) -> int:
    return offset - (text.rfind("\n", 0, offset) + 1)
