"""What a deal can come without to where it is needed, by trying everything in the second game.

Shares no code with what is judged: it plays the naive game with the whole of each deal's fields
and looks at them at the very moment at which a step, block, run or outcome is come to.
"""

from collections.abc import Iterator
from typing import Any

from salesflow.process.model import Process
from salesflow.process.steps import Run
from tests.process.naive_game import VALUES, Deal, NaiveGame


class DataGame(NaiveGame):
    """The naive game with every field kept, and a note whenever something is lacking."""

    def __init__(self, process: Process) -> None:
        super().__init__(process)
        self.fields = set(VALUES)
        self.cuts = {field: self.cuts_of(field) for field in ("amount", "discount")}
        self.values = {field: self.values_of(field) for field in VALUES}
        self.needs: dict[str, set[str]] = {}
        for node, step in process.nodes.items():
            self.needs[node] = set(step.requires)
            if isinstance(step, Run):
                (source,) = process.runs[step.process].sources.values()
                self.needs[node] |= set(source.gives)
        for outcome in process.outcomes.values():
            self.needs[outcome.id] = set(outcome.requires)

    def entered(self, deal: Deal, x: str) -> Iterator[Deal]:
        self.lack(deal, x)
        yield from super().entered(deal, x)

    def reach(self, deal: Deal, z: str, o: str) -> Iterator[Deal]:
        if not z:
            self.lack(deal, o)
        yield from super().reach(deal, z, o)

    def lack(self, deal: Deal, x: str) -> None:
        """Note each field missed, and whether it is the first in this move to be missed.

        What was missed in an earlier move is no news.
        """
        for field in self.needs.get(x, ()):
            if field not in deal["D"] and f"MISSED {field}" not in deal["V"]:
                if all(flag[2] != field for flag in deal["flags"] if flag[0] == "LACK"):
                    deal["flags"].add(("FIRST", x, field))
                deal["flags"].add(("LACK", x, field))


def lacking(process: Process, *, most: int = 300) -> dict[tuple[str, str], bool] | None:
    """Every place and field lacking there; False where another is come to without it just before.

    None where there are too many states.
    """
    game = DataGame(process)
    waiting = [deal for _, deal in game.starts()]
    seen: set[Any] = set()
    found: dict[tuple[str, str], bool] = {}
    for deal in waiting:  # grows while it is walked
        for kind, node, field in deal["flags"]:
            if kind in ("LACK", "FIRST"):
                found[node, field] = found.get((node, field), False) or kind == "FIRST"
                deal["V"] = {*deal["V"], f"MISSED {field}"}
        if any(kind not in ("LACK", "FIRST", "UNFILLED") for kind, _, _ in deal["flags"]):
            continue
        parts = (deal["D"].items(), deal["C"].items(), deal["V"])
        key = (tuple(sorted(deal["M"])), *map(frozenset, parts))
        if key in seen or any(token[0] == "end" for token in deal["M"]):
            continue
        seen.add(key)
        if len(seen) > most:
            return None
        waiting.extend(after for _, _, after in game.moves(deal))
    return found
