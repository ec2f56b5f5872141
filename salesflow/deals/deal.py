"""A real deal in a process: a frozen value, from which every event makes the next one."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Self

from salesflow.deals.board import Board
from salesflow.deals.clock import moment
from salesflow.deals.going import Event, settled
from salesflow.deals.nouns import Life, Option, Overdue, Reason, Taken, Visit
from salesflow.deals.options import options, step_of, way_of
from salesflow.deals.overdue import fired, overdue, visits
from salesflow.deals.refused import Refused
from salesflow.deals.values import plain, read_name, read_values
from salesflow.errors import UsageError
from salesflow.names import listed, nearest
from salesflow.nouns import FrozenMap, Noun
from salesflow.process.binding import SOURCE_FIELD
from salesflow.process.model import Process


class Deal(Noun):
    """Where one deal is in its process, and what it knows and did.

    ``deal.take("fit", {"budget": 50000})`` gives the deal behind that result, or raises Refused
    with the reasons. Nothing changes a deal; ``to_dict`` and ``from_dict`` keep it. ``at`` is
    a moment with a time zone (a datetime, or ISO 8601), or left out where times do not matter.
    """

    unequal = frozenset({"process"})

    process: Process
    life: Life = Life()

    @classmethod
    def start(
        cls,
        process: Process,
        source: str | None = None,
        data: Mapping[str, Any] | None = None,
        *,
        at: datetime | str | None = None,
    ) -> "Deal":
        """A new deal from a source (the only one, if not said), with what is known of it.

        UsageError for a source or field that the process does not have; Refused where what the
        source gives, or the first step requires, is not filled.
        """
        _is_process(process, "Deal.start(load(PATH))")
        source = _source(process, source)
        deal = cls(process=process, life=Life(source=source))
        given = read_values(data, deal._board.fields, process.id) | {SOURCE_FIELD: source}
        return deal._gone(Event("start", given=given, at=moment(at)))

    @cached_property
    def _board(self) -> Board:
        return Board(self.process)

    def __repr__(self) -> str:
        """In one line where it is; all that it knows would fill the screen."""
        return f"Deal({self.process.id}: {'ended as' if self.ended else 'at'} {', '.join(self.at)})"

    @property
    def data(self) -> FrozenMap[str, Any]:
        """What is filled, by field, as JSON has it; percents are fractions of 1."""
        known = self.life.standing.past.values
        return FrozenMap({n: plain(value) for n, value in known.items() if n != SOURCE_FIELD})

    @property
    def source(self) -> str:
        """The source that it came from."""
        return self.life.source

    @property
    def stage(self) -> str | None:
        """The stage that it shows in the CRM."""
        return self.life.stage

    @property
    def taken(self) -> tuple[Taken, ...]:
        """The results that it took, the first first."""
        return self.life.taken

    @property
    def ended(self) -> str | None:
        """The outcome that the deal has reached, None while it is under way."""
        marking = self.life.standing.marking
        ends = self._board.net.layout.ends
        return next((name for name, at in ends.items() if at in marking), None)

    @property
    def at(self) -> tuple[str, ...]:
        """The steps where the deal is, or its outcome."""
        return (self.ended,) if self.ended else tuple(v.path for v in self.visits())

    def visits(self) -> tuple[Visit, ...]:
        """The steps where the deal is, with who is to act and since when."""
        return visits(self._board, self.life)

    def options(self, *, at: datetime | str | None = None) -> tuple[Option, ...]:
        """The results of the steps where the deal is, each with what is missing for it."""
        return options(self._board, self.life, self._moment(at))

    def missing(
        self,
        result: str,
        data: Mapping[str, Any] | None = None,
        *,
        at: datetime | str | None = None,
        person: str | None = None,
    ) -> tuple[Reason, ...]:
        """Why ``take`` with the same arguments would refuse; none when it would not."""
        try:
            self.take(result, data, at=at, person=person)
        except Refused as refused:
            return refused.reasons
        return ()

    def take(
        self,
        result: str,
        data: Mapping[str, Any] | None = None,
        *,
        at: datetime | str | None = None,
        person: str | None = None,
        lenient: bool = False,
    ) -> "Deal":
        """The deal behind a result of a step where it is (``fit``, or ``discovery.fit``).

        ``data`` is what has become known, ``person`` who did the step. Decisions that the data
        makes are made at once. Refused where the process forbids it. ``lenient``: what is not
        filled hinders nothing (a CRM that has moved on already), all else does.
        """
        given = read_values(data, self._board.fields, self.process.id)
        way = way_of(self._board, self.life, result)
        who = read_name(person, "`person`")
        return self._gone(Event("take", way.path, given, self._moment(at), who, lenient=lenient))

    def fill(self, data: Mapping[str, Any], *, at: datetime | str | None = None) -> "Deal":
        """The deal with more or other values; a decision that waited for them is made."""
        given = read_values(data, self._board.fields, self.process.id)
        return self._gone(Event("fill", given=given, at=self._moment(at)))

    def begin(
        self, step: str, *, at: datetime | str | None = None, person: str | None = None
    ) -> "Deal":
        """The deal with work begun at a step where it is: its touchpoint is accepted."""
        who = read_name(person, "`person`")
        path = step_of(self._board, step)
        return self._gone(Event("begin", path, at=self._moment(at), person=who))

    def elapse(self, at: datetime | str) -> "Deal":
        """The deal behind every timer that has run out by a moment, one after the other."""
        now = self._moment(at)
        if now is None:
            raise UsageError("`elapse` needs the moment: `deal.elapse(datetime.now(UTC))`.")
        deal = self
        while (timer := fired(deal._board, deal.life, now)) is not None:
            deal = deal._gone(timer)
        return deal

    def overdue(self, at: datetime | str) -> tuple[Overdue, ...]:
        """What should have happened by a moment, the longest due first."""
        now = self._moment(at)
        if now is None:
            raise UsageError("`overdue` needs the moment: `deal.overdue(datetime.now(UTC))`.")
        return overdue(self._board, self.life, now)

    def to_dict(self) -> dict[str, Any]:
        """As JSON, version 1; ``from_dict`` gives an equal deal."""
        from salesflow.deals.record import recorded

        return recorded(self._board, self.life)

    @classmethod
    def from_dict(cls, process: Process, record: Mapping[str, Any]) -> "Deal":
        """The deal that ``to_dict`` wrote. UsageError for what does not fit the process."""
        from salesflow.deals.record import restored

        _is_process(process, "Deal.from_dict(load(PATH), record)")
        deal = cls(process=process)
        return deal._at(restored(deal._board, record))

    def _gone(self, event: Event) -> Self:
        return self._at(settled(self._board, self.life, event))

    def _at(self, life: Life) -> Self:
        deal = type(self)(process=self.process, life=life)
        deal.__dict__["_board"] = self._board  # laid out once for all that follows
        return deal

    def _moment(self, at: datetime | str | None) -> datetime | None:
        now = moment(at)
        if now is not None and self.life.last is not None and now < self.life.last:
            raise UsageError(
                f"The deal's last event was at {self.life.last.isoformat()}: "
                f"{now.isoformat()} is before that."
            )
        return now


def _is_process(process: Any, call: str) -> None:
    if not isinstance(process, Process):
        raise UsageError(f"A deal needs its process: `{call}`.")


def _source(process: Process, source: str | None) -> str:
    if source is None and len(process.sources) == 1:
        return next(iter(process.sources))
    if isinstance(source, str) and source in process.sources:
        return source
    if source is None:
        raise UsageError(f"Say where the deal comes from: {listed(sorted(process.sources))}.")
    near = nearest(str(source), process.sources)
    meant = f"Did you mean `{near}`?" if near else f"It has {listed(sorted(process.sources))}."
    raise UsageError(f"`{process.id}` has no source `{source}`. {meant}")
