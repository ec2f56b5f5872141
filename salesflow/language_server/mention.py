"""What a file mentions: ids with their places, before anybody asks what they stand for."""

from typing import Any, NamedTuple, TypeAlias

Path: TypeAlias = tuple[str, ...]

# Spaces of names: within one, an id means one thing. Steps with their branches and results, sources
# and outcomes are paths in `flow`; departments and roles share `people`; a value of a choice field
# is the field and the value.
FLOW, PEOPLE, DATA, CHOICES, STAGES, CALENDARS = (
    "flow",
    "people",
    "data",
    "choices",
    "stages",
    "calendars",
)
TOUCHPOINTS, POLICIES, OBJECTIVES, PROCESSES, CASES, FILES = (
    "touchpoints",
    "policies",
    "objectives",
    "processes",
    "cases",
    "files",
)
SHARED = frozenset({PEOPLE, DATA, CHOICES, CALENDARS})  # what an organization says


class Name(NamedTuple):
    """A name that something may stand for: the space and the path in it."""

    space: str
    path: Path

    @property
    def id(self) -> str:
        """The last id."""
        return self.path[-1]


class Mention(NamedTuple):
    """An id at a place: ``names`` are what it may stand for, the first known one counts.

    ``start`` and ``end`` are offsets of the id, ``what`` is the kind of element in words. A mention
    that ``defines`` says what the element is, from ``start`` to ``whole``; in a variant, where a
    key may as well mean a part of what it varies, it defines only what is not there.
    """

    names: tuple[Name, ...]
    start: int
    end: int
    what: str
    defines: bool = False
    whole: int = 0
    value: Any = None  # of what it defines
    key: bool = False  # it stands as a key
    alone: bool = True  # it is a whole value or key, not a part of a dotted path or expression
    note: str = ""  # what else is to be known: the kind of slot that it fills

    @property
    def name(self) -> Name:
        """What it stands for if nothing is known."""
        return self.names[0]


class Run(NamedTuple):
    """A step that runs another process."""

    step: Path
    process: str


class Leaving(NamedTuple):
    """A result of a step in a branch that leaves the block: the block's result of that name."""

    result: Path
    of_block: Path


class Mentions(NamedTuple):
    """All that one file mentions, by place."""

    all: tuple[Mention, ...] = ()
    runs: tuple[Run, ...] = ()
    leaving: tuple[Leaving, ...] = ()

    def at(self, offset: int) -> Mention | None:
        """The mention that an offset touches, the shortest where several do."""
        near = [one for one in self.all if one.start <= offset <= one.end]
        return min(near, key=lambda one: one.end - one.start, default=None)
