"""For whom something changes: departments first, then deals, reports and customers."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from salesflow.changes.difference import Diff
from salesflow.changes.edit import CUSTOMERS, LEVELS, REPORTING, RUNNING, Level, worst
from salesflow.process.people import Department
from salesflow.reporting.changed import under_way
from salesflow.reporting.changed.once import grouped, told, worst_first

_OTHERS = (RUNNING, REPORTING, CUSTOMERS)
_EXTERNAL = " (external)"
_MOST_NAMED = 12
_IN_FULL = "in full"  # the first line of a department sums up the others
_MORE = "and "
_FOR_THEM = "what changes for them"


class Concern(NamedTuple):
    """Somebody: a department by ``id``, or one of the words of ``edit``.

    ``summary`` is the one line to read, ``lines`` are the sentences behind it, what matters most
    first, and ``more`` says what these are; ``level`` is that of the worst change.
    """

    id: str
    title: str
    level: Level
    summary: str
    lines: tuple[str, ...]
    more: str

    @property
    def line(self) -> str:
        """The one line, with how much more there is where it does not say so itself."""
        told = self.lines and self.more.startswith(_MORE)
        return f"{self.summary} ({self.more})" if told else self.summary


def concerns(diff: Diff) -> tuple[Concern, ...]:
    """All for whom something changes: our departments, external ones, then whoever else."""
    ours: list[Concern] = []
    external: list[Concern] = []
    for name in sorted(diff.departments):
        lines = diff.departments[name]
        if not lines or name in _OTHERS:
            continue
        department = _department(diff, name)
        outside = department is not None and department.external
        heading = department.heading if department is not None else name.replace("_", " ")
        title = f"{heading}{_EXTERNAL}" if outside else heading
        concern = Concern(name, title, _level(diff, name), lines[0], lines[1:], _IN_FULL)
        (external if outside else ours).append(concern)
    theirs = frozenset(each.id for each in external)
    return (*_worst_first(ours), *_worst_first(external), *_others(diff, theirs))


def together(found: Sequence[Concern]) -> tuple[Concern, ...]:
    """Where the same line stands for several it stands once: of departments, all the lines.

    Departments of ours, external ones and others stay apart.
    """
    alike: dict[object, list[Concern]] = {}
    for each in found:
        department = each.more == _IN_FULL
        key = (each.lines, each.title.endswith(_EXTERNAL)) if department else None
        alike.setdefault((each.summary, department, key), []).append(each)
    return tuple(_joined(group) if len(group) > 1 else group[0] for group in alike.values())


def _joined(group: Sequence[Concern]) -> Concern:
    first = group[0]
    rest = tuple(dict.fromkeys(line for each in group for line in each.lines))
    titles = [first.title, *(each.title for each in group[1:])]
    more = len(titles) - _MOST_NAMED
    if first.more != _IN_FULL:
        titles[1:] = [title.lower() for title in titles[1:]]
    return first._replace(
        title=", ".join(titles[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else ""),
        level=worst([each.level for each in group]),
        lines=rest,
        more=first.more if first.more == _IN_FULL else f"{_MORE}{len(rest):,} more",
    )


def _worst_first(found: list[Concern]) -> list[Concern]:
    return sorted(found, key=lambda concern: LEVELS.index(concern.level))


def _department(diff: Diff, name: str) -> Department | None:
    for process in (diff.new, diff.old):
        if process is not None and name in process.departments:
            return process.departments[name]
    return None


def _level(diff: Diff, name: str) -> Level:
    return worst([e.level for e in diff.edits if name in e.audience and not e.waived])


def _others(diff: Diff, external: frozenset[str]) -> Iterator[Concern]:
    for name in _OTHERS:
        edits = [e for e in told(diff.edits) if name in e.audience and not e.waived]
        if name == CUSTOMERS and all(external.intersection(e.audience) for e in edits):
            edits = []  # the customer's own department reads it already
        said = [
            *diff.departments.get(name, ()),
            *(edit.message for edit in worst_first(grouped(edits))),
        ]
        level = _level(diff, name)
        if name == RUNNING and diff.deals is not None:  # facts come before what may be
            said.insert(0, under_way.in_short(diff.deals))
            level = under_way.level(diff.deals)
        lines = tuple(dict.fromkeys(line for line in said if line))
        if lines:
            more = f"{_MORE}{len(lines) - 1:,} more"
            more = _FOR_THEM if name == RUNNING and diff.deals is not None else more
            yield Concern(name, name.capitalize(), level, lines[0], lines[1:], more)
