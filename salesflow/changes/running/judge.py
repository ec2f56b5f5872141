"""Deals of a file judged: where they stand in the new version, and whether they can go on."""

import gc
from collections.abc import Iterable, Iterator
from functools import cached_property

from salesflow.changes.matching.nouns import Match, Matching
from salesflow.changes.running.advice import Question, advice
from salesflow.changes.running.bridge import Bridge
from salesflow.changes.running.budgets import Budget, SpentError
from salesflow.changes.running.columns import Columns, Numbers, columns_of
from salesflow.changes.running.finding import Spots
from salesflow.changes.running.mishaps import mishap, only_mishaps, without_mishaps
from salesflow.changes.running.naming import Names, Spot
from salesflow.changes.running.nouns import Group, RunningDeals, Verdict
from salesflow.changes.running.onward import Fate, Onward
from salesflow.changes.running.side import Given, Side
from salesflow.changes.running.table import APART, Table, read_table
from salesflow.changes.running.verdicts import judged
from salesflow.changes.running.wording import (
    Told,
    begun_anew,
    ended_stage,
    hindered,
    not_begun,
    reason,
    together,
    undecided,
)
from salesflow.changes.sheet import sheet_of
from salesflow.names import listed
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.process.places import Lane, Layout, Node

BUDGET = 50_000  # moves tried in each version
_SHOWN = 5  # deals of a group
_ORDER: tuple[Verdict, ...] = ("stranded", "waiting", "ambiguous", "unknown", "fine")

ENDED = "These deals have ended."
TOO_MUCH = "There are too many ways in which these deals may go on: not decided."

Found = tuple[Verdict, Told]


def running_deals(
    text: bytes | str,
    old: Process,
    new: Process,
    matching: Matching,
    *,
    file: str,
    budget: int = BUDGET,
) -> RunningDeals:
    """What a new version does to the deals of a CSV: `deal`, `at` and fields of the deal.

    UsageError with `FILE:LINE:` for what cannot be read. ``budget`` is the number of moves to try
    in each version; deals for which it does not suffice are ``unknown``.
    """
    collecting = gc.isenabled()
    gc.disable()  # a list for each row, none of them garbage
    try:
        return _judged(text, Bridge(old, new, matching), matching, file=file, budget=budget)
    finally:
        if collecting:
            gc.enable()


def _judged(
    text: bytes | str, bridge: Bridge, matching: Matching, *, file: str, budget: int
) -> RunningDeals:
    table = read_table(text, file)
    columns = columns_of(table, bridge)
    judge = Judge(bridge, matching, budget)
    judge.read_stages(table.places)
    groups: dict[tuple[tuple[str, ...], Found], list[str]] = {}
    alike = _alike(table, columns)
    for key in sorted(alike, key=str):  # the budget is spent in an order of its own
        (places, given), deals = key, alike[key]
        at = tuple(sorted({part.strip() for part in places.split(APART)} - {""}))
        found = judge.verdict(at, _given(columns, given)._replace(whole=judge.whole))
        groups.setdefault((at, found), []).extend(deals)
    told = [
        Group(at, len(deals), verdict, why.why, why.suggestion, tuple(sorted(deals)[:_SHOWN]))
        for (at, (verdict, why)), deals in groups.items()
    ]
    told.sort(key=lambda group: (_ORDER.index(group.verdict), -group.count, group))
    notes = [*judge.notes, *_passed_over(columns, file)]
    return RunningDeals(file=file, groups=tuple(told), notes=tuple(notes))


def _alike(table: Table, columns: Columns) -> dict[tuple[str, tuple[Numbers, ...]], list[str]]:
    """Deals by what is said of them."""
    told = [column.numbers for column in columns.telling]
    given: Iterable[tuple[Numbers, ...]] = zip(*told, strict=True) if told else ()
    rows = zip(table.places, given if told else [()] * len(table.places), strict=True)
    found: dict[tuple[str, tuple[Numbers, ...]], list[str]] = {}
    for key, deal in zip(rows, table.deals, strict=True):
        if key in found:
            found[key].append(deal)
        else:
            found[key] = [deal]
    return found


def _given(columns: Columns, numbers: tuple[Numbers, ...]) -> Given:
    old, new = {}, {}
    for column, (before, after) in zip(columns.telling, numbers, strict=True):
        if before is not None:
            old[column.old] = before
        if after is not None:
            new[column.new] = after
    return Given(old, new)


def _passed_over(columns: Columns, file: str) -> list[str]:
    if not columns.ignored:
        return []
    names = listed(columns.ignored)
    several = len(columns.ignored) > 1
    return [f"{file}: {names} {'are no fields' if several else 'is no field'} of a deal: ignored."]


def _around(spot: Spot, layout: Layout) -> Iterator[Lane]:
    """The branches that a place lies in, itself too."""
    here: Node | Lane | None = layout.lanes.get(spot.path) or layout.nodes.get(spot.path)
    while here is not None and spot.kind in ("node", "branch"):
        if isinstance(here, Lane):
            yield here
        here = here.block if isinstance(here, Lane) else here.inside


