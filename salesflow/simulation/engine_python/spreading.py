"""How values are spread, while they come."""

from salesflow.simulation.tally import Spread, bucket_of


class Spreading:
    """A spread that grows."""

    __slots__ = ("buckets", "number", "total")

    def __init__(self) -> None:
        """Nothing seen yet."""
        self.number = 0
        self.total = 0
        self.buckets: dict[int, int] = {}

    def add(self, value: int) -> None:
        """One more value in milliseconds."""
        self.number += 1
        self.total += value
        bucket = bucket_of(value)
        self.buckets[bucket] = self.buckets.get(bucket, 0) + 1

    def spread(self) -> Spread:
        """What was seen."""
        return Spread(self.number, self.total, tuple(sorted(self.buckets.items())))
