"""A card for each for whom something changes; a link on it shows only what concerns them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from salesflow.changes.difference import Diff
from salesflow.changes.edit import LEVELS, Level, worst
from salesflow.reporting.changed.concerns import concerns
from salesflow.reporting.changed.verdict import WORDS
from salesflow.reporting.simulated.page import prose
from salesflow.reporting.simulated.plots.canvas import safe

_ALL = "everything"  # the place that links lead to when nothing is to be left out
_MOST_LINES = 60


class _Card(NamedTuple):
    """Somebody, with what changes for them in all processes."""

    id: str
    title: str
    levels: list[Level]
    summaries: list[str]
    lines: list[str]
    more: str


def class_of(audience: str) -> str:
    """The class and the place of an audience: ``for-legal``."""
    return f"for-{re.sub('[^a-z0-9_]', '-', audience)}"


def audiences(diffs: Sequence[Diff]) -> tuple[str, ...]:
    """All that have a card, in the order of their cards."""
    return tuple(card.id for card in _cards(diffs))


def _cards(diffs: Sequence[Diff]) -> list[_Card]:
    found: dict[str, _Card] = {}
    for diff in diffs:
        of = f"{diff.id}: " if len(diffs) > 1 else ""
        for each in concerns(diff):
            card = found.setdefault(each.id, _Card(each.id, each.title, [], [], [], each.more))
            card.levels.append(each.level)
            card.summaries.append(f"{of}{each.summary}")
            card.lines.extend(f"{of}{line}" for line in each.lines)
    order = [each.id for diff in diffs for each in concerns(diff)]
    ours = dict.fromkeys(name for name in order if not _apart(found[name]))
    names = [*ours, *(name for name in dict.fromkeys(order) if name not in ours)]
    return [found[name] for name in names]


def _apart(card: _Card) -> bool:
    """Whether it is no department of ours."""
    return card.title.endswith("(external)") or card.id in (
        "running deals",
        "reporting",
        "customers",
    )


def cards(diffs: Sequence[Diff], *, linked: bool) -> Iterator[str]:
    """The cards; ``linked``: with links that show only what concerns them."""
    found = _cards(diffs)
    if not found:
        return
    if linked:
        yield f'<span class="filter" id="{_ALL}"></span>'
        for card in found:
            name = class_of(card.id)
            yield f'<span class="filter {name}" id="{name}"></span>'
        for card in found:
            yield (
                f'<p class="filtering {class_of(card.id)}">Shown is what concerns '
                f'<b>{safe(card.title)}</b>. <a href="#{_ALL}">Show everything</a></p>'
            )
    yield '<ul class="cards">'
    for card in found:
        yield from _card(card, linked=linked)
    yield "</ul>"


def _card(card: _Card, *, linked: bool) -> Iterator[str]:
    level = worst(card.levels)
    name = class_of(card.id)
    title = safe(card.title)
    shown = f'<a href="#{name}">{title}</a>' if linked else title
    badge = f'<span class="level {level}">{WORDS[level]}</span>' if level != LEVELS[-1] else ""
    yield f'<li class="card {level} {name}"><h2>{shown}{badge}</h2>'
    yield from (f"<p>{prose(summary)}</p>" for summary in card.summaries)
    if card.lines:
        behind = f'<a href="#{name}">{card.more}</a>' if linked else card.more
        yield f'<p class="note count">{behind}</p><ul class="more">'
        yield from (f"<li>{prose(line)}</li>" for line in card.lines[:_MOST_LINES])
        if len(card.lines) > _MOST_LINES:
            yield f"<li>and {len(card.lines) - _MOST_LINES:,} more</li>"
        yield "</ul>"
    yield "</li>"