class Judge:
    """Judges deals by their places and by what is known of their fields."""

    def __init__(self, bridge: Bridge, matching: Matching, budget: int) -> None:
        """Nothing is walked yet."""
        self.notes: list[str] = []
        self.old = Side(bridge, matching, budget)
        self._new_names = Names(bridge.new.layout)
        self._bridge = bridge
        self._matching = matching
        self._budget = budget
        self._onward = Onward(bridge.new, bridge.spared, Budget(budget))
        self._stages_first = False
        self.whole = False  # whether the file tells every place of a deal

    @cached_property
    def new(self) -> Side:
        """For deals that stand where only the new version has a place."""
        process = self._bridge.new.process
        same = FrozenMap({path: Match(path, path) for path in sheet_of(process)})
        matching = Matching(matches=same)
        return Side(Bridge(process, process, matching), matching, self._budget)

    def read_stages(self, places: Iterable[str]) -> None:
        """See whether a file names stages: what is a step and a stage is one of them then."""
        rows = [{part.strip() for part in text.split(APART)} - {""} for text in set(places)]
        names = set().union(*rows)
        known = [name for name in sorted(names) if self.old.names.found(name)]
        if known and all(self.old.names.is_stage(name) for name in known):
            self._stages_first = True
            both = [n for n in known if self.old.names.found(n)[0].kind != "stage"]
            if both:
                words = "are steps and stages" if len(both) > 1 else "is a step and a stage"
                self.notes.append(
                    f"{listed(both)} {words}: read as {'stages' if len(both) > 1 else 'a stage'}, "
                    "like all other places in the file."
                )

        several = [row for row in rows if len(row) > 1]
        self.whole = bool(several)
        self.old.together = frozenset(
            lane.path
            for row in several
            for name in row
            for spot in self.old.names.found(name)
            for lane in _around(spot, self._bridge.old.layout)
        )

    def verdict(self, at: tuple[str, ...], given: Given) -> Found:
        """The verdict on deals at some places, and why."""
        for names in (self.old.names, self._new_names):
            found = [names.found(name, stages_first=self._stages_first) for name in at]
            if not all(found):
                continue
            side = self.old if names is self.old.names else self.new
            known = given if side is self.old else given._replace(old={})
            try:
                return self._judged(side, found, at, known)
            except SpentError:
                return "unknown", Told(TOO_MUCH)
        return "unknown", self._unknown(at)

    def _unknown(self, at: tuple[str, ...]) -> Told:
        nowhere = [n for n in at if not self.old.names.found(n) and not self._new_names.found(n)]
        if not nowhere:
            fresh = [name for name in at if not self.old.names.found(name)]
            return Told(f"{listed(fresh)} is only in the new version, the other places are not.")
        meant = [(n, self.old.names.nearest(n) or self._new_names.nearest(n)) for n in nowhere]
        guesses = [f"`{other}` for `{name}`" for name, other in meant if other]
        suggestion = f"Did you mean {', '.join(guesses)}?" if guesses else ""
        if len(meant) == 1 and guesses:
            suggestion = f"Did you mean `{meant[0][1]}`?"
        return Told(f"Neither version has {together(nowhere)}.", suggestion)

    def _judged(self, side: Side, places: list[Spots], at: tuple[str, ...], given: Given) -> Found:
        found: Found = "unknown", Told("")
        for look in side.looks():
            found = self._seen(Question(side, look, places, given, self._onward), at)
            if found[0] != "ambiguous":
                break
        return found

    def _seen(self, question: Question, at: tuple[str, ...]) -> Found:
        side, look, places, given, onward = question
        if all(spot.kind == "outcome" for spots in places for spot in spots):
            return "fine", Told(ENDED)
        cases = look.cases(places, given, onward) if look.standing.complete else []
        if not cases:
            return self._not_seen(question, at)
        judgement = judged(cases)
        if only_mishaps(judgement):
            return "ambiguous", mishap(question, judgement)
        if judgement.verdict == "ambiguous":
            return "ambiguous", undecided(without_mishaps(judgement), look)
        if judgement.verdict == "fine":
            stages = [s.path for spots in places for s in spots if s.kind == "stage"]
            stays = self._matching.new_of
            gone = [s for s in stages if side is self.old and f"stages.{s}" not in stays]
            if gone:
                return "fine", ended_stage(side, judgement, look, gone[0])
            told = (begun_anew(side, judgement, look), not_begun(side, judgement, look))
            return "fine", Told(" ".join(filter(None, told)))
        return judgement.verdict, Told(hindered(judgement, look), advice(question, judgement))

    def _not_seen(self, question: Question, at: tuple[str, ...]) -> Found:
        """Where there are no states, or not all are known: only a place that is gone is sure."""
        side = question.side
        gone = [
            spots[0].path
            for spots in question.places
            if all(s.kind == "node" and s.path not in side.bridge.nodes for s in spots)
        ]
        if gone:
            return "stranded", Told(reason(Fate("gone", tuple(gone))))
        if not question.look.standing.complete:
            return "unknown", Told(TOO_MUCH)
        version = "old" if side is self.old else "new"
        if len(at) > 1:
            where = "" if side is self.old else " of the new version"
            return "unknown", Told(f"No deal{where} can be at {together(at)} at once.")
        return "unknown", Told(f"No deal of the {version} version comes to {together(at)}.")
