"""How much may be tried."""


class SpentError(Exception):
    """More moves would have to be tried than may be."""


class Budget:
    """How many moves may still be tried, by all together."""

    def __init__(self, moves: int) -> None:
        """``moves`` are left."""
        self.left = moves
        self._spared = 0

    def allow(self, moves: int | None = None) -> None:
        """Let one question have so many of the moves that are left, or all."""
        self._spared = 0 if moves is None else max(0, self.left - moves)

    def spend(self) -> None:
        """Count a move. SpentError when there are none left."""
        if self.left <= self._spared:
            raise SpentError
        self.left -= 1
