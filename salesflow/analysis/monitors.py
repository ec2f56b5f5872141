"""Policies as finite monitors that run beside a deal in the token game.

A monitor remembers one number of what has happened so far (its ``memo``). The condition of a policy
is judged on the deal behind the move with the event that obliges: ``b`` of ``precedence``, ``a`` of
``response``, else the end of the deal. Where values within a cell decide, both ways are followed.
"""

from collections.abc import Callable

from salesflow.analysis.events import Happenings, event
from salesflow.process.model import Policy, Process
from salesflow.process.net import Move, Net

FRESH = 0
BROKEN, PERHAPS = 10, 11  # the policy is violated; it is where values within a cell are so

_ENDING = {"never": 1, "at_most_once": 2, "not_both": 3, "different_person": 3}  # memo: too much


class Monitor:
    """Watches one policy in runs of a net that watches its condition.

    ``unsure`` once a violation was seen that hangs on values within a cell; such ones are only
    followed when ``lenient``.
    """

    def __init__(self, policy: Policy, net: Net, *, lenient: bool = False) -> None:
        """Find the policy's events."""
        self.policy = policy
        self.lenient = lenient
        self.unsure = False
        self._net = net
        self._guard = net.memory.watched[policy.when] if policy.when is not None else None
        self._happenings = happenings(policy, net.process)
        ways: dict[str, Callable[[int, Move], int | None]] = {
            "precedence": self._precedence,
            "response": self._response,
        }
        self.step = ways.get(policy.kind, self._at_the_end)

    def violated(self, memo: int, _move: Move) -> bool:
        """Whether the move just made violates the policy."""
        return memo in (BROKEN, PERHAPS)

    def obliged(self, _memo: int, move: Move) -> bool:
        """Whether the policy has something to say about the move just made."""
        at = {"precedence": 1, "response": 0}.get(self.policy.kind)
        if at is None:
            reached = self._net.is_final(move.state)
        else:
            reached = any(at in numbers for numbers in self._happenings.of(move))
        return reached and self._holds(move)[0]

    def _holds(self, move: Move) -> tuple[bool, bool]:
        """Whether the condition can be true behind a move, and whether it is sure to be."""
        if self._guard is None:
            return True, True
        outcomes = self._guard.judge(move.state.data).outcomes
        return True in outcomes, False not in outcomes

    def _precedence(self, memo: int, move: Move) -> int | None:
        for numbers in self._happenings.of(move):
            if 1 in numbers:
                can, sure = self._holds(move)
                if can:
                    memo = self._break(memo, sure=sure)
            if memo == FRESH and 0 in numbers:
                return None  # from here on the policy holds
        return memo

    def _response(self, memo: int, move: Move) -> int:
        """Memo 1: a response is owed; 2: perhaps."""
        for numbers in self._happenings.of(move):
            if 1 in numbers:
                memo = FRESH
            if 0 in numbers:
                can, sure = self._holds(move)
                if can and memo != 1:
                    memo = 1 if sure else 2
        if memo and self._net.is_final(move.state):
            return self._break(FRESH, sure=memo == 1)
        return memo

    def _at_the_end(self, memo: int, move: Move) -> int:
        """Memo: how often it happened, or which of the two."""
        for numbers in self._happenings.of(move):
            if self.policy.kind == "at_most_once":
                memo = min(memo + 1, 2)
            else:
                memo |= sum(1 << number for number in numbers)
        if memo < _ENDING[self.policy.kind]:
            return memo
        if self._guard is None:
            return BROKEN
        if self._net.is_final(move.state):
            can, sure = self._holds(move)
            if can:
                return self._break(memo, sure=sure)
        return memo

    def _break(self, memo: int, *, sure: bool) -> int:
        if sure:
            return BROKEN
        self.unsure = True
        return PERHAPS if self.lenient else memo


def happenings(policy: Policy, process: Process) -> Happenings:
    """The events of a policy, numbered in the order written."""
    return Happenings(tuple(event(process, name) for name in policy.events))
