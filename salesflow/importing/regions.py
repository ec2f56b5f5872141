"""Parts of a chart that a split and a meeting enclose: these are blocks."""

from collections.abc import Iterator
from typing import NamedTuple

from salesflow.importing.chart import (
    BLOCK,
    DONE,
    END,
    ENDS,
    ERROR,
    FORK,
    GATHER,
    LEAVE,
    MEET,
    SOME,
    START,
    Arrow,
    Chart,
    Spot,
    height,
    in_order,
)
from salesflow.importing.outcomes import guessed_kind
from salesflow.importing.remarks import Remarks

_CANDIDATES = 24  # meetings tried for one split, nearest first
_HIGHEST = 5  # blocks in each other that are made of gateways
_PATIENCE = 1_000_000  # spots looked at in one chart


class Region(NamedTuple):
    """What lies between a split and where its branches meet: a set of spots for each branch.

    ``join`` is None where they meet nowhere, and all of them end.
    """

    split: Spot
    join: str | None
    branches: tuple[tuple[Arrow, frozenset[str]], ...]


class Regions:
    """Looks for regions in a chart and makes blocks of them, innermost first."""

    def __init__(self, chart: Chart, remarks: Remarks) -> None:
        """Nothing is looked at yet."""
        self.chart = chart
        self.remarks = remarks
        self.patience = _PATIENCE

    def settle(self) -> None:
        """Make a block of every region."""
        changed = True
        while changed:
            changed = False
            for key in reversed(in_order(self.chart)):
                spot = self.chart.spots.get(key)
                if spot is not None and spot.kind in (FORK, SOME) and spot.data is None:
                    region = self._region(spot)
                    if region is not None and self._shallow(region):
                        self._tell_ends(region)
                        make_block(self.chart, region)
                        changed = True

    def _shallow(self, region: Region) -> bool:
        """Whether the block would not lie deeper than the language can be read."""
        spots = self.chart.spots
        inside = [spots[key].height for _, keys in region.branches for key in keys]
        return max(inside, default=0) < _HIGHEST

    def _tell_ends(self, region: Region) -> None:
        """An end event beside other branches: BPMN lets those go on."""
        if region.join is None:
            return
        for _, keys in region.branches:
            for arrow in (a for key in keys for a in self.chart.out(key)):
                end = self.chart.spots[arrow.end]
                if end.kind == END and not gives_up(end):
                    self.remarks.guessed(end.thing, "it ends the deal, whatever runs beside it.")

    def _region(self, split: Spot) -> Region | None:
        for join in self._candidates(split):
            region = self.closed(split, join)
            if region is not None:
                return region
        return self._ending(split)

    def _candidates(self, split: Spot) -> Iterator[str]:
        """Where the branches may meet, nearest first."""
        wanted = (MEET, GATHER) if split.kind == FORK else (GATHER,)
        seen, waiting, found = {split.key}, [a.end for a in self.chart.out(split.key)], 0
        for key in waiting:
            if key in seen:
                continue
            seen.add(key)
            self.patience -= 1
            if self.patience < 0 or found >= _CANDIDATES:
                return
            if self.chart.spots[key].kind in wanted:
                found += 1
                yield key
            waiting.extend(arrow.end for arrow in self.chart.out(key))

    def closed(self, split: Spot, join: str | None, *, ours: bool = False) -> Region | None:
        """The region from a split to a join, if nothing else leads in and no token is left over.

        ``ours``: it is a block that salesflow drew, so a branch may come to the join by several
        ways, or by none.
        """
        chart = self.chart
        several = ours or (join is not None and chart.spots[join].kind == GATHER)
        branches = []
        taken: set[str] = set()
        for arrow in chart.out(split.key):
            if arrow.end == join:
                continue
            keys = self._grown(arrow, split.key, join, ours=ours)
            if keys is None or keys & taken:
                return None
            taken |= keys
            arrivals = [a for a in chart.into(join) if a.start in keys] if join is not None else []
            if join is not None and (
                (not arrivals and not ours) or (len(arrivals) > 1 and not several)
            ):
                return None
            branches.append((arrow, keys))
        if ours:
            self._add_unreached(split.key, join, branches)
            taken = set[str]().union(*(keys for _, keys in branches))
        if join is not None and any(a.start not in taken | {split.key} for a in chart.into(join)):
            return None
        frozen = tuple((arrow, frozenset(keys)) for arrow, keys in branches)
        return Region(split, join, frozen) if branches else None

    def _add_unreached(
        self, split: str, join: str | None, branches: list[tuple[Arrow, set[str]]]
    ) -> None:
        """Steps that no way leads to belong to the branch that their id speaks of, else to the one
        that stands before them in the file.
        """
        last = branches[0][1] if branches else set[str]()
        for spot in [*self.chart.spots.values()]:
            if spot.key in (split, join) or spot.kind in ENDS or spot.kind == START:
                continue
            home = next((keys for _, keys in branches if spot.key in keys), None)
            if home is None and branches:
                on = Arrow("", split, spot.key)
                named = (
                    keys
                    for way, keys in branches
                    if spot.key.startswith((f"{way.key}.", f"{way.key}-"))
                )
                home = next(named, last)
                home |= self._grown(on, split, join, ours=True) or set()
            last = home or last

    def _grown(self, way: Arrow, split: str, join: str | None, *, ours: bool) -> set[str] | None:
        """All that a branch leads to before the join; None where it is no branch.

        ``ours``: what leads into the branch and that nothing leads to is part of it.
        """
        chart, keys, waiting = self.chart, set[str](), [way.end]
        while waiting:
            key = waiting.pop()
            spot = chart.spots[key]
            if key == join or key in keys or spot.kind in (END, LEAVE):
                continue
            if spot.kind == DONE:
                if join is not None:
                    return None
                continue
            self.patience -= 1
            if key == split or spot.kind == START or self.patience < 0:
                return None
            keys.add(key)
            waiting.extend(arrow.end for arrow in chart.out(key))
            if ours:
                waiting.extend(a.start for a in chart.into(key) if a.start != split)
        for key in keys:
            if any(a.start not in keys and a.start != split for a in chart.into(key)):
                return None
        return keys

    def _ending(self, split: Spot) -> Region | None:
        """The region of a split whose branches all end: the deal ends when all have."""
        region = self.closed(split, None)
        if region is None or any(not keys for _, keys in region.branches):
            return None
        inside = frozenset[str]().union(*(keys for _, keys in region.branches))
        ends = dict.fromkeys(
            a.end for key in inside for a in self.chart.out(key) if a.end not in inside
        )
        ordered = [self.chart.spots[key] for key in self.chart.ordered(ends)]
        plain = [spot for spot in ordered if not gives_up(spot)]
        kinds = {guessed_kind(spot.name, spot.event, part=False) for spot in plain}
        if not plain or len(kinds) > 1 or any(spot.data is not None for spot in plain):
            return None
        for spot in plain[1:]:
            first = plain[0].name or plain[0].key
            what = f"its branch ends here, the deal at ‘{first}’ once all have."
            self.remarks.guessed(spot.thing, what)
            for arrow in self.chart.into(spot.key):
                self.chart.end_at(arrow, plain[0].key)
        return self.closed(split, None)


