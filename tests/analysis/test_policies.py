"""Policies: against every run of the second token game, and where the verdict is known."""

import json
from collections import deque
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from salesflow.analysis.flow import Flow
from salesflow.analysis.foregone import foregone
from salesflow.analysis.judgement import (
    UNDECIDED,
    VACUOUS,
    VIOLATED,
    Judgement,
)
from salesflow.analysis.policies import judge_policies
from salesflow.expressions.evaluate import evaluate
from salesflow.process.model import Policy, Process
from salesflow.process.steps import Block, Run, Work
from salesflow.testing import families
from tests.process.naive_game import Deal, NaiveGame
from tests.process.written import process_of

MOST_STATES = 120
CONDITIONS = (
    "amount >= 100",
    "discount > 20%",
    "region == dach",
    "vip",
    "not filled(contract)",
    "vip or region == amer",
)
KINDS = ("precedence", "response", "never", "at_most_once", "not_both")


class WatchedGame(NaiveGame):
    """The second game, which keeps what the conditions of policies read."""

    def open_up(self, process: Process, prefix: str) -> None:
        super().open_up(process, prefix)
        if not prefix:
            whens = [policy.when for policy in process.policies.values()]
            self.whens += [("", str(when)) for when in whens if when]


class Truth:
    """All runs of a process with one policy: is it ever violated, does it ever oblige?"""

    def __init__(self, process: Process, policy: Policy) -> None:
        self.game = WatchedGame(process)
        self.policy = policy
        self.violated = self.obliged = False
        self.complete = self.walk()

    def walk(self) -> bool:
        seen = set()
        waiting: deque[tuple[Deal, frozenset[str]]] = deque()

        def note(kind: str, deal: Deal, past: frozenset[str]) -> None:
            now = self.watch(kind, deal, past)
            if any(flag[0] != "UNFILLED" for flag in deal["flags"]):
                return
            data = tuple(frozenset(p) for p in (deal["D"].items(), deal["C"].items(), deal["V"]))
            key = (tuple(sorted(deal["M"])), data, now)
            if key not in seen:
                seen.add(key)
                waiting.append((deal, now))

        for _, deal in self.game.starts():
            note("START", deal, frozenset())
        while waiting:
            deal, past = waiting.popleft()
            if len(seen) > MOST_STATES:
                return False
            for kind, _, after in self.game.moves(deal):
                note(kind, after, past)
        return True

    def watch(self, kind: str, deal: Deal, past: frozenset[str]) -> frozenset[str]:
        """What has happened by now: events' names, ``x twice`` and ``owed``."""
        names = self.policy.events
        first, last = names[0], names[-1]
        now = set(past)
        ended = [token[1] for token in deal["M"] if token[0] == "end"]
        for moment in self.moments(kind, deal):
            if self.policy.kind == "precedence" and last in moment and self.holds(deal):
                self.obliged = True
                self.violated |= first not in now
            if self.policy.kind == "response":
                now -= {"owed"} if last in moment else set()
                if first in moment and self.holds(deal):
                    self.obliged = True
                    now.add("owed")
            now |= {f"{name} twice" for name in moment if name in now and name in names}
            now |= moment & set(names)
        if ended and self.policy.kind == "response":
            self.violated |= "owed" in now
        elif ended and self.policy.kind != "precedence" and self.holds(deal):
            self.obliged = True
            self.violated |= self.too_much(now)
        elif self.policy.when is None and self.policy.kind != "precedence":
            self.violated |= self.too_much(now)
        return frozenset(now)

    def too_much(self, now: set[str]) -> bool:
        names = self.policy.events
        wrong = {
            "never": names[0] in now,
            "at_most_once": f"{names[0]} twice" in now,
            "not_both": set(names) <= now,
        }
        return wrong.get(self.policy.kind, False)

    def holds(self, deal: Deal) -> bool:
        when = self.policy.when
        known = {"visited": deal["V"], "times": deal["C"]}
        return when is None or bool(evaluate(when, deal["D"], **known)[0])

    def moments(self, kind: str, deal: Deal) -> Iterator[set[str]]:
        """What happens at once, in order."""
        for place, path in enumerate(deal["taken"]):
            x, _, r = path.rpartition(".")
            step = self.game.steps[x]
            timed = place == 0 and kind == "EXPIRE"
            done = isinstance(step, Run) or (isinstance(step, Block) and r == "done")
            if isinstance(step, Work) or (done and not timed):
                yield {x}
            yield {path}
            branch, prefix = self.game.home[x]
            if "done" in step.next[r].targets and branch:
                yield {branch}
            if not prefix:
                yield {t for t in step.next[r].targets if t in self.game.outcomes}


@st.composite
def with_policies(draw: Any) -> Process:
    """A process, maybe with one that it runs, and three policies."""
    main, inner = draw(families(steps=3)).values()
    texts = {"inner.salesflow": json.dumps(inner)}
    process = process_of(json.dumps(main), **texts)
    names = [*process.nodes, *process.outcomes]
    for step in process.nodes.values():
        names += [result.node for result in step.next.values()]
        if isinstance(step, Block):
            names += [branch.node for branch in step.branches.values()]
    whens = [*CONDITIONS, f"visited({names[0]})"]
    whens += [f"times({name}) >= 1" for name in names if name.endswith(".r0")][:1]
    policies = {}
    for number in range(3):
        kind = draw(st.sampled_from(KINDS))
        several = kind in ("precedence", "response", "not_both")
        events = [draw(st.sampled_from(names)) for _ in range(2)]
        policy: dict[str, Any] = {kind: events if several else events[0]}
        if draw(st.booleans()):
            policy["when"] = draw(st.sampled_from(whens))
        policies[f"p{number}"] = policy
    return process_of(json.dumps({**main, "policies": policies}), **texts)


@settings(max_examples=100, suppress_health_check=list(HealthCheck), deadline=None)
@given(with_policies())
def test_the_verdict_is_what_every_run_says(process: Process) -> None:
    flow = Flow(process)
    for judgement in judge_policies(process, flow):
        truth = Truth(process, judgement.policy)
        if not truth.complete:
            continue
        assert (judgement.verdict == VIOLATED) == truth.violated
        assert judgement.verdict != UNDECIDED
        if foregone(judgement.policy, process, flow):
            assert not truth.violated
        if judgement.verdict == VACUOUS:
            assert not truth.obliged
        if judgement.verdict == VIOLATED:
            assert judgement.sure
            assert leads(process, judgement)


def leads(process: Process, judgement: Judgement) -> bool:
    """Whether the second game has a run that takes what the witness takes, in that order."""
    game = WatchedGame(process)
    witness = list(judgement.witness)
    ways = [([source], deal) for source, deal in game.starts()]
    ways = [([*told, *deal["taken"]], deal) for told, deal in ways]
    seen = set()
    for told, deal in ways:  # grows while it is walked
        if told == witness or told == witness[:-1]:
            return True
        fresh = repr((told, sorted(deal["M"]), deal["D"], deal["C"]))
        if told != witness[: len(told)] or fresh in seen:
            continue
        seen.add(fresh)
        if any(flag[0] != "UNFILLED" for flag in deal["flags"]):
            continue
        ways.extend(([*told, *after["taken"]], after) for _, _, after in game.moves(deal))
    return False
