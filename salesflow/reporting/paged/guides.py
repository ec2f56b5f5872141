"""A department's guide: when deals come to it, with what, what it owes, and to whom they go."""

from collections.abc import Iterator, Sequence

from salesflow.analysis.department import Crossing, DepartmentView, Task, view_of
from salesflow.drawing.html.nouns import Card, Line, Section
from salesflow.process.model import Process, Touchpoint
from salesflow.quantities import format_share
from salesflow.reporting.paged.kept import Kept
from salesflow.reporting.paged.places import Places
from salesflow.reporting.paged.times import in_words
from salesflow.reporting.words import sentence

_OUTSIDE = "Outside of our company."


def guides(process: Process, places: Places, kept: Kept) -> Iterator[Card]:
    """A card for each department, in the order of the organization."""
    for name, department in process.departments.items():
        view = view_of(process, name)
        outside = _OUTSIDE if department.external else ""
        lead = " ".join(filter(None, [department.description, outside]))
        sections = _sections(process, view, places, kept)
        yield Card(
            path=department.path,
            lead=lead,
            sections=tuple(section for section in sections if section.lines),
        )


def _sections(
    process: Process, view: DepartmentView, places: Places, kept: Kept
) -> Iterator[Section]:
    told = _Told(process, places, kept)
    entering = (*told.sources(view), *told.handoffs(view.entries, "from", ("gets", "owes back")))
    yield Section(title="Enters", lines=entering)
    yield Section(title="Works on", lines=tuple(_tasks(process, view, places)))
    leaving = told.handoffs(view.exits, "to", ("hands over", "gets back"))
    yield Section(title="Leaves", lines=tuple(leaving))
    yield Section(title="Promises", lines=tuple(told.promises(view.entries, "to")))
    yield Section(title="Is promised", lines=tuple(told.promises(view.exits, "by")))
    yield Section(title="People", lines=tuple(kept.people(process, view.department.id)))


class _Told:
    """How the handoffs of a process are told."""

    def __init__(self, process: Process, places: Places, kept: Kept) -> None:
        self.process = process
        self.places = places
        self.kept = kept

    def sources(self, view: DepartmentView) -> Iterator[Line]:
        for source in view.sources:
            rate = source.per_week
            value = f"{self.kept.number(rate)} a week" if rate else ""
            yield Line(text=f"by itself: {source.heading}", value=value, to=source.path)
            if source.gives:
                given = sentence([self._field(name) for name in source.gives])
                yield Line(text=f"with {given}", tone="quiet")

    def handoffs(
        self, crossings: Sequence[Crossing], word: str, verbs: tuple[str, str]
    ) -> Iterator[Line]:
        """Each other department once, with the places and ways, and what is agreed for them."""
        alike: dict[tuple[str, tuple[Touchpoint, ...]], list[Crossing]] = {}
        for crossing in crossings:
            alike.setdefault((crossing.other, crossing.contracts), []).append(crossing)
        for (other, _), group in alike.items():
            known = self.process.departments.get(other)
            path = known.path if known is not None else ""
            yield Line(text=f"{word} {self._department(other)}", to=path)
            for crossing in group:
                ways = sentence([self.places.transition(by) for by in crossing.by], "or")
                text = f"{self.places.label(crossing.at)}, after {ways}"
                yield Line(text=text, to=self.places.of(crossing.at), tone="quiet")
            yield from self._agreed(group[0], verbs)

    def _agreed(self, crossing: Crossing, verbs: tuple[str, str]) -> Iterator[Line]:
        if not crossing.contracts:
            yield Line(text="no touchpoint says what must be handed over", tone="warning")
            return
        for verb, fields in zip(verbs, (crossing.requires, crossing.returns), strict=True):
            if fields:
                told = sentence([self._field(name) for name in fields])
                yield Line(text=f"{verb}: {told}", tone="quiet")

    def promises(self, crossings: Sequence[Crossing], word: str) -> Iterator[Line]:
        """How soon work begins; with a result, how often that was so."""
        contracts: dict[Touchpoint, Crossing] = {}
        for crossing in crossings:
            for contract in crossing.contracts:
                contracts.setdefault(contract, crossing)
        for contract, crossing in contracts.items():
            if contract.accept_within is None:
                continue
            target = f" for {format_share(contract.target)}" if contract.target else ""
            value, tone = self.kept.promise(contract)
            yield Line(
                text=f"{word} {self._department(crossing.other)}: {contract.title}, "
                f"begun within {in_words(contract.accept_within)}{target}",
                value=value,
                to=self.places.of(crossing.at),
                tone=tone,
            )

    def _department(self, name: str) -> str:
        known = self.process.departments.get(name)
        return known.title if known is not None else name

    def _field(self, name: str) -> str:
        field = self.process.data.get(name)
        return field.title if field is not None else name


def _tasks(process: Process, view: DepartmentView, places: Places) -> Iterator[Line]:
    for task in (*view.tasks, *view.inside):
        role = process.roles[task.role].title if task.role in process.roles else task.role
        yield Line(text=task.step.heading, value=role, to=places.of(task.within + task.step.node))
        told = ", ".join(_times(task))
        if told:
            yield Line(text=told, tone="quiet")
    for step in view.escalations:
        if step.escalate is not None:
            told = f"{step.heading}: may take over after {in_words(step.escalate.after)}"
            yield Line(text=told, value=step.escalate.by.replace("_", " "), to=places.of(step.node))


def _times(task: Task) -> Iterator[str]:
    if task.sla is not None:
        target = f" for {format_share(task.sla.target)}" if task.sla.target is not None else ""
        yield f"done within {in_words(task.sla.within)}{target}"
    if task.timeout is not None:
        result = task.timeout.result.replace("_", " ")
        yield f"ends with {result} after {in_words(task.timeout.after)}"