def gives_up(spot: Spot) -> bool:
    """Whether an end withdraws all that still runs."""
    return spot.kind == LEAVE or spot.event in ("terminate", "error", "cancel")


def make_block(chart: Chart, region: Region) -> Spot:
    """Put a block in the place of a region; the block's spot."""
    split, join = region.split, region.join
    spot = Spot(chart.fresh(f"{split.key}#block"), BLOCK, tag=split.tag, line=split.line)
    spot.name, spot.about = split.name, split.about
    if join is not None:
        names = [name for name in (spot.name, chart.spots[join].name) if name]
        spot.name = names[0] if names else ""
        spot.about = spot.about + names[1:]
        spot.about = spot.about + chart.spots[join].about
    chart.add(spot)
    for arrow in chart.into(split.key):
        chart.end_at(arrow, spot.key)
    goal = None
    for way, keys in region.branches:
        goal = _branch(chart, spot, way, keys, join) or goal
    _conditions_of_default(chart, spot, split)
    if join is not None:
        for arrow in chart.out(join):
            chart.start_at(arrow, spot.key)
        chart.remove(join)
    elif goal is not None:
        chart.draw(Arrow(chart.fresh(f"{spot.key}#on"), spot.key, goal, line=spot.line))
    chart.remove(split.key)
    spot.height = 1 + max(height(inside) for _, inside in spot.branches)
    return spot


def _branch(
    chart: Chart, block: Spot, way: Arrow, keys: frozenset[str], join: str | None
) -> str | None:
    """Move a branch into a chart of its own; the end that it finishes at, if there is no join."""
    goal = None
    done = Spot("#done", DONE, line=way.line)
    start = Spot("#start", START, line=way.line)
    exits: dict[str, Spot] = {}
    moved = []
    for key in chart.ordered(keys):
        for arrow in chart.out(key):
            end = chart.spots[arrow.end]
            if arrow.end == join or (end.kind in ENDS and not gives_up(end) and join is None):
                goal = arrow.end if join is None else None
                moved.append((arrow, done))
            elif end.kind in ENDS:
                code = end.code if end.kind == LEAVE else end.key
                if code not in exits:
                    exits[code] = Spot(f"#leave:{code}", LEAVE, line=end.line)
                    exits[code].code, exits[code].name = code, end.name
                    _exit(chart, block, code, end)
                moved.append((arrow, exits[code]))
    for arrow, _ in moved:
        chart.erase(arrow)
    first = way.end
    inside = chart.extract(set(keys))
    for spot in (start, done, *exits.values()):
        inside.add(spot)
    for arrow, end in moved:
        arrow.end = end.key
        inside.draw(arrow)
    inside.draw(Arrow("#start#on", "#start", first, line=way.line))
    block.branches.append((way, inside))
    return goal


def _exit(chart: Chart, block: Spot, code: str, end: Spot) -> None:
    """The way on from a block that a branch leaves."""
    if any(arrow.code == code for arrow in chart.out(block.key, ERROR)):
        return
    arrow = Arrow(
        chart.fresh(f"{block.key}#left:{code}"), block.key, end.key, name=end.name, line=end.line
    )
    arrow.kind, arrow.code = ERROR, code
    chart.draw(arrow)


def _conditions_of_default(chart: Chart, block: Spot, split: Spot) -> None:
    """The default of an inclusive gateway is the branch that runs when no other does."""
    others = [way.condition for way, _ in block.branches if not way.default]
    others += [w.condition for w in chart.out(split.key) if not w.default and w.end in chart.spots]
    for way, _ in block.branches:
        if split.kind == SOME:
            way.facts["some"] = True
        if way.default:
            way.facts["unless"] = [each for each in dict.fromkeys(others) if each]
