"""Who takes part and what they know: departments, roles, calendars' names and data fields."""

from salesflow.nouns import FrozenMap, Noun
from salesflow.spans import NOWHERE, Span


class Element(Noun):
    """Anything in a process that has an id and a place.

    ``path`` is the full element path (``steps.discovery.next.fit``), ``node`` the short one that
    graphs, witnesses and diffs use (``discovery.fit``).
    """

    unequal = frozenset({"span"})

    id: str
    path: str
    node: str
    span: Span = NOWHERE
    name: str = ""
    description: str = ""
    owner: str = ""
    was: str = ""

    @property
    def title(self) -> str:
        """What people call it: the name, or the id without underscores."""
        return self.name or self.id.replace("_", " ")

    @property
    def heading(self) -> str:
        """The title with a capital, for boxes and headlines."""
        return self.name or self.title.capitalize()


class Department(Element):
    """A department; ``external`` ones (the buyer) have no capacity of ours.

    ``roles`` are in the order written, which means nothing: each role names its department.
    """

    unequal = frozenset({"span", "roles"})

    calendar: str | None = None
    external: bool = False
    roles: tuple[str, ...] = ()


class Role(Element):
    """People who do the same work; a department without roles is itself a role.

    ``people`` is None where nobody counted them, ``available`` the share of each open minute that
    a person gives this process, ``cost_per_hour`` money in the organization's currency,
    ``calendar`` the id of the calendar in force (its own or its department's), None = always open.
    """

    department: str
    people: int | None = None
    cost_per_hour: float | None = None
    available: float = 1.0
    keeps_deal: bool = False
    max_open_deals: int | None = None
    takes_first: str = "oldest"
    calendar: str | None = None
    external: bool = False


class Field(Element):
    """A field of a deal: ``type`` is one of the language's types, ``values`` those of a choice."""

    type: str
    values: tuple[str, ...] = ()
    master: str = ""
    sensitive: bool = False


class People(Noun):
    """An organization as one process sees it; ``declared`` once a file names departments."""

    unequal = frozenset({"calendar_spans"})

    currency: str = ""
    calendars: FrozenMap[str, object] = FrozenMap()
    calendar_spans: FrozenMap[str, Span] = FrozenMap()  # where each calendar's id stands
    departments: FrozenMap[str, Department] = FrozenMap()
    roles: FrozenMap[str, Role] = FrozenMap()
    data: FrozenMap[str, Field] = FrozenMap()
    declared: bool = False
