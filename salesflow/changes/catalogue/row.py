"""What a kind of change is: a row of the catalogue, and what it is judged by."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from salesflow.changes.edit import Edit, Kind, Level
from salesflow.changes.matching.nouns import Matching
from salesflow.nouns import Noun
from salesflow.process.model import Process


class Case(NamedTuple):
    """An edit to be judged, with both versions and which element is which."""

    edit: Edit
    old: Process
    new: Process
    matching: Matching


class ChangeRule(Noun):
    """One kind of change.

    ``what`` ``kind`` ``field`` say which edits it is of: ``field`` is the key (``captures`` for
    ``captures.discount``), "" of an element as a whole. Of the rules for one such triple the first
    whose ``holds`` says yes judges the edit; the last holds always. ``mirror`` is the rule that
    judges the same change seen backwards. ``audience`` names departments by id, and the words of
    ``edit``. ``why`` says to a sales-operations person why it has this level and what to do.
    ``example`` is text of ``example.BASE`` and what it becomes: the smallest change of this kind.
    ``told`` is what a department reads instead of the message, spoken to as "you"; "" of one for
    which the message is well said.
    """

    unequal = frozenset({"holds", "audience", "message", "told"})

    name: str
    what: str
    kind: Kind
    field: str = ""
    level: Level
    mirror: str
    holds: Callable[[Case], bool] | None = None
    audience: Callable[[Case], Iterable[str]]
    message: Callable[[Case], str]
    told: Callable[[Case, str], str] | None = None
    why: str
    example: tuple[str, str]
