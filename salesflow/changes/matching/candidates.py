"""Who may be whom: open elements of both versions that have something uncommon in common."""

from collections.abc import Iterable, Iterator

from salesflow.changes.matching.pairing import Pair, Pairing
from salesflow.changes.matching.traits import WORDS, Version
from salesflow.changes.sheet import RUNS

_FEW = 150  # so many pairs of a kind are all looked at
_MOST_ALIKE = 200  # a trait that more pairs share leads to none
_BEST = 5  # candidates for one element


def comparable(pairing: Pairing, old: str, new: str) -> bool:
    """Whether two elements of a kind lie where they can be one: in one process, one step."""
    one, other = pairing.old[old], pairing.new[new]
    if one.what == "result":
        return pairing.new_of.get(one.parent) == other.parent
    if one.what == "run":
        return True
    home = pairing.home_of_old(old)
    return bool(home) and home == pairing.home_of_new(new)


def candidates(
    pairing: Pairing, versions: tuple[Version, Version], olds: list[str], news: list[str]
) -> set[Pair]:
    """Pairs of some open elements worth a closer look, whatever is matched later."""
    found: set[Pair] = set()
    kinds_old = _by_kind(pairing, olds, new=False)
    kinds_new = _by_kind(pairing, news, new=True)
    for kind in kinds_old.keys() & kinds_new.keys():
        ones, others = kinds_old[kind], kinds_new[kind]
        if len(ones) * len(others) <= _FEW:
            found.update((one, other) for one in ones for other in others)
        else:
            found |= _sharing(pairing, versions, ones, others)
    return found


def _by_kind(pairing: Pairing, paths: list[str], *, new: bool) -> dict[tuple[str, str], list[str]]:
    """Kind, and where all that may be one lies -> open elements."""
    sheet = pairing.new if new else pairing.old
    home = pairing.home_of_new if new else pairing.home_of_old
    found: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        row = sheet[path]
        if row.what == "run":
            place = RUNS
        elif row.what == "result":
            place = pairing.new_of.get(row.parent, "") if not new else row.parent
        else:
            place = home(path)
        found.setdefault((row.what, place), []).append(path)
    found.pop(("result", ""), None)
    return found


def _sharing(
    pairing: Pairing, versions: tuple[Version, Version], olds: list[str], news: list[str]
) -> set[Pair]:
    """The best few of each element by the traits it shares, each worth more the fewer have it."""
    holders_old = _holders((path, _marks(versions[0], path, pairing.new_of)) for path in olds)
    holders_new = _holders((path, _marks(versions[1], path, None)) for path in news)
    sums: dict[Pair, float] = {}
    for mark in holders_old.keys() & holders_new.keys():
        ones, others = holders_old[mark], holders_new[mark]
        pairs = len(ones) * len(others)
        if pairs <= _MOST_ALIKE:
            for one in ones:
                for other in others:
                    sums[one, other] = sums.get((one, other), 0.0) + 1.0 / pairs
    return _best(sums, 0) | _best(sums, 1)


def _best(sums: dict[Pair, float], side: int) -> set[Pair]:
    rows: dict[str, list[Pair]] = {}
    for pair in sums:
        rows.setdefault(pair[side], []).append(pair)
    best: set[Pair] = set()
    for pairs in rows.values():
        best.update(sorted(pairs, key=lambda pair: (-sums[pair], pair))[:_BEST])
    return best


def _holders(marked: Iterable[tuple[str, list[object]]]) -> dict[object, list[str]]:
    found: dict[object, list[str]] = {}
    for path, marks in marked:
        for mark in marks:
            found.setdefault(mark, []).append(path)
    return found


def _marks(version: Version, path: str, mates: dict[str, str] | None) -> list[object]:
    """What an element can be found by: its traits one by one, its content and its neighbours."""
    traits = version.traits(path)
    plain: list[object] = list(traits.plain.items())
    links: list[object] = [
        (aspect, other)
        for aspect, others in traits.linked.items()
        if aspect != "parent"
        for other in _seen(others, mates)
    ]
    whole = [("all", frozenset(plain)), ("near", frozenset(links))]
    return [*plain, *links, *whole, *traits.words, *traits.inner]


def _seen(others: Iterable[str], mates: dict[str, str] | None) -> Iterator[str]:
    """Linked elements as the new version calls them; of the new version's own all."""
    for other in others:
        if mates is None or other in WORDS:
            yield other
        elif other in mates:
            yield mates[other]
