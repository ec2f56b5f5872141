"""How replications are spent: sequential halving, on common random numbers.

All interventions are played a few times, the better half of them more often, and so on until no
more are left than are wanted; each round has the same share of the budget (Karnin, Koren and
Somekh, Almost optimal exploration in multi-armed bandits, ICML 2013). Unlike there, what was played
before is kept: the second round goes on with the replications behind those of the first, so that a
survivor is judged by all it has shown, and always against the base on the same random numbers.
What changes nothing at all is left out at once, and what that saves goes to the others.
"""

LEAST = 2  # replications of each in the first round: one alone has no interval


class Halving:
    """The rounds for so many candidates, and what is left of the budget.

    The ``budget`` is in replications of all together, the base's too. The first round is played
    ``LEAST`` times at least, whatever it costs.
    """

    def __init__(self, candidates: int, wanted: int, budget: int) -> None:
        """Halve down to those that are ``wanted``, who have the last round to themselves."""
        self.wanted = wanted
        self.spent = 0
        self.played = 0
        self.left = budget
        self.rounds = len(_sizes(candidates, wanted))

    def more(self, programs: int) -> int:
        """How many more replications of each of so many different programs the next round has.

        0 where nothing is left, or no round.
        """
        if not self.rounds:
            return 0
        number = max(self.left // self.rounds // programs, 0)
        if not self.played:
            number = max(number, LEAST)
        self.rounds -= 1
        self.left -= number * programs
        self.spent += number * programs
        self.played += number
        return number

    def survivors(self, candidates: int) -> int:
        """How many of so many candidates go on."""
        return max((candidates + 1) // 2, self.wanted)


def _sizes(candidates: int, wanted: int) -> list[int]:
    """How many are played in each round: halves, rounded up, down to those that are wanted."""
    sizes = [candidates]
    while sizes[-1] > wanted:
        sizes.append(max((sizes[-1] + 1) // 2, wanted))
    return sizes
