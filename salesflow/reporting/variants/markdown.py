"""Variants beside their base, as Markdown: for a page or a pull request."""

from collections.abc import Iterator, Mapping, Sequence

from salesflow.changes.variants import Variants, groups_of
from salesflow.reporting.markdown import escaped, prose
from salesflow.reporting.variants.figures import figures_of, hints_of
from salesflow.reporting.variants.simulated import HEADING, simulated


def markdown(found: Sequence[Variants]) -> str:
    """A heading and a table for each process that has variants."""
    return "\n".join(row for each in found for row in _told(each)).rstrip("\n") + "\n"


def _told(found: Variants) -> Iterator[str]:
    yield f"## {escaped(found.base.id)} and its variants"
    yield ""
    ids = [member.id for member in found.variants]
    heads = [
        _head(member.id, member.of if member.of != found.base.id else "")
        for member in found.variants
    ]
    yield f"| | {' | '.join([escaped(found.base.id), *heads])} |"
    yield f"|---|{'---|' * (len(ids) + 1)}"
    yield _heading("By the shares", len(ids))
    for label, base, cells in figures_of(found):
        yield _row(label, base, cells, ids)
    if found.results:
        yield _heading(HEADING, len(ids))
        for label, base, cells in simulated(found):
            yield _row(label, base, cells, ids)
    for name, rows in groups_of(found.rows):
        yield _heading(name, len(ids))
        for row in rows:
            texts = {variant: cell.text for variant, cell in row.cells.items()}
            yield _row(row.label, row.base, texts, ids)
    yield ""
    for sentence in hints_of(found):
        yield f"{prose(sentence)}\n"


def _head(name: str, of: str) -> str:
    return f"{escaped(name)}<br>of {escaped(of)}" if of else escaped(name)


def _heading(name: str, variants: int) -> str:
    return f"| **{escaped(name)}** |{' |' * (variants + 1)}"


def _row(label: str, base: str, cells: Mapping[str, str], ids: Sequence[str]) -> str:
    texts = [label, base, *(cells.get(name, "") for name in ids)]
    return f"| {' | '.join(map(escaped, texts))} |"
