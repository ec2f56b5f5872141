"""What is known of whether a process keeps its policies: the nouns of the policy engine."""

from typing import NamedTuple

from salesflow.process.model import Policy

KEPT = "kept"
VIOLATED = "violated"
VACUOUS = "vacuous"  # nothing ever obliges: it says nothing
UNDECIDED = "undecided"

# Why a policy is vacuous
NEVER = "never"  # the event that obliges never happens
WHEN = "when"  # the condition holds at none of these events
BOTH = "both"  # no deal has both steps
NOBODY = "nobody"  # one of the steps has no `by`


class Judgement(NamedTuple):
    """What is known of one policy.

    ``witness`` is the shortest run that violates it. Not ``sure`` where that run hangs on values
    within a cell, so that it need not be real. ``values`` has an example for each field that the
    condition reads, as an expression would have it: ``(("amount", "120000"),)``. ``why`` says of a
    vacuous policy what is missing.
    """

    policy: Policy
    verdict: str
    witness: tuple[str, ...] = ()
    sure: bool = True
    values: tuple[tuple[str, str], ...] = ()
    why: str = ""
