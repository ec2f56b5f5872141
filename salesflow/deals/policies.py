"""Policies in a real deal: each is judged on what has happened and what the next move adds.

A policy's condition is judged at the event that obliges: the second event of ``precedence``, the
first of ``response``, else the end of the deal. Policies of a process that is run are proved by its
own check; here are those of the deal's process.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from salesflow.analysis.events import Happenings
from salesflow.analysis.monitors import happenings
from salesflow.deals.nouns import Past, Reason, ReasonKind, Taken
from salesflow.expressions.evaluate import evaluate
from salesflow.process.model import Policy, Process
from salesflow.process.net import EXPIRE, FINISH, Move, State


class Story(NamedTuple):
    """What a deal did ``before``, what happens ``now``, and what it knows and did behind that.

    ``over``: the deal ends with it. ``owed`` are the policies of which a response was due before.
    """

    before: Sequence[Taken]
    now: Sequence[Taken]
    past: Past
    state: State
    over: bool
    owed: frozenset[str]


class Watched(NamedTuple):
    """A policy, and how to tell its events."""

    policy: Policy
    happenings: Happenings

    def events(self, taken: Iterable[Taken], state: State) -> list[int]:
        """The numbers of the policy's events that results bring about, in their order."""
        found: list[int] = []
        for one in taken:
            node, kind = one.result.rpartition(".")[0], EXPIRE if one.timed else FINISH
            move = Move(kind, node, None, (), state, taken=(one.result,))
            found.extend(number for numbers in self.happenings.of(move) for number in numbers)
        return found


def watched(process: Process) -> tuple[Watched, ...]:
    """The policies of a process."""
    return tuple(
        Watched(policy, happenings(policy, process))
        for _, policy in sorted(process.policies.items())
    )


def broken(policies: Iterable[Watched], story: Story) -> Iterator[Reason]:
    """The policies that what happens now would break."""
    for each in policies:
        policy = each.policy
        if policy.kind == "response":
            wrong = story.over and policy.id in owed([each], story)
        elif policy.kind == "precedence":
            wrong = _unprepared(each, story) and _holds(policy, story.past)
        elif policy.kind == "different_person":
            wrong = _same_person(each, story) and _holds(policy, story.past)
        else:
            wrong = _too_much(each, story) and _holds(policy, story.past)
        if wrong:
            about: ReasonKind = "person" if policy.kind == "different_person" else "policy"
            yield Reason(about, _told(policy), policy.id)


def owed(policies: Iterable[Watched], story: Story) -> frozenset[str]:
    """The policies of which a response is due behind what happens now."""
    due = set(story.owed)
    for each in policies:
        if each.policy.kind != "response":
            continue
        for event in each.events(story.now, story.state):
            if event == 1:
                due.discard(each.policy.id)
            elif _holds(each.policy, story.past):
                due.add(each.policy.id)
    return frozenset(due)


def _unprepared(each: Watched, story: Story) -> bool:
    """Whether the second event happens before the first ever did."""
    now = each.events(story.now, story.state)
    if 1 not in now or 0 in now[: now.index(1)]:
        return False
    return 0 not in each.events(story.before, story.state)


def _too_much(each: Watched, story: Story) -> bool:
    """Whether something happens that must not; with a condition that is judged at the end."""
    now = each.events(story.now, story.state)
    if not (story.over if each.policy.when is not None else now):
        return False
    every = [*each.events(story.before, story.state), *now]
    if each.policy.kind == "never":
        return bool(every)
    return len(every) > 1 if each.policy.kind == "at_most_once" else {0, 1} <= set(every)


def _same_person(each: Watched, story: Story) -> bool:
    """Whether one person does both."""
    did: dict[int, set[str]] = {0: set(), 1: set()}
    for one in story.before:
        if one.person:
            for event in each.events([one], story.state):
                did[event].add(one.person)
    return any(
        one.person in did[1 - event]
        for one in story.now
        if one.person
        for event in each.events([one], story.state)
    )


def _holds(policy: Policy, past: Past) -> bool:
    if policy.when is None:
        return True
    holds, _ = evaluate(policy.when, past.values, visited=past.visited, times=past.counts)
    return bool(holds)


def _told(policy: Policy) -> str:
    names = [f"`{name}`" for name in policy.events]
    for_whom = f" where `{policy.when}`" if policy.when is not None else ""
    rule = {
        "precedence": "{0} comes before {1}{2}, and it has not happened yet",
        "response": "{0} is followed by {1}{2}, and that is still to happen",
        "never": "{0} never happens{2}",
        "at_most_once": "{0} happens at most once{2}",
        "not_both": "{0} and {1} do not both happen{2}",
        "different_person": "{0} and {1} are done by different persons{2}",
    }[policy.kind]
    return f"{rule.format(names[0], names[-1], for_whom)} (policy `{policy.id}`)."
