"""The people of all processes together, and who does a step."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from salesflow.analysis.runs import inner_first
from salesflow.calendars import Calendar
from salesflow.findings import Finding, Related
from salesflow.process.model import Process
from salesflow.process.people import Role
from salesflow.simulation.building.numbered import Numbered
from salesflow.simulation.building.tables import Tables
from salesflow.simulation.program import EARLIEST_DEADLINE, LARGEST, NEWEST, OLDEST, Crew
from salesflow.simulation.program import Role as RoleRow

_ORDERS = {
    "oldest": OLDEST,
    "newest": NEWEST,
    "largest": LARGEST,
    "earliest_deadline": EARLIEST_DEADLINE,
}
_TOLD_APART = {  # attribute of a role -> what users call it
    "department": "`department`",
    "external": "`external`",
    "people": "`people`",
    "cost_per_hour": "`cost_per_hour`",
    "available": "`available`",
    "keeps_deal": "`keeps_deal`",
    "max_open_deals": "`max_open_deals`",
    "takes_first": "`takes_first`",
}


class Member(NamedTuple):
    """A role with its calendar, as a process has it: ``declared`` in a file, or only named."""

    role: Role
    calendar: Calendar | None
    process: str
    declared: bool


class Crowd:
    """The roles of several processes, and of those that they run, by id.

    A role that a process only names (it declares no departments) is the one that another declares.
    What is run takes the roles of whoever runs it, so that a scenario that hires people hires them
    there too. ``findings`` are roles that two processes declare differently.
    """

    def __init__(self, processes: Sequence[Process]) -> None:
        """Merge them, in the order given."""
        self.members: dict[str, Member] = {}
        self.findings: list[Finding] = []
        self._ours: set[str] = set()
        for number, process in enumerate(with_runs(processes)):
            for role in process.roles.values():
                known = self.members.get(role.id)
                if number < len(processes) or known is None or not known.declared:
                    self._add(process, role)
            departments = process.departments.values()
            self._ours |= {each.id for each in departments if not each.external}

    def _add(self, process: Process, role: Role) -> None:
        given = process.people.calendars.get(role.calendar or "")
        calendar = given if isinstance(given, Calendar) else None
        member = Member(role, calendar, process.id, process.people.declared)
        known = self.members.get(role.id)
        if known is None or (member.declared and not known.declared):
            self.members[role.id] = member
        elif member.declared:
            self.findings.extend(_differences(known, member))

    def ours(self, names: Iterable[str | None]) -> list[str]:
        """Those of some roles who are people of ours, each once, in the order given."""
        known = [name for name in dict.fromkeys(names) if name in self.members]
        return [name for name in known if not self.members[name].role.external]

    def calendar(self, role: str | None) -> Calendar | None:
        """When a role works, external ones too; None: always."""
        member = self.members.get(role or "")
        return member.calendar if member is not None else None

    def department(self, role: str | None) -> str | None:
        """The department of ours that a role belongs to."""
        return next((self.members[name].role.department for name in self.ours([role])), None)

    def departments(self, givers: Iterable[str]) -> tuple[str, ...]:
        """All departments of ours; those that touchpoints ask for first, for they need bits."""
        asked = set(givers)
        return tuple(sorted(self._ours, key=lambda name: (name not in asked, name)))

    def of_department(self, department: str) -> list[Calendar | None]:
        """The calendars of the roles of a department, by role."""
        members = (member for _, member in sorted(self.members.items()))
        return [each.calendar for each in members if each.role.department == department]

    def zone(self) -> str:
        """The time zone in which most of our people work, UTC where nobody has a calendar."""
        heads: dict[str, int] = {}
        for member in self.members.values():
            if member.calendar is not None and not member.role.external:
                zone = member.calendar.timezone
                heads[zone] = heads.get(zone, 0) + (member.role.people or 0)
        return min(heads, key=lambda zone: (-heads[zone], zone), default="UTC")


class Crews:
    """The roles of ours whose people are counted, by number, and the crews of steps."""

    def __init__(self, crowd: Crowd, tables: Tables) -> None:
        """Number roles and persons."""
        self.crowd = crowd
        self.tables = tables
        self.crews: Numbered[Crew] = Numbered()
        counted = [
            name for name in crowd.ours(sorted(crowd.members)) if _people(crowd.members[name])
        ]
        self.at = {name: number for number, name in enumerate(counted)}
        self.keepers = 0
        self.roles: list[RoleRow] = []
        persons = 0
        for name in counted:
            self.roles.append(self._role(crowd.members[name], persons))
            persons += self.roles[-1].people

    def _role(self, member: Member, first: int) -> RoleRow:
        role, keeper = member.role, -1
        if role.keeps_deal:
            keeper, self.keepers = self.keepers, self.keepers + 1
        return RoleRow(
            id=role.id,
            first=first,
            people=role.people or 0,
            table=self.tables.of([member.calendar]),
            cost=float(role.cost_per_hour or 0),
            order=_ORDERS[role.takes_first],
            keeper=keeper,
            max_open=-1 if role.max_open_deals is None or keeper < 0 else role.max_open_deals,
        )

    def crew(self, names: Iterable[str | None]) -> int:
        """The number of the crew of some roles, -1 where nobody of ours is among them.

        The first one of ours leads.
        """
        ours = [name for name in self.crowd.ours(names) if name in self.at]
        if not ours:
            return -1
        members = [self.crowd.members[name] for name in ours]
        numbers = sorted(self.at[name] for name in ours)
        table = self.tables.of(member.calendar for member in members)
        stretch = 1 / min(member.role.available for member in members)
        return self.crews.number(Crew(self.at[ours[0]], tuple(numbers), table, stretch))


def _people(member: Member) -> bool:
    return member.role.people is not None


def with_runs(processes: Iterable[Process]) -> list[Process]:
    """The processes, then those that they run."""
    outer = list(processes)
    return outer + [inner for process in outer for inner in inner_first(process)[:-1]]


def _differences(known: Member, other: Member) -> Iterable[Finding]:
    """A finding where two processes declare a role differently."""
    apart = [
        word
        for name, word in _TOLD_APART.items()
        if getattr(known.role, name) != getattr(other.role, name)
    ]
    if known.calendar != other.calendar:
        apart.append("`calendar`")
    if apart:
        role = other.role
        yield Finding(
            "role-differs",
            "simulation",
            "error",
            role.path,
            role.span,
            f"`{role.id}` is declared differently in `{known.process}` and in `{other.process}`: "
            f"{', '.join(apart)}.",
            "The same people work in both: declare them once, in a file that both `use`.",
            related=(Related(known.role.path, known.role.span, f"in `{known.process}`"),),
        )
