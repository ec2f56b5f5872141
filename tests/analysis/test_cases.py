"""Cases of tests files: against the second token game, steered by its own reading of the page."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesflow.analysis.cases import play
from salesflow.nouns import FrozenMap
from salesflow.process.model import Process
from salesflow.process.steps import Block, Work
from salesflow.process.suite import Case
from salesflow.testing import families, processes
from tests.process.naive_game import Deal, NaiveGame
from tests.process.written import process_of

MOST_STATES = 150
DEALS: tuple[dict[str, Any], ...] = (
    {},
    {"amount": 100},
    {"amount": 240, "vip": True},
    {"discount": "20%", "region": "dach"},
    {"discount": "7.5%", "contract": "filled", "amount": 60},
    {"vip": False, "urgent": True, "region": "amer"},
    {"amount": "filled"},
)
ENDINGS: tuple[dict[str, Any], ...] = (
    {},
    {"amount": 100},
    {"vip": True},
    {"contract": "filled"},
    {"region": "dach", "discount": "25%"},
)


class SteeredGame(NaiveGame):
    """The second game for one deal, steered."""

    def __init__(self, process: Process, case: Case) -> None:
        self.case = case
        super().__init__(process, exact=True)
        self.fields |= {*case.with_} & self.values.keys()
        self.held = {name: plain(value) for name, value in case.deal.items()}
        self.left_out = False

    def open_up(self, process: Process, prefix: str) -> None:
        super().open_up(process, prefix)
        if not prefix:
            for name, value in self.case.with_.items():
                if name in ("amount", "discount"):
                    self.whens.append(("", f"{name} == {value}"))
            self.whens += [("", f"visited({x})") for x in self.steps]

    def filled(self, deal: Deal, drawn: Any) -> Iterator[Deal]:
        yield from super().filled(deal, {f: d for f, d in drawn.items() if f not in self.held})

    def ours(self) -> Iterator[Deal]:
        source = self.sources[self.case.source]
        blank: Deal = {"M": [], "D": {}, "C": {}, "V": set(), "flags": set(), "seen": []}
        blank |= {"taken": (), "entered": ()}
        for name, value in self.held.items():
            blank["D"][name] = value
        free = [name for name, value in self.held.items() if value == "any"]
        deals = [blank]
        for name in free:
            deals = [{**d, "D": {**d["D"], name: v}} for d in deals for v in self.values[name]]
        for begun in deals:
            for deal in self.filled(begun, source.gives):
                self.enter(deal, source.start)
                for after in self.settle(deal):
                    if self.fits(after):
                        yield after

    def steered(self, deal: Deal) -> Iterator[Deal]:
        self.left_out = False
        for kind, x, after in self.moves(deal):
            named = self.case.takes.get(x)
            timer = self.steps[x].timeout.result if self.steps[x].timeout else None
            if named is not None and kind == "EXPIRE" and named != timer:
                continue
            by_timer = named is not None and named == timer
            if by_timer and kind == "END" and self.steps[x].next[named].share is None:
                continue
            if self.fits(after):
                yield after
            else:
                self.left_out = True

    def ends(self, deal: Deal, x: str) -> Iterator[Deal]:
        named = self.case.takes.get(x)
        if named is None:
            yield from super().ends(deal, x)
            return
        before = self.fresh(deal)
        before["M"].remove(("at", x))
        for filled in self.filled(before, self.steps[x].captures):
            enabled = self.enabled(filled, x)
            if named in enabled:
                for taken in self.take(filled, x, named):
                    yield from self.settle(taken)
            elif not enabled:
                filled["M"].append(("stuck", x))
                yield filled
            else:
                for result in enabled:
                    for taken in self.take(self.fresh(filled), x, result):
                        yield from self.settle(taken)

    def enabled(self, deal: Deal, x: str) -> list[str]:
        """The results of a step that are enabled for a deal."""
        step = self.steps[x]
        timer = step.timeout.result if step.timeout else ""
        found = [
            r.id
            for r in step.next.values()
            if not r.otherwise
            and not (r.id == timer and r.share is None)
            and (r.at_most is None or deal["C"].get(f"{x}.{r.id}", 0) < r.at_most)
            and self.true(deal, x, r.when, r.id)
        ]
        return found or [r.id for r in step.next.values() if r.otherwise]

    def fits(self, deal: Deal) -> bool:
        for path in deal["taken"]:
            x, _, result = path.rpartition(".")
            named = self.case.takes.get(x)
            if named not in (None, result) and not isinstance(self.steps[x], Work):
                return False
        return True


def plain(value: Any) -> Any:
    if isinstance(value, str) and value.endswith("%"):
        return float(value[:-1]) / 100
    return "any" if value == "filled" else value


class Told:
    """All that goes wrong in a case: pairs of kind and name; None where there are too many states."""

    def __init__(self, process: Process, case: Case) -> None:
        self.game = SteeredGame(process, case)
        self.case = case
        self.wrong: set[tuple[str, str]] = set()
        self.keys: dict[Any, int] = {}
        self.deals: list[Deal] = []
        self.after: list[list[int]] = []
        self.fine: set[int] = set()
        self.ended = False
        self.complete = self.walk()

    def walk(self) -> bool:
        for deal in self.game.ours():
            self.note(-1, deal)
        for number, deal in enumerate(self.deals):  # grows while it is walked
            if len(self.deals) > MOST_STATES:
                return False
            ended = [token[1] for token in deal["M"] if token[0] == "end"]
            if ended:
                self.end(number, deal, ended[0])
                continue
            count = 0
            for after in self.game.steered(deal):
                count += 1
                self.note(number, after)
            if self.game.left_out:
                self.fine.add(number)
            elif not count:
                self.fine.add(number)
                self.wrong.add(("stuck", ""))
        self.endless()
        if not self.ended and not self.wrong:
            self.wrong.add(("no-way", ""))
        return True

    def note(self, before: int, deal: Deal) -> None:
        happened = {*deal["taken"], *deal["entered"]}
        happened |= {token[1] for token in deal["M"] if token[0] == "run"}
        if any(flag[0] != "UNFILLED" for flag in deal["flags"]):
            self.wrong.add(("fault", ""))
            self.fine.add(before)
            return
        self.wrong |= {("never", name) for name in self.case.never if name in happened}
        data = tuple(frozenset(p) for p in (deal["D"].items(), deal["C"].items(), deal["V"]))
        number = self.keys.setdefault((tuple(sorted(deal["M"])), data), len(self.deals))
        if number == len(self.deals):
            self.deals.append(deal)
            self.after.append([])
        if before >= 0:
            self.after[before].append(number)

    def end(self, number: int, deal: Deal, outcome: str) -> None:
        self.fine.add(number)
        self.ended = True
        if outcome != self.case.ends and self.case.ends is not None:
            self.wrong.add(("ends", self.case.ends))
        if outcome in self.case.never:
            self.wrong.add(("never", outcome))
        for name, value in self.case.with_.items():
            has = deal["D"].get(name)
            if has is None or (value != "filled" and has != plain(value)):
                self.wrong.add(("with", name))

    def endless(self) -> None:
        fine = set(self.fine)
        size = -1
        while size != len(fine):
            size = len(fine)
            fine |= {n for n, after in enumerate(self.after) if fine.intersection(after)}
        if len(fine - {-1}) < len(self.deals):
            self.wrong.add(("endless", ""))


@st.composite
def with_case(draw: Any, *, arithmetic: bool = False) -> tuple[Process, Case]:
    """A process, maybe with one that it runs or one that calculates, and a case."""
    if arithmetic:
        process = process_of(json.dumps(draw(processes(steps=3, depth=1, arithmetic=True))))
    else:
        main, inner = draw(families(steps=3)).values()
        process = process_of(json.dumps(main), **{"inner.salesflow": json.dumps(inner)})
    names = [*process.nodes, *process.outcomes]
    takes = {}
    for node, step in process.nodes.items():
        names += [result.node for result in step.next.values()]
        if isinstance(step, Block):
            names += [branch.node for branch in step.branches.values()]
        if draw(st.booleans()):
            takes[node] = draw(st.sampled_from([*step.next]))
    never = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
    return process, Case(
        id="case",
        path="cases.case",
        node="case",
        source=draw(st.sampled_from([*process.sources])),
        deal=FrozenMap(draw(st.sampled_from(DEALS))),
        takes=FrozenMap(takes),
        ends=draw(st.sampled_from([None, *process.outcomes])),
        never=tuple(sorted(never)),
        with_=FrozenMap(draw(st.sampled_from(ENDINGS))),
    )


@settings(max_examples=120, suppress_health_check=list(HealthCheck), deadline=None)
@given(with_case())
def test_a_case_fails_where_every_run_says_so(drawn: tuple[Process, Case]) -> None:
    process, case = drawn
    told = Told(process, case)
    if not told.complete:
        return
    result = play(process, case)
    named = ("ends", "never", "with")
    ours = {(f.kind, f.name if f.kind in named else "") for f in result.failures}
    assert ours == told.wrong


@settings(max_examples=50, suppress_health_check=list(HealthCheck), deadline=None)
@given(with_case(arithmetic=True))
def test_arithmetic_is_followed_or_said_to_be_doubtful(drawn: tuple[Process, Case]) -> None:
    process, case = drawn
    told = Told(process, case)
    if not told.complete:
        return
    failures = play(process, case).failures
    sure = {failure.kind for failure in failures if failure.sure}
    assert sure <= {kind for kind, _ in told.wrong} | {"no-way"}
    assert bool(failures) or not told.wrong


def test_too_many_ways_are_undecided_never_passed() -> None:
    process = process_of(
        "salesflow: 1\nprocess: p\nsources: {web: {start: call}}\nsteps:\n"
        "  call: {next: {again: {to: call, at_most: 50}, done: won}}\n"
        "outcomes: {won: {kind: won}}\n"
    )
    case = Case(id="c", path="cases.c", node="c", takes=FrozenMap({"call": "again"}), ends="won")
    assert play(process, case).status == "passed"
    short = play(process, case, budget=10)
    assert short.status == "undecided"
    assert [failure.kind for failure in short.failures] == ["undecided"]
