"""What things are called in a log: words for the numbers of a program."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import isnan
from typing import Any, NamedTuple, TypeAlias

from salesflow.simulation.eventlog.cases import Activity, Case
from salesflow.simulation.program import BLOCK, KINDS, RUN, WORK, Crew, Program

Value: TypeAlias = str | float | bool | None  # None: unfilled

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400_000
_WORDS = {WORK: "step", BLOCK: "block", RUN: "run"}
_NUMBERS = frozenset({"money", "number", "percent"})


class Doers(NamedTuple):
    """Who does an activity: the person in charge, who else works with them, whose work it is."""

    resource: str = ""
    others: tuple[str, ...] = ()
    role: str = ""
    department: str = ""


class Naming:
    """Names of one program. Elements are called as on the command line: ``papers.legal.draft``."""

    def __init__(self, program: Program) -> None:
        """Work out what is asked for again and again."""
        self.program = program
        self.activities = [_inner(node.path) for node in program.nodes]
        self.kinds = [_WORDS[node.kind] for node in program.nodes]
        self.results = [
            _inner(way.path).removeprefix(self.activities[way.node] + ".") for way in program.ways
        ]
        self.sources = [_inner(source.path) for source in program.sources]
        self.outcomes = [_inner(outcome.path) for outcome in program.outcomes]
        self.ends = [KINDS[outcome.kind] for outcome in program.outcomes]
        self.stages = [*(_inner(stage.path) for stage in program.stages), ""]
        self.persons = [
            f"{role.id} {number + 1}" for role in program.roles for number in range(role.people)
        ]
        self.role_of = [at for at, role in enumerate(program.roles) for _ in range(role.people)]
        names = [_inner(field.path) for field in program.fields]
        self.fields = tuple(sorted(set(names)))
        self._field_at: list[dict[str, int]] = [{} for _ in program.parts]
        for at, (name, field) in enumerate(zip(names, program.fields, strict=True)):
            self._field_at[field.process][name] = at

    def process(self, case: Case) -> str:
        """The id of the process that a deal goes through."""
        return self.program.parts[self.program.sources[case.source].process].id

    def case(self, case: Case) -> str:
        """``website 17``, the same in every scenario; of several processes theirs in front."""
        name = f"{self.sources[case.source]} {case.serial + 1}"
        return f"{self.process(case)}.{name}" if len(self.program.parts) > 1 else name

    def doers(self, activity: Activity) -> Doers:
        """Who does an activity, or, before it starts, whose work it is; nobody of ours: blank."""
        node = self.program.nodes[activity.node]
        department = self.program.departments[node.department] if node.department >= 0 else ""
        if node.crew < 0:
            return Doers(department=department)
        crew = self._crew(activity)
        role = self.program.roles[crew.leader].id
        if not activity.people:
            return Doers(role=role, department=department)
        lead = crew.roles.index(crew.leader)
        names = [self.persons[person] for person in activity.people]
        return Doers(names.pop(lead), tuple(names), role, department)

    def _crew(self, activity: Activity) -> Crew:
        """The crew that works: its own, or the one that it escalated to."""
        node = self.program.nodes[activity.node]
        own = self.program.crews[node.crew]
        roles = tuple(self.role_of[person] for person in activity.people)
        if not roles or roles == own.roles or node.escalate_crew < 0:
            return own
        return self.program.crews[node.escalate_crew]

    def values(self, case: Case, values: tuple[float, ...]) -> dict[str, Value]:
        """The fields of a deal, by name; a choice as its word, what has no value as ``filled``."""
        fields = self._field_at[self.program.sources[case.source].process]
        return {name: self._value(at, values[at]) for name, at in fields.items()} if values else {}

    def _value(self, at: int, value: float) -> Value:
        field = self.program.fields[at]
        if isnan(value):
            return None
        if field.type == "choice":
            return field.values[int(value)]
        if field.type == "yes_no":
            return bool(value)
        if field.type == "money":
            return round(value, 2)
        return value if field.type in _NUMBERS else "filled"

    def instant(self, now: int) -> str:
        """ISO 8601 in UTC, to the millisecond: ``2026-01-05T09:00:00.000Z``."""
        day, left = divmod(self.program.start_ms + now, _DAY)
        seconds, thousandths = divmod(left, 1000)
        minutes, second = divmod(seconds, 60)
        hour, minute = divmod(minutes, 60)
        return f"{_date(day)}T{hour:02}:{minute:02}:{second:02}.{thousandths:03}Z"


@lru_cache(4096)
def _date(day: int) -> str:
    """The date of a day since 1970."""
    return (_EPOCH + timedelta(days=day)).date().isoformat()


def _inner(path: str) -> str:
    """A path without the process's id."""
    return path.partition(":")[2]


def number(value: Any) -> str:
    """A number in the shortest digits that read back as it: ``75000``, ``0.15``."""
    return str(int(value)) if value == int(value) else repr(value)
